"""How often a test of groups sets a mark where nothing differs: results made up without any group effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lagesbild.methods.anova import MARKS, anova
from lagesbild.methods.anova_clustered import pooled_anova

#: Columns of `false_marks`, in order: the shares (0-1) of made-up indicators with the audit's ``**``.
FALSE_MARK_COLUMNS = ("group", "lasting", "one_year", "pooled", "kommun", "wald")


def null_panel(
    regions: Sequence[str], *, indicators: int, years: int, lasting: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Return made-up results without any difference between groups.

    Parameters
    ----------
    regions
        The kommuner.
    indicators, years
        How many.
    lasting
        The share (0-1) of a result's variance that is the kommun's own and the same every year; the rest is chance.
    rng
        The random numbers.

    Returns
    -------
    DataFrame
        Columns ``indicator, year, region, value``; the variance of a value is 1.
    """
    shape = (indicators, len(regions), years)
    values = np.sqrt(lasting) * rng.standard_normal((*shape[:2], 1)) + np.sqrt(1 - lasting) * rng.standard_normal(shape)
    which, where, when = (part.ravel() for part in np.indices(shape))
    names = np.array([f"i{at:05d}" for at in range(indicators)])
    return pd.DataFrame(
        {"indicator": names[which], "year": when, "region": np.asarray(regions)[where], "value": values.ravel()}
    )


def false_marks(
    groupings: Mapping[str, pd.Series], *, lasting: Sequence[float], indicators: int, years: int, seed: int
) -> pd.DataFrame:
    """Return how often ``**`` is set although nothing differs, by test; 0.05 is what it should be.

    Parameters
    ----------
    groupings
        Group by region, for each grouping; all of the same regions.
    lasting
        Shares of the variance that are the kommun's own; see `null_panel`.
    indicators
        Made-up indicators per cell; the shares have a standard error of about sqrt(0.05 * 0.95 / indicators).
    years, seed
        Years that are pooled, and the seed.

    Returns
    -------
    DataFrame
        `FALSE_MARK_COLUMNS`: the test of one year, of pooled years as the audit made it, of the kommuner's means, and
        the cluster-robust Wald test.
    """
    rng = np.random.default_rng(seed)
    limit = MARKS[0][1]
    rows = []
    regions = [str(code) for code in next(iter(groupings.values())).index]
    for share in lasting:
        panel = null_panel(regions, indicators=indicators, years=years, lasting=share, rng=rng)
        last = panel[panel["year"] == years - 1]
        for name, groups in groupings.items():
            found, single = pooled_anova(panel, groups=groups), anova(last, groups=groups)
            shares = [float((p < limit).mean()) for p in (single["p"], found["p"], found["p_kommun"], found["p_wald"])]
            rows.append([name, share, *shares])
    return pd.DataFrame(rows, columns=list(FALSE_MARK_COLUMNS))
