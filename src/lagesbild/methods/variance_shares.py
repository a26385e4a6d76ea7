"""Where the variation lies: between groups of kommuner, between kommuner, or over time?"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.methods.anova import Floats, cell_numbers, grouped

#: Columns of `variance_shares`, in order.
SHARE_COLUMNS = (
    *("indicator", "first", "last", "n", "n_kommuner", "n_groups"),
    *("var_groups", "var_kommuner", "var_time", "share_groups", "share_kommuner", "share_time", "reason"),
)


def variance_shares(panel: pd.DataFrame, *, groups: pd.Series) -> pd.DataFrame:
    """Return for every indicator how its variation divides on groups, kommuner in groups, and years in kommuner.

    The model is value = mean + group + kommun + year's deviation, each a random draw with a variance of its own.
    The variances are estimated by setting the three sums of squares equal to what they are expected to be (Henderson's
    method 1; Searle, Casella and McCulloch 1992, Variance Components, chapter 5). That needs no iteration, and gives
    what restricted maximum likelihood does where groups have as many kommuner and kommuner as many years. A variance
    that comes out below 0 is set to 0.

    Parameters
    ----------
    panel
        As `lagesbild.methods.panel.panel` returns it.
    groups
        Group by region; kommuner without a group are left out.

    Returns
    -------
    DataFrame
        `SHARE_COLUMNS`, a row per indicator, sorted: the variances in the square of the indicator's unit, and their
        shares (0-1, together 1). ``share_time`` is all that a kommun's years differ, the whole country's development
        and chance alike. Where they can't be told apart all are null and ``reason`` says why: "en_grupp",
        "en_per_grupp" (no group has two kommuner), "ett_ar" (no kommun has two years) or "lika" (all values are the
        same).
    """
    index = panel.groupby("indicator")["year"].agg(["min", "max"]).reset_index()
    rows = grouped(panel, groups)
    cell = cell_numbers(rows, index[["indicator"]])
    codes = rows["kommun"].to_numpy()
    cells, wide, deep = len(index), int(rows["group"].to_numpy().max(initial=-1)) + 1, int(codes.max(initial=-1)) + 1
    value = rows["value"].to_numpy(np.float64)
    n = np.bincount(cell, minlength=cells).astype(np.float64)
    largest = np.zeros(cells)
    np.maximum.at(largest, cell, np.abs(value))
    value = value - (np.bincount(cell, value, cells) / np.maximum(n, 1))[cell]

    in_kommun = cell * deep + codes
    n_kommun = np.bincount(in_kommun, minlength=cells * deep).astype(np.float64)
    mean_kommun = np.bincount(in_kommun, value, cells * deep) / np.maximum(n_kommun, 1)
    group_of = np.zeros(deep, dtype=np.int64)
    group_of[codes] = rows["group"].to_numpy()
    in_group = (np.arange(cells)[:, None] * wide + group_of[None, :]).reshape(-1)
    n_group = np.bincount(in_group, n_kommun, cells * wide)
    mean_group = np.bincount(in_group, n_kommun * mean_kommun, cells * wide) / np.maximum(n_group, 1)
    squares_in_group = np.bincount(in_group, n_kommun**2, cells * wide) / np.maximum(n_group, 1)

    def summed(parts: npt.NDArray[Any]) -> Floats:
        return np.asarray(parts.reshape(cells, len(parts) // max(cells, 1)).sum(axis=1), dtype=np.float64)

    groups_in = summed((n_group > 0).astype(np.float64))
    kommuner_in = summed((n_kommun > 0).astype(np.float64))
    total_n = np.maximum(n, 1)
    ss_groups = summed(n_group * mean_group**2)
    ss_kommuner = summed(n_kommun * (mean_kommun - mean_group[in_group]) ** 2)
    ss_time = np.bincount(cell, (value - mean_kommun[in_kommun]) ** 2, cells)
    total = ss_groups + ss_kommuner + ss_time
    reason = np.select(
        [groups_in < 2, kommuner_in <= groups_in, n <= kommuner_in, total <= n * (1e-12 * largest) ** 2],
        ["en_grupp", "en_per_grupp", "ett_ar", "lika"],
        "",
    )
    usable = reason == ""

    # The expected sums of squares: what each variance is multiplied with in them.
    spread = summed(squares_in_group)
    time = ss_time / np.maximum(n - kommuner_in, 1)
    per_kommun = np.where(usable, n - spread, 1.0)
    kommun = np.maximum((ss_kommuner - (kommuner_in - groups_in) * time) / per_kommun, 0.0)
    per_group = np.where(usable, n - summed(n_group**2) / total_n, 1.0)
    shared = spread - summed(n_kommun**2) / total_n
    group = np.maximum((ss_groups - shared * kommun - (groups_in - 1) * time) / per_group, 0.0)
    whole = np.where(usable, group + kommun + time, 1.0)
    known = [np.where(usable, part, np.nan) for part in (group, kommun, time)]
    return pd.DataFrame(
        {
            "indicator": index["indicator"].astype("str"),
            "first": index["min"].astype("int64"),
            "last": index["max"].astype("int64"),
            "n": n.astype(np.int64),
            "n_kommuner": kommuner_in.astype(np.int64),
            "n_groups": groups_in.astype(np.int64),
            **dict(zip(("var_groups", "var_kommuner", "var_time"), known, strict=True)),
            **{
                name: part / np.where(whole > 0, whole, 1.0)
                for name, part in zip(("share_groups", "share_kommuner", "share_time"), known, strict=True)
            },
            "reason": pd.Series(reason, dtype="str"),
        }
    )[list(SHARE_COLUMNS)]
