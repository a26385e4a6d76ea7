"""One area in a national report: development, types of indicator, differences, women and men, costs, quality."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.national.changes import BETTER, WORSE, secured
from lagesbild.presentation.national.cost_section import cost_section
from lagesbild.presentation.national.development_section import development_section
from lagesbild.presentation.national.group_section import group_section
from lagesbild.presentation.national.quality import quality_section
from lagesbild.presentation.national.sex_section import sex_section
from lagesbild.presentation.national.spread_section import spread_section
from lagesbild.presentation.national.types_section import types_section
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import antal, capitalised, count_word, joined


def area_section(view: NationalView, area: Area, *, level: int = 2) -> str:
    """Return the Markdown of one area, from its heading on; an area without figures is one sentence.

    Parameters
    ----------
    view
        The national figures.
    area
        The area.
    level
        Level of the area's heading.
    """
    head = f"{'#' * level} {area.name} {{#sec-{area.id}}}"
    if not view.measured(area.id, answers=False) and not view.measured(area.id, answers=True):
        return f"{head}\n\nInga nationella uppgifter finns för {view.year}.\n"
    return f"{head}\n\n{_body(view, area, level=level + 1)}"


def _body(view: NationalView, area: Area, *, level: int) -> str:
    """Return the Markdown of one area without its own heading; its parts have headings of `level`."""
    numbers = view.measured(area.id, answers=False)
    answers = view.measured(area.id, answers=True)
    parts = [*([view.prose[area.id]] if area.id in view.prose else []), _introduction(view, numbers, answers)]
    parts += development_section(view, area, numbers, level=level)
    parts += types_section(view, area, level=level)
    key = view.key_indicator(area.id)
    if key is not None:
        parts += [f"{'#' * level} Skillnader mellan grupper av kommuner", group_section(view, area, key)]
        parts += spread_section(view, area, key, level=level)
    parts += sex_section(view, area, level=level)
    parts += cost_section(view, area, level=level)
    parts += quality_section(view, area, level=level)
    return "\n\n".join(parts) + "\n"


def _introduction(view: NationalView, numbers: list[Indicator], answers: list[Indicator]) -> str:
    shown = [
        text
        for text in (
            f"{antal(len(numbers), 'indikator', 'indikatorer')} i siffror" if numbers else "",
            f"{antal(len(answers), 'fråga', 'frågor')} om struktur och process" if answers else "",
        )
        if text
    ]
    sentences = [f"{capitalised(joined(shown))} har nationella resultat {view.year}."]
    quality = [one for one in numbers if of_quality(one)]
    if quality:
        better, worse = (len(secured(view, quality, label)) for label in (BETTER, WORSE))
        sentences.append(
            f"{capitalised(antal(len(quality), 'indikator', 'indikatorer'))} i siffror beskriver kvalitet; i riket har "
            f"{count_word(better)} förbättrats och {count_word(worse)} försämrats med statistisk säkerhet."
        )
    return " ".join(sentences)
