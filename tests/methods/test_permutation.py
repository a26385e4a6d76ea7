"""The permutation test keeps its error rate, finds real differences, and gives the same p again."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lagesbild.methods.permutation import association_test, permutation_test


def chosen(n: int, k: int) -> np.ndarray:
    return np.arange(n) < k


def test_false_alarms_are_at_most_five_percent_also_for_skew_values_and_unlike_groups():
    rng = np.random.default_rng(8)
    for k in (5, 20):
        p = [permutation_test(rng.lognormal(0, 1.5, 60), chosen(60, k), seed=i) for i in range(400)]
        assert np.mean(np.array(p) <= 0.05) <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 400)
        assert min(p) > 0


def test_false_alarms_of_association_with_small_groups():
    rng = np.random.default_rng(9)
    p = [association_test(rng.integers(0, 9, 80), chosen(80, 8), seed=i) for i in range(400)]
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 400)


def test_a_p_value_is_near_the_one_of_all_choices():
    values = np.array([3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.6, 5.3])
    gaps = [abs(values[list(who)].mean() - values.mean()) for who in combinations(range(8), 3)]
    exact = np.mean(np.array(gaps) >= abs(values[:3].mean() - values.mean()) - 1e-12)
    assert permutation_test(values, chosen(8, 3), seed=1) == pytest.approx(exact, abs=0.04)


def test_real_differences_are_found_and_the_same_seed_gives_the_same():
    rng = np.random.default_rng(1)
    values = np.r_[rng.normal(1.5, 1, 15), rng.normal(0, 1, 100)]
    assert (
        permutation_test(values, chosen(115, 15), seed=3) == permutation_test(values, chosen(115, 15), seed=3) <= 0.01
    )
    groups = np.r_[np.zeros(15, dtype=int), rng.integers(0, 5, 100)]
    assert association_test(groups, chosen(115, 15), seed=3) <= 0.01


def test_equal_values_never_differ_and_an_empty_group_is_refused():
    assert permutation_test(np.ones(30), chosen(30, 10), seed=1) == 1.0
    with pytest.raises(ValueError, match="empty"):
        permutation_test(np.ones(3), chosen(3, 3), seed=1)
