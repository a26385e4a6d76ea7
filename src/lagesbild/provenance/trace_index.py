"""The index of spårkoder: every figure, table and sheet of a release that has one, and where it stands.

Read from what the documents, pages and workbooks themselves say: the executed notebooks that were rendered, the staged
website and the workbooks' own parts. It holds no figures.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from xml.etree import ElementTree

from lagesbild.errors import LagesbildError, NotBuiltError, ParameterError
from lagesbild.files import write_atomic
from lagesbild.presentation.escape import markdown_text
from lagesbild.publishing.embedded.cell_inlines import inlines, plain_of
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.records import Record, read_record
from lagesbild.publishing.site_sections import MODULES, sections
from lagesbild.publishing.trace_ids import floats_of, notebook_floats, product_of, trace_id

NAME = "sparkoder.csv"

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One figure, table or sheet.

    Parameters
    ----------
    id
        The spårkod.
    product
        Path in the release of the PDF, page or workbook.
    label
        The label of the figure or table, the name of the sheet's table.
    caption
        In plain text; the name of the sheet.
    document
        What the product was made from: a document or a module of the project.
    cell
        The cell of the executed notebook that wrote it, from 1; the sheet's place in its workbook; empty for a page
        that a module wrote.
    """

    id: str
    product: str
    label: str
    caption: str
    document: str
    cell: str


def index_path(layout: Layout) -> Path:
    """Return where the index of a release is."""
    return layout.release / NAME


def write_index(layout: Layout) -> int:
    """Write the index into the release, sorted by product, and return the number of its entries.

    Raises
    ------
    NotBuiltError
        If no document has been made.
    LagesbildError
        If two figures share an id.
    """
    entries = [*_documents(layout), *_pages(layout)]
    if not entries:
        raise NotBuiltError(f"the release {layout.release.name}", f"make SOURCE={layout.source} YEAR={layout.year}")
    seen: dict[str, Entry] = {}
    for one in entries:
        other = seen.setdefault(one.id, one)
        if (other.product, other.label) != (one.product, one.label):
            raise LagesbildError(
                f"the spårkod {one.id} stands for two: {other.label} in {other.product}, {one.label} in {one.product}. "
                "Give one of them another label"
            )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["source", *(field.name for field in fields(Entry))])
    for one in sorted(seen.values(), key=lambda entry: (entry.product, entry.document, entry.label)):
        writer.writerow([SOURCE_NAMES[layout.source], *astuple(one)])
    write_atomic(index_path(layout), b"\xef\xbb\xbf" + text.getvalue().encode())
    return len(seen)


def read_index(layout: Layout) -> dict[str, Entry]:
    """Return the entries of a release by id.

    Raises
    ------
    NotBuiltError
        If the release has no index.
    """
    path = index_path(layout)
    if not path.is_file():
        command = f"lagesbild sparkoder --source {layout.source} --year {layout.year}"
        raise NotBuiltError(f"the index of spårkoder of {layout.release.name}", command)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{name: row[name] for name in row if name != "source"} for row in csv.DictReader(file)]
    return {row["id"]: Entry(**row) for row in rows}


def entry_of(layout: Layout, wanted: str) -> Entry:
    """Return the entry with an id.

    Raises
    ------
    NotBuiltError
        If the release has no index.
    ParameterError
        If no figure, table or sheet has that id; suggests the nearest.
    """
    known = read_index(layout)
    if wanted not in known:
        raise ParameterError(f"spårkod ({NAME} lists those of {layout.release.name})", wanted, known)
    return known[wanted]


def document_records(layout: Layout) -> Iterator[Record]:
    """Yield the records of the release's documents and workbooks, in order of their files."""
    for path in sorted(layout.records.rglob("*.json")):
        record = read_record(path)
        if record is not None:
            yield record


def _documents(layout: Layout) -> Iterator[Entry]:
    """Yield what stands in documents and workbooks."""
    release = f"_release/{layout.release.name}/"
    for record in document_records(layout):
        products = [name for name in record.outputs if name.startswith(release)]
        notebooks = [name for name in record.outputs if name.endswith(".ipynb")]
        for product in products:
            if product.endswith(".xlsx"):
                yield from _workbook(layout.root / product, product_of(product), record.document)
        pdf = next((name for name in products if name.endswith(".pdf")), None)
        if pdf is not None and notebooks:
            found = notebook_floats(json.loads((layout.root / notebooks[0]).read_text(encoding="utf-8")))
            for cell, one in found:
                if one.id:
                    yield _entry(product_of(pdf), one.label, one.caption, record.document, str(cell))


def _pages(layout: Layout) -> Iterator[Entry]:
    """Yield what stands in pages of the website that are no document's twin."""
    stage = layout.site_project
    documents = {
        name.removeprefix(prefix).removesuffix(".ipynb"): record.document
        for record in document_records(layout)
        for name in record.outputs
        if name.startswith(prefix := layout.twins.relative_to(layout.root).as_posix() + "/")
    }
    modules = {
        page: f"src/{module.replace('.', '/')}.py"
        for module, section in zip(MODULES, sections(), strict=True)
        for page in section.pages()
    }
    for path in sorted((*stage.rglob("*.ipynb"), *stage.rglob("*.qmd"))):
        name = path.relative_to(stage)
        address = name.with_suffix("").as_posix()
        product = f"site/{address}.html"
        if path.suffix == ".ipynb":
            found = [(str(n), one) for n, one in notebook_floats(json.loads(path.read_text(encoding="utf-8")))]
            document = documents.get(f"sidor/{address}") or documents.get(address) or ""
        else:
            found = [("", one) for one in floats_of(path.read_text(encoding="utf-8"))]
            document = modules.get(name.as_posix(), "")
        for cell, one in found:
            # A twin has the ids of its document.
            if one.id == trace_id(product, one.label):
                yield _entry(product, one.label, one.caption, document, cell)


def _entry(product: str, label: str, caption: str, document: str, cell: str) -> Entry:
    told = inlines(caption, "html")
    plain = _ESCAPE.sub(r"\1", caption) if told is None else plain_of(told)
    return Entry(id=trace_id(product, label), product=product, label=label, caption=plain, document=document, cell=cell)


def _workbook(path: Path, product: str, document: str) -> Iterator[Entry]:
    """Yield the sheets of a workbook, which has one table on each, in the same order."""
    with zipfile.ZipFile(path) as file:
        book = ElementTree.fromstring(file.read("xl/workbook.xml"))
        texts = file.read("xl/sharedStrings.xml").decode()
        names = [str(sheet.get("name")) for sheet in book.iter(f"{_MAIN}sheet")]
        for place, name in enumerate(names, start=1):
            table = str(ElementTree.fromstring(file.read(f"xl/tables/table{place}.xml")).get("displayName"))
            if trace_id(product, table) in texts:
                yield _entry(product, table, markdown_text(name), document, str(place))
