"""The computed coverage: that of a simulation, and what it shows of the intervals."""

from __future__ import annotations

import numpy as np
import pytest

from lagesbild.methods.coverage import coverage, coverage_table
from lagesbild.methods.intervals import proportion_interval


def test_the_computed_coverage_is_the_simulated_one() -> None:
    drawn = np.random.default_rng(3).binomial(30, 0.1, 100_000)
    lower, upper = proportion_interval(drawn, 30)
    simulated = np.mean((lower <= 0.1) & (upper >= 0.1))
    assert coverage(30, 0.1, proportion_interval) == pytest.approx(simulated, abs=0.004)


def test_wilson_is_near_what_it_says_and_the_correction_takes_away_what_is_too_wide() -> None:
    found = coverage_table([12, 30, 100], [0.1, 0.5, 0.85])
    assert len(found) == 9
    assert found["wilson"].min() > 0.93
    assert found["simple"].min() < 0.8
    assert found["without"].min() > 0.99
    assert found["finite"].min() > 0.93
    assert (found["finite"] <= found["without"]).all()
