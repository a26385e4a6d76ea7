"""What changed between two releases of Kolada: a value new, changed or withdrawn, from what to what.

The log holds values as published by the source, before the gate: it stays in the work folder.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.types import union_categoricals

from lagesbild.sources.kolada_archive import TEXT_COLUMNS, VALUE_KEY, sorted_values, value_keys
from lagesbild.sources.kolada_rows import COUNTS, DELETED, concat_rows

#: Columns of the log, in order, with their types in Parquet.
LOG_TYPES: dict[str, pa.DataType] = {
    "release": pa.string(),
    "change": pa.string(),
    "year": pa.int16(),
    "kpi": pa.string(),
    "region": pa.string(),
    "unit": pa.string(),
    "sex": pa.string(),
    "old_value": pa.float64(),
    "old_status": pa.string(),
    "new_value": pa.float64(),
    "new_status": pa.string(),
}

#: The three kinds of change. A value that came back is new; one that was taken back or left out is withdrawn.
NEW, CHANGED, WITHDRAWN = "new", "changed", "withdrawn"

#: Stands for a status where the release has no row of the value.
ABSENT = "Absent"


def empty_log() -> pd.DataFrame:
    """Return a log of nothing."""
    kinds = {pa.float64(): "float64", pa.int16(): "int16", pa.string(): "str"}
    return pd.DataFrame({name: pd.Series([], dtype=kinds[kind]) for name, kind in LOG_TYPES.items()})


def merged(old: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the archive's values with changes put in their places.

    Parameters
    ----------
    old, changes
        As `KoladaArchive.figures`. A changed value takes the old one's place, whatever its status: a value that
        the source took back becomes a row with the status `DELETED`.

    Returns
    -------
    DataFrame
        As `KoladaArchive.figures`.
    """
    before, after = _alike(old, changes)
    kept = before[~np.isin(value_keys(before), value_keys(after))]
    return sorted_values(concat_rows([kept, after]))


def revisions(old: pd.DataFrame, new: pd.DataFrame, *, release: str) -> pd.DataFrame:
    """Return one row for each value that two states of the archive don't have alike.

    Parameters
    ----------
    old, new
        As `KoladaArchive.figures`: before and after.
    release
        ISO date of the release that made the change.

    Returns
    -------
    DataFrame
        `LOG_TYPES`, sorted by year, KPI, region, unit and sex. Old or new value null where there is none; the
        status is then Kolada's word, `DELETED` or `ABSENT`, and empty where there is a value or Kolada gives
        no reason. Counts are not compared: Kolada has none.
    """
    before, after = _alike(old, new)
    keys = (value_keys(before), value_keys(after))
    every = np.union1d(*keys)
    sides = []
    for frame, own in zip((before, after), keys, strict=True):
        # Both are sorted, so each row's place among all keys is found in one go.
        places = np.searchsorted(every, own)
        value = np.full(len(every), np.nan)
        value[places] = frame["value"].to_numpy()
        status = np.full(len(every), ABSENT, dtype=object)
        status[places] = frame["status"].astype("str").to_numpy()
        row = np.full(len(every), -1)
        row[places] = np.arange(len(frame))
        sides.append((value, status, row))
    (old_value, old_status, old_row), (new_value, new_status, new_row) = sides
    same = ((old_value == new_value) | (np.isnan(old_value) & np.isnan(new_value))) & (old_status == new_status)
    # A value that wasn't there, and that the source tells it has taken back, is no news.
    gone = (ABSENT, DELETED)
    hit = ~same & ~(np.isin(old_status, gone) & np.isin(new_status, gone))
    new_there, old_there = ~np.isin(new_status[hit], gone), ~np.isin(old_status[hit], gone)
    rows = np.where(new_row[hit] >= 0, new_row[hit] + len(before), old_row[hit])
    named = concat_rows([before, after]).iloc[rows]
    columns: dict[str, object] = {
        "release": release,
        "change": np.where(~old_there, NEW, np.where(~new_there, WITHDRAWN, CHANGED)),
        **{name: named[name].to_numpy() for name in VALUE_KEY},
        "old_value": old_value[hit],
        "old_status": old_status[hit],
        "new_value": new_value[hit],
        "new_status": new_status[hit],
    }
    frame = pd.DataFrame(columns, index=range(len(rows)))[list(LOG_TYPES)]
    return frame.astype(empty_log().dtypes.to_dict())


def counts(log: pd.DataFrame) -> pd.DataFrame:
    """Return how many values of each KPI a release changed: counts only, no value.

    Parameters
    ----------
    log
        As `revisions` returns it, of any number of releases.

    Returns
    -------
    DataFrame
        Columns ``release, kpi, new, changed, withdrawn``, sorted by release and KPI.
    """
    kinds = pd.DataFrame({kind: (log["change"] == kind).astype("int64") for kind in (NEW, CHANGED, WITHDRAWN)})
    frame = pd.concat([log[["release", "kpi"]].astype("str"), kinds], axis=1)
    return frame.groupby(["release", "kpi"], sort=True).sum().reset_index()


def _alike(one: pd.DataFrame, other: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both frames with the same sorted categories, so that their key numbers compare."""
    first, second = one.copy(), other.copy()
    for name in TEXT_COLUMNS:
        words = sorted(union_categoricals([one[name], other[name]]).categories)
        first[name], second[name] = (frame[name].cat.set_categories(words) for frame in (one, other))
    for name in COUNTS:
        if name in first and name not in second:
            second[name] = np.nan
        elif name in second and name not in first:
            first[name] = np.nan
    return first, second
