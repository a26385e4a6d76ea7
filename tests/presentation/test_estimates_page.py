"""The tables of the method page on estimates, also where figures have no interval."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.coverage import coverage_table
from lagesbild.presentation.estimates_page import coverage_words, narrowest_and_widest, side_by_side_table


@pytest.fixture
def figures() -> pd.DataFrame:
    rows = [
        ("rike", "0000", "vagd", 80.04, 79.0, 81.0, 1000.0, 2.0),
        ("rike", "0000", "ovagd", 75.0, 60.0, 90.0, np.nan, 2.0),
        ("kommungrupp", "A1", "ovagd", 81.0, np.nan, np.nan, np.nan, 1.0),
        ("kommun", "0114", "redovisad", 81.0, 78.0, 84.0, 900.0, 1.0),
        ("kommun", "0115", "redovisad", 69.0, 60.0, 77.0, 100.0, 1.0),
    ]
    names = ["level", "region", "weighting", "value", "lower", "upper", "denominator", "n_kommuner"]
    return pd.DataFrame(rows, columns=names).assign(indicator="x", year=2024, sex="T")


def test_both_figures_stand_beside_each_other_and_gaps_are_dashes(
    an_indicator: Callable[..., Indicator], figures: pd.DataFrame
) -> None:
    groups = {"A1": "Storstäder", "B3": "Större stad"}
    text = side_by_side_table(figures, an_indicator("x"), year=2024, groups=groups, level=Level.KOMMUNGRUPP)
    riket, first, second = text.splitlines()[2:5]
    assert [part.strip() for part in riket.strip("|").split("|")] == [
        "Riket",
        "2",
        "80,0",
        "79,0–81,0",
        "75,0",
        "60,0–90,0",
    ]
    assert first.count("–") == 3
    assert second.count("–") == 4


def test_the_most_and_least_certain_kommun_are_named(
    an_indicator: Callable[..., Indicator], figures: pd.DataFrame
) -> None:
    names = {"0114": "Upplands Väsby", "0115": "Vallentuna"}
    said = narrowest_and_widest(figures, an_indicator("x"), year=2024, names=names)
    assert said.index("Upplands Väsby") < said.index("Vallentuna")
    assert "78,0–84,0; nämnaren är 900" in said
    none = narrowest_and_widest(figures.assign(lower=np.nan), an_indicator("x"), year=2024, names=names)
    assert "saknar nämnare" in none


def test_coverage_is_told_in_percent_with_decimal_comma() -> None:
    text = coverage_words(coverage_table([30], [0.5]))
    assert "| 30 | 50 | 95,7 | 95,7 |" in text
    assert "{#tbl-tackning}" in text
