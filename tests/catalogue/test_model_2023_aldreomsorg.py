"""Äldreomsorg in the catalogue against the report of 2023: every count, and where text and tables differ.

Source: Socialstyrelsen, Öppna jämförelser i utveckling (2023), chapter on äldreomsorg, tables 3 and B5.2.
"""

from __future__ import annotations

from collections import Counter

import pytest

from lagesbild.catalogue.indicators import (
    Closeness,
    Counted,
    Dimension,
    Direction,
    Indicator,
    IndicatorType,
    Kind,
    Part,
    ProcessStep,
    Scale,
    Survey,
    Tier,
)
from lagesbild.catalogue.load import load_catalogue

#: What the running text counts.
STATED = {
    Part.KVALITET: 89,
    Part.VALFARD: 3,
    Part.HALLBAR_UTVECKLING: 6,
    Part.CENTRALT_NYCKELTAL: 19,
    Part.KOSTNADSNYCKELTAL: 6,
}
#: Rows of table B5.2, by dimension and type. Two labels of the text version are read as slips: the second row on
#: staff that acted improperly is about hemtjänst, and knowing where to complain is a process in both rows.
ROWS_B52 = {
    (Dimension.KUNSKAPSBASERAD, IndicatorType.PROCESS): 8,
    (Dimension.SAKER, IndicatorType.RESULTAT): 11,
    (Dimension.SAKER, IndicatorType.PROCESS): 4,
    (Dimension.SAKER, IndicatorType.STRUKTUR): 20,
    (Dimension.INDIVIDANPASSAD, IndicatorType.RESULTAT): 10,
    (Dimension.INDIVIDANPASSAD, IndicatorType.PROCESS): 8,
    (Dimension.INDIVIDANPASSAD, IndicatorType.STRUKTUR): 7,
    (Dimension.JAMLIK, IndicatorType.RESULTAT): 2,
    (Dimension.TILLGANGLIG, IndicatorType.RESULTAT): 3,
    (Dimension.TILLGANGLIG, IndicatorType.PROCESS): 3,
    (Dimension.TILLGANGLIG, IndicatorType.STRUKTUR): 6,
}
#: The nine rows of table 3's part Kvalitet. A row that holds hemtjänst and särskilt boende is two indicators here.
BASE_ROWS = (
    ("ao-uppfoljning-behov",),
    ("ao-uppfoljning-insatser",),
    ("ao-uppfoljning-resultat",),
    ("ao-hemtjanst-trygghet", "ao-sarskilt-boende-trygghet"),
    ("ao-hemtjanst-hansyn", "ao-sarskilt-boende-hansyn"),
    ("ao-hemtjanst-anhoriga", "ao-sarskilt-boende-anhoriga"),
    ("ao-hemtjanst-bemotande", "ao-sarskilt-boende-bemotande"),
    ("ao-personalkontinuitet",),
    ("ao-vantetid-sarskilt-boende",),
)
WELFARE_ROWS = (("ao-lag-ekonomisk-standard",), ("ao-suicid",), ("ao-psykisk-ohalsa",))
SUSTAINABLE_ROWS = (
    ("ao-lag-inkomststandard",),
    ("ao-ekonomiskt-utsatta",),
    ("ao-kvinnors-nettoinkomst",),
    ("ao-fallskador",),
    ("ao-utsatta-for-brott",),
    ("ao-utsatta-for-trakasserier",),
)
CENTRAL_ROWS = (
    ("ao-aldre-i-befolkningen",),
    ("ao-aldrehushall",),
    ("ao-langvarigt-ekonomiskt-bistand",),
    ("ao-aldre-med-hemtjanst", "ao-aldre-i-sarskilt-boende"),
    ("ao-hemtjansttimmar",),
    ("ao-dagar-i-sarskilt-boende",),
    ("ao-maxtid-kontakt-efter-larm", "ao-maxtid-besok-efter-larm"),
    ("ao-aldre-per-handlaggare",),
    ("ao-socionomexamen",),
    ("ao-dokumentera-mobilt",),
    ("ao-icf",),
    ("ao-ksi",),
    ("ao-styrande-dokument-e-halsa",),
    ("ao-ledningssystem-valfardsteknik",),
    ("ao-valfardsteknik-ordinart-boende", "ao-valfardsteknik-sarskilt-boende"),
    (
        "ao-gps-larm",
        "ao-digital-tillsyn",
        "ao-passivt-larm",
        "ao-digital-traning",
        "ao-digitalt-stod-dagliga-aktiviteter",
        "ao-digitala-inkop",
        "ao-digital-kommunikation",
        "ao-digitala-las",
    ),
    ("ao-informationssakerhet-ledningssystem",),
    ("ao-informationssakerhet-uppfoljning",),
    ("ao-informationssakerhet-klassning",),
)
COST_ROWS = (
    ("ao-kostnad-andel-av-kommunen",),
    ("ao-kostnad-mot-andel-aldre",),
    (
        "ao-kostnadsandel-kommun-sarskilt-boende",
        "ao-kostnadsandel-kommun-hemtjanst-hemsjukvard",
        "ao-kostnadsandel-kommun-dagverksamhet",
    ),
    (
        "ao-kostnadsandel-aldreomsorg-sarskilt-boende",
        "ao-kostnadsandel-aldreomsorg-hemtjanst-hemsjukvard",
        "ao-kostnadsandel-aldreomsorg-dagverksamhet",
    ),
    ("ao-kostnad-sarskilt-boende", "ao-kostnad-hemtjanst-hemsjukvard", "ao-kostnad-dagverksamhet"),
    ("ao-kostnad-boende-mot-ordinart",),
)
ROWS_3 = {
    Part.VALFARD: WELFARE_ROWS,
    Part.HALLBAR_UTVECKLING: SUSTAINABLE_ROWS,
    Part.CENTRALT_NYCKELTAL: CENTRAL_ROWS,
    Part.KOSTNADSNYCKELTAL: COST_ROWS,
}


@pytest.fixture(scope="module")
def model() -> tuple[Indicator, ...]:
    return tuple(one for one in load_catalogue().in_area("aldreomsorg") if one.model == 2023)


@pytest.fixture(scope="module")
def quality(model: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    return tuple(one for one in model if one.part is Part.KVALITET)


def test_quality_indicators_are_the_rows_of_table_b52(quality: tuple[Indicator, ...]) -> None:
    assert Counter((one.dimension, one.type) for one in quality) == ROWS_B52
    assert len(quality) == 82


def test_the_text_counts_seven_more_than_its_table_and_the_catalogue_says_so(quality: tuple[Indicator, ...]) -> None:
    assert STATED[Part.KVALITET] - len(quality) == 7
    telling = [one.id for one in quality if one.note and "89 kvalitetsindikatorer" in one.note]
    assert telling == ["ao-ibic-uppfoljning-ordinart-boende"]


def test_nine_base_rows_four_from_the_user_survey_and_five_from_the_kommunenkat(quality: tuple[Indicator, ...]) -> None:
    base = {one.id: one for one in quality if one.tier is Tier.BAS}
    assert len(BASE_ROWS) == 9
    assert sorted(base) == sorted(one for row in BASE_ROWS for one in row)
    surveys = [{base[one].survey for one in row} for row in BASE_ROWS]
    assert surveys.count({Survey.BRUKARUNDERSOKNING}) == 4
    assert surveys.count({Survey.KOMMUNENKAT}) == 5


@pytest.mark.parametrize("part", list(ROWS_3))
def test_parts_of_table_3_have_the_rows_that_the_text_counts(model: tuple[Indicator, ...], part: Part) -> None:
    rows = ROWS_3[part]
    assert len(rows) == STATED[part]
    assert sorted(one.id for one in model if one.part is part) == sorted(one for row in rows for one in row)


def test_indicators_that_share_a_row_say_so(model: tuple[Indicator, ...]) -> None:
    rows = [*BASE_ROWS, *(row for rows in ROWS_3.values() for row in rows)]
    shared = {one for row in rows if len(row) > 1 for one in row}
    silent = [one.id for one in model if one.id in shared and "rad" not in (one.note or "")]
    assert silent == []


def test_base_indicators_are_measured_yearly_and_the_others_by_dimension(quality: tuple[Indicator, ...]) -> None:
    odd = (Dimension.SAKER, Dimension.EFFEKTIV, Dimension.TILLGANGLIG)
    for one in quality:
        years = [year for year in range(2023, 2029) if one.measured(year)]
        if one.id == "ao-personalkontinuitet":  # the kommuner's own measuring ended after 2024
            assert years == [2023, 2024]
        elif one.tier is Tier.BAS:
            assert years == [2023, 2024, 2025, 2026, 2027, 2028], one.id
        elif one.id == "ao-socialjour":
            assert years == [2023, 2027]
        else:
            assert years == ([2023, 2025, 2027] if one.dimension in odd else [2024, 2026, 2028]), one.id


def test_audit_and_dudit_pause_in_2022_and_come_back(quality: tuple[Indicator, ...]) -> None:
    for one in quality:
        if one.id in ("ao-audit", "ao-dudit"):
            assert [year for year in range(2016, 2027) if one.measured(year)] == [*range(2017, 2022), 2024, 2026]


def test_quality_indicators_have_a_direction_and_key_figures_none(model: tuple[Indicator, ...]) -> None:
    for one in model:
        assert (one.direction is Direction.INGEN) is (one.kind is Kind.NYCKELTAL), one.id
    key_figures = {one.part for one in model if one.kind is Kind.NYCKELTAL}
    assert key_figures == {Part.CENTRALT_NYCKELTAL, Part.KOSTNADSNYCKELTAL}
    low = {one.id for one in model if one.part is Part.KVALITET and one.direction is Direction.LAG}
    assert low == {
        "ao-hemtjanst-agerat-olampligt",
        "ao-sarskilt-boende-agerat-olampligt",
        "ao-hemtjanst-ensamhet",
        "ao-sarskilt-boende-ensamhet",
        "ao-hemtjanst-angslan",
        "ao-sarskilt-boende-angslan",
        "ao-personalkontinuitet",
        "ao-vantetid-sarskilt-boende",
    }


def test_units_are_counted_without_a_threshold(quality: tuple[Indicator, ...]) -> None:
    units = [one for one in quality if one.survey is Survey.ENHETSUNDERSOKNING]
    asked_of_units = [one for one in units if one.counted is Counted.ENHETER]
    assert (len(units), len(asked_of_units)) == (28, 18)
    assert all(one.scale is Scale.PROCENT and one.threshold is None for one in asked_of_units)
    assert all(one.threshold == 5 for one in units if one.counted is Counted.PERSONER)


def test_what_users_say_is_close_to_the_user(quality: tuple[Indicator, ...]) -> None:
    said = [one for one in quality if one.survey is Survey.BRUKARUNDERSOKNING]
    assert len(said) == 28
    assert {one.closeness for one in said} == {Closeness.RESULTAT}


def test_services_given_stand_in_the_step_of_giving_them(quality: tuple[Indicator, ...]) -> None:
    units = [one for one in quality if one.survey is Survey.ENHETSUNDERSOKNING]
    assert {one.process_step for one in units} == {ProcessStep.GENOMFORANDE_AV_INSATS}


def test_sustainability_indicators_name_their_goals(model: tuple[Indicator, ...]) -> None:
    goals = {one.id: one.agenda_2030 for one in model if one.agenda_2030}
    assert set(goals) == {one for row in SUSTAINABLE_ROWS for one in row}


def test_questions_of_the_e_health_survey_cost_nothing_in_the_kommunenkat(model: tuple[Indicator, ...]) -> None:
    free = {one.id for one in model if one.survey is Survey.KOMMUNENKAT and one.questions == 0}
    assert len(free) == 18
    assert all("e-hälsa" in (one.note or "") for one in model if one.id in free)
