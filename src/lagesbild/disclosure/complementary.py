"""Complementary (secondary) suppression: withhold more, until nothing withheld follows by subtraction.

Of each node one of three things is published: total, women and men; the total alone; or nothing. (Of women and
men never one alone: the other would follow from the total.) So there are two systems of sums, the totals' and
the women's, of which the men's is the mirror. In each, the withheld nodes fall into *pools* whose sum a reader
knows (see `lagesbild.disclosure.pools`). A pool is safe when

- its nodes lie in at least two parts of its top, so that none of them is the difference (a node where nobody is,
  or only women or only men, is no cover: what it would hide is known from "ej tillämplig" and the total);
- its persons, and its women and men, reach the threshold, and those with and those without the attribute reach
  the floor (unless the published top has none at all): the pool's sum is as good as published; and
- women and men can change places freely enough. With published totals as rows and women and men as columns, the
  women of a row can be any number in a span of min(row, other rows, all women, all men) persons, taken for those
  with and those without the attribute; the two spans together must reach the threshold.

An unsafe pool gets another node, the smallest that is left. When none is left, its top is withheld too and the
pool joins one further up; above riket there is none. Each round only adds, so the rounds end.

Source: Gusfield, A graph theoretic approach to statistical data security, SIAM Journal on Computing 17 (1988):
in a graph of sums a withheld cell is exact just when no cycle runs through it. The tests attack the result by
linear programming.

What this doesn't see: sums over other indicators or years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lagesbild.disclosure.exchange import stiff
from lagesbild.disclosure.hierarchy import IN_AREA, Bools, Floats, Ints
from lagesbild.disclosure.pools import MEN, TOTAL, WAYS, WOMEN, Pools, left_over, sex_pools, total_pools
from lagesbild.disclosure.sums import HALF, Sums


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """What is withheld, by node: the total, and women and men."""

    total: Bools
    sexes: Bools


def first_withheld(sums: Sums) -> Withheld:
    """Return what is withheld before any sum over regions is looked at.

    Women or men withheld: both are, the total stays. The total withheld: all three are.
    """
    sexes: Bools = np.asarray(sums.secret.any(axis=1))
    # Where women and men are published without a total, or one of them is the total, the total goes with them.
    alone = ~sums.counted[:, TOTAL] | sums.one_sex
    return Withheld(total=sums.secret[:, TOTAL] | (sexes & alone), sexes=sexes)


def complementary_suppression(sums: Sums, start: Withheld) -> Withheld:
    """Return what must be withheld so that nothing of `start` follows from what remains.

    Parameters
    ----------
    sums
        How the figures add up.
    start
        What is withheld already.

    Returns
    -------
    Withheld
        All of `start` and more.
    """

    def totals(part: Sums, _: Ints, withheld: Bools) -> Bools:
        pools = total_pools(part, withheld)
        return withheld | _more(part, pools, withheld, *_unsafe_totals(part, pools))

    def women_and_men(part: Sums, nodes: Ints, withheld: Bools) -> Bools:
        more = withheld
        for sex in (WOMEN, MEN):
            pools = sex_pools(part, withheld, sex)
            unsafe = _unsafe_sexes(part, pools, total_pools(part, total[nodes]))
            more = more | _more(part, pools, withheld, *unsafe)
        return more

    # The totals don't depend on women and men, but where one sex is the total: there the total follows it.
    total = _settled(sums, start.total, totals)
    while True:
        sexes = _settled(sums, start.sexes | total, women_and_men)
        told = sums.one_sex & sexes & ~total
        if not told.any():
            return Withheld(total=total, sexes=sexes)
        total = _settled(sums, total | told, totals)


def _settled(sums: Sums, start: Bools, next_round: Callable[[Sums, Ints, Bools], Bools]) -> Bools:
    """Return what is withheld when no round adds anything; a series without change is left out of the next."""
    withheld = _downwards(sums, start)
    nodes = np.arange(sums.size)
    while len(nodes):
        part = sums.part(nodes)
        before = withheld[nodes]
        after = _downwards(part, next_round(part, nodes, before))
        withheld[nodes] = after
        nodes = nodes[np.isin(part.series, part.series[after != before])]
    return withheld


def _more(sums: Sums, pools: Pools, withheld: Bools, unsafe: Bools, lone: Ints) -> Bools:
    """Return what one round adds: a node to each unsafe pool, and a part to each withheld sum without one."""
    return _next_nodes(sums, pools, unsafe, lone) | _lost_parts(sums, pools, withheld)


def _downwards(sums: Sums, withheld: Bools) -> Bools:
    """Withhold the stadsdelar and units of what is withheld: their sum would tell it."""
    for _ in range(2):  # a unit in a stadsdel in a kommun
        withheld = withheld | ((sums.host >= 0) & withheld[sums.host])
    return withheld


def _branches(pools: Pools) -> tuple[Ints, Ints]:
    """Return how many parts of its top each pool has nodes in, and one of those parts."""
    members = pools.members
    pairs = np.unique(np.stack([pools.pool[members], pools.branch[members]]), axis=1)
    number = np.bincount(pairs[0], minlength=pools.size)
    one = np.full(pools.size, -1, dtype=np.intp)
    one[pairs[0]] = pairs[1]
    return number, one


def _few_in_pool(sums: Sums, pools: Pools, sex: int, left: tuple[Floats, Floats]) -> Bools:
    """Return which pools tell of too few persons of a sex (0 the total), with or without the attribute."""
    top = np.repeat(np.arange(sums.size), WAYS)
    few = left[0] + left[1] < sums.threshold[top] - HALF
    for persons, published in zip(left, (sums.inside, sums.outside), strict=True):
        few |= (persons < sums.floor[top] - HALF) & (published[top, sex] > HALF)
    return few


def _unsafe_totals(sums: Sums, pools: Pools) -> tuple[Bools, Ints]:
    """Return which pools of totals are unsafe, and the one branch of those that lie in one only (else -1)."""
    number, one = _branches(pools)
    unsafe = (number == 1) | _few_in_pool(sums, pools, TOTAL, left_over(sums, pools, TOTAL))
    return unsafe & (number > 0), np.where(number == 1, one, -1)


def _unsafe_sexes(sums: Sums, pools: Pools, totals: Pools) -> tuple[Bools, Ints]:
    """Return the same for women and men, given the pools of the totals."""
    number, one = _branches(pools)
    women, men = left_over(sums, pools, WOMEN), left_over(sums, pools, MEN)
    unsafe = (number == 1) | _few_in_pool(sums, pools, WOMEN, women) | _few_in_pool(sums, pools, MEN, men)
    unsafe |= stiff(sums, pools, totals, women, men)
    return unsafe & (number > 0), np.where(number == 1, one, -1)


def _next_nodes(sums: Sums, pools: Pools, unsafe: Bools, lone: Ints) -> Bools:
    """Return the next node of each unsafe pool to withhold: the first in order, or its top if none is left."""
    chosen = np.zeros(sums.size, dtype=bool)
    fits = pools.known & ~pools.closed & (pools.pool >= 0)
    fits &= unsafe[pools.pool] & (lone[pools.pool] != pools.branch)
    candidates = np.flatnonzero(fits)
    candidates = candidates[np.argsort(sums.order[candidates], kind="stable")]
    helped, first = np.unique(pools.pool[candidates], return_index=True)
    chosen[candidates[first]] = True
    chosen[np.setdiff1d(np.flatnonzero(unsafe), helped) // WAYS] = True
    return chosen


def _lost_parts(sums: Sums, pools: Pools, withheld: Bools) -> Bools:
    """Return a part to withhold of each withheld sum (län, riket) whose parts are all published."""
    chosen = np.zeros(sums.size, dtype=bool)
    part = (sums.way == IN_AREA) & (sums.parent >= 0)
    hides = np.zeros(sums.size, dtype=bool)
    hides[sums.parent[part & (pools.hidden | (withheld & pools.is_sum))]] = True
    exposed = withheld & pools.is_sum & ~hides
    # A part of women only, or of men only, is the last resort: its total goes with it.
    candidates = np.flatnonzero(part & pools.known & ~pools.empty & exposed[sums.parent])
    candidates = candidates[np.lexsort((sums.order[candidates], pools.closed[candidates]))]
    _, first = np.unique(sums.parent[candidates], return_index=True)
    chosen[candidates[first]] = True
    return chosen
