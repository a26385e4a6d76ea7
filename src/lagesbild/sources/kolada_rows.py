"""Rows from Kolada with known types, whatever file or answer they come from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

#: Columns that every set of rows from Kolada has.
REQUIRED_COLUMNS = ("kpi", "geo", "year", "gender", "value")

#: Columns it may have. Kolada publishes no counts; a supplier of a dump may add them, and the
#: disclosure gate then knows how many persons stand behind a value. `ou` is a unit's id in Kolada; `geo` is
#: then the unit's kommun.
OPTIONAL_COLUMNS = ("status", "isdeleted", "numerator", "denominator", "n_answers", "n_asked", "ou")
COUNTS = OPTIONAL_COLUMNS[2:6]

#: The status of a value that Kolada has taken back; the API says it in `isdeleted`, not in `status`.
DELETED = "Deleted"


def normalise(raw: pd.DataFrame) -> pd.DataFrame:
    """Return rows with known types.

    Parameters
    ----------
    raw
        `REQUIRED_COLUMNS` and any of `OPTIONAL_COLUMNS`, of whatever type the file had.

    Returns
    -------
    DataFrame
        Categorical text `kpi`, `geo`, `unit` (empty but for a unit), `year_text`, `gender`, `status` (empty
        beside a value, `DELETED` where it was taken back); float64 `value` (NaN where absent) and counts;
        `value_text` where the value was no number (else empty); `row`, counted from one.
    """
    frame = pd.DataFrame({name: _categorical(raw[name]) for name in ("kpi", "geo", "gender")})
    frame["year_text"] = _categorical(raw["year"])
    for name, column in (("unit", "ou"), ("status", "status")):
        frame[name] = _categorical(raw[column]) if column in raw else _constant("", raw.index)
    for name in ("value", *COUNTS):
        if name in raw:
            frame[name] = pd.to_numeric(raw[name], errors="coerce").astype("float64")
    frame["value_text"] = _constant("", raw.index)
    not_a_number = frame["value"].isna() & raw["value"].notna()
    if not_a_number.any():
        texts = raw["value"].astype("str").where(not_a_number, "")
        frame["value_text"] = _categorical(texts)
    frame["row"] = range(1, len(frame) + 1)
    if "isdeleted" in raw:
        gone = raw["isdeleted"].astype("boolean").fillna(False).astype(bool)
        if gone.any():
            frame["status"] = frame["status"].cat.add_categories(
                [DELETED] if DELETED not in frame["status"].cat.categories else []
            )
            frame.loc[gone, "status"] = DELETED
    return frame.reset_index(drop=True)


def live(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that Kolada has not taken back."""
    gone = rows["status"] == DELETED
    return rows[~gone] if gone.any() else rows


def concat_rows(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of all frames, one after the other; text stays categorical.

    Parameters
    ----------
    frames
        At least one; the same text columns in each. A number that only some frames have is NaN in the others.
    """
    if len(frames) == 1:
        return frames[0]
    texts = [name for name, kind in frames[0].dtypes.items() if isinstance(kind, pd.CategoricalDtype)]
    merged: pd.DataFrame = pd.concat([frame.drop(columns=texts) for frame in frames], ignore_index=True)
    for name in texts:
        merged[name] = union_categoricals([frame[name] for frame in frames])
    return merged[list(dict.fromkeys(name for frame in frames for name in frame.columns))]


def _constant(text: str, index: pd.Index) -> pd.Series:
    codes = np.zeros(len(index), dtype=np.int8)
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index([text])), index=index)


def _categorical(column: pd.Series) -> pd.Series:
    """Return a column as categorical text; null is the empty text and whole floats lose their ``.0``."""
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    texts = ["" if pd.isna(one) else str(one).strip() for one in distinct]
    if pd.api.types.is_float_dtype(column.dtype):
        texts = [text.removesuffix(".0") for text in texts]
    # Stripping may have made two texts one, so the texts are told apart anew.
    names, first = pd.factorize(pd.Series(texts, dtype="str"))
    return pd.Series(pd.Categorical.from_codes(names[codes], categories=pd.Index(first)), index=column.index)
