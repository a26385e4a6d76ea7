"""What the charts of an indicator's page share: size, axes, and the note that data are invented.

They are narrow, so that a phone shows their text as large as it was drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation import palette
from lagesbild.presentation.fonts import text_width
from lagesbild.presentation.numbers import cell, row_decimals
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure, document, line, tag, text

WIDTH = 380.0
SIZE, SMALL = 12.0, 11.0
#: The second of two series: an orange that all common forms of colour vision tell from the blue of the first.
SECOND = "#b3400f"
#: Behind the middle half of the kommuner.
GROUND = "#d5e3ec"

#: A percentage axis spans at least so many procentenheter.
_LEAST_PERCENT = 6.0

Place = Callable[[float], float]


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A value axis: its ends, and the values that are written beside it with their text."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def from_zero(self) -> bool:
        """Whether the axis begins at zero, or crosses it."""
        return self.low <= 0


def value_axis(indicator: Indicator, values: Sequence[float], *, most: int = 5) -> Axis:
    """Return an axis that is a little wider than the values, with round ticks; percentages stay within 0 to 100."""
    low, high = min(values), max(values)
    percent = indicator.is_answer or indicator.scale is Scale.PROCENT
    # A narrower axis would make much of what is nothing.
    short = max(0.0, (_LEAST_PERCENT if percent else abs(high) / 20) - (high - low)) / 2
    low, high = low - short, high + short
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    low, high = low - room, high + room
    if min(values) >= 0 > low:
        low, high = 0.0, high - low if percent else high
    if percent:
        high = min(high, 100.0) if max(values) <= 100 else high
    step = _step(high - low, most)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [round(n * step, 10) for n in range(first, last + 1)]
    decimals = row_decimals(indicator.scale, ticks) if step >= 1 else max(1, -math.floor(math.log10(step)))
    return Axis(
        low=ticks[0],
        high=ticks[-1],
        ticks=tuple((tick, cell(tick, indicator.scale, decimals=decimals)) for tick in ticks),
    )


def _step(span: float, most: int) -> float:
    """Return the round step that divides a span into at most so many."""
    rough = max(span / most, 1e-9)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough - 1e-12)


def left_margin(axis: Axis) -> float:
    """Return the room that the tick labels take to the left of the axis."""
    return max(text_width(words, SMALL) for _, words in axis.ticks) + 6


def grid(axis: Axis, y: Place, left: float, right: float) -> str:
    """Return the horizontal lines of the axis with their labels."""
    body = ""
    for value, words in axis.ticks:
        body += line(left, y(value), right, y(value), palette.GREY_GRID)
        body += text(left - 5, y(value) + 4, words, size=SMALL, fill=palette.GREY_TEXT, anchor="end")
    return body


def finished(body: str, height: float, alt: str, *, synthetic: bool, width: float = WIDTH) -> Figure:
    """Return the drawing on a white ground of its own; invented data are told of at its foot."""
    if synthetic:
        height += 16
        body += text(width - 2, height - 4, SYNTHETIC_NOTE, size=SMALL, fill=palette.INK, bold=True, anchor="end")
        alt = f"{alt} {SYNTHETIC_NOTE}."
    ground = tag("rect", width=width, height=height, fill=palette.WHITE)
    return Figure(svg=document(width, height, ground + body, alt), alt=alt)
