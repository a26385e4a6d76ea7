"""A column is rounded as a single figure is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.catalogue.indicators import Scale
from lagesbild.presentation.compare.rounding import decimals_for, rounded
from lagesbild.presentation.numbers import round_half_up

_FIGURES = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda value: round(value, 6))


@given(st.lists(st.one_of(_FIGURES, st.integers(-2000, 2000).map(lambda n: n / 20)), min_size=1), st.integers(0, 2))
def test_a_column_is_rounded_as_each_figure_by_itself(values: list[float], decimals: int) -> None:
    found = rounded(np.array(values), decimals)
    assert found.tolist() == [float(round_half_up(value, decimals)) for value in values]


def test_halves_go_up_though_the_binary_value_is_below() -> None:
    values = np.array([0.5, 1.5, 2.675, 57 / 200 * 100, -0.5, np.nan])
    assert rounded(values, 0).tolist()[:5] == [1, 2, 3, 29, -1]
    assert rounded(values, 2).tolist()[2] == 2.68
    assert np.isnan(rounded(values, 1)[-1])


@pytest.mark.parametrize(
    ("scale", "values", "decimals"),
    [
        (Scale.PROCENT, [88.0, 90.0], 0),
        (Scale.PROCENT, [88.0, 90.4], 1),
        (Scale.KRONOR, [54321.5, 12345.25], 0),
        (Scale.KRONOR, [12.5, 8.25], 1),
        (Scale.MEDELVARDE, [0.04, 1.5], 2),
        (Scale.ANTAL, [], 0),
    ],
)
def test_all_figures_of_an_indicator_have_the_same_decimals(scale: Scale, values: list[float], decimals: int) -> None:
    assert decimals_for(scale, np.array(values)) == decimals
