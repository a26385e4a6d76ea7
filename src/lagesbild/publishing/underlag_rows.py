"""A kommun's underlag row by row, for a report that reads a few columns of it.

A frame made into a dictionary a row costs more than the rest of the report's text. Here a row is a place in columns,
and a column is read from the file the first time that some row is asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from lagesbild.catalogue.vocabulary import Sex

#: Indicator id to the kommun's rows, oldest first.
Rows = Mapping[str, list["Row"]]


class _Columns(dict[str, list[Any]]):
    """The columns of a Parquet file as lists, read when first asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = pq.ParquetFile(path, memory_map=True)
        self.names: dict[str, int] = {name: place for place, name in enumerate(self._file.schema_arrow.names)}

    def __missing__(self, name: str) -> list[Any]:
        # By the file's own reader, in this thread: a forked child has lost the threads of its parent.
        values: list[Any] = self._file.reader.read_column(self.names[name]).to_pylist()
        self[name] = values
        return values


class Row(Mapping[str, Any]):
    """One row of an underlag: column to value, None where there is none."""

    __slots__ = ("_columns", "_place")

    def __init__(self, columns: _Columns, place: int) -> None:
        self._columns = columns
        self._place = place

    def __getitem__(self, name: str) -> Any:
        """Return the row's value in a column."""
        return self._columns[name][self._place]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the row's value in a column, `default` where there is no such column."""
        try:
            return self._columns[name][self._place]
        except KeyError:
            return default

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the columns."""
        return iter(self._columns.names)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self._columns.names)


def read_rows(path: Path) -> Mapping[str, Rows]:
    """Return the rows of an underlag by sex.

    Parameters
    ----------
    path
        A file of `lagesbild.publishing.underlag.write_underlag`, whose rows stand in order of year.

    Returns
    -------
    Mapping
        Women, men, and both together (`Sex.TOTAL`): indicator id to rows, oldest first.
    """
    columns = _Columns(path)
    found: dict[str, dict[str, list[Row]]] = {sex: {} for sex in Sex}
    for place, (sex, indicator) in enumerate(zip(columns["sex"], columns["indicator"], strict=True)):
        rows = found[sex]
        if indicator in rows:
            rows[indicator].append(Row(columns, place))
        else:
            rows[indicator] = [Row(columns, place)]
    return found
