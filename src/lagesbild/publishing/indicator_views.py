"""An area's figures, read once and handed to the pages of its indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.multiple_testing import adjust
from lagesbild.presentation.indicator_page.view import IndicatorView, Key, Result, Trend, latest_year
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.layout import SOURCE_NAMES, Layout

_FIGURES = ["indicator", "year", "level", "region", "sex", "value", "answer", "status", "lower", "upper", "n_kommuner"]
_TRENDS = [
    "indicator",
    "year",
    "level",
    "region",
    "label",
    "slope",
    "slope_lower",
    "slope_upper",
    "first_year",
    "last_year",
    "p_value",
    "n_points",
]
_NONRESPONSE = ["question", "n_answered", "n_not", "answered", "not_answered", "verdict"]
_GRADES = ["indicator", "year", "grade", "reasons"]
_COLOURS = ["indicator", "year", "region", "sex", "colour"]


def area_views(layout: Layout, area: str) -> dict[str, IndicatorView]:
    """Return the view of each of an area's indicators, in the order of the catalogue; some have no figures."""
    results = _results(layout, area)
    latest = {name: year for name, series in results.items() if (year := latest_year(series)) is not None}
    trends, colours = _trends(layout, area, latest), _colours(layout, area, latest)
    grades = _grades(layout, area, latest)
    return {
        indicator.id: IndicatorView(
            indicator=indicator,
            year=layout.year,
            latest=latest.get(indicator.id),
            results=results.get(indicator.id, {}),
            trends=trends.get(indicator.id, {}),
            colours=colours.get(indicator.id, {}),
            grade=grades.get(indicator.id, ("", "")),
            synthetic=layout.synthetic,
            source=SOURCE_NAMES[layout.source],
        )
        for indicator in load_catalogue().in_area(area)
    }


def reporting_view(layout: Layout, area: str) -> NationalView:
    """Return the national figures that tell who has reported in the report year, and no more."""
    columns = ["indicator", "year", "region", "sex", "status"]
    path = layout.analysis(area, layout.year) / "jamforelser.parquet"
    nothing = pd.DataFrame()
    return NationalView(
        year=layout.year,
        years=layout.years,
        figures=nothing,
        comparisons=pd.read_parquet(path, columns=columns) if path.is_file() else pd.DataFrame(columns=columns),
        trends=nothing,
        catalogue=load_catalogue(),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[layout.source],
        nonresponse={area: _read(layout, area, "bortfall", ["survey", "year", *_NONRESPONSE])},
    )


def latest_years(layout: Layout) -> dict[str, int]:
    """Return the latest year with results of each indicator that has any, as `area_views` gives it."""
    found: dict[str, int] = {}
    for area in AREAS:
        frame = _read(layout, area.id, "indikatorer", ["indicator", "year", "level", "sex", "status"])
        shown = (frame["sex"] == Sex.TOTAL) & (frame["status"] == Status.OK)
        frame = frame[shown & frame["level"].isin([str(Level.RIKE), str(Level.KOMMUN)])]
        found |= {str(name): int(year) for name, year in frame.groupby("indicator")["year"].max().items()}
    return found


def _read(layout: Layout, area: str, step: str, columns: Sequence[str]) -> pd.DataFrame:
    """Return a step's frames of all years; without any, an empty frame."""
    paths = [layout.analysis(area, year) / f"{step}.parquet" for year in layout.years]
    frames = [pd.read_parquet(path, columns=list(columns)) for path in paths if path.is_file()]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(columns))


def _lists(frame: pd.DataFrame) -> list[list[Any]]:
    """Return the columns as plain lists, nulls as None."""
    return [frame[name].astype("object").where(frame[name].notna(), None).tolist() for name in frame.columns]


def _results(layout: Layout, area: str) -> dict[str, dict[Key, dict[int, Result]]]:
    frame = _read(layout, area, "indikatorer", [*_FIGURES, "weighting"])
    rike, kommun, total = frame["level"] == Level.RIKE, frame["level"] == Level.KOMMUN, frame["sex"] == Sex.TOTAL
    # Women and men are shown for riket alone, and groups of kommuner by their plain means.
    shown = rike | (total & (kommun | (frame["weighting"] == "ovagd")))
    # A year that nobody was asked in is no gap.
    frame = frame[shown & (frame["status"] != Status.EJ_MATT)]
    found: dict[str, dict[Key, dict[int, Result]]] = {}
    for name, year, level, region, sex, value, answer, status, lower, upper, n, weighting in zip(
        *_lists(frame), strict=True
    ):
        series = found.setdefault(name, {}).setdefault((level, region, sex, weighting), {})
        series[year] = Result(value, answer, status, lower, upper, None if n is None else int(n))
    return found


def _trends(layout: Layout, area: str, latest: Mapping[str, int]) -> dict[str, dict[tuple[str, str], Trend]]:
    """Return the trends up to each indicator's latest year."""
    frame = _of_latest(_read(layout, area, "trender", _TRENDS), latest)
    frame = frame[frame["level"].isin([str(Level.RIKE), str(Level.KOMMUN)])].drop(columns="year")
    # A page tests as many series as there are kommuner: what chance alone would show is allowed for.
    frame = adjust(frame, table=["indicator", "level"], p="p_value").drop(columns="mark_fdr")
    found: dict[str, dict[tuple[str, str], Trend]] = {}
    for name, level, region, label, slope, low, high, first, last, p, points, adjusted in zip(
        *_lists(frame), strict=True
    ):
        years = [None if year is None else int(year) for year in (first, last)]
        trend = Trend(label, slope, low, high, years[0], years[1], p, adjusted, int(points))
        found.setdefault(name, {})[level, region] = trend
    return found


def _grades(layout: Layout, area: str, latest: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    frame = _of_latest(_read(layout, area, "kvalitet", _GRADES), latest)
    return {name: (grade or "", reasons or "") for name, _, grade, reasons in zip(*_lists(frame), strict=True)}


def _colours(layout: Layout, area: str, latest: Mapping[str, int]) -> dict[str, dict[str, str]]:
    """Return the kommuner's colours in each indicator's latest year."""
    frame = _read(layout, area, "jamforelser", _COLOURS)
    frame = _of_latest(frame[frame["colour"].notna() & (frame["sex"] == Sex.TOTAL)], latest)
    found: dict[str, dict[str, str]] = {}
    for name, region, colour in zip(*_lists(frame[["indicator", "region", "colour"]]), strict=True):
        found.setdefault(name, {})[region] = colour
    return found


def _of_latest(frame: pd.DataFrame, latest: Mapping[str, int]) -> pd.DataFrame:
    return frame[frame["year"].astype("float64") == frame["indicator"].map(dict(latest)).astype("float64")]
