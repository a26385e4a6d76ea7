"""What the page that compares begins with: the indicators and years, and the places and words of all figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Level
from lagesbild.presentation.compare.figures_file import ANSWER_MARKS, STATUS_MARKS, compact
from lagesbild.presentation.compare.places import compared_places
from lagesbild.presentation.numbers import answer_text, status_text
from lagesbild.presentation.palette import answer_tone
from lagesbild.presentation.wording import unit_heading

#: How a larger place's figure is formed, as the text under a chart says it.
WEIGHTING_WORDS = {
    "redovisad": "källans eget värde",
    "vagd": "kommunernas resultat sammanvägda (stora kommuner väger mer)",
    "ovagd": "medelvärdet av kommunerna (alla väger lika)",
}
_LEVEL_WORDS = {Level.RIKE: "riket", Level.LAN: "länet", Level.KOMMUNGRUPP: "kommungruppen", Level.KOMMUN: "kommunen"}


def index_file(catalogue: Catalogue, present: Collection[str], years: Sequence[int]) -> dict[str, Any]:
    """Return the list.

    Parameters
    ----------
    catalogue
        Gives areas and titles.
    present
        Ids of the indicators that have a file.
    years
        The years of the release.

    Returns
    -------
    dict
        ``years`` and ``areas`` (id, name, and id and title of each indicator).
    """
    areas = []
    for area in AREAS:
        known = [[one.id, one.title] for one in catalogue.in_area(area.id) if one.id in present]
        if known:
            areas.append({"id": area.id, "name": area.name, "indicators": known})
    return {"years": list(years), "areas": areas}


def places_file() -> dict[str, Any]:
    """Return the places in the order of every file of figures, and what its marks and ways of weighing mean.

    Returns
    -------
    dict
        ``levels``, ``answers``, ``marks`` and ``weightings`` in words, and ``places`` (code, name, a kommun's slug).
    """
    return {
        "levels": {str(level): words for level, words in _LEVEL_WORDS.items()},
        "answers": {
            mark: {"text": answer_text(answer), "symbol": answer_tone(answer).answer_symbol}
            for answer, mark in ANSWER_MARKS.items()
        },
        "marks": {
            mark: {"status": str(status), "text": status_text(status), "meaning": status_text(status, long=True)}
            for status, mark in STATUS_MARKS.items()
        },
        "weightings": WEIGHTING_WORDS,
        "places": [[place.code, place.name, *([place.slug] if place.slug else [])] for place in compared_places()],
    }


def about(indicator: Indicator) -> dict[str, Any]:
    """Return what an indicator's file says of it beside its figures."""
    return {
        "id": indicator.id,
        "title": indicator.title,
        "area": indicator.area,
        "unit": unit_heading(indicator),
        "scale": str(indicator.scale),
        "direction": str(indicator.direction),
    }


def lines_text(document: dict[str, Any]) -> str:
    """Return a file's text: a value a line, and of lists of areas, places or kommuner an entry a line."""
    parts = []
    for name, value in document.items():
        if name in ("areas", "places", "kommuner"):
            entries = ",\n".join(compact(entry) for entry in value)
            parts.append(f"{compact(name)}:[\n{entries}\n]")
        else:
            parts.append(f"{compact(name)}:{compact(value)}")
    return "{" + ",\n".join(parts) + "}\n"
