"""Pools: sets of withheld nodes whose sum a reader knows, and what that sum is.

A published node less its published parts leaves the sum of its withheld ones; so those are a pool, with the
published node as its *top*. Where a län is withheld itself, its withheld kommuner are in riket's pool.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lagesbild.disclosure.hierarchy import IN_AREA, Bools, Floats, Ints
from lagesbild.disclosure.sums import Sums

#: A node is a sum in as many ways: of areas, of stadsdelar, of units.
WAYS = 3
TOTAL, WOMEN, MEN = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class Pools:
    """The pools of one system of sums: the totals', or that of women and men.

    A pool's number is its top's number times three plus the way its nodes hang there.

    Parameters
    ----------
    known
        Nodes published in this system.
    hidden
        Nodes withheld in this system that aren't themselves the sum of others.
    empty
        Nodes with nobody in this system.
    closed
        Nodes that can't be chosen as cover: there is nobody, or only women or only men.
    is_sum
        Nodes that are the sum of areas in this system (a län of its kommuner).
    pool
        The pool a node is in, or would be in if it were withheld; -1 where no top is published.
    branch
        Which part of the top a node lies in: itself, or its län.
    """

    known: Bools
    hidden: Bools
    empty: Bools
    closed: Bools
    is_sum: Bools
    pool: Ints
    branch: Ints

    @property
    def size(self) -> int:
        """Number of pool numbers, used or not."""
        return WAYS * len(self.pool)

    @property
    def members(self) -> Ints:
        """The hidden nodes that are in a pool."""
        return np.flatnonzero(self.hidden & (self.pool >= 0))


def total_pools(sums: Sums, withheld: Bools) -> Pools:
    """Return the pools of the totals, given the nodes whose total is withheld."""
    counted = has_total(sums)
    empty = sums.nobody[:, TOTAL]
    hidden = withheld & (counted | sums.secret[:, TOTAL])
    return _pools(sums, counted & ~withheld, hidden, empty=empty, closed=empty)


def sex_pools(sums: Sums, withheld: Bools, sex: int) -> Pools:
    """Return the pools of women or of men, given the nodes whose sexes are withheld.

    They are the same but for nodes without women or without men, which are in one of the two systems alone.
    """
    counted = sums.counted[:, WOMEN] & sums.counted[:, MEN]
    secret = sums.secret[:, [WOMEN, MEN]].any(axis=1)
    hidden = withheld & (counted | secret)
    return _pools(sums, counted & ~withheld, hidden, empty=sums.nobody[:, sex], closed=sums.one_sex)


def has_total(sums: Sums) -> Bools:
    """Return which nodes have a total, their own or that of women and men."""
    return sums.counted[:, TOTAL] | (sums.counted[:, WOMEN] & sums.counted[:, MEN])


def _pools(sums: Sums, known: Bools, withheld: Bools, *, empty: Bools, closed: Bools) -> Pools:
    """Return the pools where `known` is published and `withheld` is there but withheld; `empty` is known always."""
    known, withheld = known | empty, withheld & ~empty
    nodes = np.arange(sums.size)
    area = (sums.way == IN_AREA) & (sums.parent >= 0)
    is_sum = np.zeros(sums.size, dtype=bool)
    is_sum[sums.parent[area & (known | withheld)]] = True
    top, branch = sums.parent, nodes
    climbs = area & ~known[top]
    branch = np.where(climbs, top, branch)
    top = np.where(climbs, sums.parent[top], top)
    # One step is enough: from a kommun past its withheld län to riket. Where that is withheld too, or a
    # stadsdel's kommun is, nothing is left to subtract from.
    pool = np.where((top >= 0) & known[top], WAYS * top + sums.way, -1)
    return Pools(
        known=known, hidden=withheld & ~is_sum, empty=empty, closed=closed, is_sum=is_sum, pool=pool, branch=branch
    )


def left_over(sums: Sums, pools: Pools, sex: int) -> tuple[Floats, Floats]:
    """Return the persons inside and outside the attribute in each pool, as a reader can work them out.

    Where the source withheld a figure itself, its persons are what is missing from the top.
    """
    members = pools.members
    counted = has_total(sums) if sex == TOTAL else sums.counted[:, sex]
    unclear = per_pool(pools, members[~counted[members]]) > 0
    shown = np.flatnonzero(pools.known & (pools.pool >= 0))

    def side(persons: Floats) -> Floats:
        withheld = per_pool(pools, members, persons[members, sex])
        published = per_pool(pools, shown, persons[shown, sex])
        missing = np.maximum(np.repeat(persons[:, sex], WAYS) - published, 0.0)
        return np.where(unclear, missing, withheld)

    return side(sums.inside), side(sums.outside)


def per_pool(pools: Pools, nodes: Ints, weights: Floats | None = None) -> Floats:
    """Return the sum of the nodes' weights (their number where left out) by pool."""
    return np.bincount(pools.pool[nodes], weights=weights, minlength=pools.size).astype(np.float64)
