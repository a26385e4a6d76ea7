"""The underlag: for each kommun one file with everything that its report needs, and no more.

It makes a kommun's report cheap (one small read), independent (any machine that has the file can make
the report) and honest about being up to date: the file's hash is the report's only data input.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS, AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Level
from lagesbild.errors import NotBuiltError
from lagesbild.files import remove_unfinished, remove_unfinished_of, write_atomic
from lagesbild.frame_bytes import parquet_bytes, parquet_bytes_by
from lagesbild.methods.places import places
from lagesbild.publishing.additions import write_additions
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.district_rows import write_districts
from lagesbild.publishing.handed_over import check_analysis, check_released
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.own_data import underlag_file
from lagesbild.publishing.similar_kommuner import write_similar
from lagesbild.sums import write_sums

#: Columns of the trend analysis that follow the report year's total into the underlag.
TREND_COLUMNS = (
    "n_points",
    "first_year",
    "change_previous",
    "previous_year",
    "slope",
    "slope_lower",
    "slope_upper",
    "p_value",
    "label",
)


#: Columns of the targets that follow, each with "target" before its name.
TARGET_COLUMNS = (
    "target",
    "target_year",
    "last_value",
    "last_year",
    "distance",
    "pace_needed",
    "forecast",
    "forecast_lower",
    "forecast_upper",
    "probability",
    "verdict",
    "n_others",
    "n_managed",
    "decided_by",
    "decided",
)


def read_frames(layout: Layout, step: str, areas: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one analysis step's frames of the window's years, with a column `area`.

    Parameters
    ----------
    layout
        Where the frames are.
    step
        Name of the analytic notebook (``jamforelser``).
    areas
        Areas to read; all ten where not given.

    Raises
    ------
    NotBuiltError
        If the report year of an area has not been analysed.
    """
    frames = []
    for area in areas if areas is not None else [area.id for area in AREAS]:
        for year in layout.years:
            path = layout.analysis(area, year) / f"{step}.parquet"
            if path.is_file():
                frames.append(pd.read_parquet(path).assign(area=area))
        if not (layout.analysis(area, layout.year) / f"{step}.parquet").is_file():
            raise NotBuiltError(
                f"the analysis of {area} {layout.year}",
                f"lagesbild analyse --source {layout.source} --year {layout.year} --area {area}",
            )
    return pd.concat(frames, ignore_index=True)


def write_underlag(layout: Layout) -> list[Path]:
    """Write the underlag of all kommuner, and their similar kommuner; a file with the same content is left untouched.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    DamagedError
        If what it is made from is not as the steps before left it.
    """
    check_released(layout, AREA_IDS)
    for area in AREA_IDS:
        check_analysis(layout, area)
    per_kommun = (layout.underlag_of, layout.similar, layout.additions, layout.districts)
    for path_of in per_kommun:  # what a run that was killed has left
        remove_unfinished(path_of("").parent)
    remove_unfinished_of(layout.underlag_sums)
    comparisons = read_frames(layout, "jamforelser")
    trends = read_frames(layout, "trender")
    trends = trends[(trends["level"] == "kommun") & (trends["year"] == layout.year)]
    trends = trends[["indicator", "region", "year", *TREND_COLUMNS]].assign(sex="T")
    joined = comparisons.merge(trends, on=["indicator", "region", "year", "sex"], how="left")
    joined = joined.merge(_targets(layout), on=["indicator", "region", "year", "sex"], how="left")
    joined = joined.merge(_bases(layout), on=["indicator", "region", "year", "sex"], how="left")
    joined = joined.merge(_grades(layout), on=["indicator", "year"], how="left")
    joined = joined.merge(_findings(layout), on=["indicator", "region", "year", "sex"], how="left")
    ranked = joined.groupby(["indicator", "year", "sex", "rank"])["region"].transform("size")
    joined["n_same_rank"] = ranked.astype("Int64")
    joined = joined.join(places(joined[joined["year"] == layout.year], indicators=load_catalogue().indicators))
    joined = joined.sort_values(["region", "area", "indicator", "year", "sex"], ignore_index=True)
    by_kommun = parquet_bytes_by(joined, "region")
    nothing = parquet_bytes(joined.iloc[:0])
    written = []
    for kommun in kommuner():
        path = layout.underlag_of(kommun.kod)
        write_atomic(path, by_kommun.get(kommun.kod, nothing))
        written.append(path)
    groups = release_groups(layout)
    write_similar(layout)
    write_additions(layout, joined, groups)
    write_districts(layout)
    files = (path_of(kommun.kod) for kommun in kommuner() for path_of in per_kommun)
    write_sums(layout.underlag_sums, (path for path in files if path.is_file()), layout.root)
    return written


def _targets(layout: Layout) -> pd.DataFrame:
    """Return the kommuner's targets: of an indicator's the next one to come, or else the latest that was."""
    targets = read_frames(layout, "mal")
    targets = targets[targets["year"] == layout.year]
    past = targets["target_year"] < layout.year
    order = targets.assign(past=past, away=(targets["target_year"] - layout.year).abs())
    first = order.sort_values(["indicator", "region", "past", "away"]).drop_duplicates(["indicator", "region"])
    names = {name: name if name.startswith("target") else f"target_{name}" for name in TARGET_COLUMNS}
    return first[["indicator", "region", "year", *names]].rename(columns=names).assign(sex="T")


def _bases(layout: Layout) -> pd.DataFrame:
    """Return how many persons, households or units stand behind each kommun's result, where that is released."""
    figures = read_frames(layout, "indikatorer")
    figures = figures[(figures["level"] == Level.KOMMUN) & figures["denominator"].notna()]
    return figures[["indicator", "region", "year", "sex", "denominator"]]


def _grades(layout: Layout) -> pd.DataFrame:
    """Return each indicator's grade of data quality by year, and why."""
    names = {"grade": "quality", "reasons": "quality_reasons", "checks": "quality_checks"}
    return read_frames(layout, "kvalitet").rename(columns=names)[["indicator", "year", *names.values()]]


def _findings(layout: Layout) -> pd.DataFrame:
    """Return what the checks have found about each kommun's own cells, in words; several are joined."""
    findings = read_frames(layout, "avvikelser")
    own = findings[(findings["level"] == Level.KOMMUN) & (findings["severity"] > 0)]
    own = own.sort_values(
        ["indicator", "region", "year", "sex", "severity", "check"], ascending=[True] * 4 + [False, True]
    )
    cell = ["indicator", "region", "year", "sex"]
    told = own.groupby(cell)["text"].agg("; ".join).rename("finding").reset_index()
    return told.astype({"finding": "str"})


def read_underlag(layout: Layout, kod: str) -> pd.DataFrame:
    """Return one kommun's underlag.

    Raises
    ------
    NotBuiltError
        If it has not been made.
    """
    return pd.read_parquet(underlag_file(layout, kod))
