"""One table's audit and suppression by tau-ARGUS, part by part (see `lagesbild.disclosure.secondary`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lagesbild.disclosure import tauargus
from lagesbild.disclosure.arrays import Bools, Ints
from lagesbild.disclosure.certain import certain, siblings
from lagesbild.disclosure.sum_table import HALF, MEN, TOTAL, WOMEN, SumTable

#: A smaller audit is tried first where it leaves out at least a fifth of the cells.
_MUCH_SMALLER = 0.8
#: Withholding riket costs this many times its persons, a län this many.
_DEAR = np.array([1000, 20, 1])


class Search:
    """One table and what was found out about it."""

    def __init__(self, table: SumTable, folder: Path) -> None:
        self.table = table
        self.folder = folder
        self.terms = [[(whole, -1), *((cell, 1) for cell in cells)] for whole, cells in table.sums]
        entries = [(number, cell) for number, terms in enumerate(self.terms) for cell, _ in terms]
        pairs = np.array(entries, dtype=np.intp).reshape(-1, 2)
        self.incidence = coo_array(
            (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(self.terms), table.size)
        ).tocsr()
        self.unlisted = (table.row < 0) & ~table.nobody
        # Sides may differ from what adds up; sums then hold with their difference, so costs alone are rounded.
        people = table.sides.sum(axis=0)
        dear = _DEAR[table.depth] * np.where(table.sex == TOTAL, 2, 1)
        self.cost = np.maximum(1, np.ceil(people * dear)).astype(int)
        self.clean: set[tuple[int, bytes]] = set()
        self.siblings = siblings(table)
        at = table.at
        self.trios = [
            (at[node, TOTAL], at[node, WOMEN], at[node, MEN])
            for node in dict.fromkeys(table.node.tolist())
            if all((node, sex) in at for sex in range(3))
        ]
        self.inner = np.flatnonzero(table.host >= 0)
        nodes = int(table.node.max(initial=0)) + 1
        self.cell_of = np.full((nodes, 3), -1, dtype=np.intp)
        self.cell_of[table.node, table.sex] = np.arange(table.size)

    def closed(self, withheld: Bools) -> Bools:
        """Withhold what follows from what is withheld at a glance."""
        table = self.table
        withheld = withheld & (table.row >= 0) & ~table.nobody
        for _ in range(3):  # a unit in a stadsdel in a kommun
            for total, women, men in self.trios:
                if withheld[total] or not (withheld[women] or withheld[men]):
                    continue
                if table.nobody[women] or table.nobody[men]:  # the other is the total
                    withheld[total] = table.row[total] >= 0
                elif table.row[total] >= 0:
                    withheld[[cell for cell in (women, men) if table.row[cell] >= 0]] = True
            if len(self.inner):
                around = self.cell_of[table.host[self.inner], table.sex[self.inner]]
                total = self.cell_of[table.host[self.inner], TOTAL]
                gone = ((around >= 0) & withheld[around]) | ((total >= 0) & withheld[total])
                withheld[self.inner[gone]] = True
        return withheld & (table.row >= 0) & ~table.nobody

    def round(self, withheld: Bools) -> Bools | None:
        """Return what to withhold besides, None where everything is safe."""
        found: Bools | None = None
        for side in self.table.live:
            now = withheld if found is None else self.closed(withheld | found)
            hidden = now | self.unlisted
            sure, helpful = certain(self.table, self.siblings, hidden, self.table.sides[side])
            for part in self._parts(hidden):
                narrow = self._narrow(part, side, sure, helpful)
                if len(narrow):
                    more = self._suppress(part, narrow, now, side)
                    found = more if found is None else found | more
        return found

    def _parts(self, hidden: Bools) -> list[Ints]:
        """Return the connected parts of what is hidden: cells that have sums in common."""
        return self._connected(np.flatnonzero(hidden))

    def _connected(self, cells: Ints) -> list[Ints]:
        """Return cells by connected part."""
        if not len(cells):
            return []
        inside = self.incidence[:, cells]
        number, label = connected_components(inside.T @ inside, directed=False)
        order = np.argsort(label, kind="stable")
        return np.split(cells[order], np.searchsorted(label[order], np.arange(1, number)))

    def _system(self, cells: Ints, side: int) -> list[tuple[float, list[tuple[int, int]]]]:
        """Return the sums that the cells take part in, all other cells being known."""
        number = {cell: position for position, cell in enumerate(cells.tolist())}
        touched = np.flatnonzero(np.diff(self.incidence[:, cells].indptr))
        system = []
        for one in touched.tolist():
            terms = [(number[cell], factor) for cell, factor in self.terms[one] if cell in number]
            constant = sum(factor * self.table.sides[side, cell] for cell, factor in self.terms[one] if cell in number)
            system.append((constant, terms))
        return system

    def _narrow(self, part: Ints, side: int, sure: Bools, helpful: Bools) -> Ints:
        """Return the cells of a part whose count can be known too closely."""
        asked = part[(self.table.needs[part] > 0) & ~sure[part]]
        if not len(asked) or (side, part.tobytes()) in self.clean:
            return part[:0]
        # First with what is sure taken as known: what is open wide enough then, is so all the more.
        few = part[~sure[part] | helpful[part]]
        if len(few) < _MUCH_SMALLER * len(part) and not len(self._audited(few, asked, side)):
            narrow = part[:0]
        else:
            narrow = self._audited(part, asked, side)
        if not len(narrow):
            self.clean.add((side, part.tobytes()))
        return narrow

    def _audited(self, part: Ints, asked: Ints, side: int) -> Ints:
        """Return those of the cells asked for that tau-ARGUS's audit finds too narrow."""
        found = []
        for cells in self._connected(part):
            system = self._system(cells, side)
            wanted = np.flatnonzero(np.isin(cells, asked))
            if not system or not len(wanted):
                continue
            given = [
                tauargus.Cell(value=value, cost=1, withheld=True) for value in self.table.sides[side, cells].tolist()
            ]
            bounds = tauargus.audit(given, system, self.folder)
            # A cell in no sum isn't in the answer: nothing is known of it.
            width = [bounds[i][1] - bounds[i][0] if i in bounds else np.inf for i in wanted.tolist()]
            found.append(cells[wanted][np.array(width) < self.table.needs[cells[wanted]] - HALF / 10])
        return np.concatenate(found) if found else part[:0]

    def _suppress(self, part: Ints, narrow: Ints, withheld: Bools, side: int) -> Bools:
        """Return what tau-ARGUS withholds to open what is narrow."""
        table = self.table
        free = (table.row >= 0) & ~withheld & ~table.nobody
        for candidates in self._candidates(part, narrow, free):
            hidden = np.flatnonzero(withheld | self.unlisted)
            cells = np.concatenate([hidden, candidates])
            cells = self._reached(cells, narrow)
            wide = np.isin(cells, narrow)
            is_hidden = withheld | self.unlisted
            given = [
                tauargus.Cell(
                    value=float(table.sides[side, cell]),
                    cost=int(self.cost[cell]),
                    withheld=bool(is_hidden[cell]),
                    wide=float(table.needs[cell]) if needs else 0.0,
                )
                for cell, needs in zip(cells.tolist(), wide.tolist(), strict=True)
            ]
            chosen = tauargus.suppress(given, self._system(cells, side), self.folder)
            if chosen:
                more = np.zeros(table.size, dtype=bool)
                more[cells[chosen]] = True
                return more
        more = np.zeros(table.size, dtype=bool)
        more[free] = True
        return more

    def _reached(self, cells: Ints, narrow: Ints) -> Ints:
        """Return the cells that hang together with what is narrow."""
        inside = self.incidence[:, cells]
        _, label = connected_components(inside.T @ inside, directed=False)
        return cells[np.isin(label, label[np.isin(cells, narrow)])]

    def _candidates(self, part: Ints, narrow: Ints, free: Bools) -> Iterable[Ints]:
        """Return sets of cells that may be withheld too, each wider than the one before; riket comes last."""
        table = self.table
        below = free & (table.depth > 0)
        near = np.zeros(table.size, dtype=bool)
        near[part] = True
        sums = np.flatnonzero(np.diff(self.incidence[:, narrow].indptr))
        near[self.incidence[sums].indices] = True
        yield self._of_nodes(table.node[near], below)
        for _ in range(2):  # from a län to other län, and to their kommuner
            sums = np.flatnonzero(np.diff(self.incidence[:, np.flatnonzero(near)].indptr))
            near[self.incidence[sums].indices] = True
        yield self._of_nodes(table.node[near], below)
        yield np.flatnonzero(below)
        yield np.flatnonzero(free)

    def _of_nodes(self, nodes: Ints, free: Bools) -> Ints:
        """Return the free cells of places, the total too."""
        return np.flatnonzero(np.isin(self.table.node, nodes) & free)
