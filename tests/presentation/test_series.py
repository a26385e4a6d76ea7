"""A gap in a series is seen as a gap; a year that was never measured is none."""

from __future__ import annotations

from collections.abc import Callable

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.series import axis_bounds, axis_note, bridges, known, runs


def test_a_null_breaks_the_line_and_is_bridged_apart() -> None:
    points = [(2020, 1.0), (2021, None), (2022, 3.0), (2023, 4.0)]
    assert runs(points) == [[(2020, 1.0)], [(2022, 3.0), (2023, 4.0)]]
    assert bridges(runs(points)) == [((2020, 1.0), (2022, 3.0))]


def test_a_year_not_measured_breaks_nothing() -> None:
    assert len(runs([(2020, 1.0), (2022, 3.0)])) == 1
    assert len(runs([(2020, 1.0), (2022, 3.0)], years=range(2020, 2023))) == 2


def test_nulls_at_the_ends_are_no_gaps() -> None:
    points = [(2020, None), (2021, 2.0), (2022, float("nan"))]
    assert known(points) == [(2021, 2.0)]
    assert bridges(runs(points)) == []


def test_percentages_share_one_axis_and_amounts_start_at_zero(indicator: Callable[..., Indicator]) -> None:
    assert axis_bounds(indicator(), [80.0, 90.0]) == (0, 100)
    assert axis_bounds(indicator(Scale.KRONOR), [58_000.0, 62_000.0])[0] == 0
    low, high = axis_bounds(indicator(Scale.INDEX), [71.2, 74.9])
    assert low > 0
    assert low <= 71.2
    assert high >= 74.9
    for values in ([], [0.0], [5.0], [5.0, 5.0]):
        bottom, top = axis_bounds(indicator(Scale.INDEX), values)
        assert bottom < top


def test_small_percentages_have_an_axis_of_their_own_that_says_so(indicator: Callable[..., Indicator]) -> None:
    for values, top in (([0.4, 1.2], 2.0), ([3.0, 20.0], 20.0), ([3.0, 20.5], 100.0), ([0.0], 100.0), ([], 100.0)):
        assert axis_bounds(indicator(), values) == (0, top)
    assert axis_note(indicator(), (0, 5.0)) == "OBS: axel 0–5"
    assert axis_note(indicator(), (0, 100.0)) == ""
    assert axis_note(indicator(Scale.DAGAR), (0, 5.0)) == ""
