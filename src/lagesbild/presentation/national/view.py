"""The national figures as a report asks for them: riket over the years, groups, län and kommuner."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import Level, Status


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
    """

    year: int
    years: range
    figures: pd.DataFrame
    comparisons: pd.DataFrame
    trends: pd.DataFrame
    catalogue: Catalogue
    synthetic: bool
    source: str

    def measured(self, area: str, *, answers: bool) -> list[Indicator]:
        """Return the area's indicators with a national figure in the report year, in catalogue order."""
        return [
            indicator
            for indicator in self.catalogue.in_area(area)
            if indicator.is_answer == answers and self.riket(indicator, self.year) is not None
        ]

    def riket_series(self, indicator: Indicator) -> list[tuple[int, float | None]]:
        """Return (year, riket's value) of the years with measurement, oldest first.

        For an answer it is the percentage of answering kommuner that said ja.
        """
        rows = self._kommun_rows(indicator)
        rows = rows[rows["status"] != Status.EJ_MATT]
        first = rows.groupby("year", sort=True)["riket"].first()
        return [(int(str(year)), None if pd.isna(value) else float(value)) for year, value in first.items()]

    def riket(self, indicator: Indicator, year: int) -> float | None:
        """Return riket's value in one year, null where there is none."""
        return dict(self.riket_series(indicator)).get(year)

    def previous(self, indicator: Indicator) -> tuple[int, float] | None:
        """Return the latest year before the report year with a national figure, and the figure."""
        earlier = [(y, v) for y, v in self.riket_series(indicator) if y < self.year and v is not None]
        return earlier[-1] if earlier else None

    def trend(self, indicator: Indicator) -> str | None:
        """Return the label of riket's trend up to the report year."""
        rows = self.trends
        rows = rows[
            (rows["indicator"] == indicator.id) & (rows["level"] == Level.RIKE) & (rows["year"] == self.year)
        ]
        return str(rows["label"].iloc[0]) if len(rows) else None

    def kommun_values(self, indicator: Indicator) -> pd.Series[float]:
        """Return the kommuner's values of the report year, kommun code to value, those with one alone."""
        rows = self._kommun_rows(indicator)
        rows = rows[(rows["year"] == self.year) & rows["value"].notna()]
        return rows.set_index("region")["value"].sort_index()

    def kommun_colours(self, indicator: Indicator) -> dict[str, str | None]:
        """Return for the map kommun code to colour, or to the answer where the indicator is one."""
        rows = self._kommun_rows(indicator)
        rows = rows[rows["year"] == self.year]
        shown = rows["answer" if indicator.is_answer else "colour"]
        return {
            str(region): value if isinstance(value, str) else None
            for region, value in zip(rows["region"], shown, strict=True)
        }

    def reporting(self, indicator: Indicator) -> int:
        """Return how many kommuner stand behind the report year's figure."""
        rows = self._kommun_rows(indicator)
        rows = rows[rows["year"] == self.year]
        return int((rows["value"].notna() | rows["answer"].notna()).sum())

    def unweighted(self, indicator: Indicator, level: Level) -> dict[str, float]:
        """Return the unweighted mean of kommuner by län or kommungrupp in the report year, code to value."""
        rows = self.figures
        rows = rows[
            (rows["indicator"] == indicator.id)
            & (rows["year"] == self.year)
            & (rows["level"] == level)
            & (rows["sex"] == "T")
            & (rows["weighting"] == "ovagd")
            & rows["value"].notna()
        ]
        return {str(code): float(v) for code, v in zip(rows["region"], rows["value"], strict=True)}

    def key_indicator(self, area: str) -> Indicator | None:
        """Return the indicator that map and group figure show: of those with direction, the best covered."""
        candidates = [i for i in self.measured(area, answers=False) if i.direction is not Direction.INGEN]
        candidates = candidates or self.measured(area, answers=True)
        return max(candidates, key=self.reporting, default=None)

    def _kommun_rows(self, indicator: Indicator) -> pd.DataFrame:
        rows = self.comparisons
        return rows[(rows["indicator"] == indicator.id) & (rows["sex"] == "T")]
