"""A secret is found in every kind of file and however it is printed; and in what a broken gate would publish."""

from __future__ import annotations

import base64
import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import rdflib
import typst
from openpyxl.comments import Comment

from lagesbild.disclosure.withheld import secrets_of
from lagesbild.files import sha256_tree
from lagesbild.frame_bytes import csv_bytes, described_parquet_bytes, parquet_bytes
from lagesbild.provenance.leak_scan import scan
from lagesbild.publishing.analyse import analyse_area
from lagesbild.publishing.datasets.results import figures_of
from lagesbild.publishing.layout import Layout

SECRETS = {"612345678": "value of ao-x 2024 kommun 1440 T", "498765432101": "value of ao-y 2024 kommun 1440 T"}
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


def workbook(path: Path, figure: str, *, comment: bool = False) -> None:
    book = openpyxl.Workbook()
    cell = book.worksheets[0]["A1"]
    cell.value = "x" if comment else float(figure)
    if comment:
        cell.comment = Comment(figure, "a")
    book.save(path)


def pdf(path: Path, text: str) -> None:
    source = f'#set document(title: "t")\n{text}'.encode()
    path.write_bytes(typst.compile(source))


def pdf_alt(path: Path, figure: str) -> None:
    pdf(path, f'#figure(rect(), alt: "värdet {figure}")')


def pdf_metadata(path: Path, figure: str) -> None:
    pdf(path, "text")
    with pikepdf.open(path, allow_overwriting_input=True) as opened:
        opened.docinfo["/Subject"] = figure
        opened.save(path)


def parquet_column(path: Path, figure: str) -> None:
    columns = {"a": {"description": figure}}
    path.write_bytes(described_parquet_bytes(pd.DataFrame({"a": [1.0]}), columns=columns, about={}))


def rdf(path: Path, figure: str) -> None:
    graph = rdflib.Graph()
    graph.add((rdflib.URIRef("https://example.org/a"), rdflib.DCTERMS.description, rdflib.Literal(figure)))
    path.write_bytes(graph.serialize(format="pretty-xml", encoding="utf-8"))


def archive(path: Path, figure: str) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as zipped:
        zipped.writestr("xl/worksheets/sheet1.xml", f"<v>{figure}</v>")
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("ppt/embeddings/book.xlsx", inner.getvalue())


def notebook(path: Path, figure: str) -> None:
    output = nbformat.v4.new_output("execute_result", {"text/plain": figure})
    cell = nbformat.v4.new_code_cell("1", outputs=[output])
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])), encoding="utf-8")


def parquet_metadata(path: Path, figure: str) -> None:
    pq.write_table(pa.table({"a": [1]}).replace_schema_metadata({"note": figure}), path)


def drawing_in_page(path: Path, figure: str) -> None:
    drawing = base64.b64encode(f"<svg><text>{figure}</text></svg>".encode()).decode()
    path.write_text(f'<img src="data:image/svg+xml;base64,{drawing}">', encoding="utf-8")


CARRIERS: dict[str, Callable[[Path], object]] = {
    "text.html": lambda path: path.write_text("<td>61,2345678 procent</td>"),
    "attribute.html": lambda path: path.write_text('<path aria-label="61,2345678">'),
    "drawing.html": lambda path: drawing_in_page(path, "61.2345678"),
    "page.json": lambda path: path.write_text(json.dumps({"a": [61.2345678]})),
    "exponent.json": lambda path: path.write_text("6.12345678e+01"),
    "share.csv": lambda path: path.write_text("a\n0.612345678\n"),
    "thousands.md": lambda path: path.write_text("612\u202f345\u202f678 kronor"),
    "thousands.html": lambda path: path.write_text("612&nbsp;345&nbsp;678 kronor"),
    "run.log": lambda path: path.write_text("row 3: 61.2345678"),
    "packed.json.gz": lambda path: path.write_bytes(gzip.compress(b"61.2345678")),
    "step.ipynb": lambda path: notebook(path, "61.2345678"),
    "cell.xlsx": lambda path: workbook(path, "61.2345678"),
    "comment.xlsx": lambda path: workbook(path, "61.2345678", comment=True),
    "slides.pptx": lambda path: archive(path, "61.2345678"),
    "values.parquet": lambda path: path.write_bytes(parquet_bytes(pd.DataFrame({"a": [61.2345678]}))),
    "metadata.parquet": lambda path: parquet_metadata(path, "61.2345678"),
    "column.parquet": lambda path: parquet_column(path, "61.2345678"),
    "catalogue.rdf": lambda path: rdf(path, "61,2345678"),
    "manifest.json": lambda path: path.write_text('{"note": "61.2345678"}'),
    "long.csv": lambda path: path.write_text("49.87654321012345"),
    "612345678.txt": lambda path: path.write_text("nothing"),
}
PDFS: dict[str, Callable[[Path], object]] = {
    "text.pdf": lambda path: pdf(path, "Värdet är 61,2345678 procent"),
    "thousands.pdf": lambda path: pdf(path, "612\u202f345\u202f678 kronor"),
    "alternative.pdf": lambda path: pdf_alt(path, "61,2345678"),
    "metadata.pdf": lambda path: pdf_metadata(path, "61.2345678"),
}


@pytest.mark.parametrize("name", CARRIERS)
def test_found_in(name: str, tmp_path: Path) -> None:
    CARRIERS[name](tmp_path / name)
    assert scan(tmp_path, SECRETS)
    assert {(leak.file, leak.secret) for leak in scan(tmp_path, SECRETS)} <= {
        (name, secret) for secret in SECRETS.values()
    }


@needs_poppler
@pytest.mark.parametrize("name", PDFS)
def test_found_in_pdf(name: str, tmp_path: Path) -> None:
    PDFS[name](tmp_path / name)
    assert scan(tmp_path, SECRETS)
    assert {(leak.file, leak.secret) for leak in scan(tmp_path, SECRETS)} <= {
        (name, secret) for secret in SECRETS.values()
    }


def test_other_figures_are_no_leak(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("61,2 procent, 612 345 679 kronor, 61.23456781, 161234567812, 49.8765432102")
    assert scan(tmp_path, SECRETS) == []


#: An area with indicators of each road that count persons.
AREA = "missbruk-och-beroende"
YEARS = (2023, 2024)


@pytest.fixture(scope="module")
def secrets(world: Layout) -> dict[str, str]:
    """Return what had to be withheld."""
    return secrets_of(world.work, world.raw)


def published(layout: Layout, folder: Path) -> Path:
    """Publish the area's figures and executed notebooks into a folder."""
    folder.mkdir()
    for year in YEARS:
        frame = figures_of(layout, AREA, year)
        (folder / f"{year}.csv").write_bytes(csv_bytes(frame))
        (folder / f"{year}.parquet").write_bytes(parquet_bytes(frame))
        shutil.copytree(layout.executed(AREA, year), folder / "notebooks" / str(year))
    return folder


def behind_a_broken_gate(world: Layout, root: Path) -> Layout:
    """Return the folders of a country whose gate let the area's figures through, analysed as they are."""
    layout = Layout(root=root, source=world.source, year=world.year)
    shutil.copytree(world.work, layout.work, ignore=shutil.ignore_patterns(str(world.year), "raw", "store"))
    for path in sorted((layout.released / AREA).glob("*.parquet")):
        raw = pd.read_parquet(world.work / "store" / AREA / path.name)
        raw[list(pd.read_parquet(path))].to_parquet(path)
    # A gate that lets figures through writes the digest of what it let through.
    digest = sha256_tree(list((layout.released / AREA).glob("*.parquet")), layout.released)
    (layout.released / f"{AREA}.digest").write_text(f"{digest}\n", encoding="utf-8")
    analyse_area(layout, AREA)
    return layout


def test_nothing_withheld_is_published(world: Layout, secrets: dict[str, str], tmp_path: Path) -> None:
    assert len(secrets) > 1000
    assert scan(published(world, tmp_path / "release"), secrets) == []


def test_a_broken_gate_is_noticed(world: Layout, secrets: dict[str, str], tmp_path: Path) -> None:
    layout = behind_a_broken_gate(world, tmp_path)
    found = scan(published(layout, tmp_path / "release"), secrets)
    assert {Path(leak.file).suffix for leak in found} >= {".csv", ".parquet"}
    assert all(digits not in str(leak) for leak in found for digits in secrets)
