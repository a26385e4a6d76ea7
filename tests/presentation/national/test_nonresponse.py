"""Who has not answered, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.indicators import Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.national.area_section import area_section
from lagesbild.presentation.national.nonresponse import nonresponse_note, nonresponse_part
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import number

Views = Callable[..., NationalView]
AREA = area("aldreomsorg")


def verdicts(n_not: int, **verdict: str) -> pd.DataFrame:
    common = {"survey": "kommunenkat", "year": 2024, "n_answered": 290 - n_not, "n_not": n_not, "p_value": 0.001}
    said = dict.fromkeys(("folkmangd", "tidigare_resultat", "kommungrupp"), "ingen_skillnad") | verdict
    rows = [{**common, "question": one, "verdict": two} for one, two in said.items()]
    return pd.DataFrame(rows).assign(answered=16_577.0, not_answered=9_012.0)


def of_a_survey(view: NationalView, tests: pd.DataFrame, silent: set[str]) -> NationalView:
    """Return the view with one question that all but the silent kommuner have answered."""
    question = replace(view.catalogue.indicators[1], survey=Survey.KOMMUNENKAT)
    rows = [
        {
            "indicator": question.id,
            "year": 2024,
            "region": one.kod,
            "sex": "T",
            # A withheld answer is an answer.
            "status": "bortfall" if one.kod in silent else ("sekretess" if one.kod == "0180" else "ok"),
        }
        for one in kommuner()
    ]
    return replace(view, catalogue=Catalogue((question,)), comparisons=pd.DataFrame(rows), nonresponse={AREA.id: tests})


@pytest.fixture
def blekinge() -> set[str]:
    return {one.kod for one in kommuner() if one.lan == "10"}


def test_how_many_where_and_whether_they_differ(national_view: Views, blekinge: set[str]) -> None:
    view = of_a_survey(national_view(), verdicts(len(blekinge), folkmangd="skiljer_sig"), blekinge)
    heading, text = nonresponse_part(view, AREA, level=3)
    note = nonresponse_note()
    assert heading == "### Bortfall"
    assert "285 av 290 kommuner har svarat." in text
    assert "Blekinge län (0 av 5)" in text
    assert f"skiljer sig från de andra i folkmängd (medianen är {number(16_577.0)} invånare" in text
    assert "Ingen skillnad i tidigare resultat eller kommungrupp är säkerställd." in text
    assert "minst fem kommuner" in note


def test_a_lan_of_one_kommun_is_never_the_lowest(national_view: Views) -> None:
    text = nonresponse_part(of_a_survey(national_view(), verdicts(1), {"0980"}), AREA, level=3)[1]
    assert "289 av 290" in text
    assert "Gotland" not in text


def test_when_all_have_answered_nothing_else_is_said(national_view: Views) -> None:
    everyone = dict.fromkeys(("folkmangd", "tidigare_resultat", "kommungrupp"), "for_fa")
    text = nonresponse_part(of_a_survey(national_view(), verdicts(0, **everyone), set()), AREA, level=3)[1]
    assert text == "- *Enkäten till kommunerna*: Alla 290 kommuner har svarat."


def test_too_few_to_test_is_said(national_view: Views) -> None:
    too_few = dict.fromkeys(("folkmangd", "tidigare_resultat", "kommungrupp"), "for_fa")
    text = nonresponse_part(of_a_survey(national_view(), verdicts(1, **too_few), {"0114"}), AREA, level=3)[1]
    assert "De är för få för att en skillnad ska kunna prövas." in text


def test_registers_and_other_years_are_left_out(national_view: Views) -> None:
    for tests in (verdicts(3).assign(survey="register"), verdicts(3).assign(year=2023)):
        assert nonresponse_part(of_a_survey(national_view(), tests, set()), AREA, level=3) == []


def test_the_area_section_has_it_where_it_is_known(national_view: Views) -> None:
    view = replace(national_view(), nonresponse={AREA.id: verdicts(9)})
    assert "### Bortfall" in area_section(view, AREA)
    assert "### Bortfall" not in area_section(national_view(), AREA)
