"""Do women's and men's results in a kommun differ by more than chance gives?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lagesbild.methods.differences import LEVELS, bounds
from lagesbild.methods.intervals import Floats


@dataclass(frozen=True, kw_only=True)
class SexResults:
    """One sex's results, row by row.

    Parameters
    ----------
    values, se, denominators
        Shape (rows,), as `lagesbild.methods.differences.bounds` reads them: in the unit of the scale; a standard
        error where it is known; a denominator for percentages whose denominator is known. Else nan.
    """

    values: Floats
    se: Floats
    denominators: Floats

    @property
    def tested(self) -> npt.NDArray[np.bool_]:
        """Whether anything is known of how the figure may err."""
        return np.isfinite(self.values) & (np.isfinite(self.denominators) | (self.se > 0))


def secured_gaps(women: SexResults, men: SexResults) -> Floats:
    """Return the highest level at which women's result differs from men's: 0, 95 or 99.8; nan where untested.

    The two are results of different persons, so they err independently. The interval of their difference joins the
    limits of each by squares (Newcombe 1998, Statistics in Medicine 17, 873-890, method 10: the difference between
    two independent proportions), and the difference is secured where it doesn't hold 0.

    Returns
    -------
    array of float
        Shape (rows,).
    """
    gap = women.values - men.values
    tested = women.tested & men.tested
    found = np.where(tested, 0.0, np.nan)
    for level in LEVELS:
        limits = [bounds(one.values, se=one.se, denominators=one.denominators, level=level) for one in (women, men)]
        (women_low, women_high), (men_low, men_high) = limits
        down = np.hypot(women.values - women_low, men_high - men.values)
        up = np.hypot(women_high - women.values, men.values - men_low)
        # Rounded as differences are: equal figures differ by exactly nothing.
        beyond = np.round(np.where(gap > 0, gap - down, -gap - up), 10) > 0
        found = np.where(tested & beyond, level, found)
    return found
