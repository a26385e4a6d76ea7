"""Whether a target is realistic: counts of kommuner against a count by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.methods.managed_changes import FEWEST_OTHERS, managed_changes
from lagesbild.methods.trends import Trends, fitted

REGIONS = [f"{code:04d}" for code in range(1, 31)]


@pytest.fixture(scope="module")
def found(an_indicator) -> Trends:
    """Return series of 30 kommuner: number k rises by k points in two years; number 30 has no first year."""
    rows = [
        {"region": region, "year": year, "value": 40.0 + k * (year - 2022) / 2}
        for k, region in enumerate(REGIONS, start=1)
        for year in range(2022, 2025)
        if (k, year) != (30, 2022)
    ]
    frame = pd.DataFrame(rows).assign(
        indicator="ao-tal", level="kommun", sex="T", weighting="redovisad", denominator=np.nan, status="ok", answer=None
    )
    return fitted(frame.astype({"answer": "str"}), indicators=[an_indicator("ao-tal")], year=2024)


def asked(region: str, years: float, distance: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"indicator": ["ao-tal"], "region": [region], "last_year": [2024.0], "years": [years], "distance": [distance]},
        index=[7],
    )


@pytest.mark.parametrize(
    ("region", "years", "distance", "expected"),
    [
        ("0005", 2, 20.0, (28, 10)),  # 20, 21 ... 29 of the 29 with both years, less oneself
        ("0025", 2, 20.0, (28, 9)),  # would count itself
        ("0030", 2, 20.0, (29, 10)),  # has no first year of its own
        ("0005", 2, 99.0, (28, 0)),
        ("0005", 2, -1.0, (28, 0)),  # nobody fell
        ("0005", 1, 10.0, (29, 11)),  # in one year number k rises k/2; number 30 has both years
        ("0005", 7, 20.0, (np.nan, np.nan)),  # nobody has a year that far back
        ("0005", np.nan, 20.0, (np.nan, np.nan)),
    ],
)
def test_others_that_came_as_far_are_counted(found, region, years, distance, expected):
    told = managed_changes(found, asked(region, years, distance))
    assert list(told.index) == [7]
    np.testing.assert_equal(tuple(told.iloc[0]), tuple(map(float, expected)))


def test_a_target_downwards_counts_those_that_fell(found):
    falling = Trends(**{**vars(found), "points": 100.0 - found.points})
    assert tuple(managed_changes(falling, asked("0005", 2, -20.0)).iloc[0]) == (28, 10)


def test_few_others_say_nothing(found):
    first = (found.series["region"] <= f"{FEWEST_OTHERS:04d}").to_numpy()
    few = Trends(**{**vars(found), "series": found.series[first], "points": found.points[first]})
    assert managed_changes(few, asked("0005", 2, 5.0)).isna().all(axis=None)
    assert tuple(managed_changes(few, asked("0025", 2, 5.0)).iloc[0]) == (20, 16)
