"""A series of yearly values with gaps: where a line of it may be drawn, and on which axis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.numbers import is_missing

#: Where a value axis of percentages may end.
_PERCENT_TOPS = (1.0, 2.0, 5.0, 10.0, 20.0, 100.0)

#: (year, value) in year order; the value is null where there is none.
Points = Sequence[tuple[int, float | None]]


def known(points: Points) -> list[tuple[int, float]]:
    """Return the points that have a value."""
    return [(year, float(value)) for year, value in points if value is not None and not is_missing(value)]


def runs(points: Points, years: Iterable[int] | None = None) -> list[list[tuple[int, float]]]:
    """Return the unbroken stretches of a series: those a solid line joins.

    Parameters
    ----------
    points
        The series.
    years
        The years in which the indicator was measured at all. A year outside them (every other year for
        fördjupning) breaks nothing; without it a point at null breaks the line, and a year that has no
        point doesn't.
    """
    values = dict(known(points))
    asked = sorted(set(years) if years is not None else {year for year, _ in points})
    stretches: list[list[tuple[int, float]]] = [[]]
    for year in asked:
        if year in values:
            stretches[-1].append((year, values[year]))
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def bridges(
    stretches: Sequence[Sequence[tuple[int, float]]],
) -> list[tuple[tuple[int, float], tuple[int, float]]]:
    """Return the pairs of points on either side of each gap: what a dashed line joins."""
    return [(a[-1], b[0]) for a, b in pairwise(stretches)]


def axis_bounds(indicator: Indicator, values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a value axis: 0 to 100 for percentages, from zero for amounts, else round numbers.

    Percentages share one axis, so that panels can be compared by eye, but for series that never pass a fifth of it:
    they would lie flat on the bottom. A figure says so where the axis is shorter (`axis_note`). A mean or an index
    has no natural zero.
    """
    if indicator.is_answer or indicator.scale is Scale.PROCENT:
        highest = max(values, default=0.0) or _PERCENT_TOPS[-1]
        return 0.0, next(top for top in _PERCENT_TOPS if highest <= top or top == _PERCENT_TOPS[-1])
    low, high = min(values, default=0.0), max(values, default=1.0)
    if indicator.scale in (Scale.KRONOR, Scale.DAGAR, Scale.ANTAL):
        low = min(low, 0.0)
    step = 10.0 ** math.floor(math.log10(max(high - low, abs(high) / 10, 1e-6)))
    step = step / 2 if (high - low) / step < 4 else step
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
    return (bottom, top) if top > bottom else (bottom, bottom + step)


def axis_note(indicator: Indicator, bounds: tuple[float, float]) -> str:
    """Return what must be said of a percentage axis that doesn't go to 100: "OBS: axel 0–5"; else nothing."""
    percent = indicator.is_answer or indicator.scale is Scale.PROCENT
    return f"OBS: axel 0–{bounds[1]:.0f}" if percent and bounds[1] < _PERCENT_TOPS[-1] else ""
