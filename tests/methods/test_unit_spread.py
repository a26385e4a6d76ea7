"""The spread of a kommun's published units, and whether chance alone would give it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from lagesbild.methods.unit_spread import unit_spread


def observed(parts: list[tuple[float, float]], *, hidden: int = 0, level: str = "enhet") -> pd.DataFrame:
    shown = [(100 * a / n, a, n, "ok") for a, n in parts]
    rows = [*shown, *[(np.nan, np.nan, np.nan, "sekretess")] * hidden]
    frame = pd.DataFrame(rows, columns=["value", "numerator", "denominator", "status"])
    return frame.assign(indicator="ao-nojda", region="1440", year=2024, level=level, sex="T")


def test_it_is_pearsons_test_of_equal_shares() -> None:
    found = unit_spread(observed([(30, 40), (45, 50), (20, 45)], hidden=2)).iloc[0]
    expected = chi2_contingency([[30, 45, 20], [10, 5, 25]], correction=False).pvalue
    assert found["chance"] == pytest.approx(expected)
    assert (found["n"], found["hidden"]) == (3, 2)
    assert (found["lowest"], found["highest"]) == (pytest.approx(100 * 20 / 45), 90.0)


@pytest.mark.parametrize(
    "untested",
    [observed([(3, 4), (1, 3), (2, 3)]), observed([(30, 40)]), observed([(40, 40), (30, 30)])],
)
def test_where_the_test_has_no_ground_it_says_nothing(untested: pd.DataFrame) -> None:
    assert np.isnan(unit_spread(untested)["chance"]).all()


def test_figures_without_counts_are_not_tested_and_other_levels_are_no_units() -> None:
    uncounted = observed([(30, 40), (45, 50)]).assign(numerator=np.nan)
    assert np.isnan(unit_spread(uncounted)["chance"]).all()
    assert unit_spread(observed([(30, 40)], level="kommun")).empty
    assert unit_spread(observed([], hidden=3)).empty
