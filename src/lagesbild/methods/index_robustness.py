"""The honest companion of an index: how far a kommun's rank moves when weights and indicators are chosen otherwise.

OECD and JRC 2008, Handbook on Constructing Composite Indicators, step 7 (uncertainty analysis); M. Saisana, A. Saltelli
and S. Tarantola 2005, Journal of the Royal Statistical Society A 168, 307-323.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from lagesbild.methods.composite_index import (
    FEWEST_INDICATORS,
    LEAST_SHARE,
    Floats,
    Standardised,
    composite,
    dimensions_of,
    index_table,
)

#: Draws of weights. The ends of a rank's range then vary by a place or two between seeds.
DRAWS = 1000
#: Concentration of the Dirichlet distribution per indicator: nine of ten weights lie between a third and twice the
#: stated one.
CONCENTRATION = 4.0
SEED = 20_210_617

ROBUSTNESS_COLUMNS = (
    "dimension",
    "region",
    "rank",
    "n_ranked",
    "rank_low",
    "rank_high",
    "without_low",
    "without_high",
    "same_quarter",
)


def rank_moves(found: Standardised, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return how each kommun's rank in each index moves over reasonable weights and choices of indicators.

    Two ways. *Weights*: `draws` sets of weights from a Dirichlet distribution around the stated ones; in every other
    draw one indicator, chosen by chance, is also left out. *Without*: each indicator is left out once, the stated
    weights kept for the rest. The same kommuner are ranked throughout. A rank is 1 for the best; equals share the best
    rank of theirs.

    Parameters
    ----------
    found
        The indicators on one scale.
    draws, seed
        Of the random weights.

    Returns
    -------
    DataFrame
        `ROBUSTNESS_COLUMNS`, a row per dimension and kommun with an index, sorted: the rank by the stated weights among
        ``n_ranked``, the range of 90 percent of the draws, the range over the indicators left out, and the share of
        draws in which the kommun is in the same quarter of kommuner.
    """
    rng = np.random.default_rng(seed)
    regions = np.asarray(found.regions, dtype=object)
    frames = []
    for name, weights in dimensions_of(found.indicators).items():
        inside = weights > 0
        n = (~np.isnan(found.z[:, inside])).sum(axis=1)
        enough = (n >= FEWEST_INDICATORS) & (n >= LEAST_SHARE * inside.sum())
        if not enough.any():
            continue
        z, own = found.z[np.ix_(enough, inside)], weights[inside]
        rank = _ranks(composite(z, own)[None, :])[0]
        moved = _ranks(_filled(composite(z, _drawn(own, draws, rng)), composite(z, own)))
        left = own * (1 - np.eye(len(own)))
        without = _ranks(_filled(composite(z, left), composite(z, own)))
        low, high = np.percentile(moved, [5, 95], axis=0, method="closest_observation")
        many = len(rank)
        frames.append(
            pd.DataFrame(
                {
                    "dimension": name,
                    "region": regions[enough].astype(str),
                    "rank": rank,
                    "n_ranked": many,
                    "rank_low": low.astype("int64"),
                    "rank_high": high.astype("int64"),
                    "without_low": without.min(axis=0),
                    "without_high": without.max(axis=0),
                    "same_quarter": (_quarter(moved, many) == _quarter(rank, many)).mean(axis=0),
                }
            )
        )
    if not frames:
        return pd.DataFrame(columns=list(ROBUSTNESS_COLUMNS))
    return pd.concat(frames, ignore_index=True)[list(ROBUSTNESS_COLUMNS)]


def index_with_ranks(found: Standardised) -> pd.DataFrame:
    """Return `lagesbild.methods.composite_index.index_table` with `rank_moves`, null where there is no index."""
    return index_table(found).merge(rank_moves(found), on=["dimension", "region"], how="left", validate="one_to_one")


def _drawn(weights: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Return random weights around the stated ones, shape (draws, n); in every other one indicator has none."""
    n = len(weights)
    drawn = rng.dirichlet(CONCENTRATION * n * weights / weights.sum(), draws)
    if n > FEWEST_INDICATORS:
        which = rng.integers(n, size=draws)
        drawn[np.arange(draws)[1::2], which[1::2]] = 0.0
    return np.asarray(drawn)


def _filled(drawn: Floats, stated: Floats) -> Floats:
    """Return the indexes with the stated one where a kommun has none of the indicators that are left."""
    return np.where(np.isnan(drawn), stated, drawn)


def _ranks(index: Floats) -> npt.NDArray[np.int64]:
    """Return the ranks of each row, 1 for the highest; differences beyond the tenth decimal are none."""
    return np.asarray(rankdata(-index.round(10), method="min", axis=1), dtype=np.int64)


def _quarter(rank: npt.NDArray[np.int64], many: int) -> npt.NDArray[np.int64]:
    return np.asarray((rank - 1) * 4 // many, dtype=np.int64)


def summary(moves: pd.DataFrame) -> pd.DataFrame:
    """Return per dimension how much of an index's order is the choice of weights and indicators.

    Returns
    -------
    DataFrame
        Columns ``dimension, n_ranked, median_width`` (places between the ends of the middle kommun's range),
        ``widest``, ``same_quarter`` (mean share), in the order of `moves`.
    """
    moves = moves.dropna(subset=["rank"])
    rows = moves.assign(width=moves["rank_high"] - moves["rank_low"])
    return (
        rows.groupby("dimension", sort=False)
        .agg(
            n_ranked=("n_ranked", "first"),
            median_width=("width", "median"),
            widest=("width", "max"),
            same_quarter=("same_quarter", "mean"),
        )
        .reset_index()
    )
