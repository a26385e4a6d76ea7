"""Makers of indicators and of observation tables for the disclosure tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

# The attack is shared by tests, and importlib mode does not put this folder on the path.
sys.path.insert(0, str(Path(__file__).parent))

from lagesbild.catalogue.indicators import Counted, Indicator, Scale, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS
from lagesbild.observations.schema import with_dtypes


@pytest.fixture(scope="session")
def catalogue(an_indicator: Callable[..., Indicator]) -> Catalogue:
    """One indicator of each kind that the gate tells apart."""
    nobody = {"survey": Survey.KOMMUNENKAT, "counted": Counted.KOMMUNER, "threshold": None}
    return Catalogue(
        (
            an_indicator("ao-register"),
            an_indicator("ao-brukare", survey=Survey.BRUKARUNDERSOKNING),
            an_indicator("ao-dagar", scale=Scale.DAGAR, unit_text="dagar"),
            an_indicator("ao-antal", scale=Scale.ANTAL, unit_text="antal personer"),
            an_indicator("ao-per", scale=Scale.ANTAL, unit_text="antal per 10 000 invånare"),
            an_indicator("ao-rutin", scale=Scale.JA_NEJ, unit_text="", **nobody),
            an_indicator("ao-plats", **nobody),
        )
    )


class Table:
    """Builds an observation table row by row."""

    def __init__(self, indicator: str = "ao-register") -> None:
        self.indicator = indicator
        self.rows: list[dict[str, Any]] = []

    def add(self, level: str, region: str, sex: str = "T", /, **cells: Any) -> Table:
        """Add a row with these cells; the value of a share follows from its counts."""
        row: dict[str, Any] = dict.fromkeys(OBSERVATION_COLUMNS)
        row |= {"indicator": self.indicator, "year": 2023, "level": level, "region": region, "unit": ""}
        row |= {"sex": sex, "status": "ok", "source": "test", "revision": "1"} | cells
        if row["value"] is None and row["denominator"] and row["status"] == "ok":
            row["value"] = 100 * row["numerator"] / row["denominator"]
        self.rows.append(row)
        return self

    def shares(self, level: str, region: str, *counts: tuple[int, int], unit: str = "") -> Table:
        """Add rows T, K, M (as many as given) from pairs of numerator and denominator."""
        for sex, (numerator, denominator) in zip("TKM", counts, strict=False):
            self.add(level, region, sex, numerator=numerator, denominator=denominator, unit=unit)
        return self

    def frame(self) -> pd.DataFrame:
        """Return the observation table."""
        return with_dtypes(pd.DataFrame(self.rows, columns=list(OBSERVATION_COLUMNS)))


@pytest.fixture(scope="session")
def new_table() -> type[Table]:
    """Return the builder of tables."""
    return Table
