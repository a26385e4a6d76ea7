"""How far women and men can change places within a pool without any published figure noticing.

A pool is a two-way table: rows whose totals a reader knows, columns of women and men whose sums a reader knows.
In such a table the women of a row span min(row, other rows, all women, all men) persons.
"""

from __future__ import annotations

import numpy as np

from lagesbild.disclosure.hierarchy import Bools, Floats, Ints
from lagesbild.disclosure.pools import TOTAL, WAYS, Pools, left_over
from lagesbild.disclosure.sums import HALF, Sums


def stiff(sums: Sums, pools: Pools, totals: Pools, women: tuple[Floats, Floats], men: tuple[Floats, Floats]) -> Bools:
    """Return pools where too few women can change places with men between rows of known totals.

    A row is a node with a published total, a pool of totals (of which only the sum is known), a whole län that is
    withheld for women and men, or a stadsdel or unit inside a node of the pool.
    """
    members = pools.members
    in_pool = pools.pool[members]
    own = totals.known[members]
    row = np.where(own, members, sums.size + totals.pool[members])
    (pool, row), first = np.unique(np.stack([in_pool, row]), axis=1, return_index=True)
    branch = pools.branch[members][first]
    # A län whose total is published is a row too, made of the rows inside it.
    whole = np.flatnonzero(totals.known[branch] & totals.is_sum[branch])
    lan, of_lan = np.unique(branch[whole], return_inverse=True)
    inner, pool_of_inner = _inside_pools(sums, pools, totals)
    pieces = np.concatenate([np.arange(len(pool)), whole, len(pool) + np.arange(len(inner))])
    rows_of = np.concatenate([np.arange(len(pool)), len(pool) + of_lan, len(pool) + len(lan) + np.arange(len(inner))])
    pool_of = np.concatenate([pool, np.zeros(len(lan), dtype=pool.dtype), pool_of_inner])
    pool_of[len(pool) + of_lan] = pool[whole]
    row = np.concatenate([row, inner])

    free = np.zeros(len(pool_of))
    fixed = np.zeros(len(pool_of), dtype=bool)
    sides = zip((sums.inside, sums.outside), left_over(sums, totals, TOTAL), women, men, strict=True)
    for persons, pooled, of_women, of_men in sides:
        own_row = row < sums.size
        node, shared = np.where(own_row, row, 0), np.where(own_row, 0, row - sums.size)
        piece = np.where(own_row, persons[node, TOTAL], pooled[shared])
        total = np.bincount(rows_of, weights=piece[pieces], minlength=len(pool_of))
        rest = (of_women + of_men)[pool_of] - total
        room = np.minimum(np.minimum(total, rest), np.minimum(of_women, of_men)[pool_of])
        room = np.maximum(room, 0.0)
        fixed |= (room < HALF) & (total > HALF)
        free += room
    too_few = fixed | (free < sums.threshold[pool_of // WAYS] - HALF)
    # One row alone is a pool of totals: inside it women move without a man moving back.
    too_few &= np.bincount(pool, minlength=pools.size)[pool_of] > 1
    found = np.zeros(pools.size, dtype=bool)
    found[pool_of[too_few]] = True
    return found


def _inside_pools(sums: Sums, pools: Pools, totals: Pools) -> tuple[Ints, Ints]:
    """Return stadsdelar and units with a published total inside the nodes of pools, and those pools."""
    inner = np.flatnonzero(pools.hidden & totals.known & (pools.pool < 0) & (sums.host >= 0))
    around = sums.host[inner]
    # A unit in a stadsdel in a kommun: the kommun is in the pool.
    around = np.where((pools.pool[around] < 0) & (sums.host[around] >= 0), sums.host[around], around)
    in_pool = pools.hidden[around] & (pools.pool[around] >= 0)
    return inner[in_pool], pools.pool[around[in_pool]]
