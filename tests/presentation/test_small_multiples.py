"""The panels of a kommun's section: readable, honest about gaps, and said in words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.fonts import text_width
from lagesbild.presentation.small_multiples import WIDTH, Panel, small_multiples
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure

Make = Callable[..., Indicator]
YEARS = range(2016, 2025)
SVG = "{http://www.w3.org/2000/svg}"


def line(start: float, step: float) -> list[tuple[int, float | None]]:
    return [(year, start + step * (year - 2016)) for year in YEARS]


def drawn(panels: list[Panel], *, synthetic: bool = False) -> Figure:
    return small_multiples(panels, name="Ale", years=(2016, 2024), synthetic=synthetic)


@pytest.fixture(scope="module")
def panels(indicator: Make) -> list[Panel]:
    gap = [(y, None if y in (2019, 2020) else v) for y, v in line(60, 2)]
    return [
        Panel(indicator=indicator(), own=line(80, 0.8), riket=line(82, 0.3)),
        Panel(indicator=indicator(title="Brukarbedömning av hänsyn till önskemål & åsikter"), own=gap),
        Panel(indicator=indicator(Scale.KRONOR), own=line(61_000, 300), riket=line(58_000, 100)),
        Panel(indicator=indicator(Scale.INDEX), own=[(2020, 71.2)], riket=line(70, 0.5), status="ej_matt"),
        Panel(indicator=indicator(title="Hemlig"), own=[(y, None) for y in YEARS], status="sekretess"),
    ]


def words(figure: Figure) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]


def test_the_figure_fits_the_page(panels: list[Panel]) -> None:
    root = ElementTree.fromstring(drawn(panels).svg)
    assert root.get("width") == f"{WIDTH:.0f}pt"
    assert len(list(root.iter(f"{SVG}g"))) == len(panels)
    for group in root.iter(f"{SVG}g"):
        left = float(re.findall(r"[\d.]+", group.get("transform") or "")[0])
        for element in group.iter(f"{SVG}text"):
            size, x = float(element.get("font-size") or 0), float(element.get("x") or 0)
            assert size >= 7
            if element.get("text-anchor") is None:
                weight = 700 if element.get("font-weight") else 400
                assert left + x + text_width(element.text or "", size, weight) <= WIDTH + 0.5, element.text


def test_last_values_stand_beside_the_lines(panels: list[Panel]) -> None:
    said = words(drawn(panels))
    assert "86" in said
    assert "84" in said
    assert "63\u202f400" in said


def test_labels_at_the_same_height_are_moved_apart(indicator: Make) -> None:
    same = Panel(indicator=indicator(), own=line(80, 0.5), riket=line(80, 0.5))
    root = ElementTree.fromstring(drawn([same]).svg)
    heights = [float(t.get("y") or 0) for t in root.iter(f"{SVG}text") if t.text == "84"]
    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) >= 7.9


def test_a_missing_last_value_says_why(panels: list[Panel]) -> None:
    said = words(drawn(panels))
    assert "2024: ej mätt" in said
    assert "Visas inte, sekretess" in said
    assert "stroke-dasharray" in drawn(panels[1:2]).svg
    assert "stroke-dasharray" not in drawn(panels[:1]).svg


@pytest.mark.parametrize(("frequency", "measured"), [(2, (2017, 2019, 2021, 2023)), (4, (2019, 2023))])
def test_a_line_goes_on_over_years_that_the_plan_leaves_out(
    indicator: Make, frequency: int, measured: tuple[int, ...]
) -> None:
    one = replace(indicator(), frequency=frequency, phase=2023)
    series: list[tuple[int, float | None]] = [(year, 60.0 + year - 2016) for year in measured]
    figure = drawn([Panel(indicator=one, own=series, status="ej_matt")])
    assert "stroke-dasharray" not in figure.svg
    assert figure.svg.count("<polyline") == 1
    said = f"ej mätt, nästa gång {2023 + frequency}"
    assert f"2024: {said}" in words(figure)
    assert f"(senaste året: {said})" in figure.alt
    assert "utan värde" not in figure.alt


def test_the_alternative_tells_every_panel(panels: list[Panel]) -> None:
    alt = drawn(panels).alt.replace("\u00a0", " ")
    assert alt.startswith("Fem små linjediagram: Ale och riket över tid.")
    assert "Nöjdhet med hemtjänsten: Ale från 80 procent 2016 till 86 procent 2024, riket 84 procent 2024." in alt
    assert "utan värde 2019 och 2020" in alt
    assert "Hemlig: Ale inga värden (senaste året: visas inte, sekretess)." in alt


def test_synthetic_data_say_so_and_real_data_do_not(panels: list[Panel]) -> None:
    for synthetic in (True, False):
        figure = drawn(panels, synthetic=synthetic)
        for form in (" ".join(words(figure)), figure.alt, figure.html or ""):
            assert (SYNTHETIC_NOTE in form) is synthetic


def test_the_html_form_has_one_drawing_a_panel(panels: list[Panel]) -> None:
    html = drawn(panels).html or ""
    root = ElementTree.fromstring(html)
    drawings = list(root.iter(f"{SVG}svg"))
    assert len(drawings) == len(panels)
    assert all(drawing.get("aria-label") for drawing in drawings)
    assert "\n" not in html


def test_equal_input_gives_equal_bytes_and_fast(panels: list[Panel]) -> None:
    start = time.process_time()
    assert drawn(panels * 4) == drawn(panels * 4)
    assert time.process_time() - start < 0.5


def test_the_pdf_has_the_figure(panels: list[Panel], compile_typst: Callable[[str], bytes]) -> None:
    assert compile_typst(drawn(panels).typst()).startswith(b"%PDF")


def test_answers_and_nothing_are_refused(indicator: Make) -> None:
    with pytest.raises(ValueError, match="checklists"):
        drawn([Panel(indicator=indicator(Scale.JA_NEJ), own=[])])
    with pytest.raises(ValueError, match="at least one"):
        drawn([])
