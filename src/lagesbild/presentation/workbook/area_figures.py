"""An area's released figures as a national workbook asks for them: plain values by indicator and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.presentation.numbers import is_missing

RIKET = "0000"

#: Columns of the frames that the workbook is made from.
FIGURE_COLUMNS = (
    *("indicator", "year", "level", "region", "sex", "value", "answer", "status"),
    *("n_kommuner", "weighting"),
)
COMPARISON_COLUMNS = (
    *("indicator", "region", "sex", "colour", "rank", "n_reporting"),
    *("riket", "diff_riket", "skillnad_riket", "niva_riket"),
)


def of_kommun(region: str) -> bool:
    """Return whether a region's code is a kommun's, and not that of riket, a län or a group."""
    return len(region) == 4 and region != RIKET


class Figure(NamedTuple):
    """One released result: a value, an answer, or a status that says why there is neither."""

    value: float | None
    answer: str
    status: str
    n_kommuner: float | None
    weighting: str


class Place(NamedTuple):
    """Where a kommun's result stands among the kommuner, and beside riket."""

    colour: str
    rank: float | None
    n_reporting: float | None
    riket: float | None
    difference: float | None
    secured: str
    level: float | None


@dataclass(frozen=True, kw_only=True)
class AreaFigures:
    """The figures of one area.

    Parameters
    ----------
    area
        The area.
    year, years
        Report year, and the years that the release covers.
    indicators
        The area's indicators, in the catalogue's order.
    totals
        Results of both sexes together: indicator, then region, then year.
    sexes
        The report year's results of women and men: indicator, then kommun, then sex.
    places
        The report year's places: indicator, then kommun.
    grades
        Grade of an indicator's data in the report year, with its reasons.
    synthetic, source
        See `lagesbild.presentation.workbook.model.Workbook`.
    """

    area: Area
    year: int
    years: range
    indicators: tuple[Indicator, ...]
    totals: Mapping[str, Mapping[str, Mapping[int, Figure]]]
    sexes: Mapping[str, Mapping[str, Mapping[str, Figure]]]
    places: Mapping[str, Mapping[str, Place]]
    grades: Mapping[str, tuple[str, str]]
    synthetic: bool
    source: str

    def measured(self, *, answers: bool | None = None) -> list[Indicator]:
        """Return the indicators that were measured in the report year; of numbers or of answers alone, where asked."""
        return [
            one
            for one in self.indicators
            if answers in (None, one.is_answer)
            and any(self.year in years for region, years in self.totals.get(one.id, {}).items() if of_kommun(region))
        ]

    def of(self, indicator: Indicator, region: str, year: int | None = None) -> Figure | None:
        """Return a result of the report year, or of another; null where nothing was measured."""
        return self.totals.get(indicator.id, {}).get(region, {}).get(self.year if year is None else year)


def area_figures(
    area: Area,
    *,
    year: int,
    figures: Iterable[pd.DataFrame],
    comparisons: pd.DataFrame,
    quality: pd.DataFrame,
    years: range,
    catalogue: Catalogue,
    synthetic: bool,
    source: str,
) -> AreaFigures:
    """Return an area's figures from its analysis frames.

    Parameters
    ----------
    area, year, years, synthetic, source
        See `AreaFigures`.
    figures
        ``indikatorer`` frames of the years, with `FIGURE_COLUMNS`.
    comparisons, quality
        The report year's ``jamforelser`` (with `COMPARISON_COLUMNS`) and ``kvalitet``.
    catalogue
        The indicators.
    """
    totals: dict[str, dict[str, dict[int, Figure]]] = {}
    sexes: dict[str, dict[str, dict[str, Figure]]] = {}
    for frame in figures:
        # What isn't measured has no cell at all; a workbook says so where a reader looks for it.
        for indicator, when, level, region, sex, *told in _rows(
            frame[frame["status"] != Status.EJ_MATT], FIGURE_COLUMNS
        ):
            figure = Figure(_number(told[0]), _text(told[1]), str(told[2]), _number(told[3]), _text(told[4]))
            if sex == Sex.TOTAL:
                totals.setdefault(indicator, {}).setdefault(region, {})[int(when)] = figure
            elif when == year and level == Level.KOMMUN:
                sexes.setdefault(indicator, {}).setdefault(region, {})[str(sex)] = figure
    places: dict[str, dict[str, Place]] = {}
    for indicator, region, _, colour, rank, n, riket, difference, secured, at in _rows(
        comparisons[comparisons["sex"] == Sex.TOTAL], COMPARISON_COLUMNS
    ):
        places.setdefault(indicator, {})[region] = Place(
            _text(colour), _number(rank), _number(n), _number(riket), _number(difference), _text(secured), _number(at)
        )
    own = quality[quality["year"] == year]
    return AreaFigures(
        area=area,
        year=year,
        years=years,
        indicators=tuple(catalogue.in_area(area.id)),
        totals=totals,
        sexes=sexes,
        places=places,
        grades={name: (_text(grade), _text(why)) for name, grade, why in _rows(own, ("indicator", "grade", "reasons"))},
        synthetic=synthetic,
        source=source,
    )


def _rows(frame: pd.DataFrame, columns: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    """Return a frame's rows as plain values, read a column at a time."""
    return zip(*(frame[name].astype(object).to_numpy().tolist() for name in columns), strict=True)


def _number(value: Any) -> float | None:
    return None if is_missing(value) else float(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
