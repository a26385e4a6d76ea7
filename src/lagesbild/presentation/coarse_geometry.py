"""Outlines of the kommuner coarse enough for a small picture on every page: whole steps on a grid.

Borders that neighbours share are rounded point by point to the same grid, so that no gaps open between them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lagesbild.presentation.geometry import Window, outlines

#: All of Sweden, twice as large as on paper with a grid of 2.4 km.
SWEDEN = Window(west=262_000, north=7_680_000, metres=2_360, width=286, height=666)
#: The three metropolitan areas, whose kommuner are too small to see on the whole map.
INSETS = (
    ("Stockholm", Window(west=628_000, north=6_632_000, metres=700, width=128, height=128)),
    ("Göteborg", Window(west=280_000, north=6_450_000, metres=700, width=128, height=128)),
    ("Malmö", Window(west=350_000, north=6_220_000, metres=700, width=128, height=128)),
)


@lru_cache(maxsize=8)
def coarse_paths(window: Window) -> dict[str, str]:
    """Return the path data of the kommuner that reach into `window`, by code, in code order."""
    drawn = {}
    for code, rings in outlines("kommun").items():
        data = "".join(_ring(ring, window) for ring in rings)
        if data:
            drawn[code] = data
    return drawn


def _ring(ring: NDArray[np.float64], window: Window) -> str:
    """Return one ring as path data; empty if it lies outside the window or vanishes on the grid."""
    x = np.floor((ring[:, 0] - window.west) / window.metres + 0.5).astype(int)
    y = np.floor((window.north - ring[:, 1]) / window.metres + 0.5).astype(int)
    if x.max() < 0 or y.max() < 0 or x.min() > window.width or y.min() > window.height:
        return ""
    corners = _corners([(int(a), int(b)) for a, b in zip(x, y, strict=True)])
    if len(corners) < 3:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
    # A minus sign parts two numbers as well as a space does.
    words = "".join(f"{' ' if n >= 0 else ''}{n}" for step in steps for n in step).lstrip()
    return f"M{corners[0][0]} {corners[0][1]}l{words}z"


def _corners(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a closed ring's points without those that repeat or lie on a straight line between their neighbours."""
    kept = [point for place, point in enumerate(points) if point != points[place - 1]]
    return [
        point
        for place, point in enumerate(kept)
        if not _straight(kept[place - 1], point, kept[(place + 1) % len(kept)])
    ]


def _straight(before: tuple[int, int], point: tuple[int, int], after: tuple[int, int]) -> bool:
    (ax, ay), (bx, by) = (point[0] - before[0], point[1] - before[1]), (after[0] - point[0], after[1] - point[1])
    return ax * by == ay * bx
