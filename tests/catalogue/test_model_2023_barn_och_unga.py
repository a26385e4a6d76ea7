"""The 2023 model of social barn- och ungdomsvård, counted as the report counts it.

Source: Socialstyrelsen, Öppna jämförelser i utveckling (2023), the chapter on social barn- och ungdomsvård (the counts
of the running text), table 2 and table B5.1.
"""

from __future__ import annotations

from collections import Counter

import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, Kind, Part, Survey, Tier
from lagesbild.catalogue.load import load_catalogue

#: Rows of table B5.1 per dimension and type; the text says 43 in all and that jämlik has none.
TABLE_B51 = {
    ("kunskapsbaserad", "process"): 9,
    ("kunskapsbaserad", "struktur"): 3,
    ("saker", "resultat"): 2,
    ("saker", "process"): 2,
    ("saker", "struktur"): 12,
    ("individanpassad", "process"): 2,
    ("individanpassad", "struktur"): 10,
    ("effektiv", "resultat"): 1,
    ("tillganglig", "process"): 1,
    ("tillganglig", "struktur"): 1,
}
#: The eight rows under Kvalitet in table 2, counted by the text (the eighth stands beside the name of the next part).
BASE = {
    "bu-uppfoljning-behov",
    "bu-uppfoljning-insatser",
    "bu-uppfoljning-resultat",
    "bu-handlaggare-erfarenhet",
    "bu-skolgang-skyddat-boende",
    "bu-gymnasiebehorighet-placerade",
    "bu-gymnasieexamen-placerade",
    "bu-information-rattigheter",
}
#: In italics in table B5.1, as if base, but not rows of their own in table 2.
ITALICS_ONLY = {
    "bu-handlaggare-erfarenhet-ett-ar",
    "bu-handlaggare-erfarenhet-fem-ar",
    "bu-rutin-vald",
    "bu-fortbildning-vald",
    "bu-vidareutbildning-vald",
}


@pytest.fixture(scope="module")
def model() -> list[Indicator]:
    return [one for one in load_catalogue().in_area("barn-och-unga") if one.model == 2023]


@pytest.fixture(scope="module")
def quality(model: list[Indicator]) -> list[Indicator]:
    return [one for one in model if one.part is Part.KVALITET]


def note_of(model: list[Indicator], indicator: str) -> str:
    note = next(one.note for one in model if one.id == indicator)
    assert note is not None, f"{indicator} says nothing of what its sources differ in"
    return note


def test_each_part_has_the_number_that_the_text_says(model: list[Indicator]) -> None:
    assert Counter(one.part.value for one in model) == {
        "kvalitet": 43,
        "valfard": 7,
        "hallbar_utveckling": 7,
        # The text says fourteen; the table lists thirteen.
        "centralt_nyckeltal": 13,
        "kostnadsnyckeltal": 12,
    }


def test_quality_indicators_per_dimension_and_type_are_those_of_table_b51(quality: list[Indicator]) -> None:
    assert Counter((str(one.dimension), one.type.value) for one in quality) == TABLE_B51
    assert sum(TABLE_B51.values()) == 43


def test_eight_quality_indicators_are_base(quality: list[Indicator]) -> None:
    assert {one.id for one in quality if one.tier is Tier.BAS} == BASE
    assert len(BASE) == 8
    # "I dagsläget är det endast två av basindikatorerna som är baserade på registerdata."
    assert sum(one.survey is Survey.REGISTER for one in quality if one.id in BASE) == 2


def test_base_indicators_and_the_other_parts_are_measured_every_year(model: list[Indicator]) -> None:
    yearly = [one for one in model if one.tier is Tier.BAS]
    assert len(yearly) == 8 + 7 + 7 + 13 + 12
    for one in yearly:
        assert [year for year in range(2023, 2029) if one.measured(year)] == [*range(2023, 2029)], one.id


def test_in_depth_dimensions_take_turns(quality: list[Indicator]) -> None:
    first = {"saker": 2023, "effektiv": 2023, "tillganglig": 2023, "kunskapsbaserad": 2024, "individanpassad": 2024}
    for one in quality:
        if one.tier is Tier.FORDJUPNING and one.id != "bu-socialjour" and "erfarenhet" not in one.id:
            start = first[str(one.dimension)]
            measured = [year for year in range(2023, 2029) if one.measured(year)]
            assert measured == [*range(start, 2029, 2)], one.id


def test_the_emergency_service_is_measured_every_fourth_year(quality: list[Indicator]) -> None:
    (emergency,) = [one for one in quality if one.id == "bu-socialjour"]
    assert [year for year in range(2020, 2032) if emergency.measured(year)] == [2020, 2021, 2023, 2027, 2031]


def test_italics_beyond_the_eight_are_in_depth_with_a_note(quality: list[Indicator]) -> None:
    for one in quality:
        if one.id in ITALICS_ONLY:
            assert one.tier is Tier.FORDJUPNING
            assert "kursiv stil" in note_of(quality, one.id)
    # Seven base rows of B5.1 are in italics and five more are: the note tells of the twelve.
    assert len(BASE - {"bu-information-rattigheter"}) + len(ITALICS_ONLY) == 12
    assert "utan kursiv stil" in note_of(quality, "bu-information-rattigheter")


def test_the_handlers_experience_is_one_row_in_table_2_and_three_in_b51(quality: list[Indicator]) -> None:
    rows = [one for one in quality if one.id.startswith("bu-handlaggare-erfarenhet")]
    assert len(rows) == 3
    assert [one.tier for one in rows].count(Tier.BAS) == 1
    assert all(one.measured(year) for one in rows for year in range(2023, 2030))
    assert "åtta" in note_of(quality, "bu-handlaggare-erfarenhet")


@pytest.mark.parametrize(
    ("indicator", "part", "beside"),
    [
        ("bu-information-rattigheter", Part.KVALITET, "Välfärd"),
        ("bu-valfard-unga-utan-arbete-studier", Part.VALFARD, "Hållbar utveckling"),
        ("bu-haktade-barn", Part.HALLBAR_UTVECKLING, "Centrala nyckeltal"),
    ],
)
def test_a_row_beside_the_next_parts_name_belongs_where_the_count_says(
    model: list[Indicator], indicator: str, part: Part, beside: str
) -> None:
    assert next(one.part for one in model if one.id == indicator) is part
    assert beside in note_of(model, indicator)


def test_the_fourteenth_central_key_figure_is_noted_as_missing(model: list[Indicator]) -> None:
    note = note_of(model, "bu-barn-i-befolkningen")
    assert "fjorton" in note and "tretton" in note


def test_the_figure_that_stands_in_two_parts_says_so_in_both(model: list[Indicator]) -> None:
    assert "bu-valfard-unga-utan-arbete-studier" in note_of(model, "bu-unga-utan-arbete-studier")
    assert "bu-unga-utan-arbete-studier" in note_of(model, "bu-valfard-unga-utan-arbete-studier")


def test_indicators_have_a_direction_and_key_figures_none(model: list[Indicator]) -> None:
    key_figures = (Part.CENTRALT_NYCKELTAL, Part.KOSTNADSNYCKELTAL)
    for one in model:
        assert (one.kind is Kind.NYCKELTAL) is (one.part in key_figures), one.id
        assert (one.direction is Direction.INGEN) is (one.part in key_figures), one.id


def test_costs_come_from_the_accounts_and_goals_belong_to_sustainability(model: list[Indicator]) -> None:
    for one in model:
        assert (one.survey is Survey.RAKENSKAPSSAMMANDRAG) is (one.part is Part.KOSTNADSNYCKELTAL), one.id
        # The nine goals that the report says concern socialtjänsten.
        assert set(one.agenda_2030) <= {1, 2, 3, 4, 5, 8, 10, 11, 16}
        assert bool(one.agenda_2030) is (one.part is Part.HALLBAR_UTVECKLING), one.id


def test_indicators_from_before_the_model_stay_outside_it() -> None:
    older = [one for one in load_catalogue().in_area("barn-och-unga") if one.model is None]
    assert {one.id for one in older if one.kolada} == {
        "bu-utredningstid",
        "bu-unga-tydlig-information",
        "bu-unga-forbattrad-situation",
        "bu-vardnadshavare-latt-fa-kontakt",
        "bu-vardnadshavare-forstaelse",
        "bu-placerade-familjehem",
        "bu-kostnad",
        "bu-nettokostnadsavvikelse-ifo",
    }
    assert not any(one.measured(2023) for one in older if not one.kolada)
