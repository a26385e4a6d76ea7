"""Many tests in one table: how many marks chance alone gives, and which are left when that is allowed for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from statsmodels.stats.multitest import multipletests

from lagesbild.methods.anova import MARKS, marks

#: Columns of `expected_marks`, after those of the tables, in order.
EXPECTED_COLUMNS = ("tests", "marked_5", "expected_5", "marked_10", "expected_10", "kept_5", "kept_10")


def false_discovery_adjusted(p: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return p values adjusted for that many tests were made: of those below 0.05 about 5 percent are false.

    Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B 57, 289-300), as statsmodels computes it.
    It holds for tests that are independent or depend positively on each other, as indicators of the same kommuner
    mostly do (Benjamini and Yekutieli 2001, Annals of Statistics 29, 1165-1188). Null values are no tests and stay
    null.
    """
    values = np.asarray(p, dtype=np.float64)
    adjusted = np.full(values.shape, np.nan)
    tested = np.isfinite(values)
    if tested.any():
        adjusted[tested] = multipletests(values[tested], method="fdr_bh")[1]
    return adjusted


def adjust(tests: pd.DataFrame, *, table: Sequence[str] = (), p: str = "p") -> pd.DataFrame:
    """Return tests with ``p_fdr`` and ``mark_fdr``, adjusted within each table.

    Parameters
    ----------
    tests
        A row per test.
    table
        Columns that say which table a test stands in; all are one table where none is given.
    p
        The column of p values.
    """
    adjusted = pd.Series(np.nan, index=tests.index, dtype="float64")
    for _, rows in _tables(tests, table):
        adjusted.loc[rows.index] = false_discovery_adjusted(rows[p])
    return tests.assign(p_fdr=adjusted, mark_fdr=pd.Series(marks(adjusted), index=tests.index, dtype="str"))


def expected_marks(tests: pd.DataFrame, *, table: Sequence[str] = (), p: str = "p") -> pd.DataFrame:
    """Return for each table how many marks it has, and how many it would have if nothing differed.

    Parameters
    ----------
    tests, table, p
        As for `adjust`. Tests whose p value is null couldn't be made and don't count.

    Returns
    -------
    DataFrame
        The columns of `table` and `EXPECTED_COLUMNS`: the number of tests, marks at 5 and at 10 percent (a
        ``**`` is both), the number of false marks to expect at each level (level times tests), and how many marks are
        left when adjusted.
    """
    strict, lax = (limit for _, limit in MARKS)
    rows = []
    for name, part in _tables(tests, table):
        values = part[p].to_numpy(np.float64)
        kept = false_discovery_adjusted(values)
        n = int(np.isfinite(values).sum())
        marked = [(values < strict).sum(), strict * n, (values < lax).sum(), lax * n]
        rows.append([*name, n, *marked, (kept < strict).sum(), (kept < lax).sum()])
    return pd.DataFrame(rows, columns=[*table, *EXPECTED_COLUMNS])


def _tables(tests: pd.DataFrame, table: Sequence[str]) -> list[tuple[tuple[object, ...], pd.DataFrame]]:
    if not table:
        return [((), tests)]
    return [(name, rows) for name, rows in tests.groupby(list(table), sort=True, observed=True, dropna=False)]
