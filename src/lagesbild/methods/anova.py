"""Do groups of kommuner differ? One-way analysis of variance of every indicator at once, with the audit's marks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

#: Columns of a table of tests, in order.
ANOVA_COLUMNS = (
    *("indicator", "first", "last", "n", "n_kommuner", "n_groups", "df_between", "df_within"),
    *("f", "p", "eta2", "omega2", "mark", "reason"),
)

#: The audit's marks and the probability below which each is set, the strictest first.
MARKS = (("**", 0.05), ("*", 0.10))

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Squares(NamedTuple):
    """Sums of squares of so many cells (tests), each of shape (cells,); see `sums_of_squares`."""

    n: Ints
    groups: Ints
    between: Floats
    within: Floats


def marks(p: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """Return the marks of RiR 2021:17: ``**`` below 5 percent, ``*`` below 10 percent, else nothing.

    A p value that is null (no test could be made) has no mark.
    """
    values = np.asarray(p, dtype=np.float64)
    return np.select([values < limit for _, limit in MARKS], [mark for mark, _ in MARKS], "").astype(np.str_)


def sums_of_squares(cell: Ints, group: Ints, values: Floats, *, cells: int) -> Squares:
    """Return the sums of squares between and within the groups of each cell.

    Values are measured from their cell's mean and, for those within, from their group's, so that large values with
    small differences (kronor) lose no digits. A sum that rounding alone can account for is 0.

    Parameters
    ----------
    cell
        Shape (n,): the number of each value's cell, from 0.
    group
        Shape (n,): the number of its group; the same numbers may be used in every cell.
    values
        Shape (n,), without null values.
    cells
        How many cells there are; one may be without values.
    """
    n_groups = int(group.max(initial=-1)) + 1
    pair = cell * n_groups + group
    n = np.bincount(cell, minlength=cells)
    centred = values - (np.bincount(cell, values, cells) / np.maximum(n, 1))[cell]
    size = np.bincount(pair, minlength=cells * n_groups)
    means = np.bincount(pair, centred, cells * n_groups) / np.maximum(size, 1)
    between = (size * means**2).reshape(cells, n_groups).sum(axis=1)
    within = np.bincount(cell, (centred - means[pair]) ** 2, cells)
    largest = np.zeros(cells)
    np.maximum.at(largest, cell, np.abs(values))
    rounding = n * (1e-12 * largest) ** 2
    return Squares(
        n=n.astype(np.int64),
        groups=(size.reshape(cells, n_groups) > 0).sum(axis=1),
        between=np.where(between > rounding, between, 0.0),
        within=np.where(within > rounding, within, 0.0),
    )


def f_tests(squares: Squares) -> pd.DataFrame:
    """Return F, p and the explained shares from sums of squares.

    Returns
    -------
    DataFrame
        A row per cell: ``df_between, df_within, f, p, eta2, omega2, mark, reason``. ``eta2`` is the share of the
        variation (0-1) that lies between the groups in the sample; ``omega2`` takes out what chance alone gives
        (Hays 1963, Statistics for Psychologists), 0 where that is more than all of it. Where no test can be made
        they are null, and ``reason`` says why: "en_grupp" (fewer than two groups have values),
        "en_per_grupp" (no group has two) or "lika" (all values are the same). Groups that differ and have no
        variation within give F infinite and p 0.
    """
    df_between = squares.groups - 1
    df_within = squares.n - squares.groups
    total = squares.between + squares.within
    reason = np.select([df_between < 1, df_within < 1, total == 0], ["en_grupp", "en_per_grupp", "lika"], "")
    tested = reason == ""
    across = squares.between / np.maximum(df_between, 1)
    error = squares.within / np.maximum(df_within, 1)
    f = np.divide(across, error, out=np.full(len(total), np.inf), where=error > 0)
    f = np.where(tested, f, np.nan)
    p = stats.f.sf(f, np.maximum(df_between, 1), np.maximum(df_within, 1))
    whole = np.where(tested, total, 1.0)
    omega = (squares.between - df_between * error) / (whole + error)
    return pd.DataFrame(
        {
            "df_between": df_between,
            "df_within": df_within,
            "f": f,
            "p": np.where(tested, p, np.nan),
            "eta2": np.where(tested, squares.between / whole, np.nan),
            "omega2": np.where(tested, np.maximum(omega, 0.0), np.nan),
            "mark": pd.Series(marks(np.where(tested, p, np.nan)), dtype="str"),
            "reason": pd.Series(reason, dtype="str"),
        }
    )


def anova(panel: pd.DataFrame, *, groups: pd.Series, pooled: bool = False) -> pd.DataFrame:
    """Return the test of every indicator, by year or with its years pooled, of whether groups of kommuner differ.

    This is the test of tables 2, 9 and 14 in RiR 2021:17 ("statistisk variansanalys"), the ordinary F test of Fisher
    (1925, Statistical Methods for Research Workers): every kommun counts once a year, whatever its size. A group of one
    kommun counts. Pooled, each year of a kommun counts as a kommun of its own, so that the test takes itself to know
    several times as much as it does; see `lagesbild.methods.anova_clustered`.

    Parameters
    ----------
    panel
        As `lagesbild.methods.panel.panel` returns it; columns ``indicator, year, region, value`` are read.
    groups
        Group by region (län, kommungrupp, any partition). Kommuner without a group are left out.
    pooled
        Whether all years of the panel are taken together.

    Returns
    -------
    DataFrame
        `ANOVA_COLUMNS`, a row per indicator and year (or indicator), sorted: ``first`` and ``last`` year, ``n``
        values from ``n_kommuner`` in ``n_groups``, and the columns of `f_tests`. An indicator or year of which
        nothing is left has a row with n 0.
    """
    keys = ["indicator"] if pooled else ["indicator", "year"]
    rows = grouped(panel, groups)
    index = panel[keys].drop_duplicates().sort_values(keys, ignore_index=True)
    cell = cell_numbers(rows, index)
    squares = sums_of_squares(cell, rows["group"].to_numpy(), rows["value"].to_numpy(np.float64), cells=len(index))
    frame = pd.concat([described(index, panel, rows, cell), f_tests(squares)], axis=1)
    frame.insert(3, "n", squares.n)
    frame.insert(5, "n_groups", squares.groups)
    return frame[list(ANOVA_COLUMNS)]


def grouped(panel: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Return the rows with a finite value whose kommun has a group, with the numbers of ``group`` and ``kommun``."""
    kommun, regions = pd.factorize(panel["region"], sort=True)
    of_region, _ = pd.factorize(pd.Series(regions, dtype="object").map(groups), sort=True)
    codes = of_region[kommun] if len(regions) else kommun
    rows = panel[["indicator", "year", "value"]].assign(group=codes.astype(np.int64), kommun=kommun.astype(np.int64))
    kept: pd.DataFrame = rows[(codes >= 0) & np.isfinite(panel["value"].to_numpy(np.float64, na_value=np.nan))]
    return kept


def cell_numbers(rows: pd.DataFrame, index: pd.DataFrame) -> Ints:
    """Return for each row the number of the row of `index` with the same keys."""
    keys = list(index.columns)
    if len(keys) == 1:
        return np.asarray(pd.Index(index[keys[0]]).get_indexer(pd.Index(rows[keys[0]])), dtype=np.int64)
    return np.asarray(pd.MultiIndex.from_frame(index).get_indexer(pd.MultiIndex.from_frame(rows[keys])), dtype=np.int64)


def described(index: pd.DataFrame, panel: pd.DataFrame, rows: pd.DataFrame, cell: Ints) -> pd.DataFrame:
    """Return what each test is about: ``indicator, first, last, n_kommuner``, a row per row of `index`."""
    span = panel.assign(at=panel["year"]).groupby(list(index.columns))["at"].agg(["min", "max"]).reset_index(drop=True)
    n_kommuner = int(rows["kommun"].max()) + 1 if len(rows) else 0
    seen = np.bincount(cell * n_kommuner + rows["kommun"].to_numpy(), minlength=len(index) * n_kommuner)
    return pd.DataFrame(
        {
            "indicator": index["indicator"].astype("str"),
            "first": span["min"].astype("int64"),
            "last": span["max"].astype("int64"),
            "n_kommuner": (seen.reshape(len(index), n_kommuner) > 0).sum(axis=1),
        }
    )
