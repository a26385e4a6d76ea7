"""What fits on a slide, and Office's own shapes as Markdown carries them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from lagesbild.presentation import palette
from lagesbild.presentation.slides.page import BODY, LEFT, RIGHT, Box
from lagesbild.presentation.slides.shapes import Run, Table, TableCell, TableColumn, drawing, frame, shape, text_box
from lagesbild.presentation.slides.slide import Slide
from lagesbild.presentation.slides.text_fit import fitting, line_count, text_height, text_width

_SPACES = 'xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="urn:r"'  # what the prefixes stand for is the slide's business


def _parsed(xml: str) -> ET.Element:
    return ET.fromstring(f"<slide {_SPACES}>{xml}</slide>")


def _table(rows: int, text: str = "Nöjda med hemtjänsten") -> Table:
    columns = [TableColumn(head="Indikator", width=200), TableColumn(head="Plats", width=160)]
    green = palette.tone("gron")
    cells = [[TableCell(text), TableCell(f"{green.symbol} {green.word}", green)] for _ in range(rows)]
    return Table(name="Resultat", description="Resultat: en rad", columns=columns, rows=cells)


def test_the_widths_are_those_of_the_font_in_office() -> None:
    # Arial: H 722, a 556, l 222; å is as wide as a.
    assert text_width("Hallå", 10) == 10 * (722 + 556 + 222 + 222 + 556) / 1000
    assert text_width("Hallå", 10, bold=True) > text_width("Hallå", 10)


def test_a_text_takes_as_many_lines_as_its_words_need() -> None:
    word = text_width("kommunen", 20)
    assert line_count("kommunen kommunen", 2 * word + text_width(" ", 20), 20) == 1
    assert line_count("kommunen kommunen", 2 * word, 20) == 2
    assert line_count("kommunen" * 5, 2 * word, 20) == 3


def test_what_there_is_no_room_for_is_left_out_from_the_end() -> None:
    told = [f"Mening nummer {n} om hur det går för kommunen i jämförelsen." for n in range(40)]
    kept = fitting(told, LEFT, 20)
    assert kept == told[: len(kept)]
    assert 1 < len(kept) < len(told)
    assert text_height(kept, LEFT.width, 20) <= LEFT.height < text_height(told[: len(kept) + 1], LEFT.width, 20)


def test_a_table_keeps_the_rows_that_the_height_has_room_for() -> None:
    table = _table(30).fitted(RIGHT.height)
    assert sum(table.heights()) <= RIGHT.height < sum(_table(len(table.rows) + 1).heights())
    assert all(row is not None for row in table.rows)


def test_a_table_has_a_head_row_a_text_alternative_and_swedish_runs() -> None:
    root = _parsed(_table(2).xml(10, 10))
    assert root.find(".//{urn:p}cNvPr").attrib["descr"] == "Resultat: en rad"  # type: ignore[union-attr]
    assert root.find(".//{urn:a}tblPr").attrib["firstRow"] == "1"  # type: ignore[union-attr]
    assert {run.attrib["lang"] for run in root.iter("{urn:a}rPr")} == {"sv-SE"}
    assert len(list(root.iter("{urn:a}tr"))) == 3


def test_text_from_data_stays_text_in_a_shape() -> None:
    hostile = 'Boende <b>"A" & B</b> ``` {=openxml} | {{< meta x >}}'
    xml = text_box(Box(0, 0, 100, 20), [[Run(text=hostile)]], number=1, name=hostile)
    assert "```" not in xml
    assert "{{<" not in xml
    assert _parsed(xml).find(".//{urn:a}t").text == hostile  # type: ignore[union-attr]


def test_a_drawing_tells_in_words_what_it_shows() -> None:
    mark = shape(Box(10, 10, 5, 5), "triangle", "#2a9d8f", number=2, name="Bland de bästa", turned=True)
    root = _parsed(drawing(BODY, [mark], number=1, name="Plats", description="Ale: plats 3 av 9"))
    assert root.find(".//{urn:p}cNvPr").attrib["descr"] == "Ale: plats 3 av 9"  # type: ignore[union-attr]
    assert root.find(".//{urn:p}sp//{urn:a}xfrm").attrib["flipV"] == "1"  # type: ignore[union-attr]


def test_every_slide_of_invented_figures_says_so() -> None:
    assert "Syntetiska data" in frame("Ale", synthetic=True)
    assert "Syntetiska" not in frame("Ale", synthetic=False)


def test_text_stands_beside_a_table_in_columns_and_alone_over_the_whole_slide() -> None:
    beside = Slide(title="A", key="sec-a", text=["Mening."], shapes=[_table(1).xml(0, 0)]).markdown("")
    alone = Slide(title="B", key="sec-b", text=["Ett", "Två"], bullets=True, notes=["Bakgrund."]).markdown("")
    assert ":::: {.columns}" in beside
    assert ".columns" not in alone
    assert "- Ett\n- Två" in alone
    assert "::: {.notes}\n\nBakgrund." in alone
