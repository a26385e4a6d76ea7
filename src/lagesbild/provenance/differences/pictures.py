"""Differences between two pictures: how many pixels, and the box that holds them all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.image import imread
from numpy.typing import NDArray

from lagesbild.provenance.differences.found import Difference


def picture_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield how the pixels of two PNG pictures differ."""
    left, right = (np.atleast_3d(imread(io.BytesIO(data), format="png")) for data in (old, new))
    yield from pixel_differences(left, right, place="picture")


def pixel_differences(old: NDArray[Any], new: NDArray[Any], *, place: str) -> Iterator[Difference]:
    """Yield the box and the share of the pixels that differ, or the sizes where these differ.

    Parameters
    ----------
    old, new
        Rows of pixels of colours.
    place
        What the picture is called.
    """
    if old.shape != new.shape:
        sizes = [f"{one.shape[1]} x {one.shape[0]} pixels of {one.shape[2]} colours" for one in (old, new)]
        yield Difference(kind="pixel", place=f"size of the {place}", old=sizes[0], new=sizes[1], open=True)
        return
    unlike = (old != new).any(axis=2)
    if not unlike.any():
        return
    rows, columns = unlike.any(axis=1).nonzero()[0], unlike.any(axis=0).nonzero()[0]
    height, width = unlike.shape
    box = f"x {columns[0]}-{columns[-1]}, y {rows[0]}-{rows[-1]} of {width} x {height}"
    count = int(unlike.sum())
    share = f"{count} {'pixel differs' if count == 1 else 'pixels differ'} ({100 * count / unlike.size:.3g} percent)"
    yield Difference(kind="pixel", place=f"{place}, {box}", old="", new=share, open=True)
