"""Signs stand beside the figures that they concern, with their reasons in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.indicators import Scale
from lagesbild.presentation.kommun.area_section import area_section
from lagesbild.presentation.kommun.quality import quality_section
from lagesbild.presentation.kommun.view import KommunView

Views = Callable[..., KommunView]
AREA = area("aldreomsorg")
pytestmark = pytest.mark.usefixtures("plain_tables")
FINDING = "Ovanligt stor minskning sedan 2023, från 80 till 40 procent"
REASON = "12 kommuner (12 procent) har ett svar som växlat fram och tillbaka mellan åren."


@pytest.fixture
def view(kommun_view: Views, indicator: Any) -> Callable[..., KommunView]:
    def made(scale: Scale = Scale.PROCENT, **known: Any) -> KommunView:
        result = {"answer": "ja"} if scale is Scale.JA_NEJ else {"value": 40.0}
        return kommun_view([(indicator(scale), [row(riket=80.0, **(result | known))])])

    return made


def row(**known: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("value", "answer", "colour", "rank", "lan", "kommungrupp", "label", "slope"))
    return {"year": 2024, "status": "ok", "n_reporting": 250, **empty, **known}


def line(text: str) -> list[str]:
    return next(one for one in text.split("\n") if one.startswith("| Nöjdhet")).split("; ")


@pytest.mark.parametrize(("scale", "column"), [(Scale.PROCENT, 1), (Scale.JA_NEJ, 2)])
def test_an_odd_figure_and_an_uncertain_indicator_are_marked_and_counted(view, scale, column):
    text = area_section(view(scale, finding=FINDING, quality="C", quality_checks="vaxlande_svar"), AREA)
    assert line(text)[column].endswith("\u00a0**†\u00a0C**")
    cause = "svar som växlar fram och tillbaka mellan åren"
    assert f"**Osäkert.** Ett resultat har betyget C osäker, mest för {cause}. En uppgift bör ses över (†)" in text


@pytest.mark.parametrize("grade", ["A", "B", ""])
def test_a_good_or_fair_figure_has_no_sign(view, grade):
    text = area_section(view(quality=grade, quality_reasons="x"), AREA)
    assert "**" not in line(text)[1]
    assert "Osäkert" not in text


def test_a_withheld_figure_has_no_sign(view):
    text = area_section(view(value=None, status="sekretess", quality="D", quality_reasons=REASON), AREA)
    assert "†" not in text
    assert "**Osäkert" not in text


def test_the_section_counts_grades_and_tells_the_kommuns_own_odd_figures(view):
    text = quality_section(view(finding=FINDING, quality="D", quality_reasons=REASON))
    assert "Av rapportens 1 resultat har 1 betyget D bristfällig." in text
    assert "En uppgift om Ale bör kommunen se över (†)." in text
    assert "- **Nöjdhet med hemtjänsten** (Äldreomsorg): Ovanligt stor minskning" in text


def test_a_kommun_without_odd_figures_is_told_so_and_one_without_results_too(view):
    assert "inte funnit något anmärkningsvärt i Ales egna uppgifter" in quality_section(view(quality="A"))
    assert quality_section(view(value=None)) == "Rapporten har inga resultat att bedöma."


def test_the_causes_stand_once_in_the_section(view):
    text = quality_section(view(quality="C", quality_checks="vaxlande_svar tackning"))
    assert "Betygen C och D beror på svar som växlar fram och tillbaka mellan åren (1) och att en del kommuner" in text


def test_a_grade_due_to_rikets_figure_stands_there(view):
    of_riket = view(quality="C", quality_checks="tackning riket_mot_kommuner")
    text = area_section(of_riket, AREA)
    assert "**" not in line(text)[1]
    assert line(text)[3].endswith("**C**")
    assert "En bokstav i kolumnen Riket gäller bara rikets värde." in text
    both = line(area_section(view(quality="C", quality_checks="riket_mot_kommuner vaxlande_svar"), AREA))
    assert both[1].endswith("**C**")
    assert "**" not in both[3]
    few = line(area_section(view(quality="C", quality_checks="tackning"), AREA))
    assert few[1].endswith("**C**")
