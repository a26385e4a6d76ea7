"""Differences between two tables: the row by what it is of, the column, and both values."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.catalogue.vocabulary import Status
from lagesbild.provenance.differences.found import Difference, cut

#: Columns that say what a row is of, in the order that they are tried.
_NAMES = (
    *("indicator", "indikator", "area", "omrade", "region", "kommun", "year", "ar", "level", "sex", "kon"),
    *("unit", "grouping", "question", "check", "member", "variable", "storleksklass", "weighting"),
)


def csv_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the differences of two CSV files, each value as the text that it is."""
    yield from frame_differences(_csv(old), _csv(new))


def parquet_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the differences of two Parquet files: their values, then their columns' types and their metadata."""
    left, right = (pq.read_table(pa.BufferReader(data)) for data in (old, new))
    yield from frame_differences(_texts(left), _texts(right))
    for name in left.schema.names:
        if name in right.schema.names:
            types = str(left.schema.field(name).type), str(right.schema.field(name).type)
            if types[0] != types[1]:
                yield Difference(kind="metadata", place=f"type of column {name}", old=types[0], new=types[1])
    told = [_metadata(table.schema) for table in (left, right)]
    for key in sorted(told[0] | told[1]):
        texts = told[0].get(key, ""), told[1].get(key, "")
        if texts[0] != texts[1]:
            short = cut(*texts)
            yield Difference(kind="metadata", place=f"metadata {key}", old=short[0], new=short[1])


def frame_differences(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Difference]:
    """Yield the differences of two frames of texts: columns, rows in one only, values, and the rows' order."""
    for name in old.columns.difference(new.columns, sort=False):
        yield Difference(kind="column", place=f"column {name}", old="(stands there)", new="")
    for name in new.columns.difference(old.columns, sort=False):
        yield Difference(kind="column", place=f"column {name}", old="", new="(stands there)")
    shared = [name for name in old.columns if name in set(new.columns)]
    key = row_key(old[shared], new[shared])
    left, right = _indexed(old[shared], key), _indexed(new[shared], key)
    names = key or ["row"]
    yield from _values(left, right, names, [name for name in shared if name not in key])
    for label in left.index[~left.index.isin(right.index)]:
        yield Difference(kind="row", place=_label(names, label), old="(stands there)", new="")
    for label in right.index[~right.index.isin(left.index)]:
        yield Difference(kind="row", place=_label(names, label), old="", new="(stands there)")
    if len(left) == len(right) and left.index.isin(right.index).all() and not left.index.equals(right.index):
        place = int((left.index != right.index).argmax())
        told = _label(names, left.index[place]), _label(names, right.index[place])
        yield Difference(kind="row", place=f"order of the rows, row {place + 1}", old=told[0], new=told[1])


def row_key(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """Return the fewest columns that tell the rows of both frames apart, none if they can't be told apart."""
    known = [name for name in _NAMES if name in old.columns]
    key: list[str] = []
    for name in [*known, *(name for name in old.columns if name not in known)]:
        key.append(name)
        if not old.duplicated(key).any() and not new.duplicated(key).any():
            break
    else:
        return []
    for name in key[:]:
        fewer = [one for one in key if one != name]
        if fewer and not old.duplicated(fewer).any() and not new.duplicated(fewer).any():
            key = fewer
    return key


def _values(left: pd.DataFrame, right: pd.DataFrame, names: list[str], columns: list[str]) -> Iterator[Difference]:
    both = left.index[left.index.isin(right.index)]
    before, after = left.loc[both, columns], right.loc[both, columns]
    cells = before.to_numpy(), after.to_numpy()
    shown = (before["status"] == Status.OK).to_numpy() if "status" in columns else np.zeros(len(both), dtype=bool)
    for row, column in zip(*(cells[0] != cells[1]).nonzero(), strict=True):
        texts = cut(str(cells[0][row, column]), str(cells[1][row, column]))
        place = f"{_label(names, both[row])}, column {columns[column]}"
        yield Difference(kind="value", place=place, old=texts[0], new=texts[1], open=bool(shown[row]))


def _indexed(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    if key:
        return frame.set_index(key)
    return frame.set_axis(pd.RangeIndex(1, len(frame) + 1))


def _label(names: list[str], label: object) -> str:
    parts = label if isinstance(label, tuple) else (label,)
    return "row " + " ".join(
        str(part) if name == "row" else f"{name}={part}" for name, part in zip(names, parts, strict=True)
    )


def _csv(data: bytes) -> pd.DataFrame:
    head = data.split(b"\n", 1)[0]
    separator = ";" if head.count(b";") > head.count(b",") else ","
    options = {"dtype": "str", "keep_default_na": False, "encoding": "utf-8-sig"}
    frame: pd.DataFrame = pd.read_csv(io.BytesIO(data), sep=separator, **options)  # type: ignore[call-overload]
    return frame.astype(object)


def _texts(table: pa.Table) -> pd.DataFrame:
    columns = {name: [_text(value) for value in table.column(name).to_pylist()] for name in table.column_names}
    return pd.DataFrame(columns, dtype=object)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _metadata(schema: pa.Schema) -> dict[str, str]:
    return {key.decode(): value.decode(errors="replace") for key, value in (schema.metadata or {}).items()}
