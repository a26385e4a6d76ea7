"""A figure's standard error comes from its denominator, else from how much such figures move."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.methods.panel import PANEL_COLUMNS
from lagesbild.methods.standard_errors import FEWEST_CHANGES, standard_errors, yearly_spread


@pytest.fixture(autouse=True)
def _no_warning() -> None:
    warnings.simplefilter("error")


def _panel(values: np.ndarray, years: list[int] | None = None) -> pd.DataFrame:
    """Return a panel of one indicator: a kommun per row of `values`, a year per column."""
    kommuner, n = values.shape
    frame = pd.DataFrame(
        {
            "indicator": "tal",
            "year": np.tile(years or list(range(2015, 2015 + n)), kommuner),
            "region": np.repeat([f"{code:04}" for code in range(kommuner)], n),
            "value": values.ravel(),
            "numerator": np.nan,
            "denominator": np.nan,
        }
    )
    return frame.dropna(subset=["value"])[list(PANEL_COLUMNS)]


def _classes(kommuner: int, split: int | None = None) -> pd.Series:
    names = ["små" if split is not None and i < split else "stora" for i in range(kommuner)]
    return pd.Series(names, index=[f"{code:04}" for code in range(kommuner)])


def test_the_spread_of_pure_noise_is_its_standard_deviation() -> None:
    chance = np.random.default_rng(3)
    level = chance.normal(60, 10, (290, 1))
    # What moves every kommun alike is no noise.
    shared = np.array([[0.0, 5.0, -3.0, 8.0, 2.0, 0.0]])
    found = yearly_spread(_panel(level + shared + chance.normal(0, 4, (290, 6))), size_class=_classes(290))
    assert found["spread"].item() == pytest.approx(4.0, rel=0.06)
    assert found["n_changes"].item() == 290 * 5


def test_true_change_makes_the_spread_larger_never_smaller() -> None:
    chance = np.random.default_rng(4)
    walk = chance.normal(0, 3, (290, 6)).cumsum(axis=1)
    found = yearly_spread(_panel(50 + walk + chance.normal(0, 4, (290, 6))), size_class=_classes(290))
    # A walk's step of variance 9 is added to twice 16, and two measurements share it.
    assert found["spread"].item() == pytest.approx(np.sqrt(16 + 9 / 2), rel=0.06)


def test_a_few_leaps_do_not_count() -> None:
    chance = np.random.default_rng(5)
    values = 50 + chance.normal(0, 2, (290, 5))
    values[:10, 3] = 0.0
    assert yearly_spread(_panel(values), size_class=_classes(290))["spread"].item() == pytest.approx(2.0, rel=0.1)


def test_small_kommuner_have_a_spread_of_their_own() -> None:
    chance = np.random.default_rng(6)
    noise = np.where(np.arange(200)[:, None] < 100, 9.0, 1.0)
    found = yearly_spread(_panel(50 + chance.normal(0, 1, (200, 6)) * noise), size_class=_classes(200, 100))
    spread = found.set_index("storleksklass")["spread"]
    assert spread["små"] == pytest.approx(9.0, rel=0.12)
    assert spread["stora"] == pytest.approx(1.0, rel=0.12)


def test_a_class_with_few_changes_has_the_whole_countrys_spread() -> None:
    values = 50 + np.random.default_rng(7).normal(0, 2, (100, 3))
    found = yearly_spread(_panel(values), size_class=_classes(100, 3)).set_index("storleksklass")
    assert found.loc["små", "n_changes"] < FEWEST_CHANGES
    assert found.loc["små", "spread"] == pytest.approx(2.0, rel=0.2)


def test_the_years_between_two_measurings_are_no_gap_but_a_missed_measuring_is() -> None:
    values = np.full((30, 3), 50.0) + np.random.default_rng(8).normal(0, 1, (30, 3))
    assert yearly_spread(_panel(values, [2016, 2018, 2020]), size_class=_classes(30))["n_changes"].item() == 60
    values[0, 1] = np.nan
    assert yearly_spread(_panel(values, [2016, 2018, 2020]), size_class=_classes(30))["n_changes"].item() == 58


def test_too_few_changes_say_nothing() -> None:
    found = yearly_spread(_panel(np.array([[1.0, 2.0], [2.0, 1.0]])), size_class=_classes(2))
    assert found["spread"].isna().all()
    assert len(yearly_spread(_panel(np.empty((0, 0))), size_class=_classes(0))) == 0


def test_constant_results_have_no_spread_at_all() -> None:
    assert yearly_spread(_panel(np.full((40, 3), 100.0)), size_class=_classes(40))["spread"].item() == 0.0


def test_mostly_equal_results_have_the_plain_standard_deviation() -> None:
    values = np.full((100, 2), 100.0)
    values[:10, 1] = 90.0
    found = yearly_spread(_panel(values), size_class=_classes(100))["spread"].item()
    assert found == pytest.approx(np.sqrt(10.0 / 2.0))


def test_the_binomial_standard_error_is_the_true_one(an_indicator: Callable[..., Indicator]) -> None:
    chance = np.random.default_rng(9)
    drawn = chance.binomial(80, 0.7, 4000)
    frame = _panel((100.0 * drawn / 80)[:, None]).assign(numerator=drawn.astype(float), denominator=80.0)
    classes = _classes(4000)
    spread = yearly_spread(frame, size_class=classes)
    found = standard_errors(frame, indicators=[an_indicator("tal")], spread=spread, size_class=classes)
    assert set(found["se_kind"]) == {"rakning"}
    assert found["se"].mean() == pytest.approx(frame["value"].std(), rel=0.05)


def test_nobody_is_certain_at_100_percent(an_indicator: Callable[..., Indicator]) -> None:
    frame = _panel(np.array([[100.0]])).assign(numerator=12.0, denominator=12.0)
    classes = _classes(1)
    spread = yearly_spread(frame, size_class=classes)
    found = standard_errors(frame, indicators=[an_indicator("tal")], spread=spread, size_class=classes)
    assert found["se"].item() > 5.0


def test_a_number_without_denominator_has_its_indicators_spread(an_indicator: Callable[..., Indicator]) -> None:
    frame = _panel(30 + np.random.default_rng(10).normal(0, 3, (60, 4)))
    classes = _classes(60)
    spread = yearly_spread(frame, size_class=classes)
    for scale in (Scale.PROCENT, Scale.DAGAR):
        found = standard_errors(frame, indicators=[an_indicator("tal", scale=scale)], spread=spread, size_class=classes)
        assert set(found["se_kind"]) == {"spridning"}
        assert found["se"].unique().tolist() == spread["spread"].tolist()


def test_an_answer_has_no_standard_error(an_indicator: Callable[..., Indicator]) -> None:
    frame = _panel(np.tile([[0.0, 100.0]], (30, 1)))
    classes = _classes(30)
    spread = yearly_spread(frame, size_class=classes)
    answers = [an_indicator("tal", scale=Scale.JA_NEJ)]
    found = standard_errors(frame, indicators=answers, spread=spread, size_class=classes)
    assert found["se"].isna().all()
    assert set(found["se_kind"]) == {""}
