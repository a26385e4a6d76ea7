"""A small catalogue and a small sound table of observations."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import (
    Counted,
    Direction,
    Indicator,
    IndicatorType,
    Kind,
    Part,
    Scale,
    Survey,
    Tier,
)
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS

_PLAIN: dict[str, Any] = {
    "area": "aldreomsorg",
    "title": "Syntetiska data",
    "short_title": "Syntetiska data",
    "part": Part.KVALITET,
    "kind": Kind.INDIKATOR,
    "type": IndicatorType.RESULTAT,
    "tier": Tier.BAS,
    "direction": Direction.HOG,
    "scale": Scale.PROCENT,
    "unit_text": "procent",
    "survey": Survey.REGISTER,
    "counted": Counted.PERSONER,
    "frequency": 1,
    "phase": 2020,
    "levels": ("rike", "lan", "kommun"),
    "by_sex": True,
    "threshold": 5,
    "lifecycle": (),
    "kolada_codes": {},
    "source_note": "Syntetiska data",
}


def an_indicator(name: str, **fields: Any) -> Indicator:
    """Return an indicator with plain fields where none are given."""
    every = {field.name: None for field in dataclasses.fields(Indicator)}
    return Indicator(**(every | _PLAIN | {"id": name} | fields))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
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
