"""Marks are small vector drawings that go into a table cell of HTML and PDF alike, each saying what it shows."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from xml.etree import ElementTree

import pypandoc
import pytest

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.marks import Mark, answer_strip, sparkline
from lagesbild.presentation.tables import Column, table

Make = Callable[..., Indicator]
OWN = [(2020, 81.2), (2021, None), (2022, 84.0), (2023, 87.4)]
RIKET = [(2020, 84.0), (2021, 84.5), (2022, 85.0), (2023, 85.2)]


@pytest.fixture(scope="module")
def marks(indicator: Make) -> list[Mark]:
    return [
        sparkline(OWN, RIKET, indicator(), name='"Ale" | \\ `x` {{< y >}}'),
        answer_strip([(2021, None), (2022, "nej"), (2023, "delvis"), (2024, "ja")]),
    ]


def pandoc(text: str, to: str) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", to, "--wrap=none"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_a_mark_says_in_words_what_it_shows(indicator: Make) -> None:
    line = sparkline(OWN, RIKET, indicator(), name="Ale").alt.replace("\u00a0", " ")
    assert line == (
        "Ale från 81 procent 2020 till 87 procent 2023, utan värde 2021. "
        "Riket från 84 procent 2020 till 85 procent 2023."
    )
    assert answer_strip([(2022, "nej"), (2023, "ja"), (2024, None)]).alt == "2022 nej, 2023 ja, 2024 inget svar."


def test_a_gap_is_dashed(indicator: Make) -> None:
    assert "stroke-dasharray" in sparkline(OWN, RIKET, indicator(), name="Ale").svg
    whole = [(y, v or 83.0) for y, v in OWN]
    assert "stroke-dasharray" not in sparkline(whole, RIKET, indicator(), name="Ale").svg


def test_every_extreme_can_be_drawn(indicator: Make) -> None:
    drawings = [
        sparkline([], [], indicator(), name="Ale"),
        sparkline([(2024, 3.0)], [], indicator(), name="Ale"),
        sparkline([(2023, 3.0), (2024, 3.0)], [(2024, None)], indicator(), name="Ale"),
        answer_strip([]),
    ]
    for mark in drawings:
        assert "nan" not in mark.svg
        ElementTree.fromstring(mark.svg)


def test_marks_are_well_formed_and_carry_their_alternative(marks: list[Mark]) -> None:
    for mark in marks:
        root = ElementTree.fromstring(mark.svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == mark.alt
        assert not set("`|\n") & set(mark.svg)
        assert "id=" not in mark.svg


def test_marks_stand_in_table_cells_of_html_and_pdf(marks: list[Mark], compile_typst: Callable[[str], bytes]) -> None:
    columns = [Column(head="Indikator", width=2), *(Column(head=f"Bild {n}") for n in range(2))]
    markdown = table(columns, [["Nöjda", *marks], ["Trygga", *marks]])
    html = pandoc(markdown, "html")
    assert html.count("<table") == 1
    assert html.count('<svg xmlns="http://www.w3.org/2000/svg"') == 4
    assert html.count("<td") == 6
    typst = pandoc(markdown, "typst")
    assert typst.count("#box(image(bytes(") == 4
    assert compile_typst(typst.replace("#horizontalrule", "")).startswith(b"%PDF")


def test_other_formats_get_no_markup(marks: list[Mark]) -> None:
    assert pandoc(f"Före {marks[0].markdown()} efter", "plain").split() == ["Före", "efter"]


def test_thousands_of_marks_cost_little(indicator: Make) -> None:
    start = time.process_time()
    for _ in range(300):
        sparkline(OWN, RIKET, indicator(), name="Ale").markdown()
    assert time.process_time() - start < 1.5
