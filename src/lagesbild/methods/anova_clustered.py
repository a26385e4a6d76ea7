"""Do groups differ over several years, when a kommun's years resemble each other? Two tests that count kommuner."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from lagesbild.methods.anova import (
    Floats,
    Ints,
    anova,
    cell_numbers,
    f_tests,
    grouped,
    marks,
    sums_of_squares,
)

#: Columns added to those of `lagesbild.methods.anova.anova`, in order.
CLUSTERED_COLUMNS = ("f_kommun", "p_kommun", "mark_kommun", "f_wald", "p_wald", "mark_wald")


def pooled_anova(panel: pd.DataFrame, *, groups: pd.Series) -> pd.DataFrame:
    """Return the pooled test as the audit made it, and two that know that a kommun's years belong together.

    The rows of a kommun are not independent: what sets it apart one year mostly does the next. Two remedies:

    - ``kommun``: the ordinary test of the kommuner's means over the years. With as many years in each kommun it is the
      exact test of groups in the nested model "groups, kommuner in groups, years in kommuner" (Searle, Casella and
      McCulloch 1992, Variance Components, chapter 3), and it is the one that the marks of this project follow.
    - ``wald``: the cluster-robust Wald test (Cameron and Miller 2015, Journal of Human Resources 50, 317-372) with
      their correction of the variance (CR1) and C - 1 degrees of freedom, as statistical packages give it. It trusts
      each group's own spread between kommuner; with few kommuner in a group that trust is misplaced, and it marks
      far too often. Groups of one kommun are left out of it: their spread isn't known.

    Parameters
    ----------
    panel, groups
        As for `lagesbild.methods.anova.anova`.

    Returns
    -------
    DataFrame
        The columns of `anova` (pooled) and `CLUSTERED_COLUMNS`; null and "" where a test can't be made.
    """
    naive = anova(panel, groups=groups, pooled=True)
    rows = grouped(panel, groups)
    cell = cell_numbers(rows, naive[["indicator"]])
    kommuner = _kommuner(rows, cell)
    mean = kommuner.total / kommuner.n
    of_kommuner = f_tests(sums_of_squares(kommuner.cell, kommuner.group, mean, cells=len(naive)))
    f_wald, p_wald = _wald(kommuner, cells=len(naive))
    return naive.assign(
        f_kommun=of_kommuner["f"],
        p_kommun=of_kommuner["p"],
        mark_kommun=of_kommuner["mark"],
        f_wald=f_wald,
        p_wald=p_wald,
        mark_wald=pd.Series(marks(p_wald), dtype="str"),
    )


class _Kommuner(NamedTuple):
    """What each kommun of each cell adds up to, each of shape (kommuner with values in a cell,)."""

    cell: Ints
    group: Ints
    n: Ints
    total: Floats


def _kommuner(rows: pd.DataFrame, cell: Ints) -> _Kommuner:
    codes = rows["kommun"].to_numpy()
    width = int(codes.max(initial=-1)) + 1
    at = cell * width + codes
    n = np.bincount(at)
    group = np.zeros(len(n), dtype=np.int64)
    group[at] = rows["group"].to_numpy()
    total = np.bincount(at, rows["value"].to_numpy(np.float64)).astype(np.float64)
    found = np.flatnonzero(n)
    return _Kommuner(cell=found // max(width, 1), group=group[found], n=n[found], total=total[found])


def _wald(kommuner: _Kommuner, *, cells: int) -> tuple[Floats, Floats]:
    """Return F and p of the cluster-robust test that a cell's group means are equal.

    A kommun is in one group, so the groups' means are uncorrelated, and the Wald statistic is a weighted sum of
    squares of the means, each weighed with the inverse of its robust variance. No test is made where a group's
    kommuner are all alike: its mean would then be known for certain.
    """
    n_groups = int(kommuner.group.max(initial=-1)) + 1
    pair = kommuner.cell * n_groups + kommuner.group
    pairs = cells * n_groups
    clusters = np.bincount(pair, minlength=pairs)
    size = np.bincount(pair, kommuner.n, pairs)
    mean = np.bincount(pair, kommuner.total, pairs) / np.maximum(size, 1)
    # The sum of a kommun's residuals is all that its cluster brings to the variance.
    residual = kommuner.total - kommuner.n * mean[pair]
    square = np.bincount(pair, residual**2, pairs)
    rounding = np.bincount(pair, (1e-12 * np.abs(kommuner.total)) ** 2, pairs)
    shape = (cells, n_groups)
    used = (clusters > 1).reshape(shape)
    c, n = ((part.reshape(shape) * used).sum(axis=1) for part in (clusters, size))
    k = used.sum(axis=1)
    alike = (used & (square <= rounding).reshape(shape)).any(axis=1)
    tested = (k > 1) & ~alike
    correction = c / np.maximum(c - 1, 1) * (n - 1) / np.maximum(n - k, 1)
    variance = (square / np.maximum(size, 1) ** 2).reshape(shape) * correction[:, None]
    weight = np.divide(1.0, variance, out=np.zeros(shape), where=used & tested[:, None])
    means = mean.reshape(shape)
    middle = (weight * means).sum(axis=1) / np.where(tested, weight.sum(axis=1), 1.0)
    wald = (weight * (means - middle[:, None]) ** 2).sum(axis=1)
    f = np.where(tested, wald / np.maximum(k - 1, 1), np.nan)
    p = stats.f.sf(f, np.maximum(k - 1, 1), np.maximum(c - 1, 1))
    return f, np.where(tested, p, np.nan)
