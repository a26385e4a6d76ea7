"""Which published figures add up to which: the sums a reader can undo to get at a withheld figure.

For one indicator and year, riket is the sum of the län, a län of its kommuner, a kommun of its stadsdelar and
of its units; and each of them is the sum of women and men. A *node* is one region or unit with its three
figures. Arrays over nodes have the node first; the last axis of counts is the sex, in the order T, K, M.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.disclosure.hierarchy import (
    AS_ENHET,
    AS_STADSDEL,
    IN_AREA,
    Bools,
    Floats,
    Ints,
    open_ended,
    order_to_withhold,
    parents,
)
from lagesbild.disclosure.primary import few
from lagesbild.observations.keys import key_numbers
from lagesbild.observations.schema import WITHHELD_REASON

#: Counts are whole; comparisons stand between the whole numbers.
HALF = 0.5

_SEXES = [sex.value for sex in Sex]
_KEY = ["indicator", "year", "level", "region", "unit"]


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Nodes and how they hang together; all arrays are over nodes.

    Parameters
    ----------
    series
        Number of the indicator and year; nothing reaches from one into another.
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
    nobody
        By node and sex: there is known to be nobody ("ej tillämplig", or a count of zero), which hides nothing.
    """

    series: Ints
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
    nobody: Bools

    @property
    def one_sex(self) -> Bools:
        """Nodes without women or without men: the other sex is the total, so neither can be withheld alone."""
        return np.asarray(self.nobody[:, 1:].any(axis=1))

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.parent)

    def part(self, nodes: Ints) -> Sums:
        """Return the sums of some series, given all nodes of those series (ascending)."""
        renamed = np.full(self.size + 1, -1, dtype=np.intp)  # the last stands for -1, no node
        renamed[nodes] = np.arange(len(nodes))
        arrays = {field.name: getattr(self, field.name)[nodes] for field in fields(self)}
        arrays |= {name: renamed[arrays[name]] for name in ("parent", "host")}
        return Sums(**arrays)


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The rows of the observations that the sums are made of.

    Parameters
    ----------
    rows
        Their positions.
    node, sex
        The node and the sex (0, 1, 2) of each.
    """

    rows: Ints
    node: Ints
    sex: Ints


def find_sums(observations: pd.DataFrame, counts: pd.DataFrame) -> tuple[Sums, Cells]:
    """Return the sums in a table, and which of its rows they are made of.

    Parameters
    ----------
    observations
        Raw observations; rows of kommungrupper take no part (see `complementary`).
    counts
        What `person_counts` returns for them.
    """
    withheld = observations["status"].eq(Status.SEKRETESS).to_numpy()
    takes_part = counts["threshold"].notna() & observations["level"].ne(Level.KOMMUNGRUPP)
    told_empty = observations["status"].eq(Status.EJ_TILLAMPLIG).to_numpy()
    rows = np.flatnonzero(takes_part & (observations["status"].eq(Status.OK).to_numpy() | withheld | told_empty))
    table = observations.iloc[rows]
    _, first, node = np.unique(key_numbers(table, _KEY), return_index=True, return_inverse=True)
    sex = pd.Index(_SEXES).get_indexer(pd.Index(table["sex"]))
    size = len(first)
    part = counts.iloc[rows]

    def by_node(values: pd.Series | Bools, empty: float | bool) -> Floats | Bools:
        cells = np.full((size, len(_SEXES)), empty)
        cells[node, sex] = np.asarray(values)
        return cells

    counted = by_node(part["counted"], False).astype(bool)
    secret = by_node(part["too_small"] | withheld[rows], False).astype(bool)
    nobody = by_node(told_empty[rows], False).astype(bool)
    inside = np.where(counted, by_node(part["inside"], 0.0), 0.0).astype(np.float64)
    outside = np.where(counted, by_node(part["outside"], 0.0), 0.0).astype(np.float64)
    threshold, floor = (part[name].to_numpy()[first] for name in ("threshold", "floor"))
    _complete_sexes(inside, outside, counted=counted, secret=secret, threshold=threshold, floor=floor)
    nobody |= counted & (inside + outside < HALF)
    nobody[:, 0] |= nobody[:, 1] & nobody[:, 2]
    places = table.iloc[first].reset_index(drop=True)
    level = places["level"].to_numpy()
    parent, host = parents(places, usable=(counted | secret).any(axis=1))
    way = np.where(host < 0, IN_AREA, np.where(level == Level.STADSDEL, AS_STADSDEL, AS_ENHET))
    unclear = np.asarray(by_node(_by_source(table), False).astype(bool).any(axis=1))
    sums = Sums(
        series=key_numbers(places, ["indicator", "year"]),
        parent=np.where(open_ended(parent, way, (inside, outside), threshold, unclear), -1, parent),
        host=host,
        way=way,
        order=order_to_withhold(places, inside[:, 0], outside[:, 0]),
        threshold=threshold,
        floor=floor,
        inside=inside,
        outside=outside,
        counted=counted,
        secret=secret,
        nobody=nobody,
    )
    figures = ~told_empty[rows]
    return sums, Cells(rows=rows[figures], node=node[figures], sex=sex[figures])


def _complete_sexes(
    inside: Floats, outside: Floats, *, counted: Bools, secret: Bools, threshold: Floats, floor: Floats
) -> None:
    """Fill in, in place, what follows from the other two of total, women and men as the source gave them.

    A sex that has no row of its own is still told by the total and the other sex, so it is secret where it is
    small. (Nobody at all is no secret: a unit for men has no women.)
    """
    both = ~counted[:, 0] & counted[:, 1] & counted[:, 2]
    for side in (inside, outside):
        side[both, 0] = side[both, 1] + side[both, 2]
    for sex, other in ((1, 2), (2, 1)):
        told = counted[:, 0] & counted[:, other] & ~counted[:, sex] & ~secret[:, sex]
        for side in (inside, outside):
            side[told, sex] = np.maximum(side[told, 0] - side[told, other], 0.0)
        small = few(inside[:, sex] + outside[:, sex], threshold)
        small |= few(inside[:, sex], floor) | few(outside[:, sex], floor)
        counted[told, sex] = True
        secret[:, sex] |= told & small


def _by_source(table: pd.DataFrame) -> Bools:
    """Return the rows that came in withheld, but not those that an earlier pass of the gate withheld."""
    withheld = table["status"].eq(Status.SEKRETESS)
    if WITHHELD_REASON in table:
        withheld &= table[WITHHELD_REASON].isin(["", "kalla"])
    return withheld.to_numpy(dtype=bool)
