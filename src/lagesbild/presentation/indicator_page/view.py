"""What a page asks of one indicator's figures: by place, sex and year, as plain Python values.

A page asks some hundred questions of a few thousand rows, and there are five hundred pages: a frame is too slow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.regions import RIKET
from lagesbild.catalogue.vocabulary import Answer, Level, Sex, Status
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.methods.cells import REPORTED


class Result(NamedTuple):
    """One figure: a value or an answer, or the status that says why there is none."""

    value: float | None
    answer: str | None
    status: str
    lower: float | None = None
    upper: float | None = None
    n_kommuner: int | None = None

    @property
    def known(self) -> bool:
        """Whether there is a value or an answer."""
        return self.value is not None or self.answer is not None


class Trend(NamedTuple):
    """The trend of one series up to a year, as ``trender.parquet`` has it."""

    label: str
    slope: float | None
    slope_lower: float | None
    slope_upper: float | None
    first_year: int | None
    last_year: int | None
    p_value: float | None
    p_adjusted: float | None
    n_points: int


#: A series: level, region, sex and weighting.
Key = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class IndicatorView:
    """One indicator with its figures.

    Parameters
    ----------
    indicator
        The indicator.
    year
        The report year.
    latest
        The latest year with results up to it (see `latest_year`); None where there are none.
    results
        Results by series and year; years that weren't measured are left out.
    trends
        Trends up to the latest year, by level and region.
    colours
        The kommuner's colours in the latest year.
    grade
        Grade of the latest year's data and the reasons for it, empty where there is none.
    synthetic, source
        Whether the figures are invented, and who they come from, as it stands after "Källa:".
    """

    indicator: Indicator
    year: int
    latest: int | None = None
    results: Mapping[Key, Mapping[int, Result]] = field(default_factory=dict)
    trends: Mapping[tuple[str, str], Trend] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    grade: tuple[str, str] = ("", "")
    synthetic: bool
    source: str

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which somebody has reported, oldest first."""
        years = {
            year
            for (level, _, sex, _), by_year in self.results.items()
            if sex == Sex.TOTAL and level in (Level.RIKE, Level.KOMMUN)
            for year, result in by_year.items()
            if result.status in REPORTED
        }
        return tuple(sorted(years))

    @cached_property
    def weighting(self) -> str:
        """How riket's latest figure came to be: the source's own before the weighted before the unweighted."""
        if self.latest is None:
            return ""
        for weighting in WEIGHTINGS:
            found = self.results.get((Level.RIKE, RIKET, Sex.TOTAL, weighting), {}).get(self.latest)
            if found is not None and found.known:
                return weighting
        return ""

    def riket(self, sex: Sex = Sex.TOTAL) -> dict[int, Result]:
        """Return riket's figures by year, all of the latest figure's kind: a series never mixes them."""
        found = self.results.get((Level.RIKE, RIKET, sex, self.weighting), {})
        return {year: result for year, result in sorted(found.items()) if result.known}

    def groups(self, level: Level) -> dict[str, dict[int, Result]]:
        """Return the unweighted means of kommuner by kommungrupp or län, and by year."""
        return {
            region: {year: one for year, one in sorted(by_year.items()) if one.known}
            for (at, region, sex, weighting), by_year in sorted(self.results.items())
            if at == level and sex == Sex.TOTAL and weighting == "ovagd"
        }

    @cached_property
    def kommuner(self) -> dict[str, Result]:
        """The kommuner's results of the latest year, by code."""
        return {} if self.latest is None else self.kommuner_in(self.latest)

    def kommuner_in(self, year: int) -> dict[str, Result]:
        """Return the kommuner's results of a year, by code."""
        return {region: by_year[year] for region, by_year in self._by_kommun.items() if year in by_year}

    @cached_property
    def _by_kommun(self) -> dict[str, Mapping[int, Result]]:
        return {
            region: by_year
            for (level, region, sex, _), by_year in sorted(self.results.items())
            if level == Level.KOMMUN and sex == Sex.TOTAL
        }

    def kommun_series(self, region: str) -> dict[int, Result]:
        """Return a kommun's known results by year."""
        return {year: one for year, one in sorted(self._by_kommun.get(region, {}).items()) if one.known}

    def values_in(self, year: int) -> list[float]:
        """Return the kommuner's values of a year, sorted."""
        return sorted(one.value for one in self.kommuner_in(year).values() if one.value is not None)

    def answers_in(self, year: int) -> dict[str, int]:
        """Return how many kommuner gave each answer in a year."""
        counts = dict.fromkeys((str(answer) for answer in Answer), 0)
        for one in self.kommuner_in(year).values():
            if one.answer is not None:
                counts[one.answer] += 1
        return counts

    def statuses(self) -> dict[str, int]:
        """Return how many kommuner have each status in the latest year."""
        counts: dict[str, int] = {}
        for one in self.kommuner.values():
            counts[one.status] = counts.get(one.status, 0) + 1
        return counts

    @property
    def national_trend(self) -> Trend | None:
        """The trend of riket's series up to the latest year."""
        return self.trends.get((str(Level.RIKE), RIKET))

    def kommun_trends(self) -> dict[str, Trend]:
        """Return the kommuner's trends up to the latest year, by code."""
        return {region: trend for (level, region), trend in self.trends.items() if level == Level.KOMMUN}

    @property
    def shown(self) -> int:
        """How many kommuner have a result of the latest year that can be shown."""
        return sum(one.status == Status.OK for one in self.kommuner.values())


def latest_year(results: Mapping[Key, Mapping[int, Result]]) -> int | None:
    """Return the latest year in which riket or some kommun has a result; None where there is none."""
    years = [
        year
        for (level, _, sex, _), by_year in results.items()
        if sex == Sex.TOTAL and level in (Level.RIKE, Level.KOMMUN)
        for year, result in by_year.items()
        if result.known
    ]
    return max(years, default=None)


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile of sorted values, between neighbours in proportion, as pandas has it."""
    place = (len(values) - 1) * share
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
