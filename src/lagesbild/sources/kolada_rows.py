"""Rows from Kolada with known types, whatever file or answer they come from."""

from __future__ import annotations

import pandas as pd

#: Columns that every set of rows from Kolada has.
REQUIRED_COLUMNS = ("kpi", "geo", "year", "gender", "value")

#: Columns it may have. Kolada publishes no counts; a supplier of a dump may add them, and the
#: disclosure gate then knows how many persons stand behind a value.
OPTIONAL_COLUMNS = ("status", "isdeleted", "numerator", "denominator", "n_answers", "n_asked")
COUNTS = OPTIONAL_COLUMNS[2:]


def normalise(raw: pd.DataFrame) -> pd.DataFrame:
    """Return rows with known types, deleted ones left out.

    Parameters
    ----------
    raw
        `REQUIRED_COLUMNS` and any of `OPTIONAL_COLUMNS`, of whatever type the file had.

    Returns
    -------
    DataFrame
        Categorical text `kpi`, `geo`, `year_text`, `gender`, `status` (empty beside a value); float64
        `value` (NaN where absent) and counts; `value_text` where the value was no number (else empty);
        `row`, counted from one before deleted rows were left out.
    """
    frame = pd.DataFrame({name: _categorical(raw[name]) for name in ("kpi", "geo", "gender")})
    frame["year_text"] = _categorical(raw["year"])
    frame["status"] = _categorical(raw["status"] if "status" in raw else pd.Series("", index=raw.index))
    for name in ("value", *COUNTS):
        if name in raw:
            frame[name] = pd.to_numeric(raw[name], errors="coerce").astype("float64")
    frame["value_text"] = ""
    not_a_number = frame["value"].isna() & raw["value"].notna()
    if not_a_number.any():
        frame.loc[not_a_number, "value_text"] = raw.loc[not_a_number, "value"].astype("str")
    frame["row"] = range(1, len(frame) + 1)
    if "isdeleted" in raw:
        frame = frame[~raw["isdeleted"].astype("boolean").fillna(False).astype(bool)]
    return frame.reset_index(drop=True)


def _categorical(column: pd.Series) -> pd.Series:
    """Return a column as categorical text; null is the empty text and whole floats lose their ``.0``."""
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    texts = ["" if pd.isna(one) else str(one).strip() for one in distinct]
    if pd.api.types.is_float_dtype(column.dtype):
        texts = [text.removesuffix(".0") for text in texts]
    # Stripping may have made two texts one, so the texts are told apart anew.
    names, first = pd.factorize(pd.Series(texts, dtype="str"))
    return pd.Series(pd.Categorical.from_codes(names[codes], categories=pd.Index(first)), index=column.index)
