"""Districts against the rest of their kommun: by hand, and by simulation where nothing differs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction
from lagesbild.methods.district_differences import against_the_rest

GOOD = {"ao-tal": Direction.HOG}


def compared(part, n, all_with, everyone, directions=GOOD) -> str:
    own = pd.DataFrame({"indicator": ["ao-tal"], "year": [2024], "region": ["018012"]})
    own = own.assign(numerator=[part], denominator=[n])
    whole = pd.DataFrame({"indicator": ["ao-tal"], "year": [2024], "region": ["0180"]})
    whole = whole.assign(numerator=[all_with], denominator=[everyone])
    own.index = pd.Index([5])
    found = against_the_rest(own, whole, directions=directions)
    assert list(found.index) == [5]
    return found.iloc[0]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((90, 100, 790, 1000), "battre"),
        ((60, 100, 790, 1000), "samre"),
        ((80, 100, 790, 1000), "ingen"),
        ((9, 10, 790, 1000), "ingen"),  # few persons: nothing to be sure of
        ((np.nan, np.nan, 790, 1000), ""),
        ((90, 100, np.nan, np.nan), ""),
        ((90, 100, 90, 100), ""),  # the district is the whole kommun: there is no rest
        ((90, 100, 80, 1000), ""),  # more than the kommun has
    ],
)
def test_a_district_is_held_against_the_rest_of_its_kommun(counts, expected):
    assert compared(*counts) == expected


def test_the_words_follow_the_direction():
    assert compared(90, 100, 790, 1000, {"ao-tal": Direction.LAG}) == "samre"
    assert compared(60, 100, 790, 1000, {"ao-tal": Direction.INGEN}) == "lagre"


def test_newcombes_example():
    # Newcombe (1998), table II, example (a): 56/70 and 48/80, method 10 gives 0.0524 to 0.3339.
    assert compared(56, 70, 104, 150) == "battre"
    assert compared(56, 70, 56 + 57, 150) == "ingen"


def test_one_in_twenty_is_secured_where_nothing_differs():
    random = np.random.default_rng(3)
    n, size = 150, 4000
    part, rest = random.binomial(n, 0.7, size), random.binomial(900, 0.7, size)
    own = pd.DataFrame({"indicator": "ao-tal", "year": np.arange(size), "region": "018012"})
    own = own.assign(numerator=part, denominator=n)
    whole = own.assign(region="0180", numerator=part + rest, denominator=n + 900)
    share = (against_the_rest(own, whole, directions=GOOD) != "ingen").mean()
    assert 0.035 < share < 0.065
