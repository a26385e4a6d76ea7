"""What a check found: the rows that fail it, kept as positions until a message is needed.

A million rows are checked as whole columns; a `Fault` is built for a failing row only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.errors import Fault

#: A failing row's cells by column name.
Row = Mapping[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Rows that fail one check.

    Parameters
    ----------
    rows
        Positions in the frame, whole numbers from zero.
    what
        Says what is wrong with a row, given its cells.
    column, expected, action
        As in `Fault`; `action` may be worked out from the row.
    """

    rows: npt.NDArray[np.intp]
    what: Callable[[Row], str]
    column: str | None = None
    expected: str | None = None
    action: str | Callable[[Row], str | None] | None = None


def finding(
    failing: pd.Series | npt.NDArray[np.bool_],
    what: str | Callable[[Row], str],
    *,
    column: str | None = None,
    expected: str | None = None,
    action: str | Callable[[Row], str | None] | None = None,
) -> Finding:
    """Return the finding for a mask of failing rows; a text `what` is formatted with the row's cells."""
    rows = np.flatnonzero(np.asarray(failing, dtype=bool))
    say = what.format_map if isinstance(what, str) else what
    return Finding(rows=rows, what=say, column=column, expected=expected, action=action)


def faults(observations: pd.DataFrame, findings: Iterable[Finding], *, origin: str) -> list[Fault]:
    """Return one fault per failing row and check, in the order of the rows.

    Parameters
    ----------
    observations
        The frame that was checked.
    findings
        What the checks found.
    origin
        What the reader calls the input ("kolada dump").
    """
    placed = [pair for found in findings for pair in _faults_of(observations, found, origin)]
    return [fault for _, fault in sorted(placed, key=lambda pair: pair[0])]


def _faults_of(observations: pd.DataFrame, found: Finding, origin: str) -> Iterator[tuple[int, Fault]]:
    """Yield the faults of one finding with their positions."""
    if not len(found.rows):
        return
    cells = observations.iloc[found.rows]
    for position, row in zip(found.rows, cells.to_dict("records"), strict=True):
        yield (
            int(position),
            Fault(
                what=found.what(row),
                file=_file(row, origin),
                column=found.column,
                indicator=_text(row["indicator"]),
                region=_text(row["region"]),
                year=_year(row["year"]),
                expected=found.expected,
                action=found.action(row) if callable(found.action) else found.action,
            ),
        )


def _file(row: Row, origin: str) -> str:
    """Return the input's name, with the row's own file where the source column tells it."""
    source = _text(row["source"]) or ""
    _, _, stem = source.partition(":")
    return f"{origin}, {stem}" if stem and stem not in origin else origin


def _text(cell: Any) -> str | None:
    return None if pd.isna(cell) or cell == "" else str(cell)


def _year(cell: Any) -> int | None:
    try:
        return int(cell)
    except (TypeError, ValueError):
        return None
