"""What the national figures say beside riket's own: tests between groups, costs together.

Everything is of the released figures in a `NationalView`; the statistics are those of `lagesbild.methods`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator, Part, Scale
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Answer, Sex
from lagesbild.methods.anova import anova
from lagesbild.methods.cells import membership
from lagesbild.methods.cost_quality import Together, together
from lagesbild.methods.multiple_testing import adjust
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.sections import of_quality

#: Below this probability a difference between groups is called secured.
LEVEL = 0.05


def panel_of(view: NationalView, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the kommuner's results of the report year: ``indicator, year, region, value``; answers are 100 or 0."""
    rows = view.comparisons
    rows = rows[(rows["year"] == view.year) & (rows["sex"] == Sex.TOTAL)]
    rows = rows[rows["indicator"].isin([one.id for one in indicators])]
    said = rows["answer"].map(lambda answer: 100.0 if answer == Answer.JA else 0.0)
    value = rows["value"].where(rows["answer"].isna(), said).astype("float64")
    return rows.assign(value=value)[["indicator", "year", "region", "value"]].dropna(subset=["value"])


class GroupTest(NamedTuple):
    """How groups of kommuner differ in an indicator: the share of the variation between them, and how sure that is.

    `share` is omega squared (0-1), `p` the test's own p value, `adjusted` that for so many tests. All are nan where no
    test can be made.
    """

    share: float
    p: float
    adjusted: float

    @property
    def secured(self) -> bool:
        """Whether the groups differ more than chance gives, also when so many tests are allowed for."""
        return self.adjusted < LEVEL


def group_tests(view: NationalView, indicators: Sequence[Indicator], division: str) -> dict[str, GroupTest]:
    """Return by indicator whether groups of kommuner differ in the report year.

    Parameters
    ----------
    view, indicators
        Figures and indicators.
    division
        "kommungrupp" or "lan".
    """
    members = membership(kommuner()).set_index("region")[division]
    found = adjust(anova(panel_of(view, indicators), groups=members))
    columns = (found[name].astype("float64") for name in ("omega2", "p", "p_fdr"))
    return {str(name): GroupTest(*told) for name, *told in zip(found["indicator"], *columns, strict=True)}


def costs_of(view: NationalView, area: str) -> list[Indicator]:
    """Return the area's costs with a national figure in the report year, kronor first."""
    found = [one for one in view.measured(area, answers=False) if one.part is Part.KOSTNADSNYCKELTAL]
    return sorted(found, key=lambda one: one.scale is not Scale.KRONOR)


def cost_and_quality(view: NationalView, area: str) -> tuple[Indicator, Indicator, Together] | None:
    """Return the cost and the result that most kommuner have both of in the report year, and how they go together."""
    costs = [one for one in costs_of(view, area) if one.direction is Direction.INGEN]
    results = [one for one in view.measured(area, answers=False) if of_quality(one)]
    if not costs or not results:
        return None
    panel = panel_of(view, [*costs, *results])
    have = {str(name): set(part["region"]) for name, part in panel.groupby("indicator")}
    key = view.key_indicator(area)

    def worth(pair: tuple[Indicator, Indicator]) -> tuple[bool, bool, int]:
        cost, quality = pair
        shared = len(have.get(cost.id, set()) & have.get(quality.id, set()))
        return cost.scale is Scale.KRONOR, key is not None and quality.id == key.id and shared >= 10, shared

    cost, quality = max(((c, q) for c in costs for q in results), key=worth)
    found = together(panel, cost=cost, quality=quality, year=view.year)
    return None if np.isnan(found.correlation) else (cost, quality, found)
