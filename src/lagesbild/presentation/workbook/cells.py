"""Results as cells: a number with its decimals, an answer in its colour, or the mark of what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Direction, Scale
from lagesbild.catalogue.vocabulary import Answer, Status
from lagesbild.presentation import numbers
from lagesbild.presentation.palette import answer_tone, tone
from lagesbild.presentation.wording import secured_difference, trend_cell
from lagesbild.presentation.workbook.model import Cell, Mark, Number, Toned

AREA_NAMES = {area.id: area.name for area in AREAS}
DIRECTION_WORDS = {
    Direction.HOG: "Högt är bra",
    Direction.LAG: "Lågt är bra",
    Direction.INGEN: "Inte bestämt",
}
#: Stands where there is nothing to say, so that no cell of a table is blank.
NOTHING = Mark("–")

_PERCENT = (Scale.PROCENT, Scale.JA_NEJ, Scale.JA_DELVIS_NEJ)
_COLOURS = {name: Toned(f"{tone(name).symbol} {tone(name).word}", name) for name in ("gron", "gul", "rod")}
_ANSWERS = {
    answer.value: Toned(f"{shown.answer_symbol} {shown.answer_word}", shown.name)
    for answer, shown in ((answer, answer_tone(answer)) for answer in Answer)
}
_MARKS = {status.value: Mark(numbers.status_text(status)) for status in Status if status is not Status.OK}


def number_cell(value: float | None, decimals: int) -> Cell:
    """Return a number, or a dash where there is none."""
    return NOTHING if numbers.is_missing(value) else Number(float(value or 0.0), decimals)


def difference_cell(value: float | None, scale: Scale, decimals: int) -> Cell:
    """Return a difference with its sign, or a dash where there is none; between percentages it has a decimal."""
    if numbers.is_missing(value):
        return NOTHING
    return Number(float(value or 0.0), max(1, decimals) if scale in _PERCENT else decimals, signed=True)


def between(one: float | None, other: float | None) -> float | None:
    """Return `one` less `other`, taken before rounding; null where one of them is."""
    if one is None or other is None or numbers.is_missing(one) or numbers.is_missing(other):
        return None
    return one - other


def status_cell(status: str) -> Mark:
    """Return the mark of why there is no value; never zero, never blank."""
    return _MARKS[Status.SAKNAS if status == Status.OK else status]


def value_cell(value: float | None, status: str, decimals: int) -> Cell:
    """Return a result in numbers, or the mark of its status."""
    return status_cell(status) if numbers.is_missing(value) else Number(float(value or 0.0), decimals)


def answer_cell(answer: str | None, status: str) -> Cell:
    """Return an answer with sign and word in its colour, or the mark of its status."""
    return _ANSWERS[answer] if answer else status_cell(status)


def colour_cell(colour: str | None, *, known: bool) -> Cell:
    """Return a place among the kommuner with sign and word in its colour; "Ingen färg" where it has none."""
    if colour:
        return _COLOURS[colour]
    return "Ingen färg" if known else NOTHING


def trend_text(label: str | None, slope: float | None) -> Cell:
    """Return a trend in words, or a dash where none has been tested."""
    return trend_cell(label, slope) if label else NOTHING


def secured_cell(code: str, level: float | None) -> Cell:
    """Return a tested difference in words, or a dash where none has been tested."""
    return secured_difference(code, level) if code else NOTHING


def count_cell(count: float | None) -> Cell:
    """Return a count, or a dash where it isn't known."""
    return NOTHING if numbers.is_missing(count) else Number(float(count or 0.0))


def known_number(value: object) -> float | None:
    """Return a value of the underlag as a number, null where it has none."""
    return float(value) if isinstance(value, int | float) and not numbers.is_missing(value) else None


def known_text(value: object) -> str:
    """Return a value of the underlag as text, empty where it has none."""
    return value if isinstance(value, str) else ""


def row_of(rows: Iterable[Mapping[str, Any]], year: int) -> Mapping[str, Any]:
    """Return the row of a year among an indicator's, empty where there is none."""
    return next((row for row in rows if row["year"] == year), {})
