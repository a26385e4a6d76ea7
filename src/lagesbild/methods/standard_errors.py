"""How uncertain one kommun's figure is: from the number of people behind it, or from how much figures usually move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale

#: Fewest changes of a size class for a spread of its own; with fewer the whole country's is used.
FEWEST_CHANGES = 20

#: The standard deviation of a normal variable in median absolute deviations.
_NORMAL = 1.4826


def yearly_spread(panel: pd.DataFrame, *, size_class: pd.Series) -> pd.DataFrame:
    """Return the standard deviation of one measurement, from how kommuner's results change between measurements.

    The change that all kommuner of a size share (their median change) is taken out first; what is left is two
    measurements' noise and each kommun's own true change. The spread is thus too large rather than too small, and a
    difference that is secured by it would be by the true noise. The median absolute deviation, times 1.4826, is
    used, so that a few real leaps or faults don't count (Rousseeuw and Croux 1993, Journal of the American
    Statistical Association 88, 1273-1283). Where it is 0, because most results don't change at all, the plain standard
    deviation is used instead. Two independent measurements differ with twice the variance of one.

    Parameters
    ----------
    panel
        As `lagesbild.methods.panel.panel` returns it. The years between two measurings of an indicator are no gap;
        a kommun that has missed a measuring gives no change there.
    size_class
        Class by region: small kommuner's figures move more.

    Returns
    -------
    DataFrame
        Columns ``indicator, storleksklass, spread`` (in the unit of the scale) and ``n_changes``, sorted. A class
        with fewer than `FEWEST_CHANGES` changes has the spread of all kommuner. Indicators with fewer changes than
        that altogether have null: nothing is known.
    """
    rows = panel.sort_values(["indicator", "region", "year"], ignore_index=True)
    rounds = rows[["indicator", "year"]].drop_duplicates().sort_values(["indicator", "year"])
    rounds["round"] = rounds.groupby("indicator").cumcount()
    rows = rows.merge(rounds, on=["indicator", "year"], how="left")
    rows["storleksklass"] = rows["region"].map(size_class).astype("str")
    series = rows.groupby(["indicator", "region"], sort=False)
    follows = series["round"].diff() == 1
    changes = rows.assign(change=series["value"].diff().where(follows)).dropna(subset=["change"])
    wanted = rows[["indicator", "storleksklass"]].drop_duplicates()
    found = _spread(changes, ["indicator", "storleksklass"])
    whole = _spread(changes, ["indicator"]).rename(columns={"spread": "all_spread", "n_changes": "all_changes"})
    frame = wanted.merge(found, how="left").merge(whole, how="left")
    frame["n_changes"] = frame["n_changes"].fillna(0).astype("int64")
    frame["all_spread"] = frame["all_spread"].where(frame["all_changes"] >= FEWEST_CHANGES)
    own = frame["n_changes"] >= FEWEST_CHANGES
    frame["spread"] = frame["spread"].where(own, frame["all_spread"]).astype("float64")
    columns = ["indicator", "storleksklass", "spread", "n_changes"]
    return frame.sort_values(["indicator", "storleksklass"], ignore_index=True)[columns]


def _spread(changes: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the robust spread of one measurement within each group of `by`, and the number of changes."""
    shared = changes.groupby([*by, "year"])["change"].transform("median")
    left = changes.assign(left=(changes["change"] - shared).abs(), square=(changes["change"] - shared) ** 2)
    groups = left.groupby(by)
    frame = groups.agg(typical=("left", "median"), square=("square", "mean"), n_changes=("left", "size")).reset_index()
    robust = _NORMAL * frame["typical"]
    frame["spread"] = (robust.where(robust > 0, np.sqrt(frame["square"])) / np.sqrt(2.0)).round(10)
    return frame[[*by, "spread", "n_changes"]]


def standard_errors(
    panel: pd.DataFrame, *, indicators: Sequence[Indicator], spread: pd.DataFrame, size_class: pd.Series
) -> pd.DataFrame:
    """Return the panel with the standard error of every figure, and how it is known.

    A percentage with a denominator has the binomial one, from the proportion (x + 2) / (n + 4), so that a kommun at 0
    or 100 percent isn't held to be certain (Agresti and Coull 1998, The American Statistician 52, 119-126). Every other
    number has the spread of its indicator and size class (`yearly_spread`). Answers have none: the kommun's answer
    is what it is.

    Parameters
    ----------
    panel
        As `lagesbild.methods.panel.panel` returns it.
    indicators
        The catalogue's records.
    spread
        As `yearly_spread` returns it.
    size_class
        Class by region, as for `yearly_spread`.

    Returns
    -------
    DataFrame
        The panel's rows and columns, with ``se`` in the unit of the scale (null where unknown) and ``se_kind``:
        "rakning" (from the denominator), "spridning" (from the spread) or "".
    """
    percent = panel["indicator"].map({i.id: i.scale is Scale.PROCENT for i in indicators}).fillna(False).astype(bool)
    answers = panel["indicator"].map({i.id: i.is_answer for i in indicators}).fillna(False).astype(bool)
    n = panel["denominator"].where(percent & (panel["denominator"] > 0) & panel["value"].between(0, 100))
    p = (panel["value"] / 100.0 * n + 2.0) / (n + 4.0)
    counted = 100.0 * np.sqrt(p * (1.0 - p) / (n + 4.0))
    classes = panel["region"].map(size_class).astype("str")
    keyed = spread.set_index(["indicator", "storleksklass"])["spread"]
    usual = keyed.reindex(pd.MultiIndex.from_arrays([panel["indicator"], classes])).set_axis(panel.index)
    se = pd.Series(counted, index=panel.index).where(n.notna(), usual).where(~answers).astype("float64")
    kind = np.select([se.isna(), n.notna()], ["", "rakning"], "spridning")
    return panel.assign(se=se.round(10), se_kind=pd.Series(kind, index=panel.index, dtype="str"))
