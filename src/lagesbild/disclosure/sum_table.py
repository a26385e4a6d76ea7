"""Which published counts add up to which, for one indicator and year: what a reader can undo.

Riket is the sum of the län, a län of its kommuner, a kommun of its stadsdelar and of its units; each of them is
the sum of women and men. Every count has two sides, those with and those without the attribute, and a cell
(one place, one sex) is published or withheld with all of its counts. So the sides are two systems of the same
sums over the same pattern, and what a reader can know of a denominator is the sum of what can be known of its
sides: protecting both protects the table with the outcome as its third dimension, at a third of its size.

Rows that don't add up are no obstacle: a sum holds with the difference it has in the data, as if the reader knew
that difference. (It is what persons without a kommun, or kommuner without a row, come to; a reader who knows
less learns less.)
"""

from __future__ import annotations

from dataclasses import dataclass

from lagesbild.disclosure.arrays import Bools, Floats, Ints

TOTAL, WOMEN, MEN = range(3)
#: Counts are whole; comparisons stand between the whole numbers.
HALF = 0.5

Place = tuple[str, str, str]  # level, region, unit
Sum = tuple[int, tuple[int, ...]]  # a cell, and the cells that make it up


@dataclass(frozen=True, kw_only=True)
class SumTable:
    """The cells of one indicator and year and their sums; arrays are over cells.

    Parameters
    ----------
    row
        Position of the cell in the observations; -1 for one that has no row but follows from two others.
    node, sex, depth
        Its place, its sex and its level (0 riket, 1 län, 2 the rest).
    host
        Node of the kommun or stadsdel it lies in, -1 where none.
    sides
        Counts by side and cell; where the source tells none, a guess that adds up.
    live
        Which sides the indicator has.
    secret
        Withheld by the source or by the primary rule.
    nobody
        There is known to be nobody: nothing to protect and nothing to hide behind.
    needs
        A withheld count of the cell must stay open this wide (persons); zero where nothing needs protection.
    sums
        Which cell is the sum of which others.
    """

    row: Ints
    node: Ints
    sex: Ints
    depth: Ints
    host: Ints
    sides: Floats
    live: tuple[int, ...]
    secret: Bools
    nobody: Bools
    needs: Floats
    sums: tuple[Sum, ...]

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(self.row)

    @property
    def at(self) -> dict[tuple[int, int], int]:
        """The cell of each node and sex."""
        return {
            (node, sex): cell
            for cell, (node, sex) in enumerate(zip(self.node.tolist(), self.sex.tolist(), strict=True))
        }
