"""Hand-made indicators, kommuner and released rows, small enough to check by head."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import (
    Counted,
    Dimension,
    Direction,
    Indicator,
    IndicatorType,
    Kind,
    Part,
    Scale,
    Survey,
    Tier,
)

ANSWER_WORDS = ("ja", "delvis", "nej")


def _indicator(id: str = "ao-tal", **changes: object) -> Indicator:
    fields: dict[str, object] = {
        "id": id,
        "area": "aldreomsorg",
        "title": id,
        "short_title": id,
        "part": Part.KVALITET,
        "kind": Kind.INDIKATOR,
        "dimension": Dimension.SAKER,
        "type": IndicatorType.RESULTAT,
        "tier": Tier.BAS,
        "direction": Direction.HOG,
        "scale": Scale.PROCENT,
        "unit_text": "procent",
        "survey": Survey.KOMMUNENKAT,
        "counted": Counted.PERSONER,
        "frequency": 1,
        "phase": 2016,
        "first_year": None,
        "last_year": None,
        "numerator": "",
        "denominator": "",
        "levels": ("kommun",),
        "by_sex": False,
        "threshold": 5,
        "lifecycle": (),
        "kolada": None,
        "kolada_codes": {},
        "source_note": "",
    }
    return Indicator(**{**fields, **changes})  # type: ignore[arg-type]


def _released(*rows: dict[str, object]) -> pd.DataFrame:
    defaults: dict[str, object] = {
        "indicator": "ao-tal",
        "year": 2024,
        "level": "kommun",
        "unit": "",
        "sex": "T",
        "value": float("nan"),
        "numerator": float("nan"),
        "denominator": float("nan"),
        "answer": None,
        "status": "ok",
    }
    frame = pd.DataFrame([{**defaults, **row} for row in rows], columns=[*defaults, "region"])
    text = ("indicator", "level", "unit", "sex", "answer", "status", "region")
    numbers = ("value", "numerator", "denominator")
    return frame.astype(dict.fromkeys(text, "str") | dict.fromkeys(numbers, "float64") | {"year": "int16"})


@pytest.fixture
def indicator() -> Callable[..., Indicator]:
    """Return a maker of indicators: percent, high is good, measured every year, unless told."""
    return _indicator


@pytest.fixture(scope="session")
def indicator_of() -> Callable[..., Indicator]:
    """Return the same maker for tests that Hypothesis runs many times."""
    return _indicator


@pytest.fixture
def released() -> Callable[..., pd.DataFrame]:
    """Return a maker of released rows: ao-tal, 2024, kommun, total, ok, unless told."""
    return _released


@pytest.fixture
def members() -> pd.DataFrame:
    """Return five kommuner: two in län 01, two in 03, one alone in 09 (as Gotland); two kommungrupper."""
    return pd.DataFrame(
        {
            "region": ["0114", "0115", "0305", "0319", "0980"],
            "lan": ["01", "01", "03", "03", "09"],
            "kommungrupp": ["A2", "A2", "B3", "B3", "B3"],
        }
    ).astype("str")
