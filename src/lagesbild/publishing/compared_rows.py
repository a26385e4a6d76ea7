"""The released figures that can be compared: all kommuner and larger places, all years, women and men together."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.presentation.compare.figures_file import COLUMNS
from lagesbild.publishing.layout import Layout

_LEVELS = (str(Level.RIKE), str(Level.LAN), str(Level.KOMMUNGRUPP), str(Level.KOMMUN))
#: What a place has nothing to tell by.
_SILENT = (str(Status.SAKNAS), str(Status.EJ_MATT))


def compared_rows(layout: Layout, area: str) -> pd.DataFrame:
    """Return an area's figures in `COLUMNS`; no rows where the area has not been analysed."""
    wanted = [("sex", "==", str(Sex.TOTAL)), ("level", "in", _LEVELS)]
    parts = [
        pd.read_parquet(path, columns=[*COLUMNS], filters=wanted)
        for year in layout.years
        if (path := layout.analysis(area, year) / "indikatorer.parquet").is_file()
    ]
    if not parts:
        return pd.DataFrame(columns=[*COLUMNS])
    return pd.concat(parts, ignore_index=True)


def compared_indicators(layout: Layout) -> frozenset[str]:
    """Return the indicators with something to tell of any place and year."""
    wanted = [("sex", "==", str(Sex.TOTAL)), ("level", "in", _LEVELS), ("status", "not in", _SILENT)]
    found: set[str] = set()
    for area in AREA_IDS:
        for year in layout.years:
            path = layout.analysis(area, year) / "indikatorer.parquet"
            if path.is_file():
                found |= set(pd.read_parquet(path, columns=["indicator"], filters=wanted)["indicator"].unique())
    return frozenset(found)
