"""One row of an own file: an observation, or everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.regions import RIKET
from lagesbild.catalogue.vocabulary import Answer, Level, Sex, Status
from lagesbild.errors import Fault, ParameterError
from lagesbild.sources.result import COUNT_COLUMNS
from lagesbild.sources.socialstyrelsen_cells import read_cell, shown
from lagesbild.sources.socialstyrelsen_layout import Sheet
from lagesbild.sources.socialstyrelsen_rows import region_of
from lagesbild.sources.tidy_columns import ANSWER_WORDS, SEX_WORDS, STATUS_WORDS, TIDY_COLUMNS

_HEADS = {column.field: column.head for column in TIDY_COLUMNS}
_YEARS = range(1990, 2101)


@dataclass(frozen=True, kw_only=True, eq=False)
class TidyRow:
    """A row that is right: its place (rows and columns count from zero) and its observation."""

    sheet: Sheet
    at: int
    places: dict[str, int]
    observation: dict[str, object]

    def place(self) -> str:
        """Return where the row stands."""
        return self.sheet.fault("", row=self.at).place()


@dataclass(kw_only=True)
class _Cells:
    """The texts of one row, and the faults found in them."""

    sheet: Sheet
    at: int
    texts: dict[str, str]
    places: dict[str, int]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def fault(self, name: str, what: str, expected: str | None = None, action: str | None = None) -> None:
        self.faults.append(
            self.sheet.fault(what, row=self.at, column=self.places.get(name), expected=expected, action=action)
        )

    def number(self, name: str) -> float | None:
        """Return a cell's number; null where it is empty or holds a mark."""
        cell = read_cell(self.text(name))
        if cell.bad is not None or cell.answer is not None:
            self.fault(name, f"{_HEADS[name]} {shown(self.text(name))!r} is no number", "a number")
        return cell.number


def read_row(
    sheet: Sheet, at: int, texts: dict[str, str], places: dict[str, int], known: dict[str, Indicator]
) -> tuple[TidyRow | None, list[Fault]]:
    """Return the observation of a row, or its faults.

    Parameters
    ----------
    sheet, at
        Where the row stands; `at` counts from zero.
    texts, places
        Clean text and column of each field of the row.
    known
        The catalogue's indicators by id.
    """
    cells = _Cells(sheet=sheet, at=at, texts=texts, places=places)
    for name, text in texts.items():
        if text.startswith("="):
            cells.fault(name, "the cell holds a formula", "a value", "Paste the value in its place")
    indicator = known.get(cells.text("indicator"))
    if indicator is None:
        close = ParameterError("indicator", cells.text("indicator"), known).suggestions
        action = f"Did you mean {close[0]}?" if close else "See `lagesbild indicators`"
        what = f"the catalogue has no indicator {shown(cells.text('indicator'))!r}"
        cells.fault("indicator", what, "an id of the catalogue", action)
    year = cells.text("year")
    if not re.fullmatch(r"\d{4}", year) or int(year) not in _YEARS:
        cells.fault("year", f"{shown(year)!r} is no year", "four digits")
    level, region = _region(cells)
    sex = SEX_WORDS.get(cells.text("sex").casefold())
    if sex is None:
        cells.fault("sex", f"unknown kön {shown(cells.text('sex'))!r}", "T, K or M")
    elif sex is not Sex.TOTAL and indicator is not None and not indicator.by_sex:
        cells.fault("sex", f"{indicator.id} is not told apart by sex", "T")
    result = _result(cells, indicator)
    if cells.faults:
        return None, cells.faults
    observation = {
        "indicator": cells.text("indicator"),
        "year": int(year),
        "level": level.value,
        "region": region,
        "unit": cells.text("unit"),
        "sex": sex.value if sex else "",
        **result,
        "source": f"egen:{sheet.file.rpartition('.')[0]}",
        "revision": "1",
    }
    return TidyRow(sheet=sheet, at=at, places=places, observation=observation), []


def _region(cells: _Cells) -> tuple[Level, str]:
    """Return level and code; a code that lost its leading zero gets it back."""
    text = cells.text("region")
    if text.casefold() in ("riket", RIKET, "0"):
        return Level.RIKE, RIKET
    found = region_of(text, "")
    if isinstance(found, str):
        cells.fault("region", f"{shown(text)!r} is no known code", "a län (01), kommun (1440), stadsdel or 0000")
        return Level.KOMMUN, text
    return (Level.ENHET, found[1]) if cells.text("unit") else found


def _result(cells: _Cells, indicator: Indicator | None) -> dict[str, object]:
    """Return the figure, or why there is none; exactly one of them must be said."""
    value, counts = cells.number("value"), {name: cells.number(name) for name in COUNT_COLUMNS}
    answer = ANSWER_WORDS.get(cells.text("answer").casefold())
    if cells.text("answer") and answer is None:
        cells.fault("answer", f"{shown(cells.text('answer'))!r} is no answer", "Ja, Delvis or Nej")
    status = _status(cells)
    if status is None and value is None and answer is None:
        cells.fault("value", "neither a value, an answer nor a status", "one of them")
    if status is not None and (value is not None or answer is not None):
        cells.fault("status", "a value and a reason why it is missing at once", "one of them")
    for name, count in counts.items():
        if count is not None and (count < 0 or count % 1):
            cells.fault(name, f"{_HEADS[name]} {count:g} is no count", "a whole number, 0 or more")
    for part, whole in (("numerator", "denominator"), ("n_answers", "n_asked")):
        a, b = counts[part], counts[whole]
        if a is not None and b is not None and a > b:
            cells.fault(part, f"{_HEADS[part]} {a:g} is greater than {_HEADS[whole]} {b:g}", f"at most {b:g}")
    if indicator is not None:
        _scale(cells, indicator, value, answer)
    missing = status is not None
    return {
        "value": value,
        **{name: None if missing and name in ("numerator", "denominator") else one for name, one in counts.items()},
        "answer": answer.value if answer else None,
        "status": (status or Status.OK).value,
    }


def _status(cells: _Cells) -> Status | None:
    """Return why the value is missing; it may be said in the column of the value too, by a mark."""
    text = cells.text("status")
    if not text:
        return read_cell(cells.text("value")).status
    status = STATUS_WORDS.get(text.casefold()) or read_cell(text).status
    if status is None:
        cells.fault(
            "status", f"unknown status {shown(text)!r}", "bortfall, ej tillämplig, sekretess, saknas or ej mätt"
        )
    return None if status is Status.OK else status


def _scale(cells: _Cells, indicator: Indicator, value: float | None, answer: Answer | None) -> None:
    """Check the figure against the indicator's scale."""
    if indicator.is_answer:
        if value is not None and cells.text("region").casefold() not in ("riket", RIKET, "0"):
            cells.fault("value", f"{indicator.id} is an answer, no number", "Ja, Delvis or Nej in the column svar")
        if answer is Answer.DELVIS and indicator.scale is Scale.JA_NEJ:
            cells.fault("answer", "Delvis is no answer to this question", "Ja or Nej")
        return
    if answer is not None:
        cells.fault("answer", f"{indicator.id} is a number, no answer", "a number in the column värde")
    if value is not None and indicator.scale is Scale.PROCENT and not 0 <= value <= 100:
        cells.fault("value", f"värde {value:g} is no percentage", "0-100")
