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


def mean_of_others(scores: pd.Series, groups: list[pd.Series]) -> pd.DataFrame:
    """Return, for each row, the unweighted mean of the *other* rows of its group that have a result.

    A kommun that is part of the mean it is held against is held against itself in part, the more the smaller
    its group; left out, the difference is between the kommun and the others. A group of one (Gotlands län)
    has no others: the mean is null and the count 0. So it is for a row whose group is null.

    Returns
    -------
    DataFrame
        Columns ``mean`` (rounded to ten decimals, so that equal kommuner differ by exactly 0) and ``n``
        (int64), on the index of `scores`.
    """
    grouped = scores.groupby(groups)
    own = scores.notna()
    others = (grouped.transform("count") - own).fillna(0).astype("int64")
    total = grouped.transform("sum") - scores.fillna(0.0)
    return pd.DataFrame({"mean": (total / others.where(others > 0)).round(_DECIMALS), "n": others})


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
    rows, series_names = pd.factorize(series)
    # Members without any result are places too: everybody's row is found by its code.
    places = pd.Index(sorted({*region.unique(), *members["region"], *members["member"]}))
    columns = places.get_indexer(pd.Index(region))
    values = np.full((len(series_names), len(places)), np.nan)
    values[rows, columns] = scores.to_numpy(dtype=np.float64)
    others = np.zeros((len(places), len(places)))
    others[places.get_indexer(pd.Index(members["region"])), places.get_indexer(pd.Index(members["member"]))] = 1.0
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0) @ others.T
    count = known.astype(np.float64) @ others.T
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(count > 0, total / count, np.nan)
    found = {"mean": mean[rows, columns].round(_DECIMALS), "n": count[rows, columns].round().astype("int64")}
    return pd.DataFrame(found, index=scores.index)


def mean_of_best(good: pd.Series, series: pd.Series) -> pd.DataFrame:
    """Return, for each row, the mean of the best quarter of the *other* kommuner's results in its series.

    Of m others with a result the best quarter is m/4 of them, rounded upwards. Who of several equal kommuner belongs to
    it makes no difference to the mean. With fewer than `MINIMUM_KOMMUNER` results there is no best quarter, as there
    are no colours.

    Parameters
    ----------
    good
        Results turned so that more is better (`lagesbild.methods.colours.goodness`), null where there is none.
    series
        Which rows belong together: any key, one number a series.

    Returns
    -------
    DataFrame
        Columns ``mean`` (of `good`) and ``n`` (int64, the size of the quarter), on the index of `good`.
    """
    rows, names = pd.factorize(series)
    values = good.to_numpy(dtype=np.float64)
    order = np.lexsort((-values, rows))  # nulls come last within their series
    known = ~np.isnan(values)
    count = np.bincount(rows[known], minlength=len(names))
    size = np.bincount(rows, minlength=len(names))
    starts = np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64) if len(names) else np.empty(0, np.int64)
    place = np.empty(len(values), dtype=np.int64)  # 0 for the best of its series
    place[order] = np.arange(len(values)) - starts[rows[order]]
    sums = np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0)[order])])

    quarter = -(-(count[rows] - known) // 4)
    within = known & (place < quarter)  # the kommun's own result would be among the best: one more takes its place
    first = starts[rows]
    total = sums[first + quarter + within] - sums[first] - np.where(within, values, 0.0)
    told = (count[rows] >= MINIMUM_KOMMUNER) & (quarter > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(told, total / quarter, np.nan)
    found = {"mean": mean.round(_DECIMALS), "n": np.where(told, quarter, 0).astype("int64")}
    return pd.DataFrame(found, index=good.index)


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
        "hog", "lag" or "ingen" for each row, on the index of `own`.

    Returns
    -------
    DataFrame
        Columns ``<reference>`` (float64, the unit of the scale; for answers percent that answered ja) and
        ``n_<reference>`` (int64, how many others have a result) for each of `REFERENCES`, on the index of `own`. A
        mean is null where `n` is 0: the kommun has no group, or none of the others has a result.
    """
    series = own.groupby(["indicator", "year", "sex"], sort=False).ngroup()
    means: dict[str, pd.DataFrame] = {}
    for name in _PARTITIONS:
        group = own["region"].map(groups.partitions[name])
        means[name] = mean_of_others(scores, [series, group])
    means["liknande"] = mean_of_members(scores, series, own["region"], groups.similar)
    good = goodness(scores, direction)
    best = mean_of_best(good, series)
    sign = goodness(pd.Series(1.0, index=own.index), direction)
    means["basta"] = best.assign(mean=best["mean"] * sign)
    return pd.DataFrame(
        {
            name: column
            for reference in REFERENCES
            for name, column in (
                (reference, means[reference]["mean"].astype("float64")),
                (f"n_{reference}", means[reference]["n"].astype("int64")),
            )
        },
        index=own.index,
    )
