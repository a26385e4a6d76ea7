"""Withheld counts that a closed formula shows to be open wide enough, so that no program has to bound them.

Among the places that make up one sum, those with women and men withheld form a two-way table. Where their totals
are known, the women of place *i* lie between max(0, total of i - all men) and min(total of i, all women): the
bounds of Fréchet and Hoeffding, which are sharp. Where totals are withheld too, the women of a place can be
anything from none to all women of such places, and so can the men. Everything outside the sum is taken as known,
which only makes the bounds narrower; so what is certain here would pass tau-ARGUS's audit too.
"""

from __future__ import annotations

import numpy as np

from lagesbild.disclosure.arrays import Bools, Floats, Ints
from lagesbild.disclosure.sum_table import MEN, TOTAL, WOMEN, SumTable

#: So many places of each sum stay open to whatever the formula leaves to the audit.
_OPEN_PLACES = 4


def siblings(table: SumTable) -> list[Ints]:
    """Return, of each sum, the places that are no sums themselves: their cells, shape (places, sexes)."""
    at = table.at
    # Every total is the sum of women and men; here it is sums of other places that count.
    of_places = [(whole, cells) for whole, cells in table.sums if table.node[whole] != table.node[cells[0]]]
    own_sum = {whole for whole, _ in of_places}
    above = {cell: int(table.node[whole]) for whole, cells in of_places for cell in cells}
    found = []
    for whole, cells in of_places:
        if table.sex[whole] != WOMEN:
            continue
        trios = []
        for women in cells:
            node = int(table.node[women])
            men, total = at.get((node, MEN)), at.get((node, TOTAL))
            if men is None or total is None or own_sum & {women, men, total} or table.nobody[[women, men, total]].any():
                continue
            if above.get(men) == above.get(total, table.node[whole]) == int(table.node[whole]):
                trios.append((total, women, men))
        if len(trios) > 1:
            found.append(np.array(trios, dtype=np.intp))
    return found


def certain(table: SumTable, groups: list[Ints], hidden: Bools, counts: Floats) -> tuple[Bools, Bools]:
    """Return which hidden cells are open wide enough, and which of them should stay open for others.

    Parameters
    ----------
    table, groups
        The cells, and what `siblings` returns for them.
    hidden
        Cells that aren't known.
    counts
        The counts of one side, by cell.
    """
    sure, helpful = np.zeros(table.size, dtype=bool), np.zeros(table.size, dtype=bool)
    for group in groups:
        gone = hidden[group]
        both = gone[:, WOMEN] & gone[:, MEN]
        if both.sum() < 2:
            continue
        cells = group[both]
        total, women, men = counts[cells].T
        # Sums may be off by what didn't add up; then the two sexes are the total that counts.
        total = women + men
        least, most = np.maximum(0.0, total - men.sum()), np.minimum(total, women.sum())
        width = np.repeat((most - least)[:, None], 3, axis=1)
        width[:, TOTAL] = 0.0
        whole = gone[both, TOTAL]
        if whole.sum() > 1:
            width[whole, WOMEN] = np.maximum(width[whole, WOMEN], women[whole].sum())
            width[whole, MEN] = np.maximum(width[whole, MEN], men[whole].sum())
            width[whole, TOTAL] = (women + men)[whole].sum()
        ok = (width >= table.needs[cells]) & hidden[cells]
        sure[cells[ok]] = True
        if whole.any():
            largest = np.argsort(-np.where(whole, np.minimum(women, men), -1.0), kind="stable")[:_OPEN_PLACES]
        else:
            largest = np.argsort(-np.minimum(women, men), kind="stable")[:_OPEN_PLACES]
        helpful[cells[largest]] = True
    return sure, helpful & hidden
