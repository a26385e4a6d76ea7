"""The figures of the kvalitetsdeklarationer, counted from the catalogue and the analysis of the report year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.plan import next_measured
from lagesbild.catalogue.recodings import breaks
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Status
from lagesbild.methods.moderated_slopes import FEWEST_POINTS
from lagesbild.methods.quality_findings import Check
from lagesbild.methods.quality_grade import GRADES, checks_of


@dataclass(frozen=True, kw_only=True)
class DeclarationFigures:
    """What is counted, over all areas.

    Parameters
    ----------
    year, years
        Report year, and the years of the window.
    catalogue
        The indicators.
    quality
        ``kvalitet`` of the year: a grade for each indicator.
    nonresponse
        ``bortfall`` of the year, with a column ``area``.
    results
        ``jamforelser`` of the year: ``indicator, region, sex, status, riket_weighting`` of the kommuner, total alone.
    national_trends
        ``trender`` of the year for riket: ``indicator, n_points``.
    known_faults
        How many of the source's values are known to be wrong and were read as missing.
    """

    year: int
    years: range
    catalogue: Catalogue
    quality: pd.DataFrame
    nonresponse: pd.DataFrame
    results: pd.DataFrame
    national_trends: pd.DataFrame
    known_faults: int

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators of the catalogue."""
        return self.catalogue.indicators

    @cached_property
    def measured(self) -> list[Indicator]:
        """Those that the measuring plan has in the report year."""
        return [one for one in self.indicators if one.measured(self.year)]

    @cached_property
    def with_results(self) -> list[Indicator]:
        """Those that at least one kommun has a result of that can be shown."""
        shown = set(self.results.loc[self.results["status"] == Status.OK, "indicator"])
        return [one for one in self.indicators if one.id in shown]

    def count(self, attribute: str, among: Iterable[Indicator] | None = None) -> Counter[object]:
        """Return how many indicators have each value of an attribute."""
        return Counter(getattr(one, attribute) for one in (self.indicators if among is None else among))

    @property
    def every_kommun(self) -> int:
        """Number of kommuner of the register."""
        return len(kommuner())

    @cached_property
    def kommuner_with_results(self) -> int:
        """Number of kommuner with at least one result that can be shown."""
        return int(self.results.loc[self.results["status"] == Status.OK, "region"].nunique())

    @cached_property
    def by_status(self) -> dict[str, int]:
        """Number of the kommuner's results by status, of the indicators with results."""
        known = {one.id for one in self.with_results}
        rows = self.results[self.results["indicator"].isin(known)]
        return {str(status): int(n) for status, n in rows["status"].value_counts().items()}

    @cached_property
    def grades_by_area(self) -> list[tuple[str, tuple[int, ...]]]:
        """Name of each area, and how many of its indicators have each grade, the best first."""
        of_area = {one.id: one.area for one in self.indicators}
        counted = Counter(
            (of_area[str(name)], str(grade))
            for name, grade in zip(self.quality["indicator"], self.quality["grade"], strict=True)
            if str(name) in of_area
        )
        return [(area.name, tuple(counted[area.id, str(grade)] for grade in GRADES)) for area in AREAS]

    @cached_property
    def grades(self) -> tuple[int, ...]:
        """How many indicators of all areas have each grade, the best first."""
        return tuple(sum(counts) for counts in zip(*(one for _, one in self.grades_by_area), strict=True))

    def answered(self, area: str, survey: str) -> tuple[int, int] | None:
        """Return how many kommuner have answered a survey of an area, and of how many; null where there is none."""
        rows = self.nonresponse
        rows = rows[(rows["area"] == area) & (rows["survey"] == survey)]
        if rows.empty:
            return None
        answered, left = int(rows["n_answered"].iloc[0]), int(rows["n_not"].iloc[0])
        return answered, answered + left

    @cached_property
    def lowered_by(self) -> Counter[Check]:
        """How many indicators each check has given a lower grade."""
        return Counter(check for checks in self.quality["checks"].astype("str") for check in checks_of(checks))

    def lowered_by_any(self, *checks: Check) -> int:
        """Return how many indicators have a lower grade by at least one of some checks."""
        return sum(not set(checks).isdisjoint(checks_of(found)) for found in self.quality["checks"].astype("str"))

    @cached_property
    def planned(self) -> list[Indicator]:
        """Those that the measuring plan has in the report year or later."""
        return [one for one in self.indicators if one.measured(self.year) or next_measured(one, self.year)]

    @cached_property
    def findings(self) -> int:
        """How many findings the checks have made."""
        return int(self.quality["n_findings"].sum())

    @cached_property
    def broken(self) -> list[Indicator]:
        """The indicators whose series breaks within the window."""
        return [one for one in self.indicators if any(year in self.years for year in breaks(one.id))]

    @cached_property
    def long_series(self) -> tuple[int, int]:
        """How many of riket's series have enough measurements to be tested, and of how many."""
        points = self.national_trends.groupby("indicator")["n_points"].max()
        return int((points >= FEWEST_POINTS).sum()), int((points > 0).sum())

    @cached_property
    def riket_kinds(self) -> Counter[str]:
        """How many indicators have each kind of figure for riket."""
        known = self.results.dropna(subset="riket_weighting").groupby("indicator")["riket_weighting"].first()
        return Counter(map(str, known))
