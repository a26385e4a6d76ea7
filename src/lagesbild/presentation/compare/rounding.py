"""Figures rounded for print, a whole column at a time, exactly as `lagesbild.presentation.numbers` rounds one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lagesbild.catalogue.indicators import Scale
from lagesbild.presentation.numbers import decimals_of, round_half_up

Floats = npt.NDArray[np.float64]

#: Nearer to a half than this (in units of the last digit), the decimal digits decide and not the binary value.
_NEAR_HALF = 1e-6
#: From here on a digit after the decimal sign says nothing: kronor, days in the hundreds.
_LARGE = 100
_PERCENT = (Scale.PROCENT, Scale.JA_NEJ, Scale.JA_DELVIS_NEJ)


def decimals_for(scale: Scale, values: Floats) -> int:
    """Return the decimals that all of an indicator's figures are printed with, so that any two can be compared.

    None where the source gives whole numbers or all are large, else one; two where a mean, an index or a count is so
    small that one digit would print it as nothing.

    Parameters
    ----------
    scale
        Of the indicator.
    values
        All of its figures, nulls left out.
    """
    if not len(values):
        return 0
    size = np.abs(values)
    if np.all(np.abs(values - np.round(values)) < _NEAR_HALF):
        return 0
    if scale in _PERCENT:
        return 1
    if np.median(size) >= _LARGE:
        return 0
    small = size[(size > 0) & (size < 0.1)]
    return max(1, *(decimals_of(scale, float(value)) for value in small[:1])) if len(small) else 1


def rounded(values: Floats, decimals: int) -> Floats:
    """Return `values` rounded half away from zero on their decimal digits; nulls stay."""
    scaled = np.abs(values) * 10**decimals
    whole = np.floor(scaled + 0.5)
    near = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < _NEAR_HALF * np.maximum(1, scaled))
    result: Floats = np.sign(values) * whole / 10**decimals
    for place in near:
        result[place] = float(round_half_up(float(values[place]), decimals))
    result += 0.0  # no negative zero
    return result
