"""The kvalitetsdeklarationer: the five headings of SCB-FS 2016:17 in their order, and figures that are counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import ParameterError
from lagesbild.presentation.quality_declaration.declaration import Declaration
from lagesbild.presentation.quality_declaration.figures import DeclarationFigures
from lagesbild.presentation.quality_declaration.products import PRODUCTS, product

#: The main components and their parts, as the regulation names and orders them.
HEADINGS = [
    *("## Relevans", "### Ändamål och informationsbehov", "### Statistikens innehåll"),
    *("## Tillförlitlighet", "### Tillförlitlighet totalt", "### Osäkerhetskällor"),
    "### Preliminär statistik jämförd med slutlig",
    *("## Aktualitet och punktlighet", "### Framställningstid", "### Frekvens", "### Punktlighet"),
    *("## Tillgänglighet och tydlighet", "### Tillgång till statistiken", "### Möjlighet till ytterligare statistik"),
    *("### Presentation", "### Dokumentation"),
    *("## Jämförbarhet och samanvändbarhet", "### Jämförbarhet över tid", "### Jämförbarhet mellan grupper"),
    *("### Samanvändbarhet i övrigt", "### Numerisk överensstämmelse"),
]


@pytest.fixture
def figures(an_indicator: Callable[..., Indicator]) -> DeclarationFigures:
    """Return the figures of two indicators: one with a withheld result, one that the source says nothing of."""
    indicators = (an_indicator("ao-a", kolada="U1"), an_indicator("ao-b", threshold=None))
    rows = [
        ("ao-a", "0114", "ok", "redovisad"),
        ("ao-a", "0115", "ok", "redovisad"),
        ("ao-a", "0117", "sekretess", "redovisad"),
        ("ao-a", "0120", "bortfall", "redovisad"),
        ("ao-b", "0114", "saknas", None),
    ]
    return DeclarationFigures(
        year=2024,
        years=range(2016, 2025),
        catalogue=Catalogue(indicators),
        quality=pd.DataFrame(
            [("ao-a", "C", 3, "tackning kon_mot_total"), ("ao-b", "", 0, "")],
            columns=["indicator", "grade", "n_findings", "checks"],
        ),
        nonresponse=pd.DataFrame(
            [("brukarundersokning", 213, 77, "aldreomsorg")], columns=["survey", "n_answered", "n_not", "area"]
        ),
        results=pd.DataFrame(rows, columns=["indicator", "region", "status", "riket_weighting"]),
        national_trends=pd.DataFrame({"indicator": ["ao-a", "ao-b"], "n_points": [3, 0]}),
        known_faults=2,
    )


@pytest.fixture
def declaration(figures: DeclarationFigures) -> Declaration:
    return Declaration(product=PRODUCTS[0], figures=figures, source="Kolada (RKA)", synthetic=False)


def test_every_product_has_the_headings_in_their_order(declaration: Declaration) -> None:
    for one in PRODUCTS:
        found = re.findall(r"^(#{2,3} [^{\n]+?)(?: \{.*\})?$", declaration.of(one).text(), re.MULTILINE)
        assert found[: len(HEADINGS)] == HEADINGS
        assert found[-1] == "## Det här är inte känt"


def test_figures_are_counted(declaration: Declaration) -> None:
    text = declaration.text().replace("\u202f", " ")
    assert "2 indikatorer i tio områden" in text
    assert "en indikator har resultat från minst en kommun" in text
    assert "2 av dem har minst ett resultat 2024" in text
    assert "213 av 290" in text
    assert "1 av 4 resultat för kommuner 2024 (25,0 procent) visas inte av sekretesskäl" in text
    assert "Två värden som är kända fel" in text
    assert "1 av 2 indikatorer har samma nyckeltal i Kolada" in text
    assert "Av rikets 1 serier har 1 minst tre mätningar" in text
    assert "Få redovisande kommuner har sänkt betyget för en indikator" in text


def test_nothing_withheld_is_not_told_as_everything_known(declaration: Declaration) -> None:
    shown = declaration.figures.results[declaration.figures.results["status"] == "ok"]
    text = replace(declaration, figures=replace(declaration.figures, results=shown)).general(3)
    assert "Inga resultat för kommuner 2024 är dolda" in text
    assert "Källan kan själv ha utelämnat små tal" in text


def test_invented_figures_say_so_and_real_ones_do_not(declaration: Declaration) -> None:
    assert "påhittade" not in declaration.text()
    assert "påhittade" in replace(declaration, synthetic=True).text()


def test_an_unknown_product_is_answered_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match="webbplats"):
        product("webplats")
