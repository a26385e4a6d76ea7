"""How far a gross list depends on its weights: what stays at the top when the weights are others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lagesbild.catalogue.priority_weights import Concern
from lagesbild.methods.priorities import Priority


@dataclass(frozen=True, kw_only=True)
class Stability:
    """What became of the first places when the weights were drawn anew.

    Parameters
    ----------
    top
        How many first places are meant.
    kept
        How many of them are still among the first, on average and in the worst tenth of the draws.
    always
        Ids of those that are among the first in at least 95 percent of the draws.
    """

    top: int
    kept: tuple[float, float]
    always: tuple[str, ...]


def stability(
    found: Sequence[Priority], *, top: int = 10, factor: float = 2.0, draws: int = 500, seed: int = 2012
) -> Stability:
    """Return what stays among the first when every weight is multiplied by a factor of its own.

    Parameters
    ----------
    found
        The gross list.
    top
        How many first places; no more than there are.
    factor
        Weights are multiplied by something between 1 / `factor` and `factor`, evenly on the scale of factors.
    draws, seed
        How many sets of weights, and where the random numbers begin.
    """
    top = min(top, len(found))
    if top == 0:
        return Stability(top=0, kept=(0.0, 0.0), always=())
    shares = np.array([[ground.share for ground in one.grounds] for one in found])
    # What a ground gives at most; the same for every indicator.
    weights = np.array([_weight(found, place) for place in range(len(Concern))])
    random = np.random.default_rng(seed)
    drawn = weights * np.exp(random.uniform(-np.log(factor), np.log(factor), size=(draws, len(weights))))
    points = np.round(shares @ drawn.T, 9)
    order = np.argsort(-points, axis=0, kind="stable")[:top]
    first = np.zeros_like(points, dtype=bool)
    np.put_along_axis(first, order, values=True, axis=0)
    kept = first[:top].sum(axis=0)
    often = first.mean(axis=1) >= 0.95
    return Stability(
        top=top,
        kept=(float(kept.mean()), float(np.quantile(kept, 0.1))),
        always=tuple(one.indicator.id for one, always in zip(found, often, strict=True) if always),
    )


def _weight(found: Sequence[Priority], place: int) -> float:
    """Return a ground's weight as points per whole share; 0 where no indicator has any share of it."""
    grounds = [one.grounds[place] for one in found]
    return next((ground.points / ground.share for ground in grounds if ground.share > 0), 0.0)
