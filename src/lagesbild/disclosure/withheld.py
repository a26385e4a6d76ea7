"""What the gate withheld, as the raw store and the outside files still know it. Never published."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.disclosure.fingerprints import digits_of, fingerprint
from lagesbild.observations.schema import NUMBER_COLUMNS
from lagesbild.observations.store import read_store

_DUMP = Path("kolada") / "observations.parquet"


def secrets_of(work: Path, raw: Path | None = None) -> dict[str, str]:
    """Return the withheld figures that can be told from others by their digits.

    Parameters
    ----------
    work
        A source's work folder: what its ``store`` has and its ``released`` has not.
    raw
        Folder of the outside files, for figures of the dump that stand beside a status and so were never read.

    Returns
    -------
    dict of str to str
        By `fingerprint`: which figure it is, never the figure itself.

    Raises
    ------
    NotBuiltError
        If nothing was imported.
    """
    key = list(OBSERVATION_KEY)
    before = read_store(work / "store").set_index(key, drop=False)
    after = read_store(work / "released").set_index(key).reindex(before.index)
    secrets: dict[str, str] = {}
    common: set[str | None] = set()
    for field in NUMBER_COLUMNS:
        common |= {digits_of(float(one)) for one in after[field].dropna().unique()}
        gone = before[before[field].notna() & after[field].isna()]
        secrets |= _named(gone[field], gone[key], f"{field} of")
    secrets |= _beside_a_status(raw)
    return {digits: name for digits, name in secrets.items() if digits not in common}


def _named(figures: pd.Series, keys: pd.DataFrame, start: str) -> dict[str, str]:
    """Return the fingerprints there are among `figures`, and which figure each is: `start` and its row of `keys`."""
    named = {}
    for figure, cell in zip(figures.tolist(), keys.itertuples(index=False), strict=True):
        digits = fingerprint(float(figure))
        if digits is not None:
            named[digits] = " ".join((start, *(str(word) for word in cell if word != "")))
    return named


def _beside_a_status(raw: Path | None) -> dict[str, str]:
    dump = None if raw is None else next((path for path in (raw / _DUMP, raw / _DUMP.name) if path.is_file()), None)
    if dump is None:
        return {}
    rows = pd.read_parquet(dump)
    if "status" not in rows:
        return {}
    secret = rows[rows["status"].fillna("").ne("") & rows["value"].notna()]
    return _named(secret["value"], secret[["kpi", "year", "geo", "gender", "status"]], "value beside a status of")
