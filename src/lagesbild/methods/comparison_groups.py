"""Whom a kommun is compared with: groups of one kind after the other, and the means of the others in them.

Two forms. A *partition* puts each kommun into one group (län, kommungrupp, size class, socio-economic group): a code
per region. A *membership* lists for each kommun its own others (similar kommuner, a choice of one's own): rows
``region, member``. In both a kommun is never among those that it is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.methods.colours import MINIMUM_KOMMUNER, goodness

Floats = npt.NDArray[np.float64]

#: Columns of a membership.
MEMBERSHIP_COLUMNS = ("region", "member")

#: The references of `reference_means`, in the order of their columns.
REFERENCES = ("storlek", "socioekonomi", "liknande", "basta")

_PARTITIONS = ("storlek", "socioekonomi")
#: A mean is rounded, so that equal kommuner differ by exactly 0.
_DECIMALS = 10


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The groups beside riket, län and kommungrupp that kommuner of one area are compared with.

    Parameters
    ----------
    partitions
        Indexed by region; text columns ``storlek`` (size class) and ``socioekonomi`` (socio-economic group), null where
        the kommun has none.
    similar
        `MEMBERSHIP_COLUMNS`: the similar kommuner of each kommun in the area. No rows where there are none.
    """

    partitions: pd.DataFrame
    similar: pd.DataFrame


def membership_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `MEMBERSHIP_COLUMNS` sorted, each pair once, without kommuner that would be compared with themselves."""
    rows = table[list(MEMBERSHIP_COLUMNS)].astype("str").drop_duplicates()
    rows = rows[rows["region"] != rows["member"]]
    return rows.sort_values(list(MEMBERSHIP_COLUMNS), ignore_index=True)


def no_members() -> pd.DataFrame:
    """Return a membership without rows."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in MEMBERSHIP_COLUMNS})


def own_choice(members: Sequence[str], regions: Sequence[str]) -> pd.DataFrame:
    """Return the membership in which each of `regions` is compared with all of `members` but itself."""
    pairs = [(region, member) for region in regions for member in members]
    return membership_table(pd.DataFrame(pairs, columns=list(MEMBERSHIP_COLUMNS)).astype("str"))


@dataclass(frozen=True, kw_only=True)
class _Grid:
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


def _grid(scores: pd.Series, series: pd.Series, region: pd.Series, more: Sequence[str] = ()) -> _Grid:
    """Lay out rows; `more` are kommuner that must have a column though none of the rows is theirs."""
    row, kinds = pd.factorize(series)
    codes, known = pd.factorize(region)
    regions = pd.Index(sorted({*known, *more}))
    column = regions.get_indexer(pd.Index(known))[codes]
    values = np.full((len(kinds), len(regions)), np.nan)
    values[row, column] = scores.to_numpy(dtype=np.float64)
    return _Grid(table=values, regions=regions, row=row, column=column)


def _means(values: Floats, others: Floats) -> tuple[Floats, Floats]:
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
    grid = _grid(scores, series, region, [*members["region"].unique(), *members["member"].unique()])
    return grid.told(*_means(grid.table, _listed(grid.regions, members)), index=scores.index)


def mean_of_others(scores: pd.Series, series: pd.Series, region: pd.Series, group: pd.Series) -> pd.DataFrame:
    """Return, for each row, the unweighted mean of the *other* kommuner of its group that have a result.

    A kommun that is part of the mean it is held against is held against itself in part, the more the smaller its group;
    left out, the difference is between the kommun and the others. A group of one (Gotlands län) has no others: the mean
    is null and the count 0. So it is for a kommun that has no group.

    Parameters
    ----------
    scores, series, region
        As in `mean_of_members`.
    group
        Each kommun's group, indexed by region; null where it has none.

    Returns
    -------
    DataFrame
        Columns ``mean`` and ``n`` (int64), on the index of `scores`.
    """
    grid = _grid(scores, series, region)
    return grid.told(*_means(grid.table, _same(grid.regions, group)), index=scores.index)


def mean_of_best(good: pd.Series, series: pd.Series, region: pd.Series) -> pd.DataFrame:
    """Return, for each row, the mean of the best quarter of the *other* kommuner's results in its series.

    Of m others with a result the best quarter is m/4 of them, rounded upwards. Who of several equal kommuner belongs to
    it makes no difference to the mean. With fewer than `MINIMUM_KOMMUNER` results there is no best quarter, as there
    are no colours.

    Parameters
    ----------
    good
        Results turned so that more is better (`lagesbild.methods.colours.goodness`), null where there is none.
    series, region
        As in `mean_of_members`.

    Returns
    -------
    DataFrame
        Columns ``mean`` (of `good`) and ``n`` (int64, the size of the quarter), on the index of `good`.
    """
    grid = _grid(good, series, region)
    return grid.told(*_best(grid.table), index=good.index)


def reference_means(own: pd.DataFrame, scores: pd.Series, groups: Groups, *, direction: pd.Series) -> pd.DataFrame:
    """Return the means of the others that each kommun row is held against, beside riket, län and kommungrupp.

    - `storlek`, `socioekonomi`: the other kommuner of the same size class or socio-economic group;
    - `liknande`: the similar kommuner of the area;
    - `basta`: the best quarter of all other kommuner's results (`mean_of_best`), null without direction.

    Parameters
    ----------
    own
        Kommun rows with ``indicator, year, sex, region``, each of these keys once.
    scores
        Their results (`lagesbild.methods.cells.score`), on the index of `own`.
    groups
        The groups of the area.
    direction
        "hog", "lag" or "ingen" for each row, on the index of `own`; the same within an indicator.

    Returns
    -------
    DataFrame
        Columns ``<reference>`` (float64, the unit of the scale; for answers percent that answered ja) and
        ``n_<reference>`` (int64, how many others have a result) for each of `REFERENCES`, on the index of `own`. A
        mean is null where `n` is 0: the kommun has no group, or none of the others has a result.
    """
    keys = [pd.Series(pd.factorize(own[name])[0], index=own.index) for name in ("indicator", "year", "sex")]
    series = (keys[0] * (len(own) + 1) + keys[1]) * (len(own) + 1) + keys[2]
    grid = _grid(scores, series, own["region"])
    ways, turned = pd.factorize(direction)
    signs = goodness(pd.Series(1.0, index=range(len(turned))), pd.Series(turned)).to_numpy(dtype=np.float64)
    sign = np.full((len(grid.table), 1), np.nan)
    sign[grid.row, 0] = signs[ways]
    best, n_best = _best(grid.table * sign)
    found = {name: _means(grid.table, _same(grid.regions, groups.partitions[name])) for name in _PARTITIONS}
    found["liknande"] = _means(grid.table, _listed(grid.regions, groups.similar))
    found["basta"] = best * sign, n_best
    told = {name: grid.told(*found[name], index=own.index) for name in REFERENCES}
    columns: dict[str, pd.Series] = {}
    for name in REFERENCES:
        columns |= {name: told[name]["mean"], f"n_{name}": told[name]["n"]}
    return pd.DataFrame(columns, index=own.index)


def _listed(regions: pd.Index, members: pd.DataFrame) -> Floats:
    """Return a membership as a table of who is compared with whom; kommuner that have no column are left out."""
    own, other = (regions.get_indexer(pd.Index(members[name])) for name in MEMBERSHIP_COLUMNS)
    known = (own >= 0) & (other >= 0)
    others = np.zeros((len(regions), len(regions)))
    others[own[known], other[known]] = 1.0
    return others


def _same(regions: pd.Index, group: pd.Series) -> Floats:
    """Return a partition as a table of who is compared with whom: all of the same group but oneself."""
    codes, _ = pd.factorize(group.reindex(regions))
    others: Floats = ((codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]).astype(np.float64)
    np.fill_diagonal(others, 0.0)
    return others


def _best(good: Floats) -> tuple[Floats, Floats]:
    """Return mean and size of the best quarter of the others, for each cell; see `mean_of_best`."""
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
