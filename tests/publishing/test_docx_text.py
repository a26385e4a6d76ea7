"""A document for Word: headings, heads of tables, pictures with their words, title on every page, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from docx import Document as read_word
from docx.document import Document as Word
from nbformat import NotebookNode

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError
from lagesbild.presentation import svg
from lagesbild.presentation.tables import Column, captioned_table, colour_cell
from lagesbild.provenance.docx_accessibility import document_faults
from lagesbild.provenance.published_text import texts_of
from lagesbild.publishing.docx_template import reference_document
from lagesbild.publishing.embedded.engine import EmbeddedEngine
from lagesbild.publishing.engines import Document

FRONT = """---
title: Lägesrapport för prov
lang: sv
ar: 2024
syntetisk: true
fotnot: "Källa: prov"
format:
  docx:
    reference-doc: mall.docx
    toc: true
---"""


def figure(words: str = "Riket har ökat från 80 till 90 procent.") -> svg.Figure:
    drawn = svg.document(200, 40, svg.text(5, 20, "Riket", size=9, fill="#000000"), words, physical="pt")
    return svg.Figure(svg=drawn, alt=words)


def body() -> str:
    table = captioned_table(
        [Column(head="Kommun"), Column(head="Resultat", align="right")],
        [["<b>Ale & Co", colour_cell("gron", "90")], ["Bjurholm", ".."]],
        caption="Resultat 2024",
        label="tbl-prov",
    )
    web = '::: {.content-visible when-format="html"}\n\nBara på webben.\n\n:::'
    shown = figure().block_markdown("Riket 2016–2024", "fig-prov")
    return f"## Äldre {{#sec-aldre}}\n\n{web}\n\n### Delar\n\nSe @fig-prov och @tbl-prov.\n\n{shown}\n\n{table}"


def notebook(printed: str) -> NotebookNode:
    output = nbformat.v4.new_output("stream", name="stdout", text=printed)
    cell = nbformat.v4.new_code_cell("#| output: asis\nprint()", outputs=[output], id="a")
    made: NotebookNode = nbformat.v4.new_notebook(cells=[nbformat.v4.new_raw_cell(FRONT, id="f"), cell])
    made.metadata["lagesbild"] = {"file": "reports/lagesrapport/prov.qmd"}
    return made


def rendered(printed: str, path: Path) -> Path:
    document = Document(notebook=notebook(printed), outputs={"docx": path})
    EmbeddedEngine().render_documents([document], project=project_root())
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered(body(), tmp_path_factory.mktemp("word") / "prov.docx")


@pytest.fixture(scope="module")
def word(made: Path) -> Word:
    return read_word(str(made))


def texts(word: Word, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style and paragraph.style.name == style]


def test_all_can_read_it(made: Path) -> None:
    assert document_faults(made) == []


def test_headings_captions_and_what_is_for_the_website(word: Word) -> None:
    assert texts(word, "Heading 1") == ["Äldre"]
    assert texts(word, "Heading 2") == ["Delar"]
    assert texts(word, "Image Caption") == ["Figur\u00a01: Riket 2016–2024"]
    assert texts(word, "Table Caption") == ["Tabell\u00a01: Resultat 2024"]
    assert not any("Bara på webben" in paragraph.text for paragraph in word.paragraphs)


def test_cross_references_lead_to_the_captions(made: Path) -> None:
    xml = zipfile.ZipFile(made).read("word/document.xml").decode()
    places = set(re.findall(r'<w:bookmarkStart[^>]*w:name="([^"]+)"', xml))
    led_to = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', xml))
    assert {"fig-prov", "tbl-prov", "sec-aldre"} <= led_to <= places


def test_cells_hold_the_text_of_data_as_it_is(word: Word) -> None:
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][1:] == [
        ["<b>Ale & Co", "▲\u00a090"],
        ["Bjurholm", ".."],
    ]


def test_every_page_says_title_and_that_data_are_invented(word: Word) -> None:
    (section,) = word.sections
    assert section.header.paragraphs[0].text == "Lägesrapport för prov\tSyntetiska data"
    assert section.footer.paragraphs[0].text.startswith("Källa: prov")


def test_a_picture_has_its_words_and_width(made: Path) -> None:
    xml = zipfile.ZipFile(made).read("word/document.xml").decode()
    assert 'descr="Riket har ökat från 80 till 90 procent."' in xml
    width = int(re.findall(r'<wp:extent cx="(\d+)"', xml)[0])
    assert width == pytest.approx(200 * 12_700, rel=0.01)


def test_the_same_bytes_again_with_the_year_of_the_data(made: Path, tmp_path: Path) -> None:
    assert rendered(body(), tmp_path / "igen.docx").read_bytes() == made.read_bytes()
    core = zipfile.ZipFile(made).read("docProps/core.xml").decode()
    assert core.count("2024-12-31T00:00:00Z") == 2
    assert "docProps/custom.xml" not in zipfile.ZipFile(made).namelist()


def test_a_leak_scan_reads_it(made: Path) -> None:
    read = "\n".join(text for _, text in texts_of(made))
    assert "Bjurholm" in read
    assert "Riket har ökat" in read


def test_a_reference_to_nothing_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="@fig-borta leads nowhere"):
        rendered("## A\n\nSe @fig-borta.", tmp_path / "fel.docx")


def test_the_committed_template_is_the_one_the_code_makes() -> None:
    committed = (project_root() / "reports/lagesrapport/mall.docx").read_bytes()
    assert committed == reference_document()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('descr="Riket har ökat från 80 till 90 procent."', 'descr=""', "picture 1 has no alternative text"),
        ('<w:tblHeader w:val="on" />', "", "table 1 has no row of heads"),
        ('<w:pStyle w:val="Heading2" />', '<w:pStyle w:val="Heading3" />', "heading 2 is of level 3 and follows"),
    ],
)
def test_the_gate_finds_what_shuts_readers_out(made: Path, tmp_path: Path, old: str, new: str, fault: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                assert old in part.decode()
                part = part.decode().replace(old, new).encode()
            after.writestr(name, part)
    path = tmp_path / "fel.docx"
    path.write_bytes(stream.getvalue())
    assert any(one.startswith(fault) for one in document_faults(path))
