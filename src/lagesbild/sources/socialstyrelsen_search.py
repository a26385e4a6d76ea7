"""Search for what a published share of units divides by, when the documented rule does not give it.

Every text of every column of units is a condition. Tried are numerators (the units that answered yes; those that also,
or instead, fulfil a condition; those that fulfil it alone) over denominators (all units, and those that fulfil a
condition or don't).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.sources.socialstyrelsen_cells import read_cell
from lagesbild.sources.socialstyrelsen_heads import told_apart
from lagesbild.sources.socialstyrelsen_units import UnitTable, half_up_percent, says_yes

#: A column with more different texts than this holds no answers.
_MOST_ANSWERS = 8
#: Candidates told per column.
SHOWN = 3


def conditions(units: UnitTable) -> dict[str, NDArray[np.bool_]]:
    """Return every condition that a unit may fulfil, by what it says: a text of a column, a figure, a filled cell."""
    found = {"alla enheter": np.ones(len(units.code), dtype=np.bool_)}
    for short, texts in zip(told_apart(list(units.texts), width=40), units.texts.values(), strict=True):
        numbers = np.array([read_cell(one).number is not None for one in texts], dtype=np.bool_)
        marks = sorted(set(texts[~numbers]) - {""})
        if len(marks) <= _MOST_ANSWERS:
            found |= {f"[{short}] = {mark}": texts == mark for mark in marks}
        if numbers.any() and not numbers.all():
            found[f"[{short}] har tal"] = numbers
        if (texts == "").any():
            found[f"[{short}] ifylld"] = texts != ""
    negated = {f"ej {name}": ~mask for name, mask in found.items() if name != "alla enheter"}
    # Different words for the same units are told once.
    distinct: dict[bytes, str] = {}
    for name, mask in (found | negated).items():
        if mask.any():
            distinct.setdefault(np.packbits(mask).tobytes(), name)
    return {name: (found | negated)[name] for name in distinct.values()}


def search(units: UnitTable, cells: pd.DataFrame, *, column: str, counted: str) -> pd.DataFrame:
    """Return the candidates for one published column, best first.

    Parameters
    ----------
    units
        The units that the column is made from.
    cells
        The column's cells (see `socialstyrelsen_units.recompute`): code, name, published.
    column, counted
        The column of units that the head says (its `column_key`), and the texts that count as yes
        (``Ja|Ja, för alla``, ``*`` for any).

    Returns
    -------
    DataFrame
        `numerator`, `denominator`, `brown` (whether brown rows were counted), `agree`: cells that agree.
    """
    target = cells["published"].to_numpy()[:, None]
    rows = units.members(cells)
    yes = says_yes(units.texts[column], counted)
    known = conditions(units)
    numerators = {"ja": yes}
    for name, mask in known.items():
        numerators |= {f"ja och {name}": yes & mask, f"ja eller {name}": yes | mask, name: mask}
    tops, bottoms = (np.array(list(one.values())).T.astype(np.float32) for one in (numerators, known))
    found = []
    for brown in (False, True):
        weights = (rows & (brown | ~units.brown)).astype(np.float32)
        parts = (weights @ tops).astype(np.float64)
        for place, whole in enumerate((weights @ bottoms).astype(np.float64).T):
            shares = half_up_percent(parts, np.broadcast_to(whole[:, None], parts.shape))
            found += [
                (int(n), top, list(known)[place], brown)
                for top, n in zip(numerators, (shares == target).sum(axis=0), strict=True)
            ]
    # Of equals the simplest: few words, no brown rows.
    found.sort(key=lambda one: (-one[0], one[3], len(one[1]) + len(one[2]), one[1], one[2]))
    return pd.DataFrame(found, columns=["agree", "numerator", "denominator", "brown"])[
        ["numerator", "denominator", "brown", "agree"]
    ]


def impossible(cells: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which cells no denominator, and no weighting of the units, can give from the units' own answers.

    Parameters
    ----------
    cells
        The column's cells with `part` (units that said yes), `whole` (all of the region's units) and `published`.

    Notes
    -----
    With `part` units above the line, every denominator from `part` to `whole` is tried. Whatever the weights, a region
    where no unit said yes has the share 0, and one where all did 100.
    """
    part, whole, published = (cells[name].to_numpy(dtype=np.float64) for name in ("part", "whole", "published"))
    reached = np.zeros(len(cells), dtype=np.bool_)
    for size in range(1, int(whole.max(initial=0)) + 1):
        reached |= (part <= size) & (size <= whole) & (half_up_percent(part, np.full(len(cells), size)) == published)
    return ~reached, (part == 0) & (published > 0) | (part == whole) & (published < 100)
