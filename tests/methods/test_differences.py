"""Tests of differences from a reference: error rates and power by simulation, statsmodels, and hostile cases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from lagesbild.methods.differences import (
    LEVELS,
    Reference,
    bounds,
    difference_words,
    exact,
    others,
    secured,
    shrunk,
)

pytestmark = pytest.mark.filterwarnings("error")

#: Simulated figures for each error rate.
MANY = 40_000


def _rates(levels: np.ndarray) -> tuple[float, float]:
    """Return the share secured at 95 percent or more, and at 99.8."""
    return float(np.mean(levels >= LEVELS[0])), float(np.mean(levels >= LEVELS[1]))


def _nowhere(values: np.ndarray) -> np.ndarray:
    return np.full(len(values), np.nan)


def test_the_interval_is_wilsons_as_statsmodels_has_it():
    counts, n = np.array([0.0, 3.0, 50.0, 10.0]), np.array([10.0, 12.0, 200.0, 10.0])
    for level in LEVELS:
        found = bounds(100 * counts / n, se=np.ones(4), denominators=n, level=level)
        expected = proportion_confint(counts, n, alpha=1 - level / 100, method="wilson")
        np.testing.assert_allclose(found, 100 * np.asarray(expected), atol=1e-9)


@pytest.mark.parametrize(("n", "p"), [(20, 0.5), (50, 0.1), (200, 0.9), (1000, 0.5)])
def test_a_share_equal_to_riket_is_called_different_about_as_often_as_the_level_says(n, p):
    values = 100 * np.random.default_rng(1).binomial(n, p, MANY) / n
    counted = np.full(MANY, float(n))
    levels = secured(values, exact(np.full(MANY, 100 * p)), se=np.ones(MANY), denominators=counted)
    at_95, at_998 = _rates(levels)
    # Counts are whole, so that no test of them hits its level; Wilson's is near it on both sides.
    assert 0.02 < at_95 < 0.066
    assert 0.0005 < at_998 < 0.008


@pytest.mark.parametrize("group", [3, 12, 290])
def test_kommuner_that_are_all_alike_are_called_different_as_often_as_the_level_says(group):
    rng = np.random.default_rng(2)
    groups = np.arange(MANY) // group
    se = rng.uniform(1, 4, MANY)  # small kommuner err more
    values = rng.normal(60, se)
    reference = others(values, se, groups)
    tested = reference.n == group - 1
    at_95, at_998 = _rates(secured(values, reference, se=se, denominators=_nowhere(values))[tested])
    assert at_95 == pytest.approx(0.05, abs=0.005)
    assert at_998 == pytest.approx(0.002, abs=0.001)


@pytest.mark.parametrize("errors", [1.0, 2.0, 3.0, 4.0])
def test_the_power_at_a_stated_difference_is_that_of_the_normal_test(errors):
    values = np.random.default_rng(3).normal(errors, 1.0, MANY)
    found = _rates(secured(values, exact(np.zeros(MANY)), se=np.ones(MANY), denominators=_nowhere(values)))
    for rate, level in zip(found, LEVELS, strict=True):
        z = norm.ppf(0.5 + level / 200)
        assert rate == pytest.approx(norm.sf(z - errors) + norm.cdf(-z - errors), abs=0.01)


def test_the_best_quarter_as_measured_raises_false_alarm_and_as_measured_again_does_not():
    """All kommuner are alike: who is among the best is luck, and to be worse than they is nothing."""
    rng, n, rounds = np.random.default_rng(4), 200, 100
    values, se = rng.normal(50, 3, n * rounds), np.full(n * rounds, 3.0)
    series = np.repeat(np.arange(rounds), n)
    best = np.sort(values.reshape(rounds, n), axis=1)[:, -n // 4 :].mean(axis=1).repeat(n)
    naive = Reference(level=best, se=np.full(len(values), 3 / np.sqrt(n / 4)), n=np.full(len(values), n // 4))
    fair = shrunk(naive, values=values, se=se, series=series)
    nowhere = _nowhere(values)
    assert _rates(secured(values, naive, se=se, denominators=nowhere))[0] > 0.2
    assert _rates(secured(values, fair, se=se, denominators=nowhere))[0] == pytest.approx(0.05, abs=0.01)


def test_a_kommun_as_good_as_the_best_is_called_worse_than_they_as_often_as_the_level_says():
    rng, n, rounds = np.random.default_rng(5), 200, 200
    truth = rng.normal(50, 6, (rounds, n))
    values = rng.normal(truth, 3)
    order = np.argsort(values, axis=1)[:, -n // 4 :]
    level = np.take_along_axis(values, order, axis=1).mean(axis=1).repeat(n)
    true_level = np.take_along_axis(truth, order, axis=1).mean(axis=1)
    series = np.repeat(np.arange(rounds), n)
    reference = Reference(level=level, se=np.zeros(n * rounds), n=np.full(n * rounds, n // 4))
    fair = shrunk(reference, values=values.ravel(), se=np.full(n * rounds, 3.0), series=series)
    assert fair.level[::n] == pytest.approx(true_level, abs=2.0)
    asked = Reference(level=fair.level[::n], se=fair.se[::n], n=fair.n[::n])
    equal = rng.normal(np.repeat(true_level[:, None], 100, axis=1), 3)
    levels = [secured(equal[:, i], asked, se=np.full(rounds, 3.0), denominators=_nowhere(equal)) for i in range(100)]
    assert _rates(np.concatenate(levels))[0] == pytest.approx(0.05, abs=0.01)


def test_the_mean_of_the_others_leaves_the_kommun_out_and_has_their_error():
    values, se = np.array([1.0, 2.0, 6.0, 9.0, np.nan]), np.array([1.0, 2.0, 4.0, np.nan, 3.0])
    found = others(values, se, np.array([0, 0, 0, 1, 1]))
    assert found.level[:3].tolist() == [4.0, 3.5, 1.5]
    assert found.n.tolist() == [2, 2, 2, 0, 1]
    assert found.se[0] == pytest.approx(np.sqrt(4 + 16) / 2)
    assert np.isnan(found.level[3])
    assert (found.level[4], np.isnan(found.se[4])) == (9.0, True)
    weighted = others(values[:3], se[:3], np.zeros(3, dtype=np.int64), np.array([1.0, 3.0, 1.0]))
    assert weighted.level[2] == 1.75
    assert weighted.se[2] == pytest.approx(np.sqrt(1 + 36) / 4)


def test_a_row_without_known_error_errs_as_the_others_do():
    found = others(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, np.nan]), np.zeros(3, dtype=np.int64))
    assert found.se[0] == pytest.approx(2 / np.sqrt(2))


def test_words_follow_the_direction_and_the_level():
    direction = pd.Series(["hog", "lag", "ingen", "hog", "hog", "ingen"], dtype="str")
    gap, levels = np.array([1, 1, 1, 1, 1, -1.0]), np.array([95, 99.8, 95, 0, np.nan, 95])
    assert difference_words(gap, levels, direction).tolist() == ["battre", "samre", "hogre", "ingen", "", "lagre"]


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=12), st.floats(0.5, 10))
def test_mirrored_figures_give_mirrored_words(gaps, error):
    gap = np.round(np.array(gaps), 3)
    se = np.full(len(gap), error)
    high, low = (pd.Series([word] * len(gap), dtype="str") for word in ("hog", "lag"))
    nowhere = _nowhere(gap)
    levels = secured(gap, exact(np.zeros(len(gap))), se=se, denominators=nowhere)
    mirrored = secured(-gap, exact(np.zeros(len(gap))), se=se, denominators=nowhere)
    assert (levels == mirrored).all()
    assert (difference_words(gap, levels, high) == difference_words(-gap, mirrored, low)).all()


@given(st.permutations(range(9)))
def test_the_order_of_rows_does_not_matter(order):
    values, se = np.array([3.1, 2.2, 9.7, 4.4, 0.1, 8.8, 7.3, np.nan, 5.0]), np.arange(1.0, 10.0)
    groups = np.array([0, 0, 1, 1, 1, 2, -1, 2, 0])
    whole, mixed = others(values, se, groups), others(values[order], se[order], groups[order])
    np.testing.assert_allclose(mixed.level, whole.level[order])
    np.testing.assert_allclose(mixed.se, whole.se[order])


def test_hostile_figures_are_untested_or_no_difference_and_never_warn():
    values = np.array([np.nan, 50.0, 50.0, 0.0, 100.0, 50.0])
    reference = exact(np.array([40.0, np.nan, 40.0, 0.0, 100.0, 50.0]))
    se = np.array([1.0, 1.0, 0.0, np.nan, np.nan, 2.0])
    counted = np.array([np.nan, np.nan, np.nan, 5.0, 5.0, np.nan])
    levels = secured(values, reference, se=se, denominators=counted)
    assert np.isnan(levels[:3]).all()
    assert levels[3:].tolist() == [0.0, 0.0, 0.0]
    nobody = others(np.full(3, np.nan), np.full(3, np.nan), np.array([0, 0, -1]))
    assert np.isnan(nobody.level).all()
    empty = others(np.array([]), np.array([]), np.array([], dtype=np.int64))
    assert len(empty.level) == 0
    alike = shrunk(exact(np.full(3, 5.0)), values=np.full(3, 5.0), se=np.ones(3), series=np.zeros(3, dtype=np.int64))
    assert alike.level.tolist() == [5.0] * 3
