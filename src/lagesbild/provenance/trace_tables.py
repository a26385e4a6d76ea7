"""A printed table of a release: its rows as they stand, and what each row is about.

What a row is about is told by the code that makes the table, when it makes it once more (`presentation.traced`). The
table made anew must be the printed one to the letter; else nothing is told of its rows.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from papermill.parameterize import parameterize_notebook

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import LagesbildError, NotBuiltError
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.traced import Recorded, recording
from lagesbild.provenance.trace_index import Entry, document_records
from lagesbild.publishing.cell_options import without_options
from lagesbild.publishing.embedded.cell_inlines import inlines, plain_of
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record
from lagesbild.publishing.run_document import read_document
from lagesbild.publishing.site_sections import sections
from lagesbild.publishing.trace_ids import product_of, without_ids

_BORDER = re.compile(r"(?<!\\)\|")
#: A text that is a link in a page and plain in print.
_IN_PRINT = re.compile(r'`#"((?:[^"\\]|\\.)*)"`\{=typst\}')
_RAW = re.compile(r"(`+)[^`]+\1\{=\w+\}|\{\.[\w-]+\}|\]\([^()\s]*\)|[\[\]*\\]")


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A table as it is printed, with what is known of how it was made.

    Parameters
    ----------
    heads, rows
        In plain text.
    recorded
        The same table made anew; null for a figure, and where what makes it doesn't listen.
    record
        The record of the document; null for a page that a module writes.
    source
        The source of the cell that printed it, empty for a page.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    recorded: Recorded | None
    record: Record | None
    source: str


def printed(layout: Layout, entry: Entry) -> Printed:
    """Return the table, or figure, behind an entry of the index.

    Raises
    ------
    NotBuiltError
        If the document's notebook isn't there any more.
    LagesbildError
        If the table made anew isn't the one that is printed.
    """
    if entry.product.startswith("site/"):
        return _of_page(layout, entry)
    record = next(
        (one for one in document_records(layout) if any(product_of(name) == entry.product for name in one.outputs)),
        None,
    )
    notebook = next(
        (layout.root / name for name in (record.outputs if record else ()) if name.endswith(".ipynb")), None
    )
    if record is None or notebook is None or not notebook.is_file():
        raise NotBuiltError(f"the notebook of {entry.product}", f"make SOURCE={layout.source} YEAR={layout.year}")
    return _printed(layout, entry, json.loads(notebook.read_text(encoding="utf-8")), record)


def _of_page(layout: Layout, entry: Entry) -> Printed:
    address = entry.product.removeprefix("site/").removesuffix(".html")
    notebook, page = (layout.site_project / f"{address}{suffix}" for suffix in (".ipynb", ".qmd"))
    if notebook.is_file():
        names = {
            f"{layout.twins.relative_to(layout.root).as_posix()}/{one}.ipynb" for one in (f"sidor/{address}", address)
        }
        record = next((one for one in document_records(layout) if names & set(one.outputs)), None)
        return _printed(layout, entry, json.loads(notebook.read_text(encoding="utf-8")), record)
    if not page.is_file():
        raise NotBuiltError(
            f"the page {entry.product}", f"lagesbild site --source {layout.source} --year {layout.year}"
        )
    text = without_ids(page.read_text(encoding="utf-8"))
    made = partial(_remade_page, layout, f"{address}.qmd")
    return _table(entry, text, made, None, "")


def _printed(layout: Layout, entry: Entry, notebook: Mapping[str, Any], record: Record | None) -> Printed:
    cell = notebook["cells"][int(entry.cell) - 1]
    shown = [output.get("text") or output.get("data", {}).get("text/markdown", "") for output in cell["outputs"]]
    text = without_ids("\n".join(one if isinstance(one, str) else "".join(one) for one in shown))
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    made = partial(_remade, layout, record) if record is not None else list
    return _table(entry, text, made, record, source)


def _table(
    entry: Entry, text: str, made: Callable[[], Sequence[Recorded]], record: Record | None, source: str
) -> Printed:
    """Return what is printed under a label, and the recording of it."""
    same = [one for one in made() if one.label == entry.label]
    recorded = next((one for one in same if one.text.strip() in text), None)
    if same and recorded is None:
        raise LagesbildError(
            f"{entry.label} of {entry.product} is another table when it is made anew: data or code have changed "
            "since it was printed. Make the release again"
        )
    found = re.search(rf"((?:^\|.*\n)+)\n: [^\n]* \{{#{re.escape(entry.label)}\}}$", text, re.MULTILINE)
    lines = found[1].splitlines() if found else []
    rows = [tuple(plain(cell.strip()) for cell in _BORDER.split(line)[1:-1]) for line in lines]
    return Printed(heads=rows[0] if rows else (), rows=tuple(rows[2:]), recorded=recorded, record=record, source=source)


def plain(markdown: str) -> str:
    """Return a cell of a table as a reader sees it, drawings left out."""
    markdown = _IN_PRINT.sub(lambda found: markdown_text(found[1]), markdown)
    pieces = inlines(markdown, "html")
    told = _RAW.sub("", markdown) if pieces is None else plain_of(pieces)
    return " ".join(told.split())


def _remade(layout: Layout, record: Record) -> list[Recorded]:
    """Run a document's cells here, and return the tables that they make."""
    notebook = read_document(project_root() / record.document)
    parameters = {key: value for key, value in record.parameters.items() if key != "metadata"}
    notebook.metadata.setdefault("papermill", {})
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    if parameters:
        notebook = parameterize_notebook(notebook, parameters)
    names: dict[str, Any] = {"__name__": "__main__"}
    with recording() as found, contextlib.chdir(layout.root), contextlib.redirect_stdout(io.StringIO()):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                # The repository's own document, as the build runs it in a child of its own.
                exec(compile(without_options(cell.source), record.document, "exec"), names)
    return found


def _remade_page(layout: Layout, page: str) -> list[Recorded]:
    """Make the part of the website that a page belongs to, and return its tables."""
    section = next(one for one in sections() if page in one.pages())
    folder = page.split("/")[-2] if "/" in page else ""
    indicators = {one.id: one.area for one in load_catalogue().indicators}
    likely = indicators.get(folder, folder)
    for part in sorted(section.parts(), key=lambda name: name != likely):
        with recording() as found:
            made = section.make(layout, part)
        if page in made:
            return [one for one in found if one.text.strip() in str(made[page])]
    return []
