"""One indicator's released observations, and what the methods make of them: computed anew, from nothing else.

The frames are those of the analysis (`analysis/*.ipynb`), for one indicator alone. Groups of similar kommuner come from
the groups and background variables that the import left, as in the analysis.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.recodings import breaks
from lagesbild.catalogue.regions import kommuner, size_classes
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.disclosure.released import read_released, released_years
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.cells import membership
from lagesbild.methods.comparison_groups import Groups
from lagesbild.methods.comparisons import comparison_frame, national_figures
from lagesbild.methods.nonresponse import backgrounds
from lagesbild.methods.panel import panel
from lagesbild.methods.standard_errors import yearly_spread
from lagesbild.methods.trends import SERIES_COLUMNS, as_frame, fitted
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.layout import WINDOW, Layout


class Evidence:
    """The released observations of one indicator.

    Parameters
    ----------
    layout
        Where they are, and the report year.
    indicator
        From the catalogue.
    """

    def __init__(self, layout: Layout, indicator: Indicator) -> None:
        self.layout, self.indicator = layout, indicator
        self.frame = lru_cache(maxsize=None)(self._frame)
        self.compared = lru_cache(maxsize=None)(self._compared)
        self.trends = lru_cache(maxsize=None)(self._trends)

    @cached_property
    def released(self) -> pd.DataFrame:
        """All released rows of the indicator, any year."""
        years = released_years(self.layout.released, self.indicator.area)
        rows = read_released(self.layout.released, areas=[self.indicator.area], years=years)
        return rows[rows["indicator"] == self.indicator.id].reset_index(drop=True)

    @cached_property
    def members(self) -> pd.DataFrame:
        """The kommuner with their län and kommungrupp."""
        return membership(kommuner())

    @cached_property
    def groups(self) -> Groups:
        """What the kommuner of the indicator's area are compared with."""
        return release_groups(self.layout).of(self.indicator.area)

    def rows(self, year: int, level: str, region: str | None = None, sex: str = "T") -> pd.DataFrame:
        """Return the released rows of a year and level, without those of units; of one region, or of all."""
        found = self.released
        found = found[(found["year"] == year) & (found["level"] == level) & (found["sex"] == sex)]
        found = found[found["unit"].fillna("") == ""]
        return found if region is None else found[found["region"] == region]

    def results(self, year: int, sex: str = "T") -> pd.DataFrame:
        """Return the released results of kommuner in a year."""
        found = self.rows(year, Level.KOMMUN, sex=sex)
        return found[found["status"] == Status.OK]

    def units(self, year: int, region: str) -> pd.DataFrame:
        """Return the released rows of a kommun's units."""
        found = self.released
        return found[(found["year"] == year) & (found["level"] == Level.ENHET) & (found["region"] == region)]

    def riket(self, year: int, sex: str = "T") -> dict[str, object] | None:
        """Return riket's figure that is shown, its weighting and interval; null where there is none."""
        frame = self.frame(year)
        chosen = national_figures(frame)
        chosen = chosen[chosen["sex"] == sex]
        if chosen.empty:
            return None
        weighting = chosen["riket_weighting"].iloc[0]
        own = frame[(frame["level"] == Level.RIKE) & (frame["sex"] == sex) & (frame["weighting"] == weighting)]
        return dict(own.iloc[0])

    def own(self, year: int, region: str, sex: str = "T") -> dict[str, object] | None:
        """Return a kommun's row with what it is compared with; null where it has none."""
        frame = self.compared(year)
        found = frame[(frame["region"] == region) & (frame["sex"] == sex)]
        return None if found.empty else dict(found.iloc[0])

    def trend(self, year: int, region: str, level: str) -> dict[str, object] | None:
        """Return the trend of a region up to a year; null where it has no series."""
        frame = self.trends(year)
        found = frame[(frame["region"] == region) & (frame["level"] == level)]
        return None if found.empty else dict(found.iloc[0])

    def _frame(self, year: int) -> pd.DataFrame:
        return indicator_frame(self.released, indicators=[self.indicator], members=self.members, year=year)

    def _compared(self, year: int) -> pd.DataFrame:
        window = self.released[self.released["year"].between(year - WINDOW + 1, year)]
        spread = None
        if not self.indicator.is_answer:
            spread = yearly_spread(panel(window, indicators=[self.indicator]), size_class=size_classes())
        return comparison_frame(
            self._frame(year), indicators=[self.indicator], members=self.members, groups=self.groups, spread=spread
        )

    def _trends(self, year: int) -> pd.DataFrame:
        known = [one for one in sorted(set(self.released["year"])) if year - WINDOW < one <= year]
        series = pd.concat([self.frame(int(one)) for one in known] or [self.frame(year)])[list(SERIES_COLUMNS)]
        found = fitted(
            series,
            indicators=[self.indicator],
            year=year,
            breaks={self.indicator.id: breaks(self.indicator.id)},
            size_class=backgrounds(kommuner()).set_index("region")["storleksklass"],
        )
        return as_frame(found, indicators=[self.indicator], year=year)
