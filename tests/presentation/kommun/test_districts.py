"""City districts in print: every figure in its place, what is withheld nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lagesbild.catalogue.indicators import Direction, Indicator, Scale
from lagesbild.presentation.kommun.districts import District, DistrictResult, district_report, districts_section
from lagesbild.presentation.kommun.report import KommunReport
from lagesbild.presentation.kommun.view import KommunView

from .conftest import row

Views = Callable[..., KommunView]


def plain(text: str) -> str:
    return text.replace("\\", "").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def trygg(indicator: Callable[..., Indicator]) -> Indicator:
    return replace(indicator(Scale.PROCENT, Direction.HOG, "Trygg | *hemma*"), id="ao-trygg")


@pytest.fixture
def view(kommun_view: Views, trygg: Indicator) -> KommunView:
    return kommun_view([(trygg, [row(value=80.0, riket=78.0, denominator=1200.0)])], name="Stockholm")


def districts(trygg: Indicator) -> tuple[District, ...]:
    def one(kod: str, name: str, **known: Any) -> District:
        about = {"value": None, "status": "ok", "base": None, "against": "", "previous": None, "previous_year": None}
        return District(kod=kod, name=name, results=(DistrictResult(indicator=trygg, **{**about, **known}),))

    return (
        one("018001", "Rinkeby-Kista", value=91.0, base=230.0, against="battre", previous=88.0, previous_year=2023),
        one("018003", "Spånga-Tensta", status="sekretess"),
        one("018006", "Bromma", value=79.0, base=310.0, against="ingen"),
    )


def test_the_section_has_the_kommun_riket_and_every_district(view: KommunView, trygg: Indicator) -> None:
    text = plain(districts_section(view, districts(trygg)))
    assert text.startswith("Tre stadsdelar i Stockholm har resultat för ett mått.")
    for name, cell in (
        ("Hela kommunen", "80 (1 200)"),
        ("Riket", "78"),
        ("Rinkeby-Kista", "▲ 91 (230)"),
        ("Spånga-Tensta", ".."),
        ("Bromma", "79 (310)"),
    ):
        assert cell in text.split(name)[1].split("\n")[0]
    assert "2 prövningar har gjorts" in text
    assert "*hemma*" not in districts_section(view, districts(trygg)).replace("\\*", "")


def test_a_kommun_without_districts_or_chosen_areas_without_them_has_no_section(
    view: KommunView, kommun_view: Views, trygg: Indicator, indicator: Callable[..., Indicator]
) -> None:
    assert districts_section(view, ()) == ""
    other = kommun_view([(replace(indicator(), id="hem-tal", area="hemloshet"), [row(value=1.0)])])
    assert districts_section(other, districts(trygg)) == ""
    labels = [one.label for one in KommunReport(view=view, districts=districts(trygg)).sections()]
    assert "sec-stadsdelar" in labels
    assert "sec-stadsdelar" not in [one.label for one in KommunReport(view=view).sections()]


def test_a_district_has_its_own_short_report(view: KommunView, trygg: Indicator) -> None:
    first, hidden, even = (plain(district_report(view, one)) for one in districts(trygg))
    assert "Ett mått visas för stadsdelen Rinkeby-Kista i Stockholm 2024." in first
    assert "Stadsdelen är säkert bättre än resten av kommunen i *Trygg | *hemma**." in first
    for words in ("91", "230", "88 (2023)", "80", "78", "▲ bättre"):
        assert words in first
    assert "Inga mått visas" in hidden
    assert "Ett resultat visas inte." in hidden
    assert "Inget resultat skiljer sig säkert" in even
