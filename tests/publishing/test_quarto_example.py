"""The project that Quarto 1.10.18 renders whole: the embedded engine renders it too, and this is what comes out."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from lagesbild.publishing.embedded.website import Rendered, render_project
from lagesbild.publishing.run_document import run_document


@pytest.fixture
def rendered(quarto_example: Path) -> Rendered:
    return render_project(quarto_example)


@pytest.fixture
def text(rendered: Rendered) -> str:
    pdf = rendered.output / "reports" / "kommunrapport" / "kommunrapport.pdf"
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def typst(rendered: Rendered) -> str:
    return (rendered.output / "reports" / "kommunrapport" / "kommunrapport.typ").read_text(encoding="utf-8")


@pytest.fixture
def page(rendered: Rendered) -> str:
    return (rendered.output / "reports" / "kommunrapport" / "kommunrapport.html").read_text(encoding="utf-8")


def test_all_of_it_is_rendered_but_the_office_formats(quarto_example: Path, rendered: Rendered) -> None:
    assert rendered.output == quarto_example.resolve() / "_site"
    wanted = {
        "index.html",
        "reports/site/index.html",
        "reports/site/omraden/aldreomsorg.html",
        "reports/kommunrapport/kommunrapport.html",
        "reports/kommunrapport/kommunrapport.pdf",
        "reports/kommunrapport/kommunrapport.typ",
    }
    assert wanted <= set(rendered.files)
    assert [name for _, name in rendered.left_out] == ["pptx", "docx"]


def test_the_texts_of_the_pdf(text: str) -> None:
    assert "Kommunrapport" in text
    assert "Kommun 1440. Se Figur 1, Tabell 1 och Avsnitt 1." in text
    assert "Figur 1: Utveckling över tid" in text
    assert "Tabell 1: Resultat" in text
    assert "Text från kod med fetstil." in text
    assert "Bara i PDF" in text
    assert "Slut Lägesbild 2024." in text


def test_callout_tabset_columns_and_page_break_in_the_pdf(text: str) -> None:
    assert re.search(r"Osäkra siffror\s+Få svar i år\.", text)
    assert re.search(r"1\.2 Ett\s+A\s+1\.3 Två\s+B", text)
    assert re.search(r"Vänster +Höger", text)
    pages = text.split("\f")
    assert "Slut Lägesbild" not in next(page for page in pages if "Bara i PDF" in page)


def test_the_typst_is_as_quarto_writes_it(typst: str) -> None:
    assert re.search(r'#figure\(\[\n#box\(image\("[^"]+", alt: "Linje som stiger från 1 till 3"\)\)', typst)
    assert "], caption: figure.caption(position: bottom, [Utveckling över tid])" in typst
    assert 'kind: "quarto-float-fig",\nsupplement: "Figur",\n) <fig-a>' in typst
    assert 'kind: "quarto-float-tbl",\nsupplement: "Tabell",\n) <tbl-a>' in typst
    assert "figure.caption(position: top, [Resultat])" in typst
    assert "table.header([Indikator], [Ale], [Riket],)" in typst
    assert "align: (left,right,right,)" in typst
    assert "#ref(<fig-a>, supplement: [Figur])" in typst
    assert "#ref(<sec-samm>, supplement: [Avsnitt])" in typst
    assert re.search(r"^= Sammanfattning\n<sec-samm>", typst, re.MULTILINE)
    assert "#callout(body: [" in typst
    assert "#grid(columns: 2, gutter: 1em," in typst
    assert '#box(fill: rgb("#1a7a3a"), width: 10pt, height: 10pt)' in typst


def test_the_pdf_is_accessible(rendered: Rendered) -> None:
    pdf = pikepdf.open(rendered.output / "reports" / "kommunrapport" / "kommunrapport.pdf")
    assert str(pdf.Root.Lang) == "sv"
    assert pdf.Root.MarkInfo.Marked
    elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
    assert sum(str(element.S) == "/TH" for element in elements) == 3
    assert "Linje som stiger från 1 till 3" in [str(element.Alt) for element in elements if "/Alt" in element]


def test_the_page(page: str) -> None:
    assert "<title>Kommunrapport – Lägesbild</title>" in page
    assert "Kommun 1440. Se " in page
    assert 'alt="Linje som stiger från 1 till 3"' in page
    assert "Figur\u00a01: Utveckling över tid" in page
    assert "callout-note" in page
    assert page.count('role="tabpanel"') == 2
    assert page.count("quarto-layout-cell") == 2
    assert "Bara i PDF" not in page
    assert "#box(fill" not in page
    assert "Källa: syntetiska data" in page


def test_links_and_index_of_the_site(rendered: Rendered) -> None:
    start = (rendered.output / "reports" / "site" / "index.html").read_text(encoding="utf-8")
    assert '<a href="omraden/aldreomsorg.html">äldreomsorg</a>' in start
    assert "url=reports/site/index.html" in (rendered.output / "index.html").read_text(encoding="utf-8")
    assert ".good { color: #1a7a3a; }" in (rendered.output / "site_libs" / "theme.css").read_text(encoding="utf-8")


def test_a_parameter_reaches_the_text(quarto_example: Path, tmp_path: Path) -> None:
    path = quarto_example / "reports" / "kommunrapport" / "kommunrapport.qmd"
    notebook = run_document(path, {"kommun": 180}, workdir=tmp_path / "w")
    assert any("Kommun 0180." in o.get("text", "") for c in notebook.cells for o in c.get("outputs", []))
