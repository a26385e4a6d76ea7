"""Regression on a yes/no variable against statsmodels, and where there is nothing to estimate."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm

from lagesbild.methods.binary_regression import FEWEST, marks, regress

KOMMUNER, YEARS = 40, 4


def drawn(seed: int) -> tuple[npt.NDArray[np.float64], ...]:
    """Return outcomes, yes/no variable and control with gaps of their own, the outcome tied to all of it."""
    rng = np.random.default_rng(seed)
    control = rng.standard_normal((KOMMUNER, YEARS))
    high = (rng.random((KOMMUNER, YEARS)) < 0.3).astype(np.float64)
    kommun, year = rng.standard_normal((KOMMUNER, 1)), np.arange(YEARS)
    outcome = 0.4 * high + 0.5 * control + kommun + year + rng.standard_normal((KOMMUNER, YEARS))
    for array in (outcome, high, control):
        array[rng.random(array.shape) < 0.1] = np.nan
    return outcome, high, control


def by_statsmodels(outcome: object, high: object, *controls: object, years: bool, cluster: bool) -> tuple[float, float]:
    """Return slope and p as statsmodels has them."""
    y, d, *extra = (np.asarray(part, dtype=np.float64).ravel() for part in (outcome, high, *controls))
    kommun, year = (index.ravel() for index in np.indices((KOMMUNER, YEARS)))
    used = np.isfinite(np.column_stack([y, d, *extra])).all(axis=1)
    dummies = (year[:, None] == np.arange(YEARS)).astype(np.float64) if years else np.ones((len(y), 1))
    model = sm.OLS(y[used], np.column_stack([d, *extra, dummies])[used])
    kwargs = {"cov_type": "cluster", "cov_kwds": {"groups": kommun[used]}, "use_t": True} if cluster else {}
    found = model.fit(**kwargs)
    return float(found.params[0]), float(found.pvalues[0])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_estimate_and_p_is_that_of_statsmodels(seed: int) -> None:
    outcome, high, control = drawn(seed)
    fit = regress(outcome, high, control)
    plain = by_statsmodels(outcome, high, years=False, cluster=False)
    assert (fit.estimate, fit.p) == pytest.approx(plain, abs=1e-9)
    years = by_statsmodels(outcome, high, years=True, cluster=False)
    assert (fit.estimate_years, fit.p_years) == pytest.approx(years, abs=1e-9)
    clustered = by_statsmodels(outcome, high, years=True, cluster=True)
    assert (fit.estimate_years, fit.p_cluster) == pytest.approx(clustered, abs=1e-9)
    held = by_statsmodels(outcome, high, control, years=True, cluster=True)
    assert (fit.estimate_held, fit.p_held) == pytest.approx(held, abs=1e-9)


def test_many_outcomes_at_once_are_the_same_as_one_by_one() -> None:
    outcomes, highs, controls = (np.stack(parts) for parts in zip(*(drawn(seed) for seed in range(5)), strict=True))
    together = regress(outcomes, highs, controls)
    for at in range(5):
        one = regress(outcomes[at], highs[at], controls[at])
        for name in ("n", "n_high", "n_kommuner", "estimate", "p", "p_years", "p_cluster", "p_held"):
            assert getattr(together, name)[at] == pytest.approx(getattr(one, name), abs=1e-12), name


def test_marks_have_sign_and_level() -> None:
    found = marks([1.0, 1.0, 1.0, -1.0, -1.0, 1.0], [0.049, 0.051, 0.1, 0.02, 0.09, np.nan])
    assert found.tolist() == ["++", "+", "", "--", "-", ""]


@pytest.mark.parametrize(
    ("outcome", "high"),
    [
        (np.full((20, 3), 50.0), "mixed"),  # a constant series
        (np.full((20, 3), np.nan), "mixed"),  # all missing
        ("noise", np.zeros((20, 3))),  # nobody is high
        ("noise", np.ones((20, 3))),  # all are
        (np.vstack([np.arange(3.0), np.full((19, 3), np.nan)]), "mixed"),  # one reporting kommun
        (np.zeros((20, 0)), np.zeros((20, 0))),  # no year
        (np.zeros((0, 3)), np.zeros((0, 3))),  # no kommun
    ],
)
def test_where_there_is_nothing_to_compare_there_is_no_p_and_no_warning(outcome: object, high: object) -> None:
    rng = np.random.default_rng(1)
    outcome = rng.standard_normal((20, 3)) if isinstance(outcome, str) else outcome
    high = (rng.random((20, 3)) < 0.5).astype(float) if isinstance(high, str) else high
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit = regress(outcome, high, high)  # type: ignore[arg-type]
    for p in (fit.p, fit.p_years, fit.p_cluster, fit.p_held):
        assert np.isnan(p)


def test_an_outcome_that_follows_the_variable_without_rest_is_certain() -> None:
    high = np.tile([[0.0], [1.0]], (FEWEST * 2, 3))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit = regress(high * 7.0, high)
    assert (fit.estimate, fit.p, fit.p_years, fit.p_cluster) == (7.0, 0.0, 0.0, 0.0)


def test_a_side_needs_five_observations_and_for_clusters_five_kommuner() -> None:
    outcome = np.random.default_rng(3).standard_normal((30, 5))
    high = np.zeros((30, 5))
    high[0] = 1.0  # five years of one kommun
    fit = regress(outcome, high)
    assert np.isfinite(fit.p)
    assert np.isnan(fit.p_cluster)
    high[0, 0] = 0.0
    assert np.isnan(regress(outcome, high).p)
