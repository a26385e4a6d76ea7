"""Secondary suppression: withhold more, until no withheld count can be worked out too closely.

For each side of the counts (see `lagesbild.disclosure.sum_table`) a round

1. audits what is withheld: tau-ARGUS bounds every withheld count from all that is published. What is published
   is a constant there, so each connected part of what is withheld is audited by itself, to the same result;
2. has tau-ARGUS withhold more, at the lowest cost, for the parts in which a count is too narrow. It may choose
   among the neighbours first (places with a sum in common), then in further län, then among all cells. That
   loses nothing but perhaps a cheaper choice far away, for the next round audits whatever was chosen.

Rounds end when both sides are clean. A table that isn't after `ROUNDS` is withheld whole.

Own code stands where tau-ARGUS has no say: women and men are withheld together where the total is published
(one of them would tell the other), and with a kommun its stadsdelar and units.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lagesbild.disclosure import tauargus
from lagesbild.disclosure.arrays import Bools
from lagesbild.disclosure.search import Search
from lagesbild.disclosure.sum_table import SumTable
from lagesbild.shared_work import in_processes

#: Rounds of audit and suppression before a table is withheld whole.
ROUNDS = 25
#: So many tables are protected in this process; more are shared among processes.
FEW_TABLES = 8


@dataclass(frozen=True, kw_only=True)
class Protected:
    """What is withheld in a table and by which step; arrays are over its cells.

    Parameters
    ----------
    withheld
        All that is withheld.
    secondary, by_audit
        What the first suppression added, and what the audits after it added.
    gave_up
        Whether the table is withheld whole because the rounds ended in vain.
    """

    withheld: Bools
    secondary: Bools
    by_audit: Bools
    gave_up: bool


def protect_all(tables: Sequence[SumTable], *, jobs: int = 2) -> list[Protected]:
    """Protect each table; the same tables give the same answer, however many processes share them."""
    if len(tables) <= FEW_TABLES or jobs == 1:
        return _protect_some(tables)
    # The largest first, and in small portions, so that no process is left with all the work.
    order = np.argsort([-one.size for one in tables], kind="stable")
    portions = [order[start :: max(len(order) // 4, 1)] for start in range(max(len(order) // 4, 1))]
    with warnings.catch_warnings():
        # The audit keeps some memory at each call; joblib then starts a fresh process between two portions.
        warnings.filterwarnings("ignore", message="A worker stopped while some jobs were given to the executor")
        found = in_processes(_protect_some, (([tables[i] for i in portion],) for portion in portions), jobs=jobs)
    result: dict[int, Protected] = {}
    for portion, answers in zip(portions, found, strict=True):
        result |= dict(zip(portion.tolist(), answers, strict=True))
    return [result[i] for i in range(len(tables))]


def _protect_some(tables: Iterable[SumTable]) -> list[Protected]:
    """Protect some tables in this process."""
    with tauargus.private_folder() as folder:
        return [protect(one, folder) for one in tables]


def protect(table: SumTable, folder: Path) -> Protected:
    """Return what must be withheld so that nothing withheld can be known too closely.

    Parameters
    ----------
    table
        The cells and their sums.
    folder
        A private one, and the current one.
    """
    work = Search(table, folder)
    start = work.closed(table.secret)
    first, withheld = start, start
    for number in range(ROUNDS):
        more = work.round(withheld)
        if more is None:
            return Protected(
                withheld=withheld, secondary=first & ~table.secret, by_audit=withheld & ~first, gave_up=False
            )
        before, withheld = withheld, work.closed(withheld | more)
        if number == 0:
            first = withheld
        if (withheld == before).all():  # nothing is left to withhold
            break
    everything = table.row >= 0
    return Protected(withheld=everything, secondary=first & ~table.secret, by_audit=everything & ~first, gave_up=True)
