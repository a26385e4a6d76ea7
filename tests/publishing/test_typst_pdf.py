"""PDFs: accessible, Swedish, the same every time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from lagesbild.publishing.embedded import typst_pdf
from lagesbild.publishing.embedded.engine import EmbeddedEngine
from lagesbild.publishing.embedded.project import document_formats, read_project
from lagesbild.publishing.embedded.typst_pdf import render_pdf
from lagesbild.publishing.engines import Document, with_metadata
from lagesbild.publishing.run_document import run_document


def _pdf(path: Path, parameters: dict[str, Any], tmp_path: Path, metadata: dict[str, Any] | None = None) -> bytes:
    notebook = with_metadata(run_document(path, parameters, workdir=tmp_path / "w"), metadata or {})
    target = tmp_path / "ut.pdf"
    document = Document(notebook=notebook, outputs={"typst": target}, folder=tmp_path / "w")
    EmbeddedEngine().render_documents([document], project=path.parents[1])
    return target.read_bytes()


def pages(content: bytes, tmp_path: Path) -> list[str]:
    """Return the text of every page."""
    path = tmp_path / "las.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def elements(content: bytes) -> Iterator[Any]:
    """Yield every element of the structure tree."""
    pdf = pikepdf.open(io.BytesIO(content))
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                waiting.append(node.K)


def _tags(content: bytes) -> list[str]:
    return [str(element.S) for element in elements(content)]


@pytest.fixture
def report(project: Path) -> Path:
    return project / "reports" / "rapport.qmd"


def test_it_is_tagged_titled_and_swedish(report: Path, tmp_path: Path) -> None:
    content = _pdf(report, {}, tmp_path)
    pdf = pikepdf.open(io.BytesIO(content))
    assert str(pdf.Root.Lang) == "sv"
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.docinfo["/Title"]) == "Rapport"
    assert pdf.open_metadata()["pdfuaid:part"] == "1"
    assert "/CreationDate" not in pdf.docinfo


def test_figures_have_alt_texts_and_tables_header_cells(report: Path, tmp_path: Path) -> None:
    content = _pdf(report, {}, tmp_path)
    alts = [str(element.Alt) for element in elements(content) if "/Alt" in element]
    assert 'Linje med "lång" alt & text' in alts
    assert _tags(content).count("/TH") == 4
    assert _tags(content).count("/Table") == 2


def test_references_and_captions_are_in_swedish(report: Path, tmp_path: Path) -> None:
    text = "\n".join(pages(_pdf(report, {}, tmp_path), tmp_path))
    assert "I Ale (”kommunen”) är ▲ Bättre än riket. Se Figur 1, Tabell 1, 2 och Avsnitt 2." in text
    assert "Figur 1: Andel i procent" in text
    assert "Tabell 2: Från kod" in text
    assert "Varning" in text
    assert "Publicerad 28 maj 2024" in text


def test_what_is_for_the_web_alone_stays_there(report: Path, tmp_path: Path) -> None:
    text = "\n".join(pages(_pdf(report, {}, tmp_path), tmp_path))
    assert "Bara i PDF" in text
    assert "Bara på webben" not in text
    assert "Rå typst" in text
    assert "Rå html" not in text


def test_a_page_break_breaks_the_page(report: Path, tmp_path: Path) -> None:
    before, after = pages(_pdf(report, {}, tmp_path), tmp_path)
    assert "Bara i PDF" in before
    assert "Rå typst" in after


def test_synthetic_data_and_footer_are_on_every_page(report: Path, tmp_path: Path) -> None:
    found = pages(_pdf(report, {"rader": 120}, tmp_path), tmp_path)
    assert len(found) > 4
    for number, text in enumerate(found, 1):
        assert "Syntetiska data" in text
        assert f"Sida {number} av {len(found)}" in text
        assert "Källa: provdata" in text


def test_real_data_are_not_called_synthetic(report: Path, tmp_path: Path) -> None:
    found = pages(_pdf(report, {}, tmp_path, {"syntetisk": False}), tmp_path)
    assert not any("Syntetiska" in text for text in found)


def test_a_long_table_has_its_header_on_every_page(report: Path, tmp_path: Path) -> None:
    content = _pdf(report, {"rader": 120}, tmp_path)
    with_rows = [text for text in pages(content, tmp_path) if "Rad " in text]
    assert len(with_rows) >= 3
    assert all("Indikator" in text for text in with_rows)
    assert _tags(content).count("/Table") == 2


def test_a_heading_never_stands_last_on_a_page(write_document, tmp_path: Path) -> None:
    body = "\n\n".join(f"## Rubrik {n}\n\nStycke {n}. {'Ord och åter ord. ' * 14}" for n in range(60))
    path = write_document(body)
    content = _pdf_alone(path, tmp_path)
    for text in pages(content, tmp_path):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        last = [line for line in lines if not line.startswith("Sida")][-1]
        assert "Rubrik" not in last


def _pdf_alone(path: Path, tmp_path: Path) -> bytes:
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    document = Document(notebook=notebook, outputs={"typst": tmp_path / "ut.pdf"})
    EmbeddedEngine().render_documents([document], project=path.parent)
    return (tmp_path / "ut.pdf").read_bytes()


def test_no_table_begins_with_one_row_at_a_pages_foot(write_document, tmp_path: Path) -> None:
    # Each table is pushed further down its page than the one before; where it is divided, two rows stand before that.
    parts = []
    for table, lines in enumerate(range(28, 40)):
        rows = "\n".join(f"| t{table} rad | {n} |" for n in range(12))
        parts.append("Ett stycke.\n\n" * lines + f"| A | B |\n|---|---|\n{rows}\n\n: En tabell {{#tbl-t{table}}}")
    content = _pdf_alone(write_document("\n\n{{< pagebreak >}}\n\n".join(parts)), tmp_path)
    text = pages(content, tmp_path)
    first = [next(n for page in text if (n := page.count(f"t{table} rad"))) for table in range(len(parts))]
    assert 1 not in first
    assert len(set(first)) > 3


def test_relative_column_widths_come_from_the_dashes(write_document, tmp_path: Path) -> None:
    path = write_document(f"| A | B |\n|{'-' * 90}|{'-' * 10}:|\n| x | 1 |")
    project = read_project(path.parent)
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    choice = document_formats(project, {"format": "lagesbild-typst"}, "prov.qmd")[0]
    source = render_pdf(notebook, project=project, choice=choice).source
    assert "columns: (89.11%, 10.89%)" in source
    assert "align: (auto,right,)" in source


def test_a_drawing_in_a_table_cell_passes_with_its_alt_text(write_document, tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
    typst = svg.replace('"', '\\"')
    cell = f'`{svg}`{{=html}}`#box(image(bytes("{typst}"), format: "svg", alt: "En ruta"))`{{=typst}}'
    path = write_document(f"| A | B |\n|:--|:--|\n| x | {cell} |")
    content = _pdf_alone(path, tmp_path)
    assert "En ruta" in [str(element.Alt) for element in elements(content) if "/Alt" in element]


def test_metadata_from_a_cell_can_set_the_title(write_document, tmp_path: Path) -> None:
    path = write_document('```{python}\n#| output: asis\nprint("---\\ntitle: Ale\\n---")\n```\n\nText')
    pdf = pikepdf.open(io.BytesIO(_pdf_alone(path, tmp_path)))
    assert str(pdf.docinfo["/Title"]) == "Ale"


def test_two_processes_give_the_same_bytes(report: Path, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\nfrom lagesbild.publishing.run_document import run_document\n"
        "from lagesbild.publishing.embedded.engine import EmbeddedEngine\n"
        "from lagesbild.publishing.engines import Document\n"
        "path, out = map(pathlib.Path, sys.argv[1:])\n"
        "nb = run_document(path, {}, workdir=out / 'w')\n"
        "docs = [Document(notebook=nb, outputs={'typst': out / 'a.pdf', 'html': out / 'a.html'})]\n"
        "EmbeddedEngine().render_documents(docs, project=path.parents[1])\n"
    )
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        environment = {"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "TZ": f"UTC+{seed}", "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", program, str(report), str(out)], check=True, env=environment)
        made.append(((out / "a.pdf").read_bytes(), (out / "a.html").read_bytes()))
    assert made[0] == made[1]


def test_what_was_laid_out_for_one_document_is_forgotten_before_the_next(tmp_path: Path) -> None:
    def memory() -> float:
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    after = []
    for turn in range(7):
        cells = ",".join(f'"cell {turn} {number} text"' for number in range(400))
        typst_pdf._compile(f'#set document(title: "x")\n#table(columns: 4, {cells})', tmp_path, "prov.qmd")
        after.append(memory())
    # Some 10 MB a document where Typst remembers them.
    assert after[-1] - after[1] < 15
