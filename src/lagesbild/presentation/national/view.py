"""The national figures as a report asks for them: riket over the years, groups, län and kommuner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator, IndicatorType, Scale, Tier
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.cells import REPORTED
from lagesbild.methods.quality_findings import Check
from lagesbild.methods.quality_grade import Grade, checks_of
from lagesbild.presentation.sections import of_quality

#: A report of at most so many areas has room for longer lists and tables.
FEW_AREAS = 2


@dataclass(frozen=True, kw_only=True)
class NationalView:
    """The analysis frames of some areas.

    Parameters
    ----------
    year, years
        Report year, and the years of the window.
    figures
        ``indikatorer`` frames: riket, län, kommungrupper and kommuner.
    comparisons
        ``jamforelser`` frames: the kommuner with riket's value beside theirs.
    trends
        ``trender`` frames.
    catalogue
        The indicators.
    synthetic
        Whether the figures are invented.
    source
        Who the figures come from, as it stands after "Källa:".
    quality
        ``kvalitet`` frames; without them nothing is said of how far the figures can be trusted.
    nonresponse
        ``bortfall`` frames by area; without them nothing is said of who has not answered.
    prose
        What analysts have written, as Markdown, by area; the year in brief is "korthet".
    """

    year: int
    years: range
    figures: pd.DataFrame
    comparisons: pd.DataFrame
    trends: pd.DataFrame
    catalogue: Catalogue
    synthetic: bool
    source: str
    quality: pd.DataFrame | None = None
    nonresponse: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    prose: Mapping[str, str] = field(default_factory=dict)

    @property
    def roomy(self) -> bool:
        """Whether the view is of so few areas that each may take more room in a report."""
        return "area" in self.comparisons and self.comparisons["area"].nunique() <= FEW_AREAS

    def grade(self, indicator: Indicator) -> str:
        """Return the grade of the indicator's data in the report year, empty where there is none."""
        found = self._grades.get(indicator.id)
        return found[0] if found else ""

    def grade_reasons(self, indicator: Indicator) -> str:
        """Return why the indicator's data have their grade, in sentences."""
        found = self._grades.get(indicator.id)
        return found[1] if found else ""

    def uncertain(self, indicator: Indicator) -> bool:
        """Tell whether the indicator's data are uncertain or poor, so that nothing sure can be said by them."""
        return self.grade(indicator) in (Grade.OSAKER, Grade.BRISTFALLIG)

    def lowered_by(self, indicator: Indicator) -> tuple[Check, ...]:
        """Return the checks that took the indicator's grade in the report year below A."""
        found = self._grades.get(indicator.id)
        return checks_of(found[2]) if found else ()

    @cached_property
    def _grades(self) -> dict[str, tuple[str, str, str]]:
        """Return grade, reasons and checks by indicator."""
        if self.quality is None:
            return {}
        rows = self.quality[self.quality["year"] == self.year]
        found = zip(*(rows[name].astype("str") for name in ("indicator", "grade", "reasons", "checks")), strict=True)
        return {name: (grade, reasons, checks) for name, grade, reasons, checks in found}

    def measured(self, area: str, *, answers: bool) -> list[Indicator]:
        """Return the area's indicators with a national figure in the report year, in catalogue order."""
        return [
            indicator
            for indicator in self.catalogue.in_area(area)
            if indicator.is_answer == answers and self.riket(indicator, self.year) is not None
        ]

    def riket_series(self, indicator: Indicator) -> list[tuple[int, float | None]]:
        """Return (year, riket's value) of the years with measurement, oldest first.

        For an answer it is the percentage of answering kommuner that said ja. A series never mixes the source's own
        figure with a mean of kommuner: years of another kind than the latest figure's are null.
        """
        return self._national_series.get(indicator.id, [])

    def riket(self, indicator: Indicator, year: int) -> float | None:
        """Return riket's value in one year, null where there is none."""
        return dict(self.riket_series(indicator)).get(year)

    def previous(self, indicator: Indicator) -> tuple[int, float] | None:
        """Return the latest year before the report year with a national figure, and the figure."""
        earlier = [(y, v) for y, v in self.riket_series(indicator) if y < self.year and v is not None]
        return earlier[-1] if earlier else None

    def trend(self, indicator: Indicator) -> str | None:
        """Return the label of riket's trend up to the report year."""
        found = self._national_trends.get(indicator.id)
        return found[0] if found else None

    def slope(self, indicator: Indicator) -> float | None:
        """Return riket's slope per year up to the report year, null where there are too few years."""
        found = self._national_trends.get(indicator.id)
        return None if found is None or pd.isna(found[1]) else found[1]

    def trend_ends(self, indicator: Indicator) -> tuple[int, float, float] | None:
        """Return the first year and the first and last value of the series that riket's trend is of.

        It need not hold all years of `riket_series`: a trend never mixes riket by the source itself with a mean of
        kommuner, and begins anew where the question changed.
        """
        found = self._national_trends.get(indicator.id)
        if found is None or any(pd.isna(end) for end in found[2:]):
            return None
        return int(found[2]), found[3], found[4]

    def interval(self, indicator: Indicator, year: int) -> tuple[float, float] | None:
        """Return the 95 percent interval of riket's figure in a year, null where it can't be told."""
        return self._intervals.get((indicator.id, year))

    def group_intervals(self, indicator: Indicator, level: Level) -> dict[str, tuple[float, float]]:
        """Return the 95 percent interval of each unweighted mean of the report year, code to both ends."""
        rows = self._unweighted.get(indicator.id)
        if rows is None or "lower" not in rows:
            return {}
        rows = rows[(rows["level"] == level) & rows["lower"].notna()]
        found = zip(rows["region"], rows["lower"], rows["upper"], strict=True)
        return {str(code): (float(low), float(high)) for code, low, high in found}

    def slope_interval(self, indicator: Indicator) -> tuple[float, float] | None:
        """Return the 95 percent interval of riket's mean change per year, null where there are too few years."""
        return self._slope_intervals.get(indicator.id)

    def kommun_values(self, indicator: Indicator) -> pd.Series[float]:
        """Return the kommuner's values of the report year, kommun code to value, those with one alone."""
        rows = self._kommun_rows(indicator)
        rows = rows[rows["value"].notna()]
        return rows.set_index("region")["value"].sort_index()

    def kommun_colours(self, indicator: Indicator) -> dict[str, str | None]:
        """Return for the map kommun code to colour, or to the answer where the indicator is one."""
        rows = self._kommun_rows(indicator)
        shown = rows["answer" if indicator.is_answer else "colour"]
        return {
            str(region): value if isinstance(value, str) else None
            for region, value in zip(rows["region"], shown, strict=True)
        }

    def reported(self, indicator: Indicator) -> int:
        """Return how many kommuner have reported in the report year, also those whose result is withheld.

        Counted as the reasons of the grades count, so that the two agree.
        """
        return int(self._kommun_rows(indicator)["status"].isin(REPORTED).sum())

    def shown(self, indicator: Indicator) -> int:
        """Return how many kommuner have a result of the report year that can be shown."""
        rows = self._kommun_rows(indicator)
        return int((rows["value"].notna() | rows["answer"].notna()).sum())

    def unweighted(self, indicator: Indicator, level: Level) -> dict[str, float]:
        """Return the unweighted mean of kommuner by län or kommungrupp in the report year, code to value."""
        rows = self._unweighted.get(indicator.id)
        if rows is None:
            return {}
        rows = rows[rows["level"] == level]
        return {str(code): float(v) for code, v in zip(rows["region"], rows["value"], strict=True)}

    def behind(self, indicator: Indicator, level: Level) -> dict[str, int]:
        """Return how many kommuner stand behind each unweighted mean of the report year, code to number."""
        rows = self._unweighted.get(indicator.id)
        if rows is None:
            return {}
        rows = rows[rows["level"] == level]
        return {str(code): int(n) for code, n in zip(rows["region"], rows["n_kommuner"], strict=True)}

    def key_indicator(self, area: str) -> Indicator | None:
        """Return the indicator that map and group figure show.

        Indicators of quality go before what describes the kommuner's conditions, and base before in-depth. A result for
        the users says most, and a percentage compares best, so those go first; among equals the one that most kommuner
        have.
        """
        candidates = [i for i in self.measured(area, answers=False) if i.direction is not Direction.INGEN]
        candidates = candidates or self.measured(area, answers=True)

        def worth(indicator: Indicator) -> tuple[bool, bool, bool, bool, int]:
            is_result = indicator.type is IndicatorType.RESULTAT
            is_base, is_percent = indicator.tier is Tier.BAS, indicator.scale is Scale.PROCENT
            return of_quality(indicator), is_base, is_result, is_percent, self.shown(indicator)

        return max(candidates, key=worth, default=None)

    def _kommun_rows(self, indicator: Indicator) -> pd.DataFrame:
        """Return the report year's rows of the kommuner."""
        return self._of_the_year.get(indicator.id, self.comparisons.iloc[:0])

    @cached_property
    def _of_the_year(self) -> dict[str, pd.DataFrame]:
        rows = self.comparisons
        rows = rows[(rows["year"] == self.year) & (rows["sex"] == Sex.TOTAL)]
        return {str(name): group for name, group in rows.groupby("indicator")}

    @cached_property
    def _unweighted(self) -> dict[str, pd.DataFrame]:
        rows = self.figures
        rows = rows[
            (rows["year"] == self.year)
            & (rows["sex"] == Sex.TOTAL)
            & (rows["weighting"] == "ovagd")
            & rows["value"].notna()
        ]
        return {str(name): group for name, group in rows.groupby("indicator")}

    @cached_property
    def _national_series(self) -> dict[str, list[tuple[int, float | None]]]:
        rows = self.comparisons
        rows = rows[(rows["sex"] == Sex.TOTAL) & (rows["status"] != Status.EJ_MATT)]
        by_year = rows.groupby(["indicator", "year"], sort=True, as_index=False)
        first = by_year[["riket", "riket_weighting"]].first()
        known = first[first["riket"].notna()]
        latest = first["indicator"].map(known.groupby("indicator")["riket_weighting"].last())
        first["riket"] = first["riket"].where(first["riket_weighting"] == latest)
        series: dict[str, list[tuple[int, float | None]]] = {}
        for name, year, value in zip(first["indicator"], first["year"], first["riket"], strict=True):
            series.setdefault(str(name), []).append((int(year), None if pd.isna(value) else float(value)))
        return series

    @cached_property
    def _national_trends(self) -> dict[str, tuple[str, float, float, float, float]]:
        rows = self.trends
        rows = rows[(rows["level"] == Level.RIKE) & (rows["year"] == self.year)]
        ends = (rows[name].astype("float64") for name in ("slope", "first_year", "first_value", "last_value"))
        found = zip(rows["indicator"], rows["label"], *ends, strict=True)
        return {str(name): (str(label), *figures) for name, label, *figures in found}

    @cached_property
    def _slope_intervals(self) -> dict[str, tuple[float, float]]:
        rows = self.trends
        if not {"slope_lower", "slope_upper"} <= set(rows):
            return {}
        rows = rows[(rows["level"] == Level.RIKE) & (rows["year"] == self.year) & rows["slope_lower"].notna()]
        ends = zip(rows["slope_lower"].astype(float), rows["slope_upper"].astype(float), strict=True)
        return dict(zip(rows["indicator"].astype(str), ends, strict=True))

    @cached_property
    def _intervals(self) -> dict[tuple[str, int], tuple[float, float]]:
        rows = self.figures
        if not {"level", "sex", "weighting", "lower"} <= set(rows):
            return {}
        rows = rows[(rows["level"] == Level.RIKE) & (rows["sex"] == Sex.TOTAL) & rows["lower"].notna()]
        told = self.comparisons[self.comparisons["sex"] == Sex.TOTAL]
        shown = told.drop_duplicates(["indicator", "year"])[["indicator", "year", "riket_weighting"]]
        # The interval is that of the figure shown, never of the same indicator weighted another way.
        found = rows.merge(
            shown, left_on=["indicator", "year", "weighting"], right_on=["indicator", "year", "riket_weighting"]
        )
        keys = zip(found["indicator"].astype(str), found["year"].astype(int), strict=True)
        return dict(
            zip(keys, zip(found["lower"].astype(float), found["upper"].astype(float), strict=True), strict=True)
        )
