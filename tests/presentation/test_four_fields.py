"""The four-field picture: what it shows is told in words, with the warning and nothing that depends on colour."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.methods.cost_quality import FourFields, Together, four_fields
from lagesbild.methods.cost_simulation import right_field
from lagesbild.presentation.four_fields import (
    MOST_NAMED,
    WARNING,
    four_field_figure,
    placed_words,
    right_field_table,
    together_words,
)

NAMES = {"a": "Ale", "b": "Borås", "c": "Hä_rjed*alen", "d": "Dals-Ed", "e": "Eda"}


@pytest.fixture
def pair(an_indicator: Callable[..., Indicator]) -> tuple[Indicator, Indicator]:
    cost = an_indicator(
        "k", direction=Direction.INGEN, scale=Scale.KRONOR, unit_text="kronor per invånare", short_title="Nettokostnad"
    )
    return cost, an_indicator(
        "q", direction=Direction.LAG, short_title="Väntetid", scale=Scale.DAGAR, unit_text="dagar"
    )


def _found(pair: tuple[Indicator, Indicator], codes: str = "abcde", kommun: str = "e") -> FourFields:
    rows = [("k", code, 1000.0 + 100 * n) for n, code in enumerate(codes)]
    rows += [("q", code, 10.0 + (7 * n) % 5) for n, code in enumerate(codes)]
    panel = pd.DataFrame(rows, columns=["indicator", "region", "value"]).assign(year=2024)
    return four_fields(panel, cost=pair[0], quality=pair[1], kommun=kommun, others=list("abcd"), year=2024)


def test_the_picture_says_in_words_what_it_shows(pair: tuple[Indicator, Indicator]) -> None:
    found = _found(pair)
    figure = four_field_figure(found, cost=pair[0], quality=pair[1], names=NAMES, source="Kolada (RKA)", synthetic=True)
    for name in NAMES.values():
        assert name in figure.alt
    assert "Lägre kostnad, bättre resultat" in figure.alt
    assert figure.alt.endswith("Syntetiska data.")
    same = four_field_figure(found, cost=pair[0], quality=pair[1], names=NAMES, source="Kolada (RKA)", synthetic=True)
    assert figure.svg == same.svg


def test_with_many_kommuner_only_the_one_is_named(pair: tuple[Indicator, Indicator]) -> None:
    many = [f"{n:02d}" for n in range(MOST_NAMED + 5)]
    rows = [(name, code, float(n)) for n, code in enumerate(many) for name in ("k", "q")]
    panel = pd.DataFrame(rows, columns=["indicator", "region", "value"]).assign(year=2024)
    found = four_fields(panel, cost=pair[0], quality=pair[1], kommun="00", others=many, year=2024)
    figure = four_field_figure(found, cost=pair[0], quality=pair[1], names={}, source="", synthetic=False)
    assert "Lägre kostnad, bättre resultat: tio kommuner." in figure.alt


def test_nothing_to_show_is_refused_and_told(pair: tuple[Indicator, Indicator]) -> None:
    few = _found(pair, codes="ae")
    with pytest.raises(ValueError, match="both figures"):
        four_field_figure(few, cost=pair[0], quality=pair[1], names=NAMES, source="", synthetic=False)
    words = {"kommun": "e", "names": NAMES, "cost": pair[0], "quality": pair[1]}
    assert "För få av de andra" in placed_words(few, **words)
    assert "Eda saknar" in placed_words(_found(pair, codes="abcd"), **words)


def test_a_place_is_told_with_both_medians_and_who_is_missing(pair: tuple[Indicator, Indicator]) -> None:
    said = placed_words(_found(pair, codes="abde"), kommun="e", names=NAMES, cost=pair[0], quality=pair[1])
    assert said.startswith("Eda: högre kostnad, ")
    assert "medianen för tre andra kommuner" in said
    assert r"Hä\_rjed\*alen" in said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Together(correlation=0.1, lower=-0.1, upper=0.3, n=200), "inget säkerställt samband"),
        (Together(correlation=0.5, lower=0.3, upper=0.6, n=200), "oftare bättre resultat"),
        (Together(correlation=-0.5, lower=-0.6, upper=-0.3, n=200), "oftare sämre resultat"),
        (Together(correlation=float("nan"), lower=float("nan"), upper=float("nan"), n=3), "För få kommuner"),
    ],
)
def test_going_together_is_told_without_a_cause(found: Together, said: str) -> None:
    assert said in together_words(found)


def test_the_warning_and_the_simulation_are_in_plain_words() -> None:
    assert WARNING.startswith("Bilden visar inget orsakssamband.")
    text = right_field_table(right_field(others=7, distances=[0.0], draws=2000))
    assert "| 0,0 | 2" in text
