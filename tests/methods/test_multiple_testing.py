"""Many tests at once: the expected number of false marks, and marks that allow for it."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lagesbild.methods.multiple_testing import adjust, expected_marks, false_discovery_adjusted


def test_adjusted_values_are_those_of_scipy_and_null_is_no_test() -> None:
    p = np.random.default_rng(1).random(50) ** 3
    np.testing.assert_allclose(false_discovery_adjusted(p), stats.false_discovery_control(p))
    with_null = np.insert(p, 7, np.nan)
    np.testing.assert_allclose(np.delete(false_discovery_adjusted(with_null), 7), stats.false_discovery_control(p))
    assert np.isnan(false_discovery_adjusted(with_null)[7])


def test_the_example_of_benjamini_and_hochberg() -> None:
    """Their section 4.1: fifteen tests, of which the four smallest are rejected at 5 percent."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    assert (false_discovery_adjusted(p) < 0.05).tolist() == [True] * 4 + [False] * 11


def test_each_table_is_adjusted_for_its_own_tests() -> None:
    tests = pd.DataFrame({"tabell": [2, 2, 9], "p": [0.03, 0.5, 0.03]})
    found = adjust(tests, table=["tabell"])
    assert found["p_fdr"].tolist() == pytest.approx([0.06, 0.5, 0.03])
    assert found["mark_fdr"].tolist() == ["*", "", "**"]
    assert adjust(tests)["p_fdr"].tolist() == pytest.approx([0.045, 0.5, 0.045])


def test_expected_marks_count_the_tests_that_could_be_made() -> None:
    tests = pd.DataFrame({"tabell": [2] * 5, "p": [0.001, 0.04, 0.08, 0.6, np.nan]})
    found = expected_marks(tests, table=["tabell"]).iloc[0]
    assert found[["tests", "marked_5", "marked_10", "kept_5", "kept_10"]].tolist() == [4, 2, 3, 1, 2]
    assert found[["expected_5", "expected_10"]].tolist() == pytest.approx([0.2, 0.4])


def test_without_any_difference_marks_come_as_expected_and_hardly_any_is_kept() -> None:
    rng = np.random.default_rng(2)
    tests = pd.DataFrame({"tabell": np.repeat(np.arange(500), 96), "p": rng.random(500 * 96)})
    found = expected_marks(tests, table=["tabell"])
    assert found["marked_5"].mean() == pytest.approx(found["expected_5"].iloc[0], rel=0.05)
    assert (found["kept_5"] > 0).mean() < 0.08


def test_no_tests_are_no_marks_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nothing = expected_marks(pd.DataFrame({"p": [np.nan, np.nan]})).iloc[0]
        empty = expected_marks(pd.DataFrame({"p": [], "tabell": []}, dtype="float64"), table=["tabell"])
        assert adjust(pd.DataFrame({"p": [np.nan]}))["mark_fdr"].tolist() == [""]
    assert nothing[["tests", "marked_5", "kept_10"]].tolist() == [0, 0, 0] and len(empty) == 0
