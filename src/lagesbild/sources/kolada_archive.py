"""Kolada's key figures as the archive holds them: every value of every KPI, catalogued or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.sources.kolada_regions import level_and_region
from lagesbild.sources.kolada_rows import COUNTS, DELETED

#: What names one value, in the order in which values are sorted.
VALUE_KEY = ("year", "kpi", "region", "unit", "sex")

#: Columns of the archive's values; counts follow where the source has them.
VALUE_COLUMNS = (*VALUE_KEY, "value", "status")

#: Those of them that are texts, held as categories.
TEXT_COLUMNS = ("kpi", "region", "unit", "sex", "status")

#: The tables that describe the values, by name, and the columns that each has at least.
TABLES: Mapping[str, tuple[str, ...]] = {
    "kpi": ("id", "title"),
    "municipality": ("id", "title"),
    "municipality_groups": ("group_id", "group_title", "member_id", "member_title"),
    "kpi_groups": ("group_id", "group_title", "member_id", "member_title"),
    "ou": ("id", "title", "municipality"),
}


@dataclass(frozen=True, kw_only=True)
class KoladaArchive:
    """Everything that was taken in from Kolada, as published: before the catalogue and before the gate.

    Parameters
    ----------
    figures
        `VALUE_COLUMNS`: int16 `year`; categorical text `kpi`, `region` (our codes), `unit` (Kolada's id, empty
        but for a unit), `sex` and `status` (Kolada's word, empty beside a value); float64 `value`, null where
        there is a status. Sorted by `VALUE_KEY`, no key twice.
    tables
        The tables of `TABLES` that the source has; all text.
    release
        Date (ISO 8601) of the source's release, null where it is not known.
    revisions
        The log of what changed between releases (see `lagesbild.observations.revisions`).
    """

    figures: pd.DataFrame
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    release: str | None = None
    revisions: pd.DataFrame = field(default_factory=pd.DataFrame)


def archive_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows as values of the archive.

    Parameters
    ----------
    rows
        As `kolada_rows.normalise` returns them, without faults.

    Returns
    -------
    DataFrame
        As `KoladaArchive.figures`. A value beside a status is not kept: the status is binding. A taken-back
        value stays as a row with the status `DELETED`, but gives way to a live one of the same key.
    """
    regions = [(level_and_region(str(geo)) or ("", str(geo)))[1] for geo in rows["geo"].cat.categories]
    years = rows["year_text"].cat.categories.astype("int64").to_numpy(dtype=np.int16)
    columns: dict[str, object] = {
        "year": years[rows["year_text"].cat.codes.to_numpy()] if len(rows) else np.empty(0, np.int16),
        "kpi": sorted_categories(rows["kpi"]),
        "region": sorted_categories(_renamed(rows["geo"], regions)),
        "unit": sorted_categories(rows["unit"]),
        "sex": sorted_categories(rows["gender"]),
        "value": rows["value"].where(rows["status"] == "").to_numpy(),
        "status": sorted_categories(rows["status"]),
    }
    columns |= {name: rows[name].to_numpy() for name in COUNTS if name in rows and rows[name].notna().any()}
    return sorted_values(pd.DataFrame(columns))


def sorted_values(values: pd.DataFrame) -> pd.DataFrame:
    """Return the values sorted by `VALUE_KEY`, each key once: the live one, else the first."""
    keys = value_keys(values)
    gone = (values["status"] == DELETED).to_numpy()
    order = np.lexsort((gone, keys))
    keys = keys[order]
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    return values.iloc[order[first]].reset_index(drop=True)


def value_keys(values: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return one number a row that is equal for equal keys and ascends in the order of `VALUE_KEY`.

    The categories of the text columns must be sorted (as `archive_values` makes them); numbers of two frames
    compare only where both have the same categories.
    """
    keys = values["year"].to_numpy(dtype=np.int64)
    for name in VALUE_KEY[1:]:
        column = values[name].cat
        keys = keys * (len(column.categories) + 1) + column.codes.to_numpy(dtype=np.int64)
    return keys


def archive_rows(values: pd.DataFrame) -> pd.DataFrame:
    """Return values of the archive as rows that `kolada.convert_rows` takes; `row` is 0, for no file's row."""
    year = pd.Categorical(values["year"])
    names = {"kpi": "kpi", "geo": "region", "unit": "unit", "gender": "sex", "status": "status", "value": "value"}
    rows = pd.DataFrame({name: values[column] for name, column in names.items()})
    rows["year_text"] = year.rename_categories(str)
    for name in COUNTS:
        if name in values:
            rows[name] = values[name]
    rows["value_text"] = pd.Categorical.from_codes(np.zeros(len(rows), dtype=np.int8), categories=pd.Index([""]))
    rows["row"] = 0
    return rows


def categorical_text(column: pd.Series) -> pd.Series:
    """Return a column of texts as categories in sorted order."""
    return sorted_categories(column.astype("str").astype("category"))


def _renamed(column: pd.Series, names: list[str]) -> pd.Series:
    """Return a categorical column with new category names, of which several may be the same."""
    codes, distinct = pd.factorize(pd.Series(names, dtype="str"))
    found = codes[column.cat.codes.to_numpy()] if len(names) else column.cat.codes.to_numpy()
    return pd.Series(pd.Categorical.from_codes(found, categories=pd.Index(distinct)), index=column.index)


def sorted_categories(column: pd.Series) -> pd.Series:
    """Return a categorical column whose categories are those that occur, in sorted order."""
    column = column.cat.remove_unused_categories()
    return column.cat.reorder_categories(sorted(column.cat.categories)).reset_index(drop=True)
