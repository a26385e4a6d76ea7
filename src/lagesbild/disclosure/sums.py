"""Which published figures add up to which: the sums a reader can undo to get at a withheld figure.

For one indicator and year, riket is the sum of the län, a län of its kommuner, a kommun of its stadsdelar and
of its units; and each of them is the sum of women and men. A *node* is one region or unit with its three
figures. Arrays over nodes have the node first; the last axis of counts is the sex, in the order T, K, M.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.regions import RIKET
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.observations.keys import key_numbers

Ints = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: How a node hangs under the one it is a part of; each way is a sum of its own.
IN_AREA, AS_STADSDEL, AS_ENHET = 0, 1, 2

_SEXES = [sex.value for sex in Sex]
_KEY = ["indicator", "year", "level", "region", "unit"]


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The nodes of all indicators and years and how they hang together.

    Parameters
    ----------
    node, sex
        For each row that the sums are made of: its node and its sex (0, 1, 2).
    rows
        The positions of those rows in the observations.
    parent
        The node whose sum a node is counted in, -1 where none is published.
    host
        The kommun or stadsdel a stadsdel or unit lies in, -1 elsewhere; a withheld host withholds it.
    way
        `IN_AREA`, `AS_STADSDEL` or `AS_ENHET`.
    order
        Rank of a node as the next one to withhold: kommuner before län, such with persons both inside and
        outside the attribute before others, small before large, then by code.
    threshold, floor
        As `person_counts` gives them.
    inside, outside
        Persons by node and sex, zero where not counted.
    counted, secret
        By node and sex: published by the source with counts; withheld by the source or by the primary rule.
    """

    node: Ints
    sex: Ints
    rows: Ints
    parent: Ints
    host: Ints
    way: Ints
    order: Ints
    threshold: Floats
    floor: Floats
    inside: Floats
    outside: Floats
    counted: Bools
    secret: Bools

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.parent)


def find_sums(observations: pd.DataFrame, counts: pd.DataFrame) -> Sums:
    """Return the sums in a table.

    Parameters
    ----------
    observations
        Raw observations; rows of kommungrupper take no part (see `complementary`).
    counts
        What `person_counts` returns for them.
    """
    withheld = observations["status"].eq(Status.SEKRETESS).to_numpy()
    takes_part = counts["threshold"].notna() & observations["level"].ne(Level.KOMMUNGRUPP)
    rows = np.flatnonzero(takes_part & (observations["status"].eq(Status.OK).to_numpy() | withheld))
    table = observations.iloc[rows]
    _, first, node = np.unique(key_numbers(table, _KEY), return_index=True, return_inverse=True)
    sex = pd.Index(_SEXES).get_indexer(pd.Index(table["sex"]))
    size = len(first)
    part = counts.iloc[rows]

    def by_node(values: pd.Series | Bools, empty: float | bool) -> npt.NDArray[np.generic]:
        cells = np.full((size, len(_SEXES)), empty)
        cells[node, sex] = np.asarray(values)
        return cells

    counted = by_node(part["counted"], False).astype(bool)
    secret = by_node(part["too_small"] | withheld[rows], False).astype(bool)
    inside = np.where(counted, by_node(part["inside"], 0.0), 0.0).astype(np.float64)
    outside = np.where(counted, by_node(part["outside"], 0.0), 0.0).astype(np.float64)
    # A total that isn't there is what women and men make up, where both are.
    both = ~counted[:, 0] & counted[:, 1] & counted[:, 2]
    for side in (inside, outside):
        side[both, 0] = side[both, 1] + side[both, 2]
    places = table.iloc[first].reset_index(drop=True)
    level = places["level"].to_numpy()
    parent, host = _parents(places, usable=(counted | secret).any(axis=1))
    way = np.select([level == Level.STADSDEL, level == Level.ENHET], [AS_STADSDEL, AS_ENHET], IN_AREA)
    threshold = part["threshold"].to_numpy()[first]
    mass = inside[:, 0] + outside[:, 0]
    return Sums(
        node=node,
        sex=sex,
        rows=rows,
        parent=np.where(_open_ended(parent, way, mass, threshold), -1, parent),
        host=host,
        way=way,
        order=_order(places, inside[:, 0], outside[:, 0]),
        threshold=threshold,
        floor=part["floor"].to_numpy()[first],
        inside=inside,
        outside=outside,
        counted=counted,
        secret=secret,
    )


def _parents(places: pd.DataFrame, *, usable: Bools) -> tuple[Ints, Ints]:
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

    kommun, unit = level.eq(Level.KOMMUN), level.eq(Level.ENHET)
    riket = pd.Series(RIKET, index=region.index)
    above = first_of(
        look_up(region.str[:2], kommun),
        look_up(riket, kommun | level.eq(Level.LAN)),
    )
    host = first_of(
        look_up(region, unit),
        look_up(region.str[:4], unit | level.eq(Level.STADSDEL)),
    )
    return first_of(above, host), host


def _open_ended(parent: Ints, way: Ints, mass: Floats, threshold: Floats) -> Bools:
    """Return units in whose kommun there are persons enough outside all listed units.

    Units seldom cover a kommun. Where the rest has at least the threshold, it hides what a withheld unit has;
    where it hasn't, the units are treated as if they made up the kommun.
    """
    unit = (way == AS_ENHET) & (parent >= 0)
    listed = np.bincount(parent[unit], weights=mass[unit], minlength=len(parent))
    rest = mass - listed
    return np.asarray(unit & (rest[parent] >= threshold))


def _order(places: pd.DataFrame, inside: Floats, outside: Floats) -> Ints:
    """Return each node's rank as the next to withhold, by place in the whole table and not by row order."""
    codes = key_numbers(places, ["region", "unit"])
    is_lan = places["level"].eq(Level.LAN).to_numpy()
    one_sided = (inside <= 0) | (outside <= 0)
    ranked = np.lexsort((codes, inside + outside, one_sided, is_lan))
    order = np.empty(len(places), dtype=np.intp)
    order[ranked] = np.arange(len(places))
    return order
