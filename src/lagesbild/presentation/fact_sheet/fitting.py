"""What fits on a page of a faktablad: lines are counted before anything is laid out, and the last ones give way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from lagesbild.presentation.fonts import wrapped
from lagesbild.presentation.tables import Column

T = TypeVar("T")

#: Width of the text in points (170 mm), and what a list's sign and a cell's edges take of it.
WIDTH, BULLET, EDGES = 482.0, 20.0, 10.0

#: Sizes of running text and of tables, in points, as the document and the template set them.
TEXT, TABLE = 10.0, 9.0

#: A line never has more than this many lines of print here.
_MANY = 99


def bullet_lines(text: str) -> int:
    """Return how many lines a point of a list takes in print; `text` is Markdown."""
    return len(wrapped(re.sub(r"[*\\]", "", text), TEXT, WIDTH - BULLET, lines=_MANY))


def row_lines(cells: Sequence[str], columns: Sequence[Column]) -> int:
    """Return how many lines a table's row takes: as many as its longest cell; `cells` are plain text."""
    every = sum(column.width for column in columns)
    return max(
        len(wrapped(text, TABLE, WIDTH * column.width / every - EDGES, lines=_MANY))
        for text, column in zip(cells, columns, strict=False)
    )


def that_fit(items: Sequence[T], lines_of: Callable[[T], int], most: int) -> list[T]:
    """Return the first of some items that together take at most so many lines; the first one always."""
    kept: list[T] = []
    used = 0
    for item in items:
        used += lines_of(item)
        if kept and used > most:
            break
        kept.append(item)
    return kept
