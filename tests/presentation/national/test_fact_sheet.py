"""The faktablad of an area: its parts are bounded, honest about what can't be said, and escape what the data say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.catalogue.areas import area
from lagesbild.presentation.fact_sheet.key_results import MOST_RESULTS
from lagesbild.presentation.fact_sheet.sheet import FactSheet
from lagesbild.presentation.fact_sheet.women_men import women_and_men
from lagesbild.presentation.national.view import NationalView

View = Callable[..., NationalView]
AREA = area("aldreomsorg")


@pytest.fixture
def made(national_view: View) -> Callable[..., NationalView]:
    """Return the maker of views whose comparisons say how kommuner differ from riket."""

    def make(**told: str) -> NationalView:
        view = national_view(**told)
        return replace(view, comparisons=view.comparisons.assign(skillnad_riket=None))

    return make


def sexes(view: NationalView, *rows: tuple[str, str, float, float | None]) -> NationalView:
    """Return a view with riket's results by weighting and sex: weighting, sex, value, denominator."""
    told = [
        {
            "indicator": "ao-nojda",
            "year": 2024,
            "level": "rike",
            "region": "0000",
            "sex": sex,
            "weighting": weighting,
            "value": value,
            "denominator": denominator,
        }
        for weighting, sex, value, denominator in rows
    ]
    return replace(view, figures=pd.concat([view.figures, pd.DataFrame(told)], ignore_index=True))


def test_pages_hold_their_parts(made: View) -> None:
    sheet = FactSheet(area=AREA, view=made())
    first, second = sheet.first_page(), sheet.second_page()
    assert first.index("Om området") < first.index("Resultat i riket 2024") < first.index("Trend i riket")
    assert first.count("::: {#fig-") == 1
    heads = ("Skillnader mellan kommuner", "Kvinnor och män", "Var försiktig med", "Läs mer")
    assert [second.index(head) for head in heads] == sorted(second.index(head) for head in heads)
    assert AREA.about[:30] in first
    assert len(sheet.key) <= MOST_RESULTS


def test_an_area_without_results_says_so(made: View) -> None:
    view = made()
    sheet = FactSheet(area=area("krisberedskap"), view=view)
    assert "Inga indikatorer i området har ett nationellt resultat 2024" in sheet.first_page()
    assert "För få kommuner har resultat" in sheet.second_page()


def test_a_title_from_outside_stays_text(made: View) -> None:
    sheet = FactSheet(area=AREA, view=made(title="<script>alert(1)</script> *a*"))
    text = sheet.first_page() + sheet.second_page()
    # In a drawing it is a reference of HTML; in Markdown its angles are escaped.
    assert re.findall(r"(?<!\\)<script", text) == []
    assert "\\<script\\>" in text


def test_women_and_men_without_results_of_kommuner_are_not_called_tested(made: View) -> None:
    means = (("ovagd", "K", 50.0, None), ("ovagd", "M", 60.0, None))
    text = women_and_men(sexes(made(), *means), AREA)
    assert "inte prövad" in text
    assert "För få kommuner" in text
    assert "Inga resultat om kvalitet redovisas" in women_and_men(made(), AREA)


def test_a_chance_difference_is_not_called_secured(made: View) -> None:
    view = sexes(made(), ("redovisad", "K", 81.0, 50.0), ("redovisad", "M", 80.0, 50.0))
    text = women_and_men(view, AREA)
    assert "Ingen skillnad i riket är säkerställd" in text
    assert text.rstrip().split("\n")[-3].endswith("| nej |")


def test_cautions_name_what_is_uncertain(made: View) -> None:
    text = FactSheet(area=AREA, view=made()).second_page()
    assert "**Osäkra uppgifter:** *Rutin vid misstanke om våld* har betyget C osäker" in text
    assert "ovägt medelvärde" in text
