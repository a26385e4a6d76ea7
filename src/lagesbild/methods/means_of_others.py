"""Means of the other kommuner: of the same group, of a list of one's own, of the best quarter.

All are formed from one table with a series (an indicator, year and sex) per row and a kommun per column. A kommun is
never part of the mean that it is held against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.methods.colours import MINIMUM_KOMMUNER

Floats = npt.NDArray[np.float64]

#: Columns of a membership: for each kommun those that it is compared with.
MEMBERSHIP_COLUMNS = ("region", "member")

#: A mean is rounded, so that equal kommuner differ by exactly 0.
_DECIMALS = 10


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Rows laid out as a table, a series per row and a kommun per column.

    Parameters
    ----------
    table
        Shape (series, kommuner); nan where there is no result.
    regions
        The kommun of each column, sorted.
    row, column
        Where each of the rows stands.
    """

    table: Floats
    regions: pd.Index
    row: npt.NDArray[np.intp]
    column: npt.NDArray[np.intp]

    def told(self, mean: Floats, n: Floats, index: pd.Index) -> pd.DataFrame:
        """Return a table of means and one of counts as columns ``mean`` and ``n`` of the rows."""
        found = {"mean": mean[self.row, self.column].round(_DECIMALS), "n": n[self.row, self.column].astype("int64")}
        return pd.DataFrame(found, index=index)


def grid_of(scores: pd.Series, series: pd.Series, region: pd.Series, more: Sequence[str] = ()) -> Grid:
    """Lay out rows; `more` are kommuner that must have a column though none of the rows is theirs."""
    row, kinds = pd.factorize(series)
    codes, known = pd.factorize(region)
    regions = pd.Index(sorted({*known, *more}))
    column = regions.get_indexer(pd.Index(known))[codes]
    values = np.full((len(kinds), len(regions)), np.nan)
    values[row, column] = scores.to_numpy(dtype=np.float64)
    return Grid(table=values, regions=regions, row=row, column=column)


def means(values: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Return mean and number of the kommuner that each is compared with.

    Parameters
    ----------
    values
        Shape (series, kommuner).
    others
        Shape (kommuner, kommuner): 1 where the row's kommun is compared with the column's.
    """
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0) @ others.T
    n = np.rint(known.astype(np.float64) @ others.T)
    return np.divide(total, n, out=np.full_like(total, np.nan), where=n > 0), n


def mean_of_members(scores: pd.Series, series: pd.Series, region: pd.Series, members: pd.DataFrame) -> pd.DataFrame:
    """Return, for each row, the unweighted mean of the kommuner that its kommun is compared with.

    Parameters
    ----------
    scores
        Results, null where a kommun has none.
    series
        Which rows belong together (indicator, year and sex): any key, one number a series.
    region
        The kommun of each row; a kommun stands once in a series.
    members
        A membership (see `membership_table`).

    Returns
    -------
    DataFrame
        Columns ``mean`` (null where none of the others has a result) and ``n`` (int64: how many have one), on the index
        of `scores`.
    """
    grid = grid_of(scores, series, region, [*members["region"].unique(), *members["member"].unique()])
    return grid.told(*means(grid.table, listed(grid.regions, members)), index=scores.index)


def listed(regions: pd.Index, members: pd.DataFrame) -> Floats:
    """Return a membership as a table of who is compared with whom; kommuner that have no column are left out."""
    own, other = (regions.get_indexer(pd.Index(members[name])) for name in MEMBERSHIP_COLUMNS)
    known = (own >= 0) & (other >= 0)
    others = np.zeros((len(regions), len(regions)))
    others[own[known], other[known]] = 1.0
    return others


def same(regions: pd.Index, group: pd.Series) -> Floats:
    """Return a partition as a table of who is compared with whom: all of the same group but oneself."""
    codes, _ = pd.factorize(group.reindex(regions))
    others: Floats = ((codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]).astype(np.float64)
    np.fill_diagonal(others, 0.0)
    return others


def best_quarter(good: Floats) -> tuple[Floats, Floats]:
    """Return mean and size of the best quarter of the others, for each cell.

    Of m others with a result the best quarter is m/4 of them, rounded upwards. Who of several equal kommuner belongs to
    it makes no difference to the mean. With fewer than `MINIMUM_KOMMUNER` results there is no best quarter, as there
    are no colours.

    Parameters
    ----------
    good
        Shape (series, kommuner): results turned so that more is better (`lagesbild.methods.colours.goodness`), nan
        where there is none.
    """
    known = ~np.isnan(good)
    count = known.sum(axis=1, keepdims=True)
    quarter = -(-(count - known) // 4)
    order = np.argsort(-good, axis=1, kind="stable")  # nulls come last
    place = np.argsort(order, axis=1, kind="stable")  # 0 for the best
    ordered = np.take_along_axis(np.where(known, good, 0.0), order, axis=1)
    sums = np.concatenate([np.zeros((len(good), 1)), np.cumsum(ordered, axis=1)], axis=1)
    within = known & (place < quarter)  # the kommun's own result would be among the best: one more takes its place
    total = np.take_along_axis(sums, quarter + within, axis=1) - np.where(within, good, 0.0)
    told = (count >= MINIMUM_KOMMUNER) & (quarter > 0)
    mean = np.divide(total, quarter, out=np.full_like(good, np.nan), where=told)
    return mean, np.where(told, quarter, 0).astype(np.float64)
