"""Women's and men's national results, and whether they differ more than chance gives; of the released figures alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.methods.intervals import mean_interval
from lagesbild.methods.sex_gaps import SexResults, secured_gaps
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.sections import of_quality

#: Fewer kommuner than this with both a woman's and a man's result say little of the country.
FEWEST_PAIRS = 10


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


def national_gaps(view: NationalView, indicators: Sequence[Indicator]) -> list[NationalGap]:
    """Return women's and men's national results of quality in the report year, in the order of the indicators.

    Where the kommuner's counts are released the two shares are compared as shares of all persons in them
    (`lagesbild.methods.sex_gaps.secured_gaps`). Else it is tested whether the kommuner's own differences, a kommun
    each, have a mean that differs from nothing (Student's t for paired results).
    """
    rows = view.figures
    riket = rows[(rows["year"] == view.year) & (rows["level"] == Level.RIKE) & rows["sex"].isin([Sex.KVINNOR, Sex.MAN])]
    women, men = _national(riket)
    persons = riket.groupby(["indicator", "sex"])["denominator"].max() if "denominator" in riket else pd.Series()
    own = view.comparisons
    own = own[(own["year"] == view.year) & own["sex"].isin([Sex.KVINNOR, Sex.MAN]) & own["value"].notna()]
    by_indicator = {str(name): part for name, part in own.groupby("indicator")}
    return [
        _gap(
            one,
            (women[one.id], men[one.id]),
            [float(persons.get((one.id, str(sex)), np.nan)) for sex in (Sex.KVINNOR, Sex.MAN)],
            _differences(by_indicator.get(one.id, own.iloc[:0])),
        )
        for one in indicators
        if of_quality(one) and not one.is_answer and one.id in women
    ]


def _national(rows: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """Return riket's values of women and of men by indicator, both of one kind.

    The source's own figures where it has both, else kommuner weighed together, else their mean: the difference between
    a figure of one kind and one of another would say nothing of women and men.
    """
    rows = rows[rows["value"].notna()]
    both = rows.groupby(["indicator", "weighting"], sort=False)["sex"].transform("nunique") == 2
    rows = rows[both].assign(place=rows["weighting"].map({name: n for n, name in enumerate(WEIGHTINGS)}))
    rows = rows.sort_values("place", kind="stable").drop_duplicates(["indicator", "sex"])
    women, men = (rows[rows["sex"] == sex].set_index("indicator")["value"] for sex in (Sex.KVINNOR, Sex.MAN))
    return {str(name): float(v) for name, v in women.items()}, {str(name): float(v) for name, v in men.items()}


def _differences(rows: pd.DataFrame) -> np.ndarray:
    """Return women's result less men's in each kommun that has both."""
    rows = rows.drop_duplicates(["region", "sex"])
    women, men = (rows[rows["sex"] == sex].set_index("region")["value"] for sex in (Sex.KVINNOR, Sex.MAN))
    return (women - men).dropna().to_numpy(dtype=np.float64)


def _gap(
    indicator: Indicator, values: tuple[float, float], persons: Sequence[float], differences: np.ndarray
) -> NationalGap:
    lower = upper = secured = None
    if indicator.scale is Scale.PROCENT and np.isfinite(persons).all():
        both = [
            SexResults(values=np.array([v]), se=np.array([np.nan]), denominators=np.array([n]))
            for v, n in zip(values, persons, strict=True)
        ]
        secured = bool(secured_gaps(*both)[0] > 0)
    elif len(differences) >= FEWEST_PAIRS:
        low, high = mean_interval(differences.mean(), differences.std(ddof=1), len(differences))
        lower, upper = float(low), float(high)
        secured = bool(lower > 0 or upper < 0)
    women, men = values
    return NationalGap(
        indicator=indicator, women=women, men=men, lower=lower, upper=upper, secured=secured, pairs=len(differences)
    )
