"""The eight areas besides äldreomsorg and barn och unga: what the sources name stands in the catalogue as they say."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Direction, Indicator, Kind, Part, Scale, Survey, Tag
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import catalogue_folder

EIGHT = tuple(area for area in AREA_IDS if area not in ("aldreomsorg", "barn-och-unga"))

#: RiR 2021:17, appendix, table 1, the column of ekonomiskt bistånd.
RIR_TABLE_1 = [
    "eb-samordning-barn-och-unga",
    "eb-samordning-missbruk",
    "eb-samordning-socialpsykiatri",
    "eb-samordning-lss",
    "eb-samverkan-primarvarden",
    "eb-samverkan-arbetsformedlingen",
    "eb-samverkan-forsakringskassan",
    "eb-samverkan-vuxenpsykiatrin",
    "eb-audit",
    "eb-dudit",
    "eb-utredningsmall-barn",
    "eb-uppfoljning-anvand",
    "eb-uppfoljning-kon",
    "eb-arbetsmarknadsinsats-18-24",
    "eb-arbetsmarknadsinsats-over-24",
    "eb-budgetradgivning",
]

#: How Kolada's titles carry a scale; medelvärde and antal stand in many forms.
SCALE_IN_TITLE = {
    Scale.PROCENT: r"\(%\)|andel",
    Scale.JA_NEJ: r"=1|\?",
    Scale.DAGAR: r"dagar",
    Scale.KRONOR: r"kr/",
    Scale.INDEX: r"index|avvikelse",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def eight(catalogue: Catalogue) -> list[Indicator]:
    return [one for area in EIGHT for one in catalogue.in_area(area)]


@pytest.fixture(scope="module")
def kpis(shared_data: Path) -> pd.DataFrame:
    return pd.read_csv(shared_data / "kolada" / "kpi.csv", dtype=str, keep_default_na=False).set_index("id")


def test_table_1_of_the_review_is_whole_for_ekonomiskt_bistand(catalogue: Catalogue) -> None:
    for one in map(catalogue.by_id, RIR_TABLE_1):
        assert one.survey is Survey.KOMMUNENKAT
        assert one.is_answer
        assert one.direction is Direction.HOG
        assert "RiR 2021:17" in one.source_note
        assert one.kind is Kind.INDIKATOR
    assert len(RIR_TABLE_1) == 16


def test_the_budget_bill_uses_six_figures_of_these_areas(eight: list[Indicator]) -> None:
    tagged = {one.id for one in eight if Tag.BUDGETPROPOSITION in one.tags}
    assert tagged == {
        "eb-invanare-med-bistand",
        "eb-samverkan-arbetsformedlingen",
        "hs-hemtjanst-olampliga-lakemedel",
        "hs-sarskilt-boende-olampliga-lakemedel",
        "vnr-bedomningsinstrument",
        "vnr-skolgang-skyddat-boende",
    }


def test_the_six_tried_questions_on_violence_have_no_data(catalogue: Catalogue) -> None:
    tried = [one for one in catalogue.in_area("vald-i-nara-relationer") if "B2.2" in one.source_note]
    assert len(tried) == 6
    assert {one.kind for one in tried} == {Kind.UTVECKLINGSINDIKATOR}
    assert not any(one.measured(year) for one in tried for year in range(2016, 2031))


def test_a_scale_is_that_of_koladas_title(eight: list[Indicator], kpis: pd.DataFrame) -> None:
    compared = 0
    for one in eight:
        if one.kolada and one.kolada in kpis.index and one.scale in SCALE_IN_TITLE and one.id != "hem-bostadsbrist":
            compared += 1
            assert re.search(SCALE_IN_TITLE[one.scale], str(kpis["title"][one.kolada]), re.IGNORECASE), one.id
    assert compared > 150


def test_a_question_of_the_user_surveys_is_the_one_that_kolada_describes(
    eight: list[Indicator], kpis: pd.DataFrame
) -> None:
    compared = 0
    for one in eight:
        quoted = re.search(r"svarat (\w+) på frågan (?!om )(.+)", one.numerator or "")
        if one.kolada and one.kolada in kpis.index and quoted:
            compared += 1
            described = " ".join(str(kpis["description"][one.kolada]).lower().split())
            assert quoted[2].lower() in described, one.id
            assert re.search(rf"svarat '?{quoted[1]}'? på frågan", described), one.id
    assert compared > 45


def test_a_unit_survey_of_lss_is_published_for_units_too(eight: list[Indicator]) -> None:
    found = [one for one in eight if one.survey is Survey.ENHETSUNDERSOKNING and one.area == "funktionsnedsattning-lss"]
    assert len(found) == 32
    assert all("enhet" in one.levels for one in found)


def test_every_area_has_a_cost_from_the_accounts(eight: list[Indicator]) -> None:
    assert {one.area for one in eight if one.part is Part.KOSTNADSNYCKELTAL} == set(EIGHT)


def test_what_is_named_but_not_mapped_is_listed_with_its_reason(catalogue: Catalogue) -> None:
    columns = {
        "area": matching("|".join(AREA_IDS), "an area"),
        "title": TEXT,
        "kolada": matching(r"([NU]\d{5})?", "an id, or nothing"),
        "source": TEXT,
        "reason": TEXT,
    }
    listed = read_register(catalogue_folder() / "not_mapped.csv", columns, key=("area", "title"))
    assert len(listed) > 10
    assert not any(catalogue.by_kolada(row["kolada"]) for row in listed if row["kolada"])
