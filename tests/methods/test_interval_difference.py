"""The interval of a difference from two intervals."""

from __future__ import annotations

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from lagesbild.methods.interval_difference import Estimate, difference, is_secured


def _wilson(count: int, n: int) -> Estimate:
    low, high = proportion_confint(count, n, method="wilson")
    return Estimate(count / n, low, high)


@pytest.mark.parametrize(("a", "n", "b", "m"), [(56, 70, 48, 80), (9, 10, 3, 10), (500, 1000, 480, 1000)])
def test_two_proportions_have_newcombes_interval(a: int, n: int, b: int, m: int) -> None:
    found = difference(_wilson(a, n), _wilson(b, m))
    assert (found.lower, found.upper) == pytest.approx(confint_proportions_2indep(a, n, b, m, method="newcomb"))


def test_a_difference_is_secured_where_its_interval_is_on_one_side_of_zero() -> None:
    assert is_secured(difference(_wilson(56, 70), _wilson(48, 80)))
    assert not is_secured(difference(_wilson(500, 1000), _wilson(480, 1000)))
    assert not is_secured(difference(Estimate(1, 0, 2), Estimate(1, 0, 2)))
    assert is_secured(difference(Estimate(1, 1, 1), Estimate(2, 2, 2)))
