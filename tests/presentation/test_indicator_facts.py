"""What is told of an indicator: every field in words, its rhythm, and its changes with the breaks among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Direction, Indicator, LifecycleEvent, LifecycleState, Scale, Survey
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.indicator_facts import changes, facts, schedule
from lagesbild.presentation.indicator_page.definition import definition_table

Make = Callable[..., Indicator]


def test_every_indicator_of_the_catalogue_is_told_of_in_words() -> None:
    for indicator in load_catalogue().indicators:
        told = {fact.label: fact.text for fact in facts(indicator, 2024)}
        assert {"Hör till", "Typ", "Mått", "Riktning", "Mäts", "Källa", "Redovisas för", "Sekretess", "Id"} <= set(told)
        assert all(text and "None" not in text and ".." not in text for text in told.values()), indicator.id
        assert ("Täljare" in told) is (indicator.numerator is not None)


def test_every_area_is_told_of() -> None:
    assert all(area.about.endswith(".") for area in AREAS)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"frequency": 1, "phase": 2012, "first_year": 2012}, "Varje år sedan 2012. Mättes 2024. Nästa gång 2025"),
        (
            {"frequency": 2, "phase": 2023, "first_year": 2016, "yearly_until": 2022},
            "Vartannat år; varje år från 2016 till och med 2022. Mättes inte 2024. Nästa gång 2025",
        ),
        (
            {"frequency": 1, "phase": 2016, "first_year": 2016, "last_year": 2022},
            "Varje år från 2016. Mättes inte 2024. Mäts inte efter 2022",
        ),
    ],
)
def test_the_rhythm_is_told_with_what_comes(an_indicator: Make, fields: dict[str, int], words: str) -> None:
    assert schedule(an_indicator("ao-a", **fields), 2024) == words


def test_an_answer_has_its_own_direction_and_measure(an_indicator: Make) -> None:
    answer = an_indicator(
        "ao-a", scale=Scale.JA_NEJ, survey=Survey.KOMMUNENKAT, direction=Direction.LAG, threshold=None, unit_text=""
    )
    told = {fact.label: fact.text for fact in facts(answer, 2024)}
    assert told["Riktning"] == "Nej är bra"
    assert told["Mått"].startswith("Svaret ja eller nej från kommunen")
    assert told["Sekretess"] == "Ingen gräns: måttet räknar inte personer"


def test_changes_are_in_order_and_breaks_are_marked(an_indicator: Make) -> None:
    life = (
        LifecycleEvent(state=LifecycleState.PAUSAD, year=2022, reason="Otydlig."),
        LifecycleEvent(state=LifecycleState.AKTIV, year=2023, reason="Återupptas."),
    )
    assert [change.text for change in changes(an_indicator("ao-a", lifecycle=life))] == [
        "Pausad från 2022. Otydlig.",
        "Mäts igen från 2023. Återupptas.",
    ]
    found = changes(load_catalogue().by_id("ao-kostnad-sarskilt-boende"))
    assert [(change.year, change.breaks) for change in found if change.breaks] == [(2013, True), (2021, True)]


def test_an_indicators_page_tells_the_same_facts_and_leads_to_its_successor() -> None:
    catalogue = load_catalogue()
    replaced = 0
    for indicator in catalogue.indicators:
        table = definition_table(indicator, catalogue, 2024)
        told = [fact.text for fact in facts(indicator, 2024) if fact.label != "Kort namn"]
        told += [change.text for change in changes(indicator)]
        assert all(markdown_text(text) in table for text in told), indicator.id
        for change in changes(indicator):
            if change.successor is not None:
                assert f"](../{change.successor}/index.qmd)" in table
                replaced += 1
    assert replaced
