"""What would have to be otherwise for more of Riksrevisionen's marks to agree with ours?"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import numpy as np
import pandas as pd

from lagesbild.methods.anova import anova, marks
from lagesbild.methods.published_marks import ALL_YEARS, LAST_YEAR, compare_marks, last_year

#: Kommuner smaller than this are left out in one of the readings.
SMALL = 10_000

#: Draws of what stood behind rounded figures, in `rounding_range`.
DRAWS = 100

#: At most so many rows are put in every order, in `row_orders`.
MOST_ROWS = 7


def readings(
    panel: pd.DataFrame,
    printed: Mapping[tuple[str, str], str],
    *,
    groupings: Mapping[str, pd.Series],
    exchanged: Mapping[str, str],
    other_groups: Mapping[str, Mapping[str, pd.Series]],
    population: pd.Series,
) -> pd.DataFrame:
    """Return how many marks agree when one thing at a time is done otherwise.

    None of these is known to be what the audit did: they show which explanations the figures support, and which not.

    Parameters
    ----------
    panel, printed, groupings
        As for `compare_marks`.
    exchanged
        Rows whose printed marks may have changed places: row to row.
    other_groups
        Other groupings to try, by a name of the reading: grouping to group by region, which replaces the one of that
        name.
    population
        Inhabitants by region.

    Returns
    -------
    DataFrame
        Columns ``reading`` ("som_tryckt", "kommuner", "utan_sma", "ombytta_rader", "sista_aret_2018" and so on, and the
        names of `other_groups`), ``marks``, ``agree``, ``agree_all_years`` and ``agree_last_year``.
    """
    large = population.index[population >= SMALL]
    turned = {(exchanged.get(row, row), column): mark for (row, column), mark in printed.items()}
    turned = {key: turned.get(key, mark) for key, mark in printed.items()}
    base = compare_marks(panel, printed, groupings=groupings)
    tried: dict[str, pd.DataFrame] = {
        "som_tryckt": base,
        "kommuner": base.assign(agrees=base["printed"] == base["mark_kommun"]),
        "utan_sma": compare_marks(panel[panel["region"].isin(large)], printed, groupings=groupings),
        **{
            name: compare_marks(panel, printed, groupings={**groupings, **other})
            for name, other in other_groups.items()
        },
    }
    years = sorted(panel["year"].unique())
    for year in years[:-1]:
        tried[f"sista_aret_{year}"] = compare_marks(panel, printed, groupings=groupings, last=int(year))
    tried["ombytta_rader"] = compare_marks(panel, turned, groupings=groupings)
    rows = []
    for name, found in tried.items():
        pooled = found["period"] == ALL_YEARS
        agree = found["agrees"]
        rows.append([name, len(found), int(agree.sum()), int(agree[pooled].sum()), int(agree[~pooled].sum())])
    return pd.DataFrame(rows, columns=["reading", "marks", "agree", "agree_all_years", "agree_last_year"])


def rounding_range(
    panel: pd.DataFrame, *, groupings: Mapping[str, pd.Series], seed: int, last: int | None = None
) -> pd.DataFrame:
    """Return how sure the last year's marks are when the figures are rounded to whole numbers, as Kolada's are.

    What stood behind a figure is drawn evenly from the interval that rounds to it, `DRAWS` times.

    Parameters
    ----------
    panel, groupings, last
        As for `compare_marks`.
    seed
        Of the draws.

    Returns
    -------
    DataFrame
        Columns ``row, group, p_low, p_high`` (2.5th and 97.5th percentile of p) and ``same_mark`` (share of the draws,
        0-1, with the mark that the rounded figures have).
    """
    single = last_year(panel, last)
    rng = np.random.default_rng(seed)
    drawn = [
        single.assign(
            indicator=single["indicator"] + f"\t{at:04d}",
            value=single["value"] + rng.uniform(-0.5, 0.5, len(single)),
        )
        for at in range(DRAWS)
    ]
    parts = []
    for grouping, groups in groupings.items():
        given = anova(single, groups=groups).set_index("indicator")["mark"]
        found = anova(pd.concat(drawn, ignore_index=True), groups=groups)
        row = found["indicator"].str.split("\t").str[0]
        same = pd.Series(marks(found["p"]), index=found.index) == row.map(given)
        by_row = found["p"].groupby(row)
        table = pd.DataFrame(
            {"p_low": by_row.quantile(0.025), "p_high": by_row.quantile(0.975), "same_mark": same.groupby(row).mean()}
        )
        parts.append(table.rename_axis("row").reset_index().assign(group=grouping))
    return pd.concat(parts, ignore_index=True)[["row", "group", "p_low", "p_high", "same_mark"]]


def row_orders(found: pd.DataFrame, *, period: str = LAST_YEAR) -> pd.DataFrame:
    """Return how many marks agree over every order that the printed rows could stand in.

    If the printed rows had changed places the agreement would be better in another order than in the printed one.
    Since the best of many orders is better by chance too, the share of orders that agree as well says how little that
    is worth.

    Parameters
    ----------
    found
        As `lagesbild.methods.published_marks.compare_marks` returns it; at most `MOST_ROWS` rows.
    period
        The period whose marks are compared.

    Returns
    -------
    DataFrame
        Columns ``agree`` (number of marks), ``orders`` (with exactly as many) and ``share_at_least`` (of all orders,
        0-1, with as many or more), ascending.

    Raises
    ------
    ValueError
        If there are more than `MOST_ROWS` rows.
    """
    part = found[found["period"] == period]
    table = part.pivot_table(index="row", columns="group", values=["printed", "mark"], aggfunc="first", sort=False)
    n = len(table)
    if n > MOST_ROWS:
        raise ValueError(f"{n} rows have too many orders; at most {MOST_ROWS}")
    if n == 0:
        return pd.DataFrame({"agree": [], "orders": [], "share_at_least": []})
    printed, computed = (table[name].to_numpy(dtype=object) for name in ("printed", "mark"))
    pairs = (printed[:, None, :] == computed[None, :, :]).sum(axis=2)
    orders = np.array(list(permutations(range(n))))
    agree, counts = np.unique(pairs[orders, np.arange(n)].sum(axis=1), return_counts=True)
    return pd.DataFrame(
        {"agree": agree, "orders": counts, "share_at_least": counts[::-1].cumsum()[::-1] / counts.sum()}
    )
