"""The index: its interval holds the truth as often as it says, its rules for gaps and ties, and how ranks move."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Dimension, Direction, Indicator, Part, Scale, Survey
from lagesbild.methods.composite_index import (
    FARTHEST,
    INDEX_COLUMNS,
    SHARED_ERROR,
    WHOLE,
    composite,
    composite_error,
    dimensions_of,
    index_table,
    standardised,
)
from lagesbild.methods.index_robustness import ROBUSTNESS_COLUMNS, rank_moves, summary
from lagesbild.methods.index_simulation import index_coverage

Made = Callable[..., Indicator]


@pytest.fixture(autouse=True)
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _rows(values: np.ndarray, se: np.ndarray | float = 1.0) -> pd.DataFrame:
    """Return results of kommuner (rows) in the indicators i0, i1 ... (columns); nan is no result."""
    many, n = values.shape
    frame = pd.DataFrame(
        {
            "indicator": np.tile([f"i{j}" for j in range(n)], many),
            "region": np.repeat([f"{k:04d}" for k in range(many)], n),
            "value": values.ravel(),
            "se": np.broadcast_to(se, values.shape).ravel(),
        }
    )
    return frame[frame["value"].notna()]


def _indicators(indicator: Made, n: int, **changes: object) -> list[Indicator]:
    return [indicator(f"i{j}", **changes) for j in range(n)]


@pytest.mark.parametrize("survey", [Survey.REGISTER, Survey.BRUKARUNDERSOKNING])
def test_the_interval_holds_the_true_index_as_often_as_it_says(indicator: Made, survey: Survey) -> None:
    """2,000 kommuner whose true results are known; errors of one survey of users go together as is stated."""
    rng = np.random.default_rng(11)
    shared = SHARED_ERROR if survey is Survey.BRUKARUNDERSOKNING else 0.0
    true = rng.normal(70, [5, 8, 12, 3], (2000, 4)).clip([60, 54, 46, 64], [80, 86, 94, 76])
    spread = np.array([2.0, 2.0, 4.0, 1.0])
    errors = spread * (np.sqrt(shared) * rng.normal(size=(2000, 1)) + np.sqrt(1 - shared) * rng.normal(size=(2000, 4)))
    lacking = rng.random((2000, 4)) < 0.15
    lacking[lacking.all(axis=1)] = False
    seen = np.where(lacking, np.nan, true + errors)
    found = standardised(_rows(seen, spread), indicators=_indicators(indicator, 4, survey=survey))
    table = index_table(found).query("dimension == @WHOLE")
    # The truth: what the same scale gives without the errors.
    exact = composite(found.z - np.where(lacking, np.nan, errors * (found.se / spread)), np.full(4, 0.25))
    known = table["index"].notna().to_numpy()
    assert known.mean() > 0.95
    held = (table["lower"] <= exact) & (exact <= table["upper"])
    assert held[known].mean() == pytest.approx(0.95, abs=0.02)
    if shared:  # as if the errors were each other's strangers: too narrow
        alone = composite_error(found.z, found.se, np.full(4, 0.25), [""] * 4, shared=0.0)
        narrow = np.abs(table["index"] - exact) <= 1.96 * alone
        assert narrow[known].mean() < 0.9


def test_a_mirrored_direction_mirrors_the_index_and_order_changes_nothing(indicator: Made) -> None:
    values = np.random.default_rng(1).normal(50, 9, (40, 3)).round(1)
    high = index_table(standardised(_rows(values), indicators=_indicators(indicator, 3)))
    low = index_table(standardised(_rows(values), indicators=_indicators(indicator, 3, direction=Direction.LAG)))
    np.testing.assert_allclose(low["index"], -high["index"], atol=1e-9)
    np.testing.assert_allclose(low["lower"], -high["upper"], atol=1e-9)
    shuffled = _rows(values).sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(high, index_table(standardised(shuffled, indicators=_indicators(indicator, 3))))
    assert tuple(high.columns) == INDEX_COLUMNS


def test_half_of_the_indicators_are_needed_and_two_at_least(indicator: Made) -> None:
    values = np.random.default_rng(2).normal(50, 9, (30, 5))
    values[0, 2:] = np.nan  # two of five
    values[1, 3:] = np.nan  # three of five
    values[2] = np.nan
    table = index_table(standardised(_rows(values), indicators=_indicators(indicator, 5))).query("dimension == 'saker'")
    by = table.set_index("region")
    assert np.isnan(by.loc["0000", "index"])
    assert by.loc["0001", "n_indicators"] == 3
    assert not np.isnan(by.loc["0001", "index"])
    assert "0002" not in by.index
    assert (by["n_possible"] == 5).all()


def test_only_quality_with_a_direction_and_a_spread_is_in_an_index(indicator: Made) -> None:
    values = np.random.default_rng(3).normal(50, 9, (30, 6))
    values[:, 2] = 7.0  # constant
    values[:, 3] = np.where(np.arange(30) < 28, 100.0, 0.0)  # nearly all the same
    values[:22, 4] = np.nan  # eight kommuner
    indicators = _indicators(indicator, 6)
    indicators[1] = indicator("i1", direction=Direction.INGEN)
    indicators[5] = indicator("i5", part=Part.VALFARD)
    found = standardised(_rows(values), indicators=indicators)
    assert [i.id for i in found.indicators] == ["i0", "i3"]
    assert np.nanmax(np.abs(found.z)) <= FARTHEST


def test_an_answer_has_no_error_and_a_number_of_unknown_error_no_interval(indicator: Made) -> None:
    values = np.random.default_rng(4).normal(50, 9, (30, 2))
    values[:, 1] = np.where(np.arange(30) % 3, 100.0, 0.0)
    indicators = [indicator("i0"), indicator("i1", scale=Scale.JA_NEJ)]
    errors = np.array([2.0, np.nan])
    known = index_table(standardised(_rows(values, errors), indicators=indicators))
    assert (known["se"] > 0).all()
    unknown = index_table(standardised(_rows(values, np.nan), indicators=indicators))
    assert unknown["index"].notna().all()
    assert unknown[["se", "lower", "upper"]].isna().all(axis=None)


def test_dimensions_weigh_the_same_in_the_whole(indicator: Made) -> None:
    mixed = [*_indicators(indicator, 3), indicator("j", dimension=Dimension.TILLGANGLIG)]
    weights = dimensions_of(mixed)
    assert list(weights) == ["saker", WHOLE]  # one indicator is no index of its own
    np.testing.assert_allclose(weights[WHOLE], [1 / 6, 1 / 6, 1 / 6, 1 / 2])


def test_nothing_and_too_little_give_empty_tables(indicator: Made) -> None:
    none = _rows(np.empty((0, 2)))
    for rows, indicators in (
        (none, _indicators(indicator, 2)),
        (none, []),
        (_rows(np.full((30, 2), 5.0)), _indicators(indicator, 2)),
        (_rows(np.array([[1.0, 2.0]])), _indicators(indicator, 2)),
        (_rows(np.random.default_rng(0).normal(size=(30, 1))), _indicators(indicator, 1)),
    ):
        found = standardised(rows, indicators=indicators)
        assert index_table(found).empty
        assert tuple(rank_moves(found, draws=10).columns) == ROBUSTNESS_COLUMNS


def test_who_is_best_in_everything_is_first_whatever_the_weights(indicator: Made) -> None:
    values = np.random.default_rng(5).normal(50, 9, (60, 5)).clip(30, 70)
    values[7] = 71.0
    found = standardised(_rows(values), indicators=_indicators(indicator, 5))
    moves = rank_moves(found, draws=300).query("dimension == 'saker'").set_index("region")
    first = moves.loc["0007"]
    assert first[["rank", "rank_low", "rank_high", "without_low", "without_high", "same_quarter"]].tolist() == [1] * 6
    assert (moves["rank_low"] <= moves["rank"]).mean() > 0.95
    # Five indicators that have nothing to do with each other: the order is mostly the choice of weights.
    assert summary(moves.reset_index())["median_width"][0] > 10
    assert (moves["n_ranked"] == 60).all()


def test_the_same_result_in_everything_makes_ranks_that_do_not_move(indicator: Made) -> None:
    one = np.random.default_rng(6).normal(50, 9, (50, 1)).clip(35, 65)
    moves = rank_moves(standardised(_rows(np.repeat(one, 4, axis=1)), indicators=_indicators(indicator, 4)), draws=200)
    assert (moves["rank_low"] == moves["rank"]).all()
    assert (moves["rank_high"] == moves["rank"]).all()
    assert (moves["same_quarter"] == 1).all()


def test_the_same_seed_gives_the_same_ranges(indicator: Made) -> None:
    found = standardised(_rows(np.random.default_rng(8).normal(size=(40, 4))), indicators=_indicators(indicator, 4))
    pd.testing.assert_frame_equal(rank_moves(found, draws=100), rank_moves(found, draws=100))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6))
def test_an_index_lies_among_its_parts_and_its_error_below_their_worst(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    z = np.where(rng.random((12, n)) < 0.3, np.nan, rng.normal(size=(12, n)))
    weights, se = rng.random(n) + 0.01, rng.random((12, n))
    index = composite(z, weights)
    some = ~np.isnan(z).all(axis=1)
    assert (np.isnan(index) == ~some).all()
    low, high = np.nanmin(z[some], axis=1), np.nanmax(z[some], axis=1)
    assert ((index[some] >= low - 1e-12) & (index[some] <= high + 1e-12)).all()
    errors = [composite_error(z, se, weights, ["a"] * n, shared=rho)[some] for rho in (0.0, 0.5, 1.0)]
    assert (errors[0] <= errors[1] + 1e-12).all()
    assert (errors[2] <= np.where(np.isnan(z), 0, se)[some].max(axis=1) + 1e-12).all()


def test_the_interval_is_right_where_errors_go_together_as_is_held_and_too_narrow_where_they_do_more() -> None:
    found = index_coverage().set_index(["true", "assumed"])["coverage"]
    assert found[0.0, 0.0] == pytest.approx(0.95, abs=0.015)
    assert found[0.5, 0.5] == pytest.approx(0.95, abs=0.015)
    assert found[0.0, 0.5] > 0.99
    assert found[0.5, 0.0] < 0.8
