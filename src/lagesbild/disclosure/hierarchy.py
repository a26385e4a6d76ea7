"""Where a region or unit stands: what it is a part of, and when it is taken along in suppression."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.regions import RIKET
from lagesbild.catalogue.vocabulary import Level
from lagesbild.observations.keys import key_numbers

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: How a node hangs under the one it is a part of; each way is a sum of its own.
IN_AREA, AS_STADSDEL, AS_ENHET = 0, 1, 2


def parents(places: pd.DataFrame, *, usable: Bools) -> tuple[Ints, Ints]:
    """Return for each node the nearest one above it, and the kommun or stadsdel it lies in; -1 where none."""
    level, region = places["level"], places["region"]
    series = key_numbers(places, ["indicator", "year"])
    regions = pd.Index(region.unique()).append(pd.Index([RIKET])).unique()
    numbers = series * len(regions) + regions.get_indexer(region)
    can_be_above = np.flatnonzero(usable & level.ne(Level.ENHET).to_numpy())
    index = pd.Index(numbers[can_be_above])

    def look_up(codes: pd.Series, mask: pd.Series) -> Ints:
        place = regions.get_indexer(codes)
        found = index.get_indexer(np.where(place < 0, -1, series * len(regions) + place))
        return np.where(mask.to_numpy() & (found >= 0), can_be_above[found] if len(index) else -1, -1)

    def first_of(*found: Ints) -> Ints:
        best = found[0]
        for other in found[1:]:
            best = np.where(best < 0, other, best)
        return best

    unit, stadsdel = level.eq(Level.ENHET), level.eq(Level.STADSDEL)
    below_lan = unit | stadsdel | level.eq(Level.KOMMUN)
    riket = pd.Series(RIKET, index=region.index)
    host = first_of(look_up(region, unit), look_up(region.str[:4], unit | stadsdel))
    # Units and stadsdelar whose kommun isn't in the table stand for it in the sum of the län.
    above = first_of(look_up(region.str[:2], below_lan), look_up(riket, below_lan | level.eq(Level.LAN)))
    return first_of(host, above), host


def open_ended(parent: Ints, way: Ints, sides: tuple[Floats, Floats], threshold: Floats, unclear: Bools) -> Bools:
    """Return units in whose kommun there are persons enough outside all listed units.

    Units seldom cover a kommun. Where the rest has at least the threshold of persons of every sort (women and
    men, with and without the attribute) that the kommun has any of, it hides what a withheld unit has. Where it
    hasn't, or can't be known because the source withheld a unit itself (`unclear`), the units are treated as if
    they made up the kommun.
    """
    unit = np.flatnonzero((way == AS_ENHET) & (parent >= 0))
    hides = np.ones(len(parent), dtype=bool)
    for persons in sides:
        rest = persons.copy()
        np.subtract.at(rest, parent[unit], persons[unit])
        hides &= ((rest >= threshold[:, None]) | (persons == 0)).all(axis=1)
    hides[parent[unit[unclear[unit]]]] = False
    is_open = np.zeros(len(parent), dtype=bool)
    is_open[unit] = hides[parent[unit]]
    return is_open


def order_to_withhold(places: pd.DataFrame, inside: Floats, outside: Floats) -> Ints:
    """Return each node's rank as the next to withhold, by place in the whole table and not by row order."""
    codes = key_numbers(places, ["region", "unit"])
    is_lan = places["level"].eq(Level.LAN).to_numpy()
    one_sided = (inside <= 0) | (outside <= 0)
    ranked = np.lexsort((codes, inside + outside, one_sided, is_lan))
    order = np.empty(len(places), dtype=np.intp)
    order[ranked] = np.arange(len(places))
    return order
