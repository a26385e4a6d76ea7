"""Makes the sums of one indicator and year (see `lagesbild.disclosure.sum_table`) from its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.optimize import linprog

from lagesbild.catalogue.regions import RIKET
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.disclosure.arrays import Bools, Floats, Ints
from lagesbild.disclosure.sum_table import HALF, MEN, TOTAL, WOMEN, Place, Sum, SumTable


def sum_table(part: Mapping[str, Any], rows: Ints) -> SumTable:
    """Return the sums among the rows of one indicator and year.

    Parameters
    ----------
    part
        Arrays by name over its observations (level, region, unit, sex, status) and over what `person_counts`
        returns for them; without kommungrupper, which cut across the sums (see
        `lagesbild.disclosure.propagation`).
    rows
        Their positions in the whole table.
    """
    builder = _Builder(part, rows)
    builder.add_sexes()
    builder.add_places()
    return builder.build()


class _Builder:
    """Collects cells and sums."""

    def __init__(self, part: Mapping[str, Any], rows: Ints) -> None:
        self.threshold = float(part["threshold"][0])
        counted = part["counted"]
        secret = part["too_small"] | (part["status"] == Status.SEKRETESS.value)
        empty = part["status"] == Status.EJ_TILLAMPLIG.value
        keep = np.flatnonzero(counted | secret | empty)
        places = list(zip(*(part[name][keep].tolist() for name in ("level", "region", "unit")), strict=True))
        self.places: list[Place] = sorted(set(places))
        number = {place: node for node, place in enumerate(self.places)}
        self.row = rows[keep].tolist()
        self.node = [number[place] for place in places]
        sexes = {sex.value: position for position, sex in enumerate(Sex)}
        self.sex = [sexes[sex] for sex in part["sex"][keep].tolist()]
        self.secret = secret[keep].tolist()
        self.nobody = empty[keep].tolist()
        # NaN: withheld by the source, so that nobody here knows the count.
        values = np.stack([part["inside"][keep], part["outside"][keep]], axis=1)
        values[~counted[keep]] = np.nan
        values[empty[keep]] = 0.0
        self.values: list[list[float]] = values.tolist()
        self.parted = bool(part["parted"][0])
        self.whole = bool(part["whole"][0])
        self.at = {key: cell for cell, key in enumerate(zip(self.node, self.sex, strict=True))}
        self.sums: list[Sum] = []
        self.parent_sums: list[Sum] = []
        self.host = [-1] * len(self.places)
        self.outside: list[int] = []

    def add_sexes(self) -> None:
        """Add that women and men make up the total; where one of the three has no row, it follows."""
        for node in range(len(self.places)):
            have = [sex for sex in range(3) if (node, sex) in self.at]
            if len(have) == 2:
                missing = ({TOTAL, WOMEN, MEN} - set(have)).pop()
                first, second = (self.values[self.at[node, sex]] for sex in have)
                sign = 1.0 if missing == TOTAL else -1.0
                told = [
                    a + sign * b if missing == TOTAL else max(a - b, 0.0) for a, b in zip(first, second, strict=True)
                ]
                self._derive(node, missing, told)
            if len(have) >= 2:
                self.sums.append((self.at[node, TOTAL], (self.at[node, WOMEN], self.at[node, MEN])))

    def _derive(self, node: int, sex: int, values: list[float]) -> None:
        """Add a cell that has no row."""
        self.at[node, sex] = len(self.row)
        self.row.append(-1)
        self.node.append(node)
        self.sex.append(sex)
        self.secret.append(False)
        self.nobody.append(sum(values) < HALF)
        self.values.append(values)

    def add_places(self) -> None:
        """Add that areas are the sums of what lies in them."""
        places = {(level, region): node for node, (level, region, unit) in enumerate(self.places) if not unit}
        parts: dict[tuple[int, str], list[int]] = {}
        own_kommun = {region[:4] for level, region, _ in self.places if level == Level.STADSDEL}
        for node, (level, region, _) in enumerate(self.places):
            if level == Level.RIKE:
                continue
            host = -1
            if level == Level.ENHET:
                host = places.get((Level.STADSDEL, region), places.get((Level.KOMMUN, region[:4]), -1))
            elif level == Level.STADSDEL:
                host = places.get((Level.KOMMUN, region[:4]), -1)
            self.host[node] = host
            way = str(level) if host >= 0 else "area"
            if host < 0 and level == Level.ENHET and region[:4] in own_kommun:
                # Their kommun has no row, and its stadsdelar stand for it in the sum of the län.
                continue
            above = host
            if above < 0 and level != Level.LAN:
                above = places.get((Level.LAN, region[:2]), -1)
            if above < 0:
                above = places.get((Level.RIKE, RIKET), -1)
            if above >= 0:
                parts.setdefault((above, way), []).append(node)
        for (above, way), nodes in parts.items():
            found = {}
            for sex in range(3):
                cells = tuple(self.at[node, sex] for node in nodes if (node, sex) in self.at)
                if cells and (above, sex) in self.at:
                    found[sex] = (self.at[above, sex], cells)
            if way == Level.ENHET:
                self._add_rest(above, found)
            self.parent_sums += found.values()

    def _add_rest(self, host: int, found: dict[int, Sum]) -> None:
        """Add, in place, the persons of a kommun who are in none of its listed units, where there are any.

        Units seldom cover a kommun, and no reader knows how many are outside of them.
        """
        rests = {}
        for sex, (whole, cells) in found.items():
            rests[sex] = [self.values[whole][side] - sum(self.values[cell][side] for cell in cells) for side in (0, 1)]
        counts = [rest for both in rests.values() for rest in both]
        if not counts or not all(rest >= 0 for rest in counts) or sum(counts) < HALF:  # none, or it can't be known
            return
        node = len(self.places)
        self.places.append((Level.ENHET.value, self.places[host][1], ""))
        self.host.append(-1)
        for sex, (whole, cells) in found.items():
            self._derive(node, sex, rests[sex])
            # Nobody there today is no more known than somebody.
            self.nobody[-1] = self.nobody[whole]
            found[sex] = (whole, (*cells, self.at[node, sex]))
        if len(found) == 3:
            self.sums.append((self.at[node, TOTAL], (self.at[node, WOMEN], self.at[node, MEN])))
        self.outside.append(node)

    def _guess(self, values: Floats) -> None:
        """Fill in, in place, counts that the source withheld, so that they add up as far as they can."""
        all_sums = [*self.sums, *self.parent_sums]
        for side in range(2):
            unknown = np.flatnonzero(np.isnan(values[:, side]))
            number = {cell: position for position, cell in enumerate(unknown.tolist())}
            told = np.nan_to_num(values[:, side])
            rows, rest = [], []
            for whole, cells in all_sums:
                if whole not in number and not any(cell in number for cell in cells):
                    continue
                row = np.zeros(len(unknown))
                for cell, factor in ((whole, -1.0), *((cell, 1.0) for cell in cells)):
                    if cell in number:
                        row[number[cell]] = factor
                rows.append(row)
                rest.append(told[whole] - told[list(cells)].sum())
            values[unknown, side] = 0.0
            if rows:
                off = np.eye(len(rows))
                found = linprog(
                    np.concatenate([np.zeros(len(unknown)), np.ones(2 * len(rows))]),
                    A_eq=np.hstack([np.array(rows), off, -off]),
                    b_eq=np.array(rest),
                    method="highs",
                )
                values[unknown, side] = np.maximum(np.round(found.x[: len(unknown)], 6), 0.0)

    def build(self) -> SumTable:
        """Return the table."""
        values = np.array(self.values, dtype=np.float64).reshape(-1, 2)
        told: Bools = np.asarray(~np.isnan(values).any(axis=1))
        if np.isnan(values).any():
            self._guess(values)
        nobody = np.array(self.nobody, dtype=bool)
        all_sums = [*self.sums, *self.parent_sums]
        for _ in range(6):  # as deep as a unit's women lie below riket's total
            for whole, cells in all_sums:
                if nobody[whole]:
                    nobody[list(cells)] = True
                elif nobody[list(cells)].all() and told[whole] and values[whole].sum() < HALF:
                    nobody[whole] = True
        # A sum of which all but one cell are empty would tell that one whatever is withheld: nobody can know it.
        sums = tuple(one for one in all_sums if (~nobody[[one[0], *one[1]]]).sum() > 1)
        node = np.array(self.node, dtype=np.intp)
        depth = np.array([{Level.RIKE: 0, Level.LAN: 1}.get(Level(level), 2) for level, _, _ in self.places])
        row = np.array(self.row, dtype=np.intp)
        few = ((values < self.threshold - HALF) & [self.parted, self.whole]).any(axis=1)
        few |= values.sum(axis=1) < self.threshold - HALF
        needs = np.where(nobody | ((row < 0) & ~few) | np.isin(node, self.outside), 0.0, self.threshold)
        return SumTable(
            row=row,
            node=node,
            sex=np.array(self.sex, dtype=np.intp),
            depth=depth[node].astype(np.intp),
            host=np.array(self.host, dtype=np.intp)[node],
            sides=values.T.copy(),
            live=tuple(side for side, has in enumerate((self.parted, self.whole)) if has),
            secret=np.array(self.secret, dtype=bool),
            nobody=nobody,
            needs=needs,
            sums=sums,
        )
