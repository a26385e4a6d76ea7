"""Read the figures of one indicator from a table, and check them against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Counted, Indicator, Scale
from lagesbild.catalogue.vocabulary import Answer, Level, Status
from lagesbild.errors import Fault
from lagesbild.sources.result import COUNT_COLUMNS
from lagesbild.sources.socialstyrelsen_cells import CellColumn, CellReader, given, shown
from lagesbild.sources.socialstyrelsen_columns import IndicatorColumns
from lagesbild.sources.socialstyrelsen_layout import Sheet
from lagesbild.sources.socialstyrelsen_rows import Rows

#: Observations as arrays of equal length, by column; `row` is the row on the sheet, from one.
Figures: TypeAlias = dict[str, NDArray[Any]]
Mask: TypeAlias = NDArray[np.bool_]

#: Scales whose figures are never below zero; costs are, where revenues exceed them.
_NEVER_NEGATIVE = (Scale.PROCENT, Scale.DAGAR, Scale.ANTAL)
_ASK = "Correct the cell or ask the source"


def read_figures(
    sheet: Sheet, columns: IndicatorColumns, rows: Rows, reader: CellReader
) -> tuple[Figures | None, list[Fault]]:
    """Return the figures of one indicator and sex, and what is wrong with them.

    A row whose cell is empty, or holds only spaces, has no figure: the kommun is "saknas" further on.
    """
    main = columns.places.get("value")
    if main is None:
        return None, [
            sheet.fault(
                "there are counts but no column with the figure itself",
                column=min(columns.places.values()),
                indicator=columns.indicator.id,
                action="Add the column, or leave the counts out",
            )
        ]
    cells = reader.read((sheet.rows[place][main] for place in rows.place), columns.mapped["value"].answers)
    counted = {
        name: reader.read(sheet.rows[place][columns.places[name]] for place in rows.place)
        for name in COUNT_COLUMNS
        if name in columns.places
    }
    units_say = _units_say(columns.indicator, rows, cells)
    found = list(_cell_faults(columns.indicator, cells, units_say))
    checks = [(main, mask, what, expected) for mask, what, expected in found]
    for name, column in counted.items():
        checks += [(columns.places[name], mask, what, expected) for mask, what, expected in _count_faults(column)]
    figures = _figures(columns, rows, cells, counted, units_say)
    for mask, what in _parts_beyond(figures):
        checks.append((main, mask, what, "a part that is no greater than its whole"))
    faults = [
        sheet.fault(
            what(place),
            row=int(rows.place[place]),
            column=column,
            indicator=columns.indicator.id,
            region=rows.region[place],
            expected=expected,
            action=_ASK,
        )
        for column, mask, what, expected in checks
        for place in np.flatnonzero(mask & cells.filled)
    ]
    filled = cells.filled
    return {name: column[filled] for name, column in figures.items()}, faults


def _figures(
    columns: IndicatorColumns, rows: Rows, cells: CellColumn, counted: dict[str, CellColumn], units_say: Mask
) -> Figures:
    """Return what the cells say as columns of the observation table, one row per row of the table."""
    n = len(rows)
    status = np.where(given(cells.status), cells.status, Status.OK.value)
    ok = status == Status.OK.value
    counts = {name: counted[name].number.copy() if name in counted else np.full(n, np.nan) for name in COUNT_COLUMNS}
    if "numerator" in counted and "denominator" not in counted:
        # Of a survey's questions the denominator is those who answered.
        counts["denominator"] = counts["n_answers"].copy()
    # A unit of a percent of units: its ja is one of one.
    said = (cells.answer == Answer.JA.value).astype(np.float64)
    value = np.where(units_say, 100 * said, cells.number)
    counts["numerator"] = np.where(units_say, said, counts["numerator"])
    counts["denominator"] = np.where(units_say, 1.0, counts["denominator"])
    # Numerator and denominator go with the figure; how many were asked and answered is told all the same.
    for name in ("numerator", "denominator"):
        counts[name][~ok] = np.nan
    answer = cells.answer.copy()
    answer[units_say] = None
    return {
        "row": rows.place + 1,
        "indicator": np.full(n, columns.indicator.id, dtype=np.object_),
        "level": rows.level,
        "region": rows.region,
        "unit": rows.unit,
        "sex": np.full(n, columns.sex, dtype=np.object_),
        "value": value,
        **counts,
        "answer": answer,
        "status": status,
    }


def _units_say(indicator: Indicator, rows: Rows, cells: CellColumn) -> Mask:
    """Where a unit says ja or nej to what its kommun has a percent of units for."""
    asks = indicator.scale is Scale.PROCENT and indicator.counted is Counted.ENHETER
    said = np.isin(cells.answer.astype("str"), (Answer.JA.value, Answer.NEJ.value))
    return np.asarray(said & (rows.level == Level.ENHET.value) & asks, dtype=np.bool_)


def _cell_faults(indicator: Indicator, cells: CellColumn, units_say: Mask) -> Iterator[tuple[Mask, Any, str]]:
    """Yield where the cell of the figure itself is wrong, what to say of a place, and what was expected."""
    number, answer = cells.number, cells.answer
    bad, answered = given(cells.bad), given(answer)

    def says(words: str) -> Any:
        return lambda place: words.format(number=number[place], answer=answer[place], bad=shown(cells.bad[place]))

    yield bad, says("{bad!r} is no figure, answer or known mark"), "a number, Ja, Delvis, Nej or a mark"
    if indicator.is_answer:
        yield ~np.isnan(number), says("{number:g} is no answer"), "Ja, Delvis or Nej"
        if indicator.scale is Scale.JA_NEJ:
            yield answer == Answer.DELVIS.value, says("Delvis is no answer to this question"), "Ja or Nej"
        return
    yield answered & ~units_say, says("{answer!r} is no number"), "a number"
    if indicator.scale is Scale.PROCENT:
        yield (number < 0) | (number > 100), says("value {number:g} is no percentage"), "0-100"
    elif indicator.scale in _NEVER_NEGATIVE:
        yield number < 0, says("value {number:g} is below zero"), "0 or more"


def _count_faults(column: CellColumn) -> Iterator[tuple[Mask, Any, str]]:
    """Yield where the cell of a count is wrong; a mark or nothing is no fault."""
    number, expected = column.number, "a whole number, 0 or more"
    yield (number < 0) | (number % 1 != 0) & ~np.isnan(number), lambda at: f"{number[at]:g} is no count", expected
    text = given(column.bad) | given(column.answer)
    yield text, lambda at: f"{shown(column.bad[at] or column.answer[at])!r} is no count", expected


def _parts_beyond(figures: Figures) -> Iterator[tuple[Mask, Any]]:
    """Yield where a part is greater than its whole."""
    for part, whole, words in (
        ("numerator", "denominator", "numerator {:g} is greater than the denominator {:g}"),
        ("n_answers", "n_asked", "number of answers {:g} is greater than the number asked {:g}"),
    ):
        a, b = figures[part], figures[whole]
        yield a > b, lambda at, a=a, b=b, words=words: f"the {words.format(a[at], b[at])}"
