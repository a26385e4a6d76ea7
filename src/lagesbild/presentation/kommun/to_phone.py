"""Kommuner to phone: similar ones that do well where the kommun does badly, with their figures and what they share."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lagesbild.catalogue.background import area_topics, background_variables
from lagesbild.catalogue.regions import region_name
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.additions import Example
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import is_missing, row_decimals, with_unit
from lagesbild.presentation.similar_kommuner import abbreviated, value_text
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: At most so many kommuner, figures of each, and answers of each.
MOST_KOMMUNER, MOST_FIGURES, MOST_ANSWERS = 5, 3, 3

#: At most so many variables are named in which two kommuner are alike, and none in which they lie further apart than
#: this share of the kommun's own figure, unless nothing else is left.
MOST_SHARED, STILL_ALIKE = 3, 0.25

#: A unit with more letters than this is cut to its first word.
_LONGEST_UNIT = 20

#: A figure says more than an answer; what another kommun has shown already says less.
_FIGURE, _ANSWER, _AGAIN = 3.0, 1.0, 0.3


@dataclass(frozen=True, kw_only=True)
class ToPhone:
    """A kommun and in what it may have something to tell."""

    member: str
    examples: tuple[Example, ...]


def to_phone(view: KommunView) -> list[ToPhone]:
    """Return the kommuner that have most to tell, together as many different things as possible.

    They are chosen one by one: each time the kommun whose examples weigh most, where an example that a chosen kommun
    has already given weighs less. Equals stand in the order of their codes.
    """
    present = {indicator.id for indicator in view.catalogue.indicators}
    by_member: dict[str, list[Example]] = {}
    for one in view.additions.examples:
        if one.indicator in present:
            by_member.setdefault(one.member, []).append(one)
    chosen: list[ToPhone] = []
    given: set[str] = set()
    while by_member and len(chosen) < MOST_KOMMUNER:
        member = min(by_member, key=lambda code: (-_weight(by_member[code], given), code))
        examples = by_member.pop(member)
        # New things first, figures before answers.
        ordered = sorted(examples, key=lambda one: (one.value is None, one.indicator in given, one.indicator))
        chosen.append(ToPhone(member=member, examples=tuple(ordered)))
        given |= {one.indicator for one in examples}
    return chosen


def _weight(examples: Sequence[Example], given: set[str]) -> float:
    weights = (
        (_ANSWER if one.value is None else _FIGURE) * (_AGAIN if one.indicator in given else 1.0) for one in examples
    )
    return math.fsum(weights)  # exact, so that the order of the examples decides nothing


def phone_section(view: KommunView, chosen: Sequence[ToPhone], similar: Sequence[Mapping[Any, Any]]) -> str:
    """Return the table of kommuner to phone with an introduction; a sentence where there is none.

    Parameters
    ----------
    view
        The kommun.
    chosen
        As `to_phone` returns them.
    similar
        Rows of `lagesbild.publishing.similar_kommuner.similar_frame`: what the kommuner are alike in.
    """
    name = markdown_text(view.kommun.namn)
    if not chosen:
        return f"Ingen liknande kommun har ett bra resultat i det där {name} ligger bland de sämsta eller svarar nej."
    alike = _alike(similar)
    columns = [
        Column(head="Kommun", width=1.1),
        Column(head=f"Bra resultat där {view.kommun.namn} ligger sämre till", width=3.9),
        Column(head=f"Liknar {view.kommun.namn} i", width=3.0),
    ]
    rows: list[list[Cell]] = [
        [
            Markup(f"**{markdown_text(region_name(one.member))}**"),
            Markup(_good_at(view, one.examples)),
            Markup(_shared(view, one, alike)),
        ]
        for one in chosen
    ]
    intro = (
        f"De här kommunerna liknar {name} och ligger bland de bästa i något där {name} ligger bland de sämsta, eller "
        f"svarar ja där {name} svarar nej. De kan ha en lösning att lära av, men ett bra resultat kan också bero på "
        f"annat. Siffrorna är publicerade resultat {view.year}; {view.kommun.genitiv} står inom parentes."
    )
    return f"{intro}\n\n" + captioned_table(
        columns, rows, caption=f"Kommuner att ringa, {view.year}", label="tbl-ringa"
    )


def _good_at(view: KommunView, examples: Sequence[Example]) -> str:
    """Return the figures and the answers of a kommun, beside the kommun's own."""
    figures = [one for one in examples if one.value is not None]
    told = [_figure(view, one) for one in figures[:MOST_FIGURES]]
    if len(figures) > MOST_FIGURES:
        told.append(f"{antal(len(figures) - MOST_FIGURES, 'resultat', 'resultat', neuter=True)} till")
    answers = [one for one in examples if one.value is None]
    titles = [markdown_text(view.catalogue.by_id(one.indicator).short_title) for one in answers[:MOST_ANSWERS]]
    if len(answers) > MOST_ANSWERS:
        titles.append(f"{count_word(len(answers) - MOST_ANSWERS)} till")
    parts = ["; ".join(told)] if told else []
    parts += [f"svarar ja: {'; '.join(titles)}"] if titles else []
    return capitalised(". ".join(map(capitalised, parts))) + "."


def _figure(view: KommunView, example: Example) -> str:
    indicator = view.catalogue.by_id(example.indicator)
    own = view.result(indicator).value
    decimals = row_decimals(indicator.scale, (example.value, own))
    value = with_unit(float(example.value or 0.0), indicator, decimals)
    beside = "" if own is None else f" ({with_unit(own, indicator, decimals).partition(chr(160))[0]})"
    return markdown_text(f"{indicator.short_title} {value}{beside}")


def _alike(similar: Sequence[Mapping[Any, Any]]) -> dict[tuple[str, str], list[Mapping[Any, Any]]]:
    """Return the rows of likeness by topic and member."""
    found: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    for row in similar:
        found.setdefault((str(row["topic"]), str(row["member"])), []).append(row)
    return found


def _shared(view: KommunView, one: ToPhone, alike: Mapping[tuple[str, str], list[Mapping[Any, Any]]]) -> str:
    """Return what a kommun and the reader's are alike in: "Folkmängd 29 561 (32 355)", by the areas' topics.

    Likeness is of all of a topic's variables together; those in which the two lie furthest apart are not named here.
    """
    variables = {about.id: about for about in background_variables()}
    topics = dict.fromkeys(area_topics()[view.catalogue.by_id(example.indicator).area] for example in one.examples)
    told: dict[str, tuple[float, str]] = {}
    for topic in topics:
        for row in alike.get((topic, one.member), ()):
            about = variables[str(row["variable"])]
            if about.id not in told and not is_missing(row["other"]):
                own = "" if is_missing(row["own"]) else f" ({value_text(row['own'], about)})"
                other = f"{value_text(row['other'], about)}{_unit(about.unit)}"
                text = markdown_text(f"{abbreviated(about.name.lower())} {other}{own}")
                told[about.id] = (_apart(row["own"], row["other"]), text)
    nearest = sorted(told.values(), key=lambda one: one[0])[:MOST_SHARED]
    alike_in = [text for apart, text in nearest if apart <= STILL_ALIKE] or [text for _, text in nearest[:1]]
    return capitalised("; ".join(alike_in)) or "–"


def _apart(own: float, other: float) -> float:
    """Return how far apart two figures lie, as a share of the kommun's own; endless where that is not known."""
    return math.inf if is_missing(own) or not own else abs(other - own) / abs(own)


def _unit(unit: str) -> str:
    """Return a unit to stand after a figure, short; none where the name tells what is counted, as "folkmängd" does."""
    short = unit if len(unit) <= _LONGEST_UNIT else unit.partition(" ")[0]
    return "" if unit in ("invånare", "kvot") else f" {short}"


def phone_names(chosen: Sequence[ToPhone]) -> str:
    """Return the names of the first kommuner to phone, for a sentence; Markdown."""
    return joined([markdown_text(region_name(one.member)) for one in chosen[:3]], "eller")
