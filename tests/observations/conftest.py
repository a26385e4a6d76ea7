"""A small catalogue and a small sound table of observations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Counted, Indicator, Scale, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS


@pytest.fixture(scope="session")
def catalogue(an_indicator: Callable[..., Indicator]) -> Catalogue:
    """A percentage, a cost, an answer of either kind, and a percentage of another area."""
    nobody = {"survey": Survey.KOMMUNENKAT, "counted": Counted.KOMMUNER, "threshold": None}
    return Catalogue(
        (
            an_indicator("ao-nojd"),
            an_indicator("ao-kostnad", scale=Scale.KRONOR, threshold=None),
            an_indicator("ao-dagar", scale=Scale.DAGAR),
            an_indicator("ao-rutin", scale=Scale.JA_NEJ, **nobody),
            an_indicator("ao-plan", scale=Scale.JA_DELVIS_NEJ, **nobody),
            an_indicator("eb-andel", area="ekonomiskt-bistand"),
        )
    )


@pytest.fixture(scope="session")
def table() -> Callable[..., pd.DataFrame]:
    """Return a maker of observation tables: each row is a dict of what differs from a plain row."""
    plain: dict[str, Any] = {
        "indicator": "ao-nojd",
        "year": 2023,
        "level": "kommun",
        "region": "1440",
        "unit": "",
        "sex": "T",
        "value": 80.0,
        "numerator": None,
        "denominator": None,
        "n_answers": None,
        "n_asked": None,
        "answer": None,
        "status": "ok",
        "source": "kolada",
        "revision": "1",
    }

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        frame = pd.DataFrame([plain | row for row in rows], columns=list(OBSERVATION_COLUMNS))
        numbers = ["value", "numerator", "denominator", "n_answers", "n_asked"]
        return frame.astype({name: "float64" for name in numbers if frame[name].map(type).ne(str).all()})

    return make
