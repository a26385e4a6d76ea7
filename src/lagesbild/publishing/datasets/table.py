"""What a published table is: its columns, each described once, and how it is told from other tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from lagesbild.publishing.layout import Layout

#: Kinds of columns, as Frictionless names them, and the types that their columns have in a frame.
KINDS: dict[str, str] = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}

#: As quality_data and others describe their columns: name to kind and meaning.
Described = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column.

    Parameters
    ----------
    name, text
        Its head, and what it means, in Swedish.
    kind
        One of `KINDS`.
    unit
        In what its numbers are given, empty where the row's `unit` tells or there is none.
    values
        Every word that may stand there; any text where empty.
    required
        Whether every row has it.
    low, high
        Bounds of its numbers, inclusive.
    """

    name: str
    text: str
    kind: str = "string"
    unit: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A column whose words are all in another table's column."""

    column: str
    table: str
    target: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """One published table.

    Parameters
    ----------
    name
        Of its files, in ``data``: letters a-z, digits, dots, hyphens and slashes.
    title, title_en, text
        For readers; `text` says what it holds and what it is for.
    fields
        Its columns, in order.
    frame
        Returns its rows from a release's folders; null where they are written as parts of other tables.
    key
        Columns that together tell every row from the others.
    references
        Columns that point to another table.
    theme
        "results", "quality" or "registers": how the catalogue groups the tables.
    yearly
        Whether it covers the release's years, rather than what holds whatever the year.
    """

    name: str
    title: str
    title_en: str
    text: str
    fields: tuple[Field, ...]
    frame: Callable[[Layout], pd.DataFrame] | None = field(default=None, repr=False)
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    theme: str = "results"
    yearly: bool = True

    @property
    def columns(self) -> list[str]:
        """Names of its columns."""
        return [one.name for one in self.fields]


def fields_of(described: Described, **more: Mapping[str, Any]) -> tuple[Field, ...]:
    """Return columns that are described by kind and meaning, with what else is known of some of them.

    Parameters
    ----------
    described
        Name to kind and meaning.
    more
        Name to further parameters of `Field`.
    """
    return tuple(
        Field(name=name, kind=kind, text=text, **more.get(name, {})) for name, (kind, text) in described.items()
    )


def typed(frame: pd.DataFrame, fields: tuple[Field, ...]) -> pd.DataFrame:
    """Return a frame's described columns in their order, each of its kind.

    Whole numbers that a frame holds as floats (since some are null) become whole, and an empty text is none.
    """
    columns = {}
    for one in fields:
        column = frame[one.name]
        if one.kind == "string":
            column = column.astype("str")
            column = column.mask(column == "")
        columns[one.name] = column if str(column.dtype) == KINDS[one.kind] else column.astype(KINDS[one.kind])  # type: ignore[call-overload]
    return pd.DataFrame(columns, index=frame.index)
