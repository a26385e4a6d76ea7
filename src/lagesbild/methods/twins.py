"""Twins: two key figures with the same figures in nearly every kommun, one of which must be a copy of the other.

A national figure can't tell the fault and a check of single cells can't either: every value is plausible by
itself. Two different things measured to one decimal in some hundred kommuner don't agree by chance, though.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

#: Columns of the frame that `twins` returns, in order.
TWIN_COLUMNS = ("first", "second", "year", "n_both", "n_equal", "share_equal", "agreement", "n_distinct")

#: Columns of the frame that `repeats` returns, in order.
REPEAT_COLUMNS = ("indicator", "year", "as_year", "n_both", "n_equal", "share_equal", "agreement", "n_distinct")

_Values = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What it takes for two rows of figures to be called the same.

    Parameters
    ----------
    min_regions
        The fewest regions that have a value of both.
    min_share
        The least share (0-1) of those regions where the two are equal.
    min_agreement
        The least agreement beyond chance (see `twins`), at most 1.
    min_distinct
        The fewest distinct values that the two take where both have one; answers (two values) can't tell
        a copy from two questions that most answer alike.
    tolerance
        The largest difference that counts as none, in the values' own unit.
    """

    min_regions: int = 30
    min_share: float = 0.95
    min_agreement: float = 0.9
    min_distinct: int = 5
    tolerance: float = 1e-9


USUAL = Limits()


def twins(values: pd.DataFrame, limits: Limits = USUAL) -> pd.DataFrame:
    """Return pairs of indicators that have the same value in nearly every region of a year.

    Parameters
    ----------
    values
        Columns ``indicator, year, region, value``: one row an indicator, year and region (one level and one
        sex, kommuner and total as a rule). Null values are left out. Other columns are ignored.
    limits
        From where on two are the same.

    Returns
    -------
    DataFrame
        `TWIN_COLUMNS`, sorted by year, first and second (first < second): `n_both` regions with a value of
        both, `n_equal` of them with the same, `share_equal` and `agreement` (0-1), `n_distinct` values.

    Raises
    ------
    ValueError
        If an indicator has two values for a region and year.

    Notes
    -----
    Where most kommuner have 0 or 100 percent, two unlike indicators are equal in many of them. The agreement is
    therefore also measured beyond what the two distributions give by chance, as Cohen's kappa:
    ``(share - chance) / (1 - chance)``, where chance is the sum over values of the product of their shares.

    Source: Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20:37-46. That Kolada holds such pairs: U21426 and U23421 are equal in 287 of 287 kommuner in 2019.
    """
    rows: list[tuple[object, ...]] = []
    for year, names, cells in _by_year(values, limits.tolerance):
        for index, name in enumerate(names[:-1]):
            rest = cells[index + 1 :]
            # Whole rows are compared at once; only pairs that are nearly equal are looked at one by one.
            both = (~np.isnan(cells[index]) & ~np.isnan(rest)).sum(axis=1)
            equal = (cells[index] == rest).sum(axis=1)
            for other in np.flatnonzero((both >= limits.min_regions) & (equal >= limits.min_share * both)):
                found = _agreement(cells[index], rest[other], limits)
                if found:
                    rows.append((name, names[index + 1 + other], year, *found))
    return _frame(rows, TWIN_COLUMNS).sort_values(["year", "first", "second"], ignore_index=True)


def repeats(values: pd.DataFrame, limits: Limits = USUAL) -> pd.DataFrame:
    """Return the years in which an indicator's figures are those of its year before, copied.

    Parameters
    ----------
    values, limits
        As in `twins`.

    Returns
    -------
    DataFrame
        `REPEAT_COLUMNS`, sorted by indicator and year; `as_year` is the closest earlier year that the
        indicator has values of.

    Raises
    ------
    ValueError
        If an indicator has two values for a region and year.

    Notes
    -----
    A figure that changes seldom (a routine that a unit has or lacks) may truly repeat: the finding asks for a
    look, it isn't a fault by itself.
    """
    swapped = values.rename(columns={"indicator": "year", "year": "indicator"})
    rows: list[tuple[object, ...]] = []
    for indicator, years, cells in _by_year(swapped, limits.tolerance):
        for index in range(1, len(years)):
            found = _agreement(cells[index], cells[index - 1], limits)
            if found:
                rows.append((indicator, years[index], years[index - 1], *found))
    return _frame(rows, REPEAT_COLUMNS).sort_values(["indicator", "year"], ignore_index=True)


def _by_year(values: pd.DataFrame, tolerance: float) -> Iterator[tuple[object, list[object], _Values]]:
    """Yield each year with its indicators, sorted, and their values: a row an indicator, a column a region."""
    known = values.loc[values["value"].notna(), ["indicator", "year", "region", "value"]]
    twice = known[known.duplicated(["indicator", "year", "region"])]
    if len(twice):
        one = twice.iloc[0]
        raise ValueError(f"two values for {one['indicator']}, {one['year']}, {one['region']}; choose level and sex")
    for year, part in known.groupby("year", sort=True, observed=True):
        wide = part.pivot_table(index="indicator", columns="region", values="value", aggfunc="first", observed=True)
        # On a grid as fine as the tolerance equal values become the same number.
        cells = np.round(wide.to_numpy(dtype="float64") / tolerance) * tolerance if tolerance else wide.to_numpy()
        yield year, list(wide.index), cells


def _agreement(one: _Values, other: _Values, limits: Limits) -> tuple[int, int, float, float, int] | None:
    """Return the counts, share, agreement and distinct values of two rows, or null where they are no twins."""
    both = ~np.isnan(one) & ~np.isnan(other)
    n_both = int(both.sum())
    if n_both < max(limits.min_regions, 1):
        return None
    first, second = one[both], other[both]
    n_equal = int((first == second).sum())
    share = n_equal / n_both
    distinct, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    if share < limits.min_share or len(distinct) < limits.min_distinct:
        return None
    shares = [np.bincount(half, minlength=len(distinct)) / n_both for half in (codes[:n_both], codes[n_both:])]
    chance = float(shares[0] @ shares[1])
    agreement = (share - chance) / (1.0 - chance) if chance < 1.0 else 0.0
    return (n_both, n_equal, share, agreement, len(distinct)) if agreement >= limits.min_agreement else None


def _frame(rows: list[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    types = {"first": "str", "second": "str", "indicator": "str"}
    whole = dict.fromkeys(("year", "as_year", "n_both", "n_equal", "n_distinct"), "int64")
    wanted = types | whole | {"share_equal": "float64", "agreement": "float64"}
    return frame.astype({name: wanted[name] for name in columns})
