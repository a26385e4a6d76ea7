"""What the national figures say beside riket's own: intervals, women and men, tests between groups, costs together.

Everything is of the released figures in a `NationalView`; the statistics are those of `lagesbild.methods`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator, Part, Scale
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Answer, Level, Sex
from lagesbild.methods.anova import anova
from lagesbild.methods.cells import membership
from lagesbild.methods.cost_quality import Together, together
from lagesbild.methods.intervals import mean_interval
from lagesbild.methods.multiple_testing import adjust
from lagesbild.methods.sex_gaps import SexResults, secured_gaps
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.sections import of_quality

#: Fewer kommuner than this with both a woman's and a man's result say little of the country.
FEWEST_PAIRS = 10
#: Below this probability a difference between groups is called secured.
LEVEL = 0.05


@dataclass(frozen=True, kw_only=True)
class NationalGap:
    """Women's and men's national results of one indicator.

    Parameters
    ----------
    indicator, women, men
        The indicator, and riket's values.
    lower, upper
        95 percent interval of the kommuner's mean difference, where no counts tell how riket's own may err; else null.
    secured
        Whether the difference is more than chance gives; null where it can't be told.
    pairs
        How many kommuner have a result for both.
    """

    indicator: Indicator
    women: float
    men: float
    lower: float | None
    upper: float | None
    secured: bool | None
    pairs: int

    @property
    def gap(self) -> float:
        """Women's result less men's."""
        return self.women - self.men


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


def national_gaps(view: NationalView, indicators: Sequence[Indicator]) -> list[NationalGap]:
    """Return women's and men's national results of quality in the report year, in the order of the indicators.

    Where the kommuner's counts are released the two shares are compared as shares of all persons in them
    (`lagesbild.methods.sex_gaps.secured_gaps`). Else it is tested whether the kommuner's own differences, a kommun
    each, have a mean that differs from nothing (Student's t for paired results).
    """
    rows = view.comparisons
    rows = rows[(rows["year"] == view.year) & rows["sex"].isin([Sex.KVINNOR, Sex.MAN])]
    wide = {str(name): part for name, part in rows.groupby("indicator")}
    counts = _counts(view)
    found = []
    for indicator in indicators:
        if not of_quality(indicator) or indicator.is_answer or indicator.id not in wide:
            continue
        gap = _gap(indicator, wide[indicator.id], counts)
        if gap is not None:
            found.append(gap)
    return found


def _counts(view: NationalView) -> pd.Series:
    rows = view.figures
    if "denominator" not in rows:
        return pd.Series(dtype="float64")
    rows = rows[(rows["year"] == view.year) & (rows["level"] == Level.RIKE) & rows["denominator"].notna()]
    return rows.groupby(["indicator", "sex"])["denominator"].max()


def _gap(indicator: Indicator, rows: pd.DataFrame, counts: pd.Series) -> NationalGap | None:
    riket = {}
    for sex in (Sex.KVINNOR, Sex.MAN):
        known = rows.loc[(rows["sex"] == sex) & rows["riket"].notna(), "riket"]
        if known.empty:
            return None
        riket[sex] = float(known.iloc[0])
    own = rows[rows["value"].notna()].drop_duplicates(["region", "sex"])
    women_own, men_own = (own[own["sex"] == sex].set_index("region")["value"] for sex in (Sex.KVINNOR, Sex.MAN))
    gaps = (women_own - men_own).dropna().to_numpy(dtype=np.float64)
    women, men = riket[Sex.KVINNOR], riket[Sex.MAN]
    persons = [float(counts.get((indicator.id, str(sex)), np.nan)) for sex in (Sex.KVINNOR, Sex.MAN)]
    lower = upper = secured = None
    if indicator.scale is Scale.PROCENT and np.isfinite(persons).all():
        both = [
            SexResults(values=np.array([v]), se=np.array([np.nan]), denominators=np.array([n]))
            for v, n in zip((women, men), persons, strict=True)
        ]
        secured = bool(secured_gaps(*both)[0] > 0)
    elif len(gaps) >= FEWEST_PAIRS:
        low, high = mean_interval(gaps.mean(), gaps.std(ddof=1), len(gaps))
        lower, upper = float(low), float(high)
        secured = bool(lower > 0 or upper < 0)
    return NationalGap(
        indicator=indicator, women=women, men=men, lower=lower, upper=upper, secured=secured, pairs=len(gaps)
    )


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
