"""Intervals against the published reference tables, other implementations and a simulation of their coverage."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from lagesbild.errors import ParameterError
from lagesbild.methods.intervals import (
    count_interval,
    mean_interval,
    proportion_interval,
    rate_interval,
    ratio_interval,
)


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _table(shared_data: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(shared_data / "refstats" / f"testdata_{name}.csv")


def _agree(found: np.ndarray, printed: pd.Series) -> None:
    """Compare to the printed digits, and missing with missing."""
    np.testing.assert_allclose(found, printed.to_numpy(), rtol=1e-13, atol=0, equal_nan=True)


def test_wilson_and_byar_are_those_of_the_reference_table(shared_data: Path) -> None:
    table = _table(shared_data, "Byars_Wilson__testdata_B_W")
    assert set(table["method"]) == {"Wilson", "Byars"}
    compared = 0
    for (method, confidence), rows in table.groupby(["method", "confidence"]):
        level = float(confidence.rstrip("%")) / 100
        if method == "Wilson":
            lower, upper = proportion_interval(rows["x"], rows["n"], confidence=level)
        else:
            lower, upper = count_interval(rows["x"], confidence=level)
        # The table prints no lower limit of one event at 99.8 percent: the formula's is below zero. Ours is zero.
        unprinted = rows["lowercl"].isna()
        assert (lower[unprinted] == 0).all()
        _agree(lower[~unprinted], rows.loc[~unprinted, "lowercl"])
        _agree(upper, rows["uppercl"])
        compared += len(rows)
    assert compared == 13


@pytest.mark.parametrize(("limits", "level"), [("95_0", 0.95), ("99_8", 0.998)])
def test_proportions_are_those_of_the_reference_table(shared_data: Path, limits: str, level: float) -> None:
    table = _table(shared_data, "Proportion__testdata_Prop")
    assert len(table) == 19
    lower, upper = proportion_interval(table["Numerator"], table["Denominator"], confidence=level)
    _agree(lower * table["multiplier"], table[f"lower{limits}cl"])
    _agree(upper * table["multiplier"], table[f"upper{limits}cl"])


def test_grouped_proportions_are_those_of_the_reference_table(shared_data: Path) -> None:
    table = _table(shared_data, "Proportion__testdata_Prop_g")
    assert len(table) == 11
    lower, upper = proportion_interval(table["Numerator"], table["Denominator"])
    _agree(lower, table["lowercl"])
    _agree(upper, table["uppercl"])


def test_wilson_is_that_of_statsmodels() -> None:
    count, n = np.array([0, 1, 17, 40]), np.array([5, 12, 40, 40])
    np.testing.assert_allclose(
        proportion_interval(count, n, confidence=0.9),
        proportion_confint(count, n, alpha=0.1, method="wilson"),
        atol=1e-15,
    )


def test_means_are_those_of_scipy_and_ratios_with_equal_weights_are_means() -> None:
    values = np.array([3.0, 5.0, 4.0, 9.0])
    wanted = stats.t.interval(0.95, 3, loc=values.mean(), scale=stats.sem(values))
    np.testing.assert_allclose(mean_interval(values.mean(), values.std(ddof=1), 4), wanted)
    residuals = ((values - values.mean()) ** 2).sum()
    np.testing.assert_allclose(ratio_interval(values.sum(), 4.0, residuals, 4), wanted)


def test_a_rate_is_its_count_over_a_known_denominator() -> None:
    lower, upper = rate_interval([65, 3], [1000, 0], multiplier=1000)
    assert (lower[0], upper[0]) == tuple(part.item() for part in count_interval(65))
    assert np.isnan([lower[1], upper[1]]).all()


def test_the_more_of_a_finite_population_have_answered_the_narrower() -> None:
    widths = np.subtract(*proportion_interval(30, 60, population=[np.nan, 10_000, 120, 61, 60, 59])[::-1])
    assert (np.diff(widths[:5]) < 0).all()
    assert widths[0] == pytest.approx(np.subtract(*proportion_interval(30, 60)[::-1]))
    assert widths[4] == widths[5] == 0
    assert np.subtract(*mean_interval(5.0, 2.0, 10, population=10)[::-1]) == 0
    assert mean_interval(5.0, 2.0, 10, population=np.nan)[0] == mean_interval(5.0, 2.0, 10)[0]


def test_what_cannot_be_estimated_is_nan_without_a_warning() -> None:
    none = [np.nan, 0, 3, -1, 3]
    of = [10, 0, -2, 10, 2]
    for found in (proportion_interval(none, of), proportion_interval(none, of, population=[0, 0, 1, 5, 1])):
        assert np.isnan(found).all()
    assert np.isnan(count_interval([np.nan, -1])).all()
    assert np.isnan(mean_interval([5.0, np.nan, 5.0], [1.0, 1.0, np.nan], [1, 5, 5])).all()
    assert np.isnan(ratio_interval([5.0, 5.0], [0.0, 3.0], [1.0, 1.0], [5, 1])).all()
    assert mean_interval(5.0, 0.0, 9) == (5.0, 5.0)
    assert count_interval(0)[0] == 0
    assert proportion_interval(1, 1, population=1) == (1.0, 1.0)
    assert all(part.shape == (0,) for part in proportion_interval([], []))


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.1])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    for interval in (proportion_interval, rate_interval):
        with pytest.raises(ParameterError, match="confidence"):
            interval(1, 2, confidence=confidence)
    with pytest.raises(ParameterError, match="confidence"):
        mean_interval(1, 2, 3, confidence=confidence)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**6), st.floats(0, 1), st.floats(0.5, 0.999))
def test_mirrored_counts_give_mirrored_bounds_that_hold_the_proportion(n: int, part: float, confidence: float) -> None:
    count = round(part * n)
    lower, upper = proportion_interval(count, n, confidence=confidence)
    mirrored = proportion_interval(n - count, n, confidence=confidence)
    assert 0 <= lower <= count / n + 1e-15
    assert count / n - 1e-15 <= upper <= 1
    np.testing.assert_allclose(mirrored, (1 - upper, 1 - lower), atol=1e-12)


def test_wilson_holds_the_truth_as_often_as_it_says_also_of_a_finite_population() -> None:
    rng = np.random.default_rng(2024)
    for n, p in ((12, 0.1), (40, 0.5), (200, 0.9)):
        lower, upper = proportion_interval(rng.binomial(n, p, 20_000), n)
        assert np.mean((lower <= p) & (p <= upper)) == pytest.approx(0.95, abs=0.03)
    population, n = 100, 60
    with_it = 70
    drawn = rng.hypergeometric(with_it, population - with_it, n, 20_000)
    lower, upper = proportion_interval(drawn, n, population=population)
    held = np.mean((lower <= with_it / population) & (with_it / population <= upper))
    assert held == pytest.approx(0.95, abs=0.03)
    lower, upper = proportion_interval(drawn, n)
    assert np.mean((lower <= with_it / population) & (with_it / population <= upper)) > 0.99
