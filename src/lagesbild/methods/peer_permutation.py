"""How many marks the peer regressions give on these very results when the groups are put together at random."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lagesbild.methods.binary_regression import LIMIT_SINGLE
from lagesbild.methods.peer_effects import cube, fits

#: Times that the groups are put together at random.
SHUFFLES = 10


def shuffled_marks(
    panel: pd.DataFrame,
    *,
    groupings: Mapping[str, pd.Series],
    better: Mapping[str, int],
    seed: int,
    shuffles: int = SHUFFLES,
) -> pd.DataFrame:
    """Return the share of regressions that are marked when no group means anything.

    The kommuner change places with each other, groups keep their sizes and every kommun its own results. What is left
    is what the method does by itself: mean reversion, the own kommun left out, and results that are
    counted every year.

    Parameters
    ----------
    panel, groupings, better
        As for `lagesbild.methods.peer_effects.peer_effects`; all kommuner.
    seed
        Of the shuffling.
    shuffles
        How many times.

    Returns
    -------
    DataFrame
        Columns ``grouping, outcome, lag``, and the shares of tests below 10 percent: ``share`` by plain least squares,
        ``share_cluster`` with years and clustered errors, ``share_held`` with the own earlier result held constant too.
        Null where nothing could be tested.
    """
    data = cube(panel)
    signs = np.array([float(better.get(one, 0)) or np.nan for one in data.indicators], dtype=np.float64)
    everyone = np.ones(len(data.regions), dtype=bool)
    rng = np.random.default_rng(seed)
    rows = []
    for grouping, of_region in groupings.items():
        groups = np.array(of_region.reindex(pd.Index(data.regions)).tolist(), dtype=object)
        for _ in range(shuffles):
            for outcome, lag, fit in fits(data.results, rng.permutation(groups).tolist(), signs, everyone):
                for kind, p in (("share", fit.p), ("share_cluster", fit.p_cluster), ("share_held", fit.p_held)):
                    tested = np.isfinite(p)
                    rows.append((grouping, outcome, lag, kind, int(tested.sum()), int((p < LIMIT_SINGLE).sum())))
    frame = pd.DataFrame(rows, columns=["grouping", "outcome", "lag", "kind", "tested", "marked"])
    sums = frame.groupby(["grouping", "outcome", "lag", "kind"], sort=False)[["tested", "marked"]].sum()
    share = (sums["marked"] / sums["tested"].where(sums["tested"] > 0)).astype("float64")
    kinds = ["share", "share_cluster", "share_held"]
    parts = {kind: share[share.index.get_level_values("kind") == kind].droplevel("kind") for kind in kinds}
    return pd.DataFrame(parts).rename_axis(["grouping", "outcome", "lag"]).reset_index()
