"""Confidence intervals of proportions, counts, rates, means and ratios, for whole arrays at a time.

All functions take anything that numpy broadcasts and give a pair of arrays (lower, upper). What can't be estimated
(missing figures, a denominator of zero or less, a mean of one) is nan, without a warning.

Sources: E. B. Wilson 1927, Journal of the American Statistical Association 22, 209-212; R. G. Newcombe 1998, Statistics
in Medicine 17, 857-872; N. E. Breslow and N. E. Day 1987, Statistical Methods in Cancer Research II, page 69 (Byar's
approximation); Public Health England 2018, Technical Guide: Confidence Intervals, whose test tables the tests read;
W. G. Cochran 1977, Sampling Techniques, 3rd edition, sections 2.6 (finite population) and 2.11, 6.4 (ratios).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtrit

from lagesbild.errors import ParameterError

Floats: TypeAlias = npt.NDArray[np.float64]
Bounds: TypeAlias = tuple[Floats, Floats]


def proportion_interval(
    count: npt.ArrayLike, n: npt.ArrayLike, *, confidence: float = 0.95, population: npt.ArrayLike | None = None
) -> Bounds:
    """Return Wilson's score interval of a proportion.

    Parameters
    ----------
    count, n
        How many have the attribute, of how many. Need not be whole (a rounded percentage times its denominator).
    confidence
        Between 0 and 1.
    population
        How many the n were drawn from: those asked in a user survey. The variance is then multiplied by
        (N - n) / (N - 1), so that the interval is narrower the more have answered, and a point where all have. It
        covers what all N would have answered if those who haven't are like those who have. Nan for an unbounded
        population; a population smaller than n is taken for n.

    Returns
    -------
    tuple of arrays
        Shares between 0 and 1.

    Raises
    ------
    ParameterError
        If the confidence isn't between 0 and 1.

    References
    ----------
    Wilson, E.B. (1927), Journal of the American Statistical Association 22, 209-212; Cochran, W.G. (1977), Sampling
    Techniques, 3rd ed., section 2.6: the finite population.
    """
    z = _normal(confidence)
    x, of = _floats(count), _floats(n)
    usable = (of > 0) & (x >= 0) & (x <= of)
    of = np.where(usable, of, np.nan)
    squared = z * z / of
    if population is not None:
        known = np.maximum(_floats(population), of)
        left = (known - of) / np.where(known > 1, known - 1, 1.0)
        squared = squared * np.where(np.isnan(_floats(population)), 1.0, left)
    p = np.where(usable, x, np.nan) / of
    centre, half = p + squared / 2, np.sqrt(squared * (p * (1 - p) + squared / 4))
    return np.clip((centre - half) / (1 + squared), 0.0, 1.0), np.clip((centre + half) / (1 + squared), 0.0, 1.0)


def count_interval(count: npt.ArrayLike, *, confidence: float = 0.95) -> Bounds:
    """Return Byar's interval of a count of events that come one by one (Poisson); the lower limit of none is zero.

    Byar's approximation is within some per cent of the exact limits from ten events on, and near enough for a table
    below that. Raises as `proportion_interval`.
    """
    z = _normal(confidence)
    events = _floats(count)
    events = np.where(events >= 0, events, np.nan)
    some = np.where(events > 0, events, np.nan)
    lower = some * np.clip(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0.0, None) ** 3
    more = events + 1
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(events == 0, 0.0, lower), upper


def rate_interval(
    count: npt.ArrayLike, denominator: npt.ArrayLike, *, multiplier: npt.ArrayLike = 1.0, confidence: float = 0.95
) -> Bounds:
    """Return Byar's interval of a rate: `multiplier` (1 000 for "per 1 000 inhabitants") times count by denominator.

    The denominator is taken as known without error. Raises as `proportion_interval`.
    """
    of = _floats(denominator)
    factor = _floats(multiplier) / np.where(of > 0, of, np.nan)
    lower, upper = count_interval(count, confidence=confidence)
    return lower * factor, upper * factor


def mean_interval(
    mean: npt.ArrayLike,
    deviation: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    confidence: float = 0.95,
    population: npt.ArrayLike | None = None,
) -> Bounds:
    """Return Student's interval of a mean, from the standard deviation of the n values (with n - 1).

    Nan for fewer than two values. A `population` narrows it as in `proportion_interval`, with (N - n) / N, since the
    deviation has n - 1 in its denominator. Raises as `proportion_interval`.
    """
    _normal(confidence)
    many = _floats(n)
    many = np.where(many >= 2, many, np.nan)
    error = np.abs(_floats(deviation)) / np.sqrt(many)
    if population is not None:
        known = np.maximum(_floats(population), many)
        error = error * np.where(np.isnan(_floats(population)), 1.0, np.sqrt((known - many) / known))
    return _student(_floats(mean), error, many, confidence)


def ratio_interval(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    residual_squares: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    confidence: float = 0.95,
) -> Bounds:
    """Return the interval of a ratio of two sums over n units (kommuner), by linearisation.

    Parameters
    ----------
    numerator, denominator
        The sums Y and X; the ratio is R = Y / X.
    residual_squares
        Sum of (y - R x) squared over the units.
    n
        How many units; nan is returned for fewer than two.
    confidence
        As for `proportion_interval`, and raises as it does.
    """
    _normal(confidence)
    x, many = _floats(denominator), _floats(n)
    x, many = np.where(x > 0, x, np.nan), np.where(many >= 2, many, np.nan)
    squares = np.fmax(_floats(residual_squares), 0.0)
    error = np.sqrt(squares * many / (many - 1)) / x
    return _student(_floats(numerator) / x, error, many, confidence)


def _student(centre: Floats, error: Floats, n: Floats, confidence: float) -> Bounds:
    half = stdtrit(n - 1, (1 + confidence) / 2) * error
    return np.asarray(centre - half), np.asarray(centre + half)


def _normal(confidence: float) -> float:
    """Return the two-sided quantile of the normal distribution."""
    if not 0 < confidence < 1:
        raise ParameterError("confidence", confidence, ["0.95", "0.998"])
    return float(ndtri((1 + confidence) / 2))


def _floats(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
