"""The fixed words: every product and every earlier release speaks them, so none may change unnoticed."""

from __future__ import annotations

from lagesbild.catalogue.vocabulary import (
    OBSERVATION_COLUMNS,
    OBSERVATION_KEY,
    Answer,
    Colour,
    Level,
    Sex,
    Status,
)


def test_the_observation_table_has_the_columns_of_the_design_in_order() -> None:
    key = "indicator year level region unit sex"
    rest = "value numerator denominator n_answers n_asked answer status source revision"
    assert tuple(f"{key} {rest}".split()) == OBSERVATION_COLUMNS
    assert tuple(key.split()) == OBSERVATION_KEY


def test_the_words_of_the_field() -> None:
    assert [*Level] == ["rike", "lan", "kommungrupp", "kommun", "stadsdel", "enhet"]
    assert [*Sex] == ["T", "K", "M"]
    assert [*Answer] == ["ja", "delvis", "nej"]
    assert [*Status] == ["ok", "bortfall", "ej_tillamplig", "sekretess", "saknas", "ej_matt"]
    assert [*Colour] == ["gron", "gul", "rod"]
