"""Is a kommun's difference from a reference larger than chance gives: at 95 and 99.8 percent, with its direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from lagesbild.catalogue.indicators import Direction
from lagesbild.methods.intervals import Bounds, Floats, proportion_interval

Whole: TypeAlias = npt.NDArray[np.int64]

#: The two levels, in percent: those of Fingertips and of funnel plots (about two and three standard errors).
LEVELS = (95.0, 99.8)

#: What a difference is called; "" where there is nothing to test.
WORDS = ("battre", "samre", "hogre", "lagre", "ingen", "")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What kommuner's figures are held against, row by row.

    Parameters
    ----------
    level
        Shape (rows,): the reference's value, in the unit of the scale; nan where there is none.
    se
        Shape (rows,): its standard error; 0 where it is held to be exact.
    n
        Shape (rows,): how many kommuner it is made from; 0 where it isn't made from kommuner.
    """

    level: Floats
    se: Floats
    n: Whole


def bounds(values: Floats, *, se: Floats, denominators: Floats, level: float) -> Bounds:
    """Return the interval of each figure: Wilson's where a percentage has its denominator, else normal from its error.

    Parameters
    ----------
    values, se
        Shape (rows,), in the unit of the scale.
    denominators
        Shape (rows,); a number only for percentages (0 to 100) whose denominator is known, else nan.
    level
        In percent, as in `LEVELS`.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212; the method of APHO Technical
    Briefing 3 (2008) for proportions.
    """
    low, high = proportion_interval(values / 100.0 * denominators, denominators, confidence=level / 100.0)
    margin = float(ndtri(0.5 + level / 200.0)) * se
    counted = denominators > 0
    # Wilson's limits are nan for a share past 0 or 100 percent, which rounding alone can give.
    return np.where(counted, 100.0 * low, values - margin), np.where(counted, 100.0 * high, values + margin)


def secured(values: Floats, reference: Reference, *, se: Floats, denominators: Floats) -> Floats:
    """Return the highest level at which each figure differs from its reference: 0, 95 or 99.8; nan where untested.

    The interval of the difference joins the figure's own interval with the reference's standard error by squares
    (Newcombe 1998, Statistics in Medicine 17, 873-890, method 10; Zou and Donner 2008, ibid. 27, 1693-1702). It is
    secured where that interval doesn't hold 0. With an exact reference that is how Public Health England's Fingertips
    compares ("confidence intervals overlapping reference value", 95.0 and 99.8, in its technical guidance), and that
    of APHO Technical Briefing 3 (2008). Two intervals that just miss one another would ask for much more than 95
    percent and are not used.

    Parameters
    ----------
    values, se, denominators
        As for `bounds`. Without a denominator or a positive standard error nothing is tested: an indicator that
        never moves has been carried over, and shows no certainty.
    reference
        What the figures are held against. Its error must be independent of the figure's own.

    Returns
    -------
    array of float
        Shape (rows,).

    References
    ----------
    Newcombe, R.G. (1998), Statistics in Medicine 17, 873-890, method 10; Zou, G. and Donner, A. (2008), ibid. 27,
    1693-1702; APHO Technical Briefing 3 (2008): the levels 95 and 99.8.
    """
    gap = values - reference.level
    tested = np.isfinite(gap) & np.isfinite(reference.se) & (np.isfinite(denominators) | (se > 0))
    found = np.where(tested, 0.0, np.nan)
    for level in LEVELS:
        lower, upper = bounds(values, se=se, denominators=denominators, level=level)
        own = np.where(gap > 0, values - lower, upper - values)
        margin = np.hypot(own, float(ndtri(0.5 + level / 200.0)) * reference.se)
        # Rounded as the differences are: equal figures differ by exactly nothing.
        beyond = np.round(np.abs(gap) - margin, 10) > 0
        found = np.where(tested & beyond, level, found)
    return found


def difference_words(gap: Floats, levels: Floats, direction: pd.Series) -> npt.NDArray[np.str_]:
    """Return "battre", "samre", "hogre", "lagre", "ingen" or "" (one of `WORDS`) for each row.

    Parameters
    ----------
    gap
        Shape (rows,): the figure less the reference.
    levels
        As `secured` returns them.
    direction
        The indicators' directions ("hog", "lag", "ingen"), row by row: without one nothing is better or worse.
    """
    higher = gap > 0
    good = np.where((direction == Direction.HOG).to_numpy(), higher, ~higher)
    plain = (direction == Direction.INGEN).to_numpy()
    return np.select(
        [np.isnan(levels), levels == 0.0, plain & higher, plain, good],
        ["", "ingen", "hogre", "lagre", "battre"],
        "samre",
    )


def exact(level: Floats) -> Reference:
    """Return references that are held to have no error of their own."""
    return Reference(level=level, se=np.zeros(len(level)), n=np.zeros(len(level), dtype=np.int64))


def others(values: Floats, se: Floats, groups: Whole, weights: Floats | None = None) -> Reference:
    """Return the mean of the *other* rows of each row's group, with the standard error of that mean.

    A kommun that is part of the mean it is held against is held against itself in part, the more the smaller its
    group. A group of one (Gotlands län) has no others: the mean is nan and the count 0. The mean is rounded to ten
    decimals, so that equal kommuner differ by exactly 0.

    A figure and the mean of the others err independently, which `secured` asks for. The error is that of the measuring
    alone: the question is whether the kommun differs from these kommuner, not from all that there might be.

    Parameters
    ----------
    values, se
        Shape (rows,), nan where there is no figure, or its error isn't known. A row without a known error is held to
        err as the others of its group do on average.
    groups
        Shape (rows,): number of each row's group; -1 for none.
    weights
        Shape (rows,): for a weighted mean; alike if not given. All of a group's figures must have one, else the group
        has no mean.
    """
    there = np.isfinite(values) & (groups >= 0)
    group = np.where(groups >= 0, groups, 0)
    weight = np.where(there, 1.0 if weights is None else weights, 0.0)

    def left(mass: Floats, counted: npt.NDArray[np.bool_]) -> Floats:
        """Return the sum of the group's other rows."""
        own = np.where(counted, mass, 0.0)
        return np.asarray(_sums(group, own)[group] - own)

    n = np.where(groups >= 0, left(np.ones(len(values)), there), 0.0)
    whole = np.where(n > 0, left(weight, there), np.nan)
    known = there & np.isfinite(se)
    squares = left(weight**2, there)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(whole > 0, left(weight * values, there) / whole, np.nan)
        mean_square = left((weight * se) ** 2, known) / left(weight**2, known)
        error = np.sqrt(np.maximum(mean_square, 0.0) * np.maximum(squares, 0.0)) / whole
    error = np.where(np.isfinite(mean), error, np.nan)
    return Reference(level=mean.round(10), se=error, n=n.astype(np.int64))


def shrunk(reference: Reference, *, values: Floats, se: Floats, series: Whole) -> Reference:
    """Return the best kommuner's mean as it would be if they were measured again.

    The best quarter is chosen by the very figures whose mean it is: part of its lead is luck. Held against that mean
    as it stands, a kommun equal to all others would be found worse far more often than the level says. The expected
    true mean lies nearer to the mean of all, by the reliability of the figures: the share of their variance that
    isn't measuring error (Kelley 1927; Louis 1984, Journal of the American Statistical Association 79, 393-398).

    Parameters
    ----------
    reference
        The mean of the best, row by row; its error isn't read.
    values, se, series
        Shape (rows,): all kommuner's figures, their errors, and the number of the indicator, year and sex.
    """
    there = np.isfinite(values) & np.isfinite(se)
    count = _sums(series, there.astype(np.float64))
    total = _sums(series, np.where(there, values, 0.0))
    squares = _sums(series, np.where(there, se**2, 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = total / count
        away = np.where(there, (values - centre[series]) ** 2, 0.0)
        variance = _sums(series, away) / (count - 1.0)
        noise = squares / count
        reliability = np.where(variance > 0, np.clip(1.0 - noise / variance, 0.0, 1.0), 0.0)[series]
        level = centre[series] + reliability * (reference.level - centre[series])
        error = np.sqrt(reliability * noise[series] / np.where(reference.n > 0, reference.n, np.nan))
    return Reference(level=level.round(10), se=error, n=reference.n)


def _sums(groups: Whole, mass: Floats) -> Floats:
    """Return the sum of every group, by its number."""
    return np.bincount(groups, weights=mass, minlength=1).astype(np.float64)
