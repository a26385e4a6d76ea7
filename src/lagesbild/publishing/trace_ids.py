"""Spårkoder: the short id that each figure, table and sheet of a product carries, and by which it is traced.

An id is made of where the product lands in the release and of the figure's label there, and of nothing else: so it is
the same in every build. It is written after a document has been run and before any engine renders it, at the end of
the caption, so that PDF, page and Word document show the same one; a document rendered by hand has none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from nbformat import NotebookNode

from lagesbild.presentation.workbook.model import Workbook

#: Crockford's base 32: no I, L, O or U, which are taken for other signs.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8

#: What stands before an id, by the beginning of the product's path.
WORD, ENGLISH_WORD, ENGLISH = "Spårkod", "Trace code", "site/en/"

#: The class of the span that holds an id, which style sheets and templates know.
CLASS = "sparkod"

_TABLE = re.compile(r"^: (?P<caption>.+?) \{#(?P<label>tbl-[\w-]+)\}$", re.MULTILINE)
_FIGURE = re.compile(r"^::: \{#(?P<label>fig-[\w-]+)\}$", re.MULTILINE)
_FIGURE_ENDS = "\n\n:::"
_WRITTEN = re.compile(rf" \[(?:{WORD}|{ENGLISH_WORD})\u00a0(?P<id>[{ALPHABET}-]+)\]\{{\.{CLASS}\}}")
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Float(NamedTuple):
    """A figure or table of a text: its label, its caption as Markdown, and its id if it has one."""

    label: str
    caption: str
    id: str


def trace_id(product: str, label: str) -> str:
    """Return the id of a figure, table or sheet: ``K7Q2-F3MX``.

    Parameters
    ----------
    product
        Path in the release, with ``/``: of the PDF, of the page for what is a page alone, of the workbook.
    label
        The label that cross-references name ("tbl-riket"), or the name of the workbook's table.
    """
    bits = int.from_bytes(hashlib.sha256(f"{product}#{label}".encode()).digest()[:5])
    signs = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return f"{signs[:4]}-{signs[4:]}"


def read_id(text: str) -> str | None:
    """Return what somebody has typed as an id, as it is printed; null where it can be none.

    Small letters are read as capitals, O as 0, I and L as 1, and the hyphen may be missing.
    """
    signs = text.upper().replace("-", "").replace(" ", "").translate(_READ_AS)
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs):
        return None
    return f"{signs[:4]}-{signs[4:]}"


def id_text(product: str, label: str) -> str:
    """Return the id as it stands in a caption, with the word before it."""
    word = ENGLISH_WORD if product.startswith(ENGLISH) else WORD
    return f"{word}\u00a0{trace_id(product, label)}"


def with_ids(markdown: str, product: str) -> str:
    """Return Markdown in which every caption of a labelled figure or table ends with its id.

    Parameters
    ----------
    markdown
        What a cell has printed, or a page.
    product
        See `trace_id`.
    """

    def span(label: str) -> str:
        return f" [{id_text(product, label)}]{{.{CLASS}}}"

    def table(found: re.Match[str]) -> str:
        return f": {found['caption']}{span(found['label'])} {{#{found['label']}}}"

    text = _TABLE.sub(table, markdown) if "{#tbl-" in markdown else markdown
    parts, written_to = [], 0
    for label, (_, end) in _figures(text):
        parts += [text[written_to:end], span(label)]
        written_to = end
    return "".join([*parts, text[written_to:]])


def without_ids(markdown: str) -> str:
    """Return Markdown without the ids that `with_ids` has written."""
    return _WRITTEN.sub("", markdown)


def floats_of(markdown: str) -> Iterator[Float]:
    """Yield the labelled figures and tables of a text, tables first; captions are without ids."""
    for found in _TABLE.finditer(markdown):
        yield _float(found["label"], found["caption"])
    for label, (start, end) in _figures(markdown):
        yield _float(label, markdown[start:end])


def notebook_with_ids(notebook: NotebookNode, product: str) -> NotebookNode:
    """Write the ids into what the cells of an executed notebook show, and return the notebook."""
    for cell in notebook.cells:
        for holder, key in _texts(cell):
            holder[key] = with_ids(holder[key], product)
    return notebook


def notebook_floats(notebook: Mapping[str, Any]) -> Iterator[tuple[int, Float]]:
    """Yield the figures and tables that a notebook, or its JSON, shows, each with the number of its cell, from 1."""
    for number, cell in enumerate(notebook["cells"], start=1):
        for holder, key in _texts(cell):
            text = holder[key]
            for one in floats_of(text if isinstance(text, str) else "".join(text)):
                yield number, one


def workbook_with_ids(workbook: Workbook, product: str) -> Workbook:
    """Return a workbook each of whose sheets tells the id of its table in a line of its own, above the table."""
    return replace(
        workbook, sheets=tuple(replace(one, lines=(*one.lines, id_text(product, one.table))) for one in workbook.sheets)
    )


def product_of(path: str | Path) -> str:
    """Return where in its release a file lands, from its path relative to the root (``_release/demo-2024/…``)."""
    parts = PurePosixPath(path).parts
    return PurePosixPath(*parts[2:]).as_posix() if parts[0] == "_release" else PurePosixPath(path).as_posix()


def _figures(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the label of each figure, and where its caption, the last paragraph of its block, begins and ends.

    Searched for by its ends, since what is between is drawings of a hundred thousand signs.
    """
    for found in _FIGURE.finditer(text):
        end = text.find(_FIGURE_ENDS, found.end())
        start = text.rfind("\n\n", found.end(), end) + 2 if end > 0 else 0
        if start > 1:
            yield found["label"], (start, end)


def _float(label: str, caption: str) -> Float:
    found = _WRITTEN.search(caption)
    return Float(label, without_ids(caption), found["id"] if found else "")


def _texts(cell: Any) -> Iterator[tuple[Any, str]]:
    """Yield where a cell's Markdown stands: its own source, or what it has printed or shown."""
    if cell["cell_type"] == "markdown":
        yield cell, "source"
    for output in cell.get("outputs", []):
        if output["output_type"] == "stream" and output["name"] == "stdout":
            yield output, "text"
        elif "text/markdown" in output.get("data", {}):
            yield output["data"], "text/markdown"
