"""Women's and men's results differ for certain when the interval of two proportions says so."""

from __future__ import annotations

import numpy as np
import pytest

from lagesbild.methods.sex_gaps import SexResults, secured_gaps


def of(values: list[float], denominators: list[float], se: list[float] | None = None) -> SexResults:
    errors = [np.nan] * len(values) if se is None else se
    return SexResults(values=np.array(values), se=np.array(errors), denominators=np.array(denominators))


def test_newcombes_own_examples_are_met() -> None:
    """Newcombe (1998), table II, method 10: 56/70 - 48/80 is 0.0524 to 0.3339; 9/10 - 3/10 is 0.1705 to 0.8090."""
    women, men = of([80.0, 90.0], [70.0, 10.0]), of([60.0, 30.0], [80.0, 10.0])
    assert secured_gaps(women, men).tolist() == [95.0, 95.0]
    # Below the lower limit of the interval the difference would be nothing; the men's share moved up by it is a tie.
    assert secured_gaps(of([80.0], [7.0]), of([60.0], [8.0])).tolist() == [0.0]


def test_the_order_of_the_sexes_does_not_matter_and_larger_groups_are_surer() -> None:
    women, men = of([88.0, 88.0], [40.0, 4000.0]), of([80.0, 80.0], [30.0, 3000.0])
    assert secured_gaps(women, men).tolist() == secured_gaps(men, women).tolist() == [0.0, 99.8]


@pytest.mark.parametrize("unknown", [of([88.0], [np.nan]), of([np.nan], [400.0])])
def test_nothing_is_tested_without_a_value_or_an_error(unknown: SexResults) -> None:
    assert np.isnan(secured_gaps(unknown, of([60.0], [400.0]))).all()
    assert np.isnan(secured_gaps(of([60.0], [400.0]), unknown)).all()


def test_chance_alone_is_secured_as_often_as_the_level_says() -> None:
    rng = np.random.default_rng(20_261_122)
    n, share = np.full(20_000, 120.0), 0.8
    draws = [100.0 * rng.binomial(120, share, len(n)) / n for _ in range(2)]
    empty = np.full(len(n), np.nan)
    women, men = (SexResults(values=one, se=empty, denominators=n) for one in draws)
    found = secured_gaps(women, men)
    assert 0.03 < (found >= 95.0).mean() < 0.06
    assert (found == 99.8).mean() < 0.005
