"""The interval of a difference between two figures, from nothing but their own intervals."""

from __future__ import annotations

import math
from typing import NamedTuple


class Estimate(NamedTuple):
    """A figure with the limits of its interval."""

    value: float
    lower: float
    upper: float


def difference(first: Estimate, second: Estimate) -> Estimate:
    """Return `first` less `second` with its interval at the level that theirs have.

    The distances from each figure to its limits are joined by squares (Newcombe 1998, Statistics in Medicine 17,
    873-890, method 10; Zou and Donner 2008, ibid. 27, 1693-1702). The figures are taken to err independently. Two
    figures of the same persons or kommuner vary together, and the interval is then wider than it need be.
    """
    value = first.value - second.value
    lower = value - math.hypot(first.value - first.lower, second.upper - second.value)
    upper = value + math.hypot(first.upper - first.value, second.value - second.lower)
    return Estimate(value, lower, upper)


def is_secured(gap: Estimate) -> bool:
    """Tell whether the interval of a difference lies on one side of zero."""
    return round(gap.lower, 10) > 0 or round(gap.upper, 10) < 0
