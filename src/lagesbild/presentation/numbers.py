"""Numbers as Swedish readers expect them in print.

Rounding is half-up, as in Socialstyrelsen's published tables. Python's own ``round`` and ``format`` round
half-even on the binary value and would print 0,5 as 0 and 2,675 as 2,67.

Decimals follow the scale (`decimals_of`): percentages, days and kronor are whole numbers from ten on, as öppna
jämförelser prints them; smaller ones, means, indexes and small counts have one decimal. Numbers that stand side by
side have the same decimals (`row_decimals`): "0,3" beside "12,4", never "0" beside "12". Differences between
percentages have one decimal and are taken before rounding, so that a small real difference isn't lost between two
whole numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Answer, Status

#: Between thousands: narrow no-break space, so that a number never breaks over two lines.
THIN_SPACE = "\u202f"
#: Between a number and a short unit ("87 %").
HARD_SPACE = "\u00a0"
MINUS = "\u2212"

#: Digits that a float is trusted for. 57 of 200 in per cent is 28.499999999999996 in binary; it means 28.5.
_SIGNIFICANT_DIGITS = 12

_DECIMALS = {
    Scale.PROCENT: 0,
    Scale.DAGAR: 0,
    Scale.KRONOR: 0,
    Scale.ANTAL: 1,
    Scale.MEDELVARDE: 1,
    Scale.INDEX: 1,
    Scale.JA_NEJ: 0,  # a reference value: per cent of kommuner that answered ja
    Scale.JA_DELVIS_NEJ: 0,
}

#: What stands in a table cell, and what it means, for each reason that a value is missing.
_STATUS_SHORT = {
    Status.OK: "",
    Status.BORTFALL: "-",
    Status.EJ_TILLAMPLIG: ".",
    Status.SEKRETESS: "..",
    Status.SAKNAS: "saknas",
    Status.EJ_MATT: "ej mätt",
}
_STATUS_LONG = {
    Status.OK: "uppgift finns",
    Status.BORTFALL: "svar från kommunen saknas, eller att för få har svarat",
    Status.EJ_TILLAMPLIG: "frågan inte gäller kommunen",
    Status.SEKRETESS: "uppgiften inte får visas av sekretesskäl",
    Status.SAKNAS: "uppgift saknas i källan",
    Status.EJ_MATT: "indikatorn mäts inte det här året",
}

_ANSWERS = {Answer.JA: "ja", Answer.DELVIS: "delvis", Answer.NEJ: "nej"}

_SINGULAR = {"dagar": "dag", "kronor": "krona", "procentenheter": "procentenhet", "personer": "person"}


def is_missing(value: object) -> bool:
    """Return whether there is no value: null, or the not-a-number of a data frame."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


@lru_cache(maxsize=8192)
def round_half_up(value: float, decimals: int = 0) -> Decimal:
    """Return `value` rounded half away from zero: 0.5 becomes 1, 2.675 becomes 2.68, -0.5 becomes -1.

    The decimal digits that a float prints with are rounded, not its binary value, and after twelve
    significant digits what is left is taken for the dust of an earlier division.

    Raises
    ------
    ValueError
        If `value` is null or infinite; print its status instead (`status_text`).
    """
    if is_missing(value) or math.isinf(value):
        raise ValueError(f"no number to print: {value!r}; print the cell's status instead")
    exact = Decimal(format(float(value), f".{_SIGNIFICANT_DIGITS}g"))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


#: Scales of which a value under a tenth is still a value.
_FINE = (Scale.ANTAL, Scale.MEDELVARDE, Scale.INDEX)
#: Below this, numbers that are printed whole elsewhere have a decimal: half a per cent is not nothing.
_SMALL = 10


@lru_cache(maxsize=8192)
def decimals_of(scale: Scale, value: float) -> int:
    """Return the decimals a value of `scale` is printed with.

    Counts are printed whole from one hundred on and where they are whole. Percentages, days and kronor under ten have
    one decimal, and means, indexes and counts under a tenth have two, or a small value would print as nothing. What
    is whole already (4 of 100) gets no decimal that the source hasn't given.
    """
    if scale not in _FINE and 0 < abs(value) < _SMALL and not _is_whole(value):
        return 1
    if scale in _FINE and 0 < abs(value) < 0.1:
        return 2
    if scale is Scale.ANTAL and (abs(value) >= 100 or _is_whole(value)):
        return 0
    return _DECIMALS[scale]


def row_decimals(scale: Scale, values: Iterable[float | None]) -> int:
    """Return the decimals that all numbers of one row are printed with, so that they can be compared by eye.

    Parameters
    ----------
    scale
        Of all of them.
    values
        The numbers side by side (own result, riket, län); nulls are passed over.
    """
    known = [float(value) for value in values if value is not None and not is_missing(value)]
    decimals = max((decimals_of(scale, value) for value in known), default=_DECIMALS[scale])
    if scale in _FINE or decimals:
        return decimals
    small = any(0 < abs(value) < _SMALL for value in known)
    return int(small and not all(_is_whole(value) for value in known))


def _is_whole(value: float) -> bool:
    return round_half_up(value, 6) == round_half_up(value)


def number(value: float, decimals: int = 0) -> str:
    """Return `value` with decimal comma, thin spaces between thousands and a real minus: "−12 345,6"."""
    rounded = round_half_up(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", THIN_SPACE).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def unbroken(unit_text: str) -> str:
    """Return a unit whose number no line may break: the thousands in "per 100 000 invånare"."""
    return re.sub(r"(?<=\d) (?=\d{3})", THIN_SPACE, unit_text)


def _unit_in_words(unit_text: str) -> str:
    """Return the unit as running text says it: "kr per invånare" becomes "kronor per invånare".

    How it was reckoned, after a comma ("procent, medelvärde av flera frågor"), belongs to heads and not to each number.
    """
    head, _, tail = unbroken(unit_text.partition(", ")[0]).partition(" ")
    if head in ("index", "medelvärde"):  # "index 0–100" is what the value is, not what it counts
        return ""
    words = {"kr": "kronor", "%": "procent", "antal": ""}.get(head, head)
    return f"{words} {tail}".strip()


def _with_words(printed: str, unit_text: str) -> str:
    """Return number and unit in agreement: "1 dag", "14 dagar"."""
    unit = _unit_in_words(unit_text)
    if printed.lstrip("+" + MINUS) == "1":
        head, _, tail = unit.partition(" ")
        unit = f"{_SINGULAR.get(head, head)} {tail}".strip()
    return f"{printed}{HARD_SPACE}{unit}" if unit else printed


def with_unit(value: float, indicator: Indicator, decimals: int | None = None) -> str:
    """Return `value` with the indicator's unit, for running text: "87 procent", "12 345 kronor per invånare".

    `decimals` other than those of the value itself follow from what it stands beside (`row_decimals`). For an answer
    the value is a reference value, per cent of kommuner that answered ja. A mean or an index has no unit to name; its
    title says what it is.
    """
    unit_text = "procent" if indicator.is_answer else indicator.unit_text
    return _with_words(number(value, decimals_of(indicator.scale, value) if decimals is None else decimals), unit_text)


def cell(value: float, scale: Scale, *, unit: bool = False, decimals: int | None = None) -> str:
    """Return `value` for a table cell: "87", or "87 %" with `unit` (only percentages have a sign).

    `decimals` are those of its row (`row_decimals`); without them they follow from the value alone.
    """
    text = number(value, decimals_of(scale, value) if decimals is None else decimals)
    if unit and scale in (Scale.PROCENT, Scale.JA_NEJ, Scale.JA_DELVIS_NEJ):
        return f"{text}{HARD_SPACE}%"
    return text


def result_cell(
    value: float | None,
    answer: str | None,
    status: str,
    scale: Scale,
    *,
    unit: bool = False,
    decimals: int | None = None,
) -> str:
    """Return what a table cell shows for one result: its number, its answer, or the mark of its status."""
    if not is_missing(value):
        return cell(float(value), scale, unit=unit, decimals=decimals)  # type: ignore[arg-type]  # is_missing excludes null
    if isinstance(answer, str) and answer:
        return answer_text(answer)
    return status_text(status if status != Status.OK else Status.SAKNAS)


def answer_text(answer: str) -> str:
    """Return an answer as a word: "ja", "delvis" or "nej"."""
    return _ANSWERS[Answer(answer)]


def interval(lower: float | None, upper: float | None, decimals: int) -> str:
    """Return an interval for a table cell: "82,1–87,4", "−3,0 till 2,0"; an en dash where there is none."""
    if is_missing(lower) or is_missing(upper):
        return "–"
    ends = [number(float(end), decimals) for end in (lower, upper)]  # type: ignore[arg-type]  # is_missing excludes null
    return (" till " if any(end.startswith(MINUS) for end in ends) else "–").join(ends)


def difference(value: float, indicator: Indicator) -> str:
    """Return a difference in the indicator's unit, with its sign: "+3,2 procentenheter", "−5 dagar".

    Between percentages the unit is procentenheter, never procent, also between means of several percentages. A
    difference that prints as zero is "ingen skillnad".
    """
    percent = indicator.is_answer or indicator.scale is Scale.PROCENT
    points = percent or indicator.unit_text.startswith("procent")
    decimals = 1 if percent else decimals_of(indicator.scale, value)
    rounded = round_half_up(value, decimals)
    if rounded == 0:
        return "ingen skillnad"
    sign = "+" if rounded > 0 else ""
    return _with_words(sign + number(value, decimals), "procentenheter" if points else indicator.unit_text)


def difference_cell(value: float, scale: Scale, decimals: int | None = None) -> str:
    """Return a difference for a table cell, with its sign and without unit: "+3,2", "−5", "0".

    `decimals` are those of its row; a difference between percentages has one in any case.
    """
    percent = scale in (Scale.PROCENT, Scale.JA_NEJ, Scale.JA_DELVIS_NEJ)
    own = decimals_of(scale, value) if decimals is None else decimals
    decimals = max(1, own) if percent else own
    rounded = round_half_up(value, decimals)
    if rounded == 0:
        return "0"
    return ("+" if rounded > 0 else "") + number(value, decimals)


def status_text(status: str, *, long: bool = False) -> str:
    """Return the mark printed instead of a value ("..", Kolada's marks), or with `long` what it means."""
    return (_STATUS_LONG if long else _STATUS_SHORT)[Status(status)]


def status_notes(statuses: list[str] | tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    """Return (mark, explanation) for the note under a table, in fixed order.

    Parameters
    ----------
    statuses
        Those that occur in the table; all marks if omitted.
    """
    wanted = {Status(status) for status in statuses} if statuses is not None else set(Status)
    return [(_STATUS_SHORT[s], _STATUS_LONG[s]) for s in Status if s in wanted and s is not Status.OK]
