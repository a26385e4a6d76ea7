from __future__ import annotations

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lagesbild.methods.monotone import mann_kendall, null_distribution, theil_sen


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def partitions(n: int, largest: int | None = None):
    if n == 0:
        yield ()
    for part in range(min(n, largest or n), 0, -1):
        for rest in partitions(n - part, part):
            yield (part, *rest)


@pytest.mark.parametrize("n", range(2, 10))
def test_p_is_scipys_exact_p_of_kendalls_tau_without_ties(n):
    rng = np.random.default_rng(n)
    series = rng.normal(size=(40, n)) + np.linspace(0, 2, n) * rng.normal(size=(40, 1))
    result = mann_kendall(series)
    for row, p in zip(series, result.p, strict=True):
        assert p == pytest.approx(stats.kendalltau(range(n), row, method="exact").pvalue, abs=1e-12)


@pytest.mark.parametrize("values", [(1, 1, 2, 3, 4), (1, 1, 1, 2, 2, 3), (5, 5, 5, 5, 5, 9), (1, 1, 2, 2, 3, 3)])
def test_p_with_ties_is_the_share_of_all_orders_at_least_as_extreme(values):
    def s_of(order):
        return sum(np.sign(b - a) for a, b in itertools.combinations(order, 2))

    everywhere = np.array([abs(s_of(order)) for order in itertools.permutations(values)])
    orders = {values, values[::-1], (*values[1:], values[0])}
    for order in orders:
        expected = (everywhere >= abs(s_of(order))).mean()
        assert mann_kendall(np.array([order], dtype=float)).p[0] == pytest.approx(expected, abs=1e-12)


def test_long_series_with_ties_agree_with_the_normal_approximation():
    rng = np.random.default_rng(7)
    series = np.round(rng.normal(size=(20, 50)) + np.linspace(0, 0.6, 50), 1)
    ours = mann_kendall(series).p
    theirs = [stats.kendalltau(range(50), row, method="asymptotic").pvalue for row in series]
    assert np.abs(ours - theirs).max() < 0.02


@pytest.mark.parametrize("n", range(5, 10))
def test_no_pattern_of_ties_has_more_than_5_percent_false_alarms(n):
    for ties in partitions(n):
        chances = null_distribution(ties)
        assert chances.sum() == pytest.approx(1)
        steps = np.abs(len(chances) - 1 - 2 * np.arange(len(chances)))
        p = np.array([chances[steps >= step].sum() for step in steps])
        assert chances[p < 0.05].sum() <= 0.05


@pytest.mark.parametrize("n", [5, 9])
@pytest.mark.parametrize("decimals", [0, 6])
def test_simulated_false_alarms_stay_below_5_percent(n, decimals):
    rng = np.random.default_rng(2024)
    series = np.round(rng.normal(50, 2, size=(40_000, n)), decimals)
    assert (mann_kendall(series).p < 0.05).mean() <= 0.05


def test_a_real_trend_is_found():
    rng = np.random.default_rng(1)
    series = rng.normal(0, 1, size=(2000, 9)) + np.arange(9)
    assert (mann_kendall(series).p < 0.05).mean() > 0.95


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=9, max_size=9))
@settings(max_examples=60, deadline=None)
def test_a_gap_is_skipped_as_if_it_were_not_there(values):
    row = np.array([np.nan if value is None else value for value in values])
    short = row[~np.isnan(row)]
    gappy, dense = mann_kendall(row[None, :]), mann_kendall(short[None, :])
    assert (gappy.n[0], gappy.s[0]) == (len(short), dense.s[0])
    assert np.array_equal(gappy.p, dense.p, equal_nan=True)


def test_constant_empty_and_single_series_have_defined_answers():
    nan = np.nan
    result = mann_kendall(np.array([[3.0, 3, 3, 3, 3], [nan] * 5, [nan, nan, 1, nan, nan]]))
    assert result.n.tolist() == [5, 0, 1]
    assert result.s.tolist() == [0, 0, 0]
    assert result.p[0] == 1
    assert np.isnan(result.p[1])
    assert result.p[2] == 1


def test_no_series_at_all():
    assert mann_kendall(np.empty((0, 9))).p.shape == (0,)
    assert theil_sen(np.empty((0, 9)), np.arange(9)).shape == (0,)


@pytest.mark.parametrize("n", [2, 3, 5, 8, 9])
def test_the_slope_is_scipys_theil_sen_slope(n):
    rng = np.random.default_rng(n)
    years = np.sort(rng.choice(np.arange(2000, 2020), size=n, replace=False))
    series = np.round(rng.normal(size=(30, n)), 1)
    expected = [stats.theilslopes(row, years).slope for row in series]
    assert theil_sen(series, years) == pytest.approx(expected)


def test_gaps_count_with_their_length_in_the_slope():
    values = np.array([[10.0, np.nan, 14.0, np.nan, 18.0], [np.nan, np.nan, 1.0, np.nan, np.nan]])
    slope = theil_sen(values, np.arange(2016, 2021))
    assert slope[0] == 2.0
    assert np.isnan(slope[1])
