"""Tests of funnel limits: against scipy and statsmodels, and by simulation of chance and of over-dispersion."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from lagesbild.methods.funnel import binomial_limits, funnel, over_dispersion, winsorised, z_scores

pytestmark = pytest.mark.filterwarnings("error")

SIZES = np.random.default_rng(0).integers(15, 900, 200).astype(float)


def _drawn(tau: float, rounds: int, seed: int) -> np.ndarray:
    """Return counts of 200 kommuner whose true shares have the standard deviation tau about 70 percent."""
    rng = np.random.default_rng(seed)
    truth = np.clip(rng.normal(0.7, tau, (rounds, len(SIZES))), 0, 1)
    return rng.binomial(SIZES.astype(int), truth).astype(float)


def test_exact_limits_lie_within_a_count_of_the_binomial_quantiles_and_near_the_normal_ones():
    n = np.array([10.0, 50.0, 400.0, 5000.0])
    for level in (95.0, 99.8):
        tails = (0.5 - level / 200, 0.5 + level / 200)
        for limit, tail in zip(binomial_limits(0.3, n, level=level), tails, strict=True):
            quantile = stats.binom.ppf(tail, n, 0.3)
            assert (limit * n <= quantile).all()
            assert (limit * n >= quantile - 1).all()
            assert limit[-1] == pytest.approx(stats.norm.ppf(tail, 0.3, np.sqrt(0.21 / 5000)), abs=5e-4)


def test_tau_is_dersimonian_and_lairds_as_statsmodels_has_it():
    counts = _drawn(0.08, 1, 1)[0]
    found = funnel(counts, SIZES, winsorise=0.0)
    variance = found.target * (1 - found.target) / SIZES
    theirs = combine_effects(counts / SIZES, variance, method_re="dl")
    assert found.over_dispersed
    # Theirs is about the mean weighted by precision, which for one common variance per person is the target.
    assert found.tau**2 == pytest.approx(theirs.tau2, rel=1e-9)
    assert found.phi * len(SIZES) == pytest.approx(theirs.q, rel=1e-9)


def test_by_chance_alone_the_funnel_seldom_widens_and_holds_its_level():
    counts = _drawn(0.0, 400, 2)
    found = [funnel(row, SIZES) for row in counts]
    assert np.mean([one.over_dispersed for one in found]) <= 0.03
    for level, outside in ((95.0, 0.05), (99.8, 0.002)):
        lower, upper = binomial_limits(0.7, SIZES, level=level)
        share = counts / SIZES
        assert np.mean((share < lower) | (share > upper)) == pytest.approx(outside, rel=0.35)


def test_over_dispersion_is_found_measured_and_kept_within_the_limits():
    counts = _drawn(0.06, 200, 3)
    found = [funnel(row, SIZES) for row in counts]
    assert all(one.over_dispersed for one in found)
    # Winsorising takes some of a true spread away too.
    assert np.mean([one.tau for one in found]) == pytest.approx(0.06, abs=0.015)
    lower, upper = found[0].limits(SIZES, level=95.0)
    outside = np.mean((counts / SIZES < lower) | (counts / SIZES > upper))
    narrow = binomial_limits(found[0].target, SIZES, level=95.0)
    naive = np.mean((counts / SIZES < narrow[0]) | (counts / SIZES > narrow[1]))
    assert 0.03 < outside < 0.12
    assert naive > 3 * outside


def test_a_few_real_outliers_widen_the_funnel_for_all_but_for_winsorising():
    counts = _drawn(0.0, 1, 4)[0]
    counts[:3] = 0.0
    assert funnel(counts, SIZES).tau < 0.01
    assert funnel(counts, SIZES, winsorise=0.0).tau > 0.09


def test_winsorising_pulls_in_the_ends_alone():
    z = np.arange(11.0)
    assert winsorised(z).tolist() == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert len(winsorised(np.array([np.nan]))) == 0


def test_hostile_funnels_have_an_answer_and_never_warn():
    empty = funnel([], [])
    assert (empty.n_kommuner, np.isnan(empty.target)) == (0, True)
    assert funnel([1.0, np.nan, 3.0], [0.0, 5.0, 2.0]).n_kommuner == 0
    assert funnel([5.0, 7.0], [5.0, 7.0]).tau == 0.0
    assert not funnel([0.0, 0.0], [5.0, 7.0]).over_dispersed
    alone = funnel([3.0], [10.0])
    assert (alone.n_kommuner, alone.tau) == (1, 0.0)
    assert np.isnan(empty.limits([5.0], level=95.0)[0]).all()
    assert np.isnan(binomial_limits(0.3, [0.0, np.nan], level=95.0)[0]).all()
    assert np.isnan(z_scores(np.array([1.0]), np.array([0.0]), 0.5)).all()
    assert not over_dispersion(99.0, 9)
    for target in (0.0, 1.0):
        assert binomial_limits(target, [4.0], level=99.8) == (target, target)
