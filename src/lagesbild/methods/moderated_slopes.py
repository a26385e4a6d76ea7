"""Lines through many short series, whose residual variances lend strength to each other."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
from scipy import special, stats

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Fewest points for a line whose residuals say anything.
FEWEST_POINTS = 3
#: Fewest series of a group from which a common variance is learnt; series of smaller groups stand alone.
FEWEST_SERIES = 20


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Straight lines through series, one element per series; nan where there are fewer than three points.

    Parameters
    ----------
    n
        Number of points.
    slope, mean, centre
        The line is ``mean + slope * (year - centre)``; slope in the unit per year.
    total, spread
        Sum of the weights, and their sum of squares of years about `centre`.
    variance, df
        Residual variance of a point with weight 1, and its degrees of freedom.
    """

    n: Ints
    slope: Floats
    mean: Floats
    centre: Floats
    total: Floats
    spread: Floats
    variance: Floats
    df: Floats

    def at(self, rows: Ints) -> Lines:
        """Return the lines of some series, in that order."""
        return Lines(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    @property
    def se(self) -> Floats:
        """Standard error of the slope."""
        return np.asarray(np.sqrt(self.variance / self.spread))

    @property
    def p(self) -> Floats:
        """Two-sided p value of a slope of 0; a slope of exactly 0 has 1."""
        t = np.divide(np.abs(self.slope), self.se, out=np.zeros_like(self.slope), where=self.slope != 0)
        return np.asarray(2.0 * stats.t.sf(t, self.df))

    def interval(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Return the lower and upper limit of the slope."""
        half = stats.t.ppf((1.0 + level) / 2.0, self.df) * self.se
        return self.slope - half, self.slope + half

    def predicted(self, year: Floats, weight: Floats | float = 1.0) -> tuple[Floats, Floats]:
        """Return the expected result of a new measurement in `year`, and its standard error of prediction.

        Parameters
        ----------
        year
            Calendar year, one for each series.
        weight
            Weight of the new measurement.
        """
        away = year - self.centre
        variance = self.variance * (1.0 / weight + 1.0 / self.total + away**2 / self.spread)
        return self.mean + self.slope * away, np.sqrt(variance)


def rounding_variance(values: Floats, groups: Ints) -> Floats:
    """Return the variance that rounding alone gives the values of each series' group: step squared / 12.

    The step is the coarsest of 100, 10, 1, 0.1 ... 0.000001 that all of the group's values are multiples of. Three
    whole numbers in a row, 80, 81, 82, lie on a line by their rounding; without this they would be a trend beyond
    doubt.
    """
    count = int(groups.max(initial=-1)) + 1
    step = np.full(count, 1e-6)
    open_ = np.ones(count, dtype=bool)
    for size in (100.0, 10.0, 1.0, 0.1, 0.01, 0.001, 0.0001):
        scaled = values / size
        off = np.nanmax(np.abs(scaled - np.round(scaled)), axis=1, initial=0.0, where=~np.isnan(scaled)) > 1e-6
        fits = open_ & (np.bincount(groups, weights=off, minlength=count) == 0)
        step[fits], open_[fits] = size, False
    return np.asarray(step**2 / 12.0)[groups]


def lines(values: Floats, years: Ints, weights: Floats | None = None) -> Lines:
    """Fit a line to each series (row) by weighted least squares; plain sums, no pooling.

    Parameters
    ----------
    values
        Shape (series, years), nan where there is no point. The years need not be next to each other.
    years
        Shape (years,): calendar years.
    weights
        Shape (series, years): the inverse of each point's variance up to a common factor; equal where omitted.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=1).astype(np.int64)
    w = known * (1.0 if weights is None else np.where(known, weights, 0.0))
    y = np.where(known, values, 0.0)
    x = years.astype(np.float64)[None, :]
    fit = n >= FEWEST_POINTS
    nan = np.full(len(values), np.nan)

    def over(top: Floats, bottom: Floats) -> Floats:
        return np.asarray(np.divide(top, bottom, out=nan.copy(), where=fit))

    total = np.where(fit, w.sum(axis=1), np.nan)
    centre, mean = over((w * x).sum(axis=1), total), over((w * y).sum(axis=1), total)
    dx, dy = x - centre[:, None], y - mean[:, None]
    spread = (w * dx**2).sum(axis=1)
    slope = over((w * dx * dy).sum(axis=1), spread)
    df = np.where(fit, n - 2.0, np.nan)
    variance = over((w * (dy - slope[:, None] * dx) ** 2).sum(axis=1), df)
    # What is left of arithmetic on equal values is no movement.
    slope = np.where(np.abs(slope) <= 1e-10 * np.maximum(np.abs(mean), 1e-6), 0.0 * slope, slope)
    return Lines(n=n, slope=slope, mean=mean, centre=centre, total=total, spread=spread, variance=variance, df=df)


def inverse_trigamma(y: Floats) -> Floats:
    """Return x with ``trigamma(x) = y`` for positive y, by Newton's method on 1/trigamma (Smyth 2004, appendix)."""
    x = 0.5 + 1.0 / y
    for _ in range(30):
        tri = special.polygamma(1, x)
        step = tri * (1.0 - tri / y) / special.polygamma(2, x)
        x = x + step
        if np.all(np.abs(step) <= 1e-9 * x):
            break
    return np.asarray(x)


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What the series of each group know together, one element per series.

    Parameters
    ----------
    df
        Degrees of freedom that the common variance counts for: 0 where there is none, infinite where the series'
        variances differ no more than by chance.
    variance
        The common variance; nan where there is none.
    most
        The degrees of freedom of all of the group's series together.
    """

    df: Floats
    variance: Floats
    most: Floats


def prior(variances: Floats, df: Floats, groups: Ints, strata: Ints | None = None) -> Prior:
    """Estimate how residual variances are distributed within each group, from the moments of their logarithms.

    The variances of a group are taken to be ``s0² d0 / chi2(d0)``. Each stratum has an s0² of its own (small kommuner
    move more), all strata of a group share d0. Series without movement (variance 0) don't count: they would make
    the others look surer than they are.

    Parameters
    ----------
    variances, df
        Residual variance and degrees of freedom of each series; nan where there is no line.
    groups
        Group of each series, 0, 1, 2, ...
    strata
        Stratum of each series, numbered over all groups (a stratum lies within one group); none where omitted.

    References
    ----------
    Smyth, G.K. (2004), Linear models and empirical Bayes methods for assessing differential expression in microarray
    experiments, Statistical Applications in Genetics and Molecular Biology 3(1), article 3, section 6.2. Strata are
    the mean-variance trend of later limma (Phipson et al. 2016, Annals of Applied Statistics 10, 946-963).
    """
    strata = groups if strata is None else strata
    used = (variances > 0) & (df > 0)
    count, n_strata = int(groups.max(initial=-1)) + 1, int(strata.max(initial=-1)) + 1
    d = np.where(used, df, 1.0)
    e = np.log(np.where(used, variances, 1.0)) - special.digamma(d / 2.0) + np.log(d / 2.0)

    def summed(of: Floats, by: Ints, length: int) -> Floats:
        return np.bincount(by, weights=np.where(used, of, 0.0), minlength=length).astype(np.float64)

    one = np.ones_like(d)
    n, n_stratum = summed(one, groups, count), summed(one, strata, n_strata)
    mean = (summed(e, strata, n_strata) / np.maximum(n_stratum, 1.0))[strata]
    filled = np.bincount(groups, weights=used / np.maximum(n_stratum, 1.0)[strata], minlength=count)
    free = np.maximum(n - filled, 1.0)
    excess = summed((e - mean) ** 2, groups, count) / free
    excess -= summed(special.polygamma(1, d / 2.0), groups, count) / np.maximum(n, 1.0)
    enough = n >= FEWEST_SERIES
    some = enough & (excess > 0)
    d0 = np.where(enough, np.inf, 0.0)
    d0[some] = 2.0 * inverse_trigamma(excess[some])

    own_d0 = d0[groups]
    finite = np.where(np.isfinite(own_d0) & (own_d0 > 0), own_d0, 1.0)
    moments = np.exp(mean + special.digamma(finite / 2.0) - np.log(finite / 2.0))
    pooled = (summed(variances * d, strata, n_strata) / np.maximum(summed(d, strata, n_strata), 1.0))[strata]
    s0 = np.where(np.isinf(own_d0), pooled, moments)
    # A stratum in which nothing moved has no variance of its own; the group's is then the nearest there is.
    group_pooled = (summed(variances * d, groups, count) / np.maximum(summed(d, groups, count), 1.0))[groups]
    s0 = np.where(n_stratum[strata] > 0, s0, group_pooled)
    s0 = np.where(own_d0 > 0, s0, np.nan)
    return Prior(df=own_d0, variance=s0, most=summed(d, groups, count)[groups])


def moderated(fit: Lines, common: Prior, floor: Floats) -> Lines:
    """Return the lines with each variance drawn towards its group's common one.

    The variance is ``(d0 s0² + d s²) / (d0 + d)`` with d0 + d degrees of freedom, at most those of all the group's
    series (Smyth 2004, section 4). With d0 = 0 the line stands alone: an ordinary t test.

    Parameters
    ----------
    fit
        As `lines` returns them.
    common
        As `prior` returns it.
    floor
        Least variance of a point with weight 1, of each series (see `rounding_variance`).

    References
    ----------
    Smyth, G.K. (2004), Linear models and empirical Bayes methods for assessing differential expression in microarray
    experiments, Statistical Applications in Genetics and Molecular Biology 3(1), article 3, section 4.
    """
    own = np.maximum(fit.variance, floor)
    d0 = np.where(np.isfinite(common.df), common.df, 0.0)
    s0 = np.where(common.df > 0, common.variance, 0.0)
    mixed = np.where(np.isinf(common.df), s0, (d0 * s0 + fit.df * own) / (d0 + fit.df))
    df = np.where(common.df > 0, np.minimum(common.df + fit.df, np.maximum(common.most, fit.df)), fit.df)
    return replace(fit, variance=np.maximum(mixed, floor), df=df)
