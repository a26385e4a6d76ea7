"""Regression of many outcomes on a yes/no variable at once: plain, with year effects, and clustered by kommun.

Least squares on one yes/no variable compares two means, so that all of a report's regressions are a few sums over
arrays. Year effects are taken out of both sides first (Frisch and Waugh 1933, Econometrica 1, 387-401). The clustered
errors are those of Liang and Zeger (1986, Biometrika 73, 13-22) with the small-sample factor and the t distribution of
G - 1 degrees of freedom that Cameron and Miller (2015, Journal of Human Resources 50, 317-372, section VI) recommend:
what statsmodels gives for ``OLS(...).fit(cov_type="cluster", use_t=True)``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Marks = npt.NDArray[np.str_]

#: Each of the two sides must have at least so many observations, and so many kommuner for a clustered test.
FEWEST = 5

#: Limits of p for a double and a single mark, as Riksrevisionen's tables have them.
LIMIT_DOUBLE, LIMIT_SINGLE = 0.05, 0.10

#: Sums below this share of what they are made of are rounding and count as nothing.
_NOTHING = 1e-12


#: Columns of `fit_columns`: what every fit has, and what one with a control has besides.
FIT_COLUMNS = (
    "n",
    "n_high",
    "n_kommuner",
    "estimate",
    "p",
    "mark",
    "estimate_years",
    "p_years",
    "mark_years",
    "p_cluster",
    "mark_cluster",
)
HELD_COLUMNS = ("estimate_held", "p_held", "mark_held")


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What regressions gave; every array has the shape of the outcomes before the last two axes.

    Parameters
    ----------
    n, n_high, n_kommuner
        Observations, those with the yes/no variable at yes, and kommuner with any.
    estimate, p
        Mean outcome at yes less at no, in the unit of the outcome, and its two-sided p by least squares.
    estimate_years, p_years
        The same with an effect of each year.
    p_cluster
        p of `estimate_years` when all years of a kommun count as one cluster.
    estimate_held, p_held
        With an effect of each year and of the control, p clustered by kommun; nan without a control.
    """

    n: npt.NDArray[np.int64]
    n_high: npt.NDArray[np.int64]
    n_kommuner: npt.NDArray[np.int64]
    estimate: Floats
    p: Floats
    estimate_years: Floats
    p_years: Floats
    p_cluster: Floats
    estimate_held: Floats
    p_held: Floats


def regress(outcome: npt.ArrayLike, high: npt.ArrayLike, control: npt.ArrayLike | None = None) -> Fit:
    """Regress every outcome on its yes/no variable.

    Parameters
    ----------
    outcome
        Shape (..., kommuner, years); nan where there is none.
    high
        The same shape: 1 for yes, 0 for no, nan where unknown. An observation needs both.
    control
        The same shape: a number held constant in `Fit.estimate_held`, whose observations need it too.

    Returns
    -------
    Fit
        p is nan where a side has fewer than `FEWEST` observations or the outcome doesn't vary at all; 0 where the
        outcome follows the variable without any rest. p_cluster also needs `FEWEST` kommuner on each side.
    """
    y, d = (np.asarray(values, dtype=np.float64) for values in np.broadcast_arrays(outcome, high))
    held = (np.full(y.shape[:-2], np.nan),) * 2 if control is None else _held(y, d, np.asarray(control))
    valid = np.isfinite(y) & np.isfinite(d)
    y, d = np.where(valid, y, 0.0), np.where(valid, d, 0.0)
    both = (-2, -1)
    n, n_high, enough = _counts(d, valid)
    everywhere = np.maximum(n, 1)[..., None, None]
    estimate, p, _ = _fit(
        np.where(valid, y - y.sum(axis=both, keepdims=True) / everywhere, 0.0),
        np.where(valid, d - d.sum(axis=both, keepdims=True) / everywhere, 0.0),
        valid,
        n - 2,
        enough,
    )
    estimate_years, p_years, p_cluster = _fit(_within(y, valid), _within(d, valid), valid, _df_years(valid), enough)
    sides = [(valid & (d == side)).any(axis=-1).sum(axis=-1) for side in (0.0, 1.0)]
    return Fit(
        n=n,
        n_high=n_high,
        n_kommuner=valid.any(axis=-1).sum(axis=-1),
        estimate=estimate,
        p=p,
        estimate_years=estimate_years,
        p_years=p_years,
        p_cluster=np.where(np.minimum(*sides) >= FEWEST, p_cluster, np.nan),
        estimate_held=held[0],
        p_held=held[1],
    )


def marks(estimate: npt.ArrayLike, p: npt.ArrayLike) -> Marks:
    """Return ++, +, --, - or nothing: the sign of the estimate, double below 5 percent and single below 10."""
    up = np.asarray(estimate) > 0
    level = np.asarray(p, dtype=np.float64)  # a comparison with nan is False: no mark
    double, single = np.where(up, "++", "--"), np.where(up, "+", "-")
    return np.where(level < LIMIT_DOUBLE, double, np.where(level < LIMIT_SINGLE, single, ""))


def fit_columns(fit: Fit) -> pd.DataFrame:
    """Return fits of one axis as a frame: the arrays of `Fit`, and the marks that go with each p."""
    return pd.DataFrame(
        {
            "n": fit.n,
            "n_high": fit.n_high,
            "n_kommuner": fit.n_kommuner,
            "estimate": fit.estimate,
            "p": fit.p,
            "mark": marks(fit.estimate, fit.p),
            "estimate_years": fit.estimate_years,
            "p_years": fit.p_years,
            "mark_years": marks(fit.estimate_years, fit.p_years),
            "p_cluster": fit.p_cluster,
            "mark_cluster": marks(fit.estimate_years, fit.p_cluster),
            "estimate_held": fit.estimate_held,
            "p_held": fit.p_held,
            "mark_held": marks(fit.estimate_held, fit.p_held),
        }
    )


def _counts(d: Floats, valid: Flags) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Flags]:
    """Return the observations, those at yes, and whether both sides have enough."""
    n, n_high = valid.sum(axis=(-2, -1)), (d > 0).sum(axis=(-2, -1))
    return n, n_high, (n_high >= FEWEST) & (n - n_high >= FEWEST)


def _df_years(valid: Flags) -> npt.NDArray[np.int64]:
    """Return the degrees of freedom that a slope and an effect of each year leave."""
    df: npt.NDArray[np.int64] = valid.sum(axis=(-2, -1)) - 1 - valid.any(axis=-2).sum(axis=-1)
    return df


def _within(values: Floats, valid: Flags) -> Floats:
    """Return values less their year's mean; 0 where there is no observation."""
    per_year = np.maximum(valid.sum(axis=-2, keepdims=True), 1)
    return np.where(valid, values - values.sum(axis=-2, keepdims=True) / per_year, 0.0)


def _held(y: Floats, d: Floats, control: Floats) -> tuple[Floats, Floats]:
    """Return estimate and clustered p with years and a control taken out of both sides."""
    valid = np.isfinite(y) & np.isfinite(d) & np.isfinite(control)
    y, d, x = (np.where(valid, part, 0.0) for part in (y, d, control))
    _, _, enough = _counts(d, valid)
    y, d, x = (_within(part, valid) for part in (y, d, x))
    square = (x * x).sum(axis=(-2, -1))
    varies = square > _NOTHING
    slopes = ((part * x).sum(axis=(-2, -1)) / np.where(varies, square, 1.0) * varies for part in (y, d))
    y, d = (part - slope[..., None, None] * x for part, slope in zip((y, d), slopes, strict=True))
    estimate, _, p = _fit(y, d, valid, _df_years(valid) - varies, enough)
    return estimate, p


def _fit(y: Floats, d: Floats, valid: Flags, df: npt.NDArray[np.int64], enough: Flags) -> tuple[Floats, Floats, Floats]:
    """Return estimate, p and clustered p of centred outcomes on a centred variable with `df` degrees of freedom."""
    both = (-2, -1)
    spread = (d * d).sum(axis=both)
    total = (y * y).sum(axis=both)
    usable = enough & (df > 0) & (spread > _NOTHING) & (total > _NOTHING)
    spread, df = np.where(usable, spread, 1.0), np.where(usable, df, 1)
    slope = (y * d).sum(axis=both) / spread
    rest = np.where(valid, y - slope[..., None, None] * d, 0.0)
    unexplained = (rest * rest).sum(axis=both)
    exact = unexplained <= _NOTHING * total
    clusters = valid.any(axis=-1).sum(axis=-1)
    scores = ((d * rest).sum(axis=-1) ** 2).sum(axis=-1)
    n = valid.sum(axis=both)
    many = np.where(clusters > 1, clusters, 2)
    factor = many / (many - 1) * (n - 1) / df
    plain = _p(slope, np.sqrt(unexplained / df / spread), df, exact)
    clustered = _p(slope, np.sqrt(factor * scores) / spread, many - 1, exact)
    nothing = np.nan
    return (
        np.where(usable, slope, nothing),
        np.where(usable, plain, nothing),
        np.where(usable & (clusters > 1), clustered, nothing),
    )


def _p(slope: Floats, error: Floats, df: npt.NDArray[np.int64], exact: Flags) -> Floats:
    """Return two-sided p of a slope; where nothing is left to explain, 0 if there is a slope and else 1."""
    t = np.abs(slope) / np.where(exact | (error <= 0), 1.0, error)
    p = np.asarray(2.0 * stats.t.sf(t, df), dtype=np.float64)
    certain = (np.abs(slope) <= _NOTHING).astype(np.float64)
    found: Floats = np.where(exact | (error <= 0), certain, p)
    return found.round(12)
