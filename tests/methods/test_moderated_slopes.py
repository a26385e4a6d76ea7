from __future__ import annotations

import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from lagesbild.methods.moderated_slopes import (
    FEWEST_SERIES,
    inverse_trigamma,
    lines,
    moderated,
    prior,
    rounding_variance,
)

nan = np.nan


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def whole(values, years, weights=None, kommuner=None):
    groups = np.arange(len(values)) // (kommuner or 1)
    fit = lines(values, years, weights)
    return moderated(fit, prior(fit.variance, fit.df, groups), rounding_variance(values, groups))


def test_the_handbooks_two_kommuner_come_out_right_also_alone():
    # Analyshandbok 2012, step 2: waiting times 2009-2011. For x "ett tydligt förbättringsområde", y "inte lika
    # självklart". Each stands alone here: an ordinary t test with one degree of freedom.
    line = whole(np.array([[62.0, 90, 116], [52, 120, 40]]), np.array([2009, 2010, 2011]))
    assert line.slope.tolist() == [27.0, -6.0]
    assert line.p.round(3).tolist() == [0.014, 0.911]
    lower, upper = line.interval()
    assert lower[0] == pytest.approx(27 - 12.706 * np.sqrt(2 / 3 / 2), abs=1e-3)
    assert upper[1] > 500


@pytest.mark.parametrize("weighted", [False, True])
def test_lines_are_those_of_statsmodels(weighted):
    rng = np.random.default_rng(4)
    years = np.arange(2016, 2025)
    values = rng.normal(50, 5, size=(30, 9))
    values[rng.random(values.shape) < 0.3] = nan
    weights = rng.uniform(0.2, 5, size=values.shape) if weighted else None
    ours = lines(values, years, weights)
    low, high = ours.interval()
    checked = 0
    for row in np.flatnonzero(ours.n >= 3):
        there = ~np.isnan(values[row])
        w = weights[row, there] if weighted else np.ones(there.sum())
        design = sm.add_constant(years[there].astype(float))
        theirs = sm.WLS(values[row, there], design, weights=w).fit()
        assert ours.slope[row] == pytest.approx(theirs.params[1])
        assert ours.p[row] == pytest.approx(theirs.pvalues[1])
        assert (low[row], high[row]) == pytest.approx(tuple(theirs.conf_int()[1]))
        new = theirs.get_prediction([1.0, 2026.0]).summary_frame()
        centre, se = (figure[row] for figure in ours.predicted(np.full(len(values), 2026.0)))
        assert centre == pytest.approx(new["mean"].iloc[0])
        if not weighted:
            half = new["obs_ci_upper"].iloc[0] - new["mean"].iloc[0]
            assert se * (high[row] - low[row]) / 2 / ours.se[row] == pytest.approx(half)
        checked += 1
    assert checked > 20


def test_the_inverse_of_trigamma():
    x = np.array([0.01, 0.5, 1, 3.7, 50, 1e4])
    assert inverse_trigamma(special.polygamma(1, x)) == pytest.approx(x, rel=1e-6)


@pytest.mark.parametrize("points", [3, 5, 9])
def test_the_prior_finds_the_distribution_that_was_planted(points):
    rng = np.random.default_rng(points)
    d0, s0, d = 6.0, 4.0, points - 2.0
    variances = s0 * d0 / rng.chisquare(d0, 20000) * rng.chisquare(d, 20000) / d
    found = prior(variances, np.full(20000, d), np.zeros(20000, dtype=np.int64))
    assert found.df[0] == pytest.approx(d0, rel=0.15)
    assert found.variance[0] == pytest.approx(s0, rel=0.05)


def test_strata_have_variances_of_their_own_and_share_how_sure_they_are():
    rng = np.random.default_rng(1)
    strata = np.arange(8000) % 2
    variances = np.where(strata == 0, 1.0, 25.0) * rng.chisquare(4, 8000) / 4
    groups, df = np.zeros(8000, dtype=np.int64), np.full(8000, 4.0)
    apart, mixed = prior(variances, df, groups, strata), prior(variances, df, groups)
    assert apart.variance[:2] == pytest.approx([1, 25], rel=0.05)
    assert apart.df[0] > 50  # nothing is left but chance
    assert mixed.df[0] < 3  # the two kinds together look like much heterogeneity


def test_few_series_and_series_without_movement_teach_nothing():
    few = prior(np.ones(FEWEST_SERIES - 1), np.ones(FEWEST_SERIES - 1), np.zeros(FEWEST_SERIES - 1, dtype=np.int64))
    assert (few.df == 0).all()
    rng = np.random.default_rng(2)
    moving, still = rng.chisquare(3, 100) / 3, np.zeros(500)
    df, group = np.full(100, 3.0), np.zeros(100, dtype=np.int64)
    alone = prior(moving, df, group)
    beside = prior(np.r_[moving, still], np.full(600, 3.0), np.zeros(600, dtype=np.int64))
    assert beside.variance[0] == alone.variance[0]
    assert beside.df[0] == alone.df[0]


def test_hostile_series_have_an_answer():
    years = np.arange(2020, 2025)
    values = np.array([[nan] * 5, [1, 2, nan, nan, nan], [7.0] * 5, [0.1, 0.2, 0.3, 0.4, 0.5], [nan, 3, 3, 4, nan]])
    line = whole(values, years)
    assert np.isnan(line.slope[:2]).all()
    assert np.isnan(line.p[:2]).all()
    assert (line.slope[2], line.p[2]) == (0.0, 1.0)
    assert line.p[3] < 0.01
    assert whole(np.empty((0, 5)), years).p.shape == (0,)
    everyone = whole(np.full((50, 4), 3.0), years[:4], kommuner=50)
    assert (everyone.p == 1.0).all()
    assert np.isfinite(everyone.interval()[0]).all()


def test_three_whole_numbers_in_a_row_are_no_proof():
    years = np.arange(3)
    rounded, fine = (whole(np.array([row]), years).p[0] for row in ([80.0, 81, 82], [80.0, 81.0, 82.1]))
    assert rounded > 0.1
    assert fine < 0.05
    assert rounding_variance(np.array([[10.0, 20], [15, 30], [0.25, nan]]), np.array([0, 1, 2])) * 12 == pytest.approx(
        [100, 1, 0.0001]
    )


@given(st.integers(0, 10_000), st.floats(-1e3, 1e3))
def test_mirrored_shifted_and_shuffled_series_have_mirrored_shifted_and_shuffled_lines(seed, shift):
    rng = np.random.default_rng(seed)
    years = np.arange(2018, 2024)
    values = rng.normal(0, 1, size=(25, 6)).round(3)
    values[rng.random(values.shape) < 0.2] = nan
    order = rng.permutation(25)
    line = whole(values, years, kommuner=25)
    mirrored = whole(-values, years, kommuner=25)
    moved = whole(values[order] + round(shift, 2), years, kommuner=25)
    assert mirrored.slope == pytest.approx(-line.slope, nan_ok=True)
    assert mirrored.p == pytest.approx(line.p, nan_ok=True)
    assert moved.p == pytest.approx(line.p[order], rel=1e-5, abs=1e-7, nan_ok=True)
