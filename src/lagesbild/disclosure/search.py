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
#: Systems that have nothing in common are audited together up to so many cells: a call has its own cost.
_TOGETHER = 32
#: Withholding riket costs this many times its persons, a län this many.
_DEAR = np.array([1000, 20, 1])


class Search:
    """One table and what was found out about it."""

    def __init__(self, table: SumTable, folder: Path) -> None:
        self.table = table
        self.folder = folder
        self.terms = [[(whole, -1), *((cell, 1) for cell in cells)] for whole, cells in table.sums]
        # Of each cell: the sums it takes part in, where and how. Most systems are a few cells; lists are faster there.
        self.places: list[list[tuple[int, int, int]]] = [[] for _ in range(table.size)]
        for number, terms in enumerate(self.terms):
            for position, (cell, factor) in enumerate(terms):
                self.places[cell].append((number, position, factor))
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
            parts = self._connected(np.flatnonzero(hidden))
            for part, narrow in zip(parts, self._narrow(parts, side, sure, helpful), strict=True):
                if len(narrow):
                    more = self._suppress(part, narrow, now, side)
                    found = more if found is None else found | more
        return found

    def _connected(self, cells: Ints) -> list[Ints]:
        """Return cells by connected part: cells that have sums in common."""
        listed = cells.tolist()
        left = set(listed)
        reached: set[int] = set()
        parts = []
        for first in listed:
            if first not in left:
                continue
            left.remove(first)
            part, new = [first], [first]
            while new:
                for number, _, _ in self.places[new.pop()]:
                    if number in reached:
                        continue
                    reached.add(number)
                    more = [cell for cell, _ in self.terms[number] if cell in left]
                    left.difference_update(more)
                    part += more
                    new += more
            parts.append(np.array(sorted(part), dtype=np.intp))
        return parts

    def _system(self, cells: Ints, side: int, start: int = 0) -> list[tuple[float, list[tuple[int, int]]]]:
        """Return the sums that the cells, numbered from `start`, take part in, all other cells being known."""
        counts = self.table.sides[side, cells].tolist()
        touched: dict[int, list[tuple[int, int, int, float]]] = {}
        for name, (cell, count) in enumerate(zip(cells.tolist(), counts, strict=True), start):
            for number, position, factor in self.places[cell]:
                touched.setdefault(number, []).append((position, name, factor, count))
        system = []
        for number in sorted(touched):
            terms = sorted(touched[number])
            constant = sum(factor * count for _, _, factor, count in terms)
            system.append((constant, [(name, factor) for _, name, factor, _ in terms]))
        return system

    def _narrow(self, parts: list[Ints], side: int, sure: Bools, helpful: Bools) -> list[Ints]:
        """Return of each part the cells whose count can be known too closely."""
        asked = [part[(self.table.needs[part] > 0) & ~sure[part]] for part in parts]
        keys = [(side, part.tobytes()) for part in parts]
        doubtful = [one for one in range(len(parts)) if len(asked[one]) and keys[one] not in self.clean]
        # First with what is sure taken as known: what is open wide enough then, is so all the more.
        few = {one: parts[one][~sure[parts[one]] | helpful[parts[one]]] for one in doubtful}
        smaller = [one for one in doubtful if len(few[one]) < _MUCH_SMALLER * len(parts[one])]
        first = self._audited([(few[one], asked[one]) for one in smaller], side)
        passed = {one for one, narrow in zip(smaller, first, strict=True) if not len(narrow)}
        rest = [one for one in doubtful if one not in passed]
        found = [part[:0] for part in parts]
        for one, narrow in zip(rest, self._audited([(parts[one], asked[one]) for one in rest], side), strict=True):
            found[one] = narrow
        self.clean.update(keys[one] for one in doubtful if not len(found[one]))
        return found

    def _audited(self, questions: list[tuple[Ints, Ints]], side: int) -> list[Ints]:
        """Return, for each part with the cells asked for, those that tau-ARGUS's audit finds too narrow."""
        systems = [
            (number, cells, wanted)
            for number, (part, asked) in enumerate(questions)
            for cells in self._connected(part)
            if len(wanted := np.flatnonzero(np.isin(cells, asked)))
        ]
        found: list[list[Ints]] = [[] for _ in questions]
        together: list[tuple[int, Ints, Ints]] = []
        for system in [*systems, None]:
            if together and (system is None or sum(len(one[1]) for one in [*together, system]) > _TOGETHER):
                for number, narrow in self._audit(together, side):
                    found[number].append(narrow)
                together = []
            together += [system] if system else []
        return [
            np.concatenate(narrow) if narrow else part[:0] for narrow, (part, _) in zip(found, questions, strict=True)
        ]

    def _audit(self, systems: list[tuple[int, Ints, Ints]], side: int) -> Iterable[tuple[int, Ints]]:
        """Bound the counts of systems that have nothing in common by one audit; return each's cells too narrow."""
        given: list[tauargus.Cell] = []
        sums, starts = [], []
        for _, cells, _ in systems:
            starts.append(len(given))
            sums += self._system(cells, side, len(given))
            counts = self.table.sides[side, cells].tolist()
            given += [tauargus.Cell(value=value, cost=1, withheld=True) for value in counts]
        if not sums:
            return
        bounds = tauargus.audit(given, sums, self.folder)
        for start, (number, cells, wanted) in zip(starts, systems, strict=True):
            # A cell in no sum isn't in the answer: nothing is known of it.
            known = [bounds.get(start + i) for i in wanted.tolist()]
            width = np.array([np.inf if one is None else one[1] - one[0] for one in known])
            yield number, cells[wanted][width < self.table.needs[cells[wanted]] - HALF / 10]

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
