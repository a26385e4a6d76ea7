"""The report year's results of all kommuner in one file: what a group's report is made from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.errors import NotBuiltError
from lagesbild.files import write_atomic
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.publishing.layout import Layout

#: Columns of the comparisons that a group's report reads.
_COMPARED = ["indicator", "year", "region", "sex", "value", "answer", "status", "riket", "skillnad_riket"]
_COUNTED = ["indicator", "region", "numerator", "denominator"]


def rows_path(layout: Layout) -> Path:
    """Return where the rows land."""
    return layout.yearly / "grupprader.parquet"


def write_group_rows(layout: Layout) -> Path:
    """Write all kommuner's results of the report year, totals of both sexes; the same content is left untouched.

    They are released rows, and what the analysis formed of them for each kommun: a group's figures are sums over them
    and tell nothing that they don't.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    """
    rows = _read(layout, "jamforelser", _COMPARED)
    counts = _read(layout, "indikatorer", [*_COUNTED, "level", "sex"])
    counts = counts[(counts["level"] == Level.KOMMUN) & (counts["sex"] == Sex.TOTAL)][_COUNTED]
    trends = _read(layout, "trender", ["indicator", "region", "level", "label"])
    trends = trends[trends["level"] == Level.KOMMUN].drop(columns="level")
    joined = rows[rows["sex"] == Sex.TOTAL]
    for more in (counts, trends):
        joined = joined.merge(more, on=["indicator", "region"], how="left", validate="one_to_one")
    path = rows_path(layout)
    write_atomic(path, parquet_bytes(joined.sort_values(["indicator", "region"], ignore_index=True)))
    return path


def _read(layout: Layout, step: str, columns: list[str]) -> pd.DataFrame:
    frames = []
    for area in AREA_IDS:
        path = layout.analysis(area, layout.year) / f"{step}.parquet"
        if not path.is_file():
            raise NotBuiltError(
                f"the analysis of {area} {layout.year}",
                f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area}",
            )
        frames.append(pd.read_parquet(path, columns=columns))
    return pd.concat(frames, ignore_index=True)
