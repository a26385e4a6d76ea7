"""How much each indicator's figures usually move from one measuring to the next, by area, year and size class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import size_classes
from lagesbild.disclosure.released import read_released, released_years
from lagesbild.files import write_atomic
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.methods.panel import panel
from lagesbild.methods.standard_errors import yearly_spread
from lagesbild.publishing.layout import WINDOW, Layout

#: Columns of ``spridning.parquet``: `yearly_spread`'s, for the window that ends with each year.
SPREAD_COLUMNS = ("year", "indicator", "storleksklass", "spread", "n_changes")


def spread_frame(layout: Layout, area: str, years: Sequence[int]) -> pd.DataFrame:
    """Return the spread of an area's numbers in the nine years that end with each of `years`.

    The same for all kommuner of a size, and independent of which report year is made: only released figures up to
    the year count.

    Returns
    -------
    DataFrame
        `SPREAD_COLUMNS`, sorted.
    """
    indicators = [one for one in load_catalogue().in_area(area) if not one.is_answer]
    known = [year for year in released_years(layout.released, area) if min(years) - WINDOW < year <= max(years)]
    classes = size_classes()
    parts = [pd.DataFrame(columns=list(SPREAD_COLUMNS))]
    if known and indicators:
        rows = panel(read_released(layout.released, areas=[area], years=known), indicators=indicators)
        for year in sorted(years):
            window = rows[rows["year"].between(year - WINDOW + 1, year)]
            if len(window):
                parts.append(yearly_spread(window, size_class=classes).assign(year=year))
    frame = pd.concat(parts[1:] or parts, ignore_index=True)[list(SPREAD_COLUMNS)]
    kinds = {"year": "int64", "indicator": "str", "storleksklass": "str", "spread": "float64", "n_changes": "int64"}
    return frame.astype(kinds)


def spread_path(layout: Layout, area: str) -> Path:
    """Return where an area's spreads of the release's years are."""
    return layout.analysis(area) / "spridning.parquet"


def write_spreads(layout: Layout, area: str, years: Sequence[int]) -> None:
    """Write an area's spreads of all years that are analysed, so that the notebooks read them and compute nothing."""
    write_atomic(spread_path(layout, area), parquet_bytes(spread_frame(layout, area, years)))


def read_spread(layout: Layout, area: str, year: int) -> pd.DataFrame:
    """Return one year's spreads as `yearly_spread` does: those written by the analysis, or formed now."""
    path = spread_path(layout, area)
    frame = pd.read_parquet(path) if path.is_file() else spread_frame(layout, area, [year])
    if year not in set(frame["year"]):
        frame = spread_frame(layout, area, [year])
    return frame[frame["year"] == year].drop(columns="year").reset_index(drop=True)
