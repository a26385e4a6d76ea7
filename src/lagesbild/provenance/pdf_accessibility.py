"""Whether a PDF can be read by those who can't see it: PDF/UA-1 as declared, and what no declaration shows.

A file that says it is PDF/UA-1 has passed its writer's own checks. What a screen reader meets is looked at here in
the file itself: its language and title, headings in order, tables whose heads say what they head, pictures whose
text says what they show, links that say where they lead.

Sources: ISO 14289-1 (PDF/UA-1) 7.1-7.5 and 7.18; the Matterhorn Protocol 1.1, checkpoints 06, 07, 11, 13-15 and 28;
the Swedish law on access to digital public services (2018:1937).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from lagesbild.provenance.docx_accessibility import document_faults
from lagesbild.provenance.slide_accessibility import slide_faults
from lagesbild.provenance.workbook_accessibility import workbook_faults
from lagesbild.shared_work import in_processes

#: A text that says what a picture shows has at least so many words; fewer only name it.
FEWEST_WORDS = 4
_FILE_NAME = re.compile(r"^\S+\.(png|svg|jpe?g|pdf)$", re.IGNORECASE)
_HEADING = re.compile(r"/H([1-6])$")
#: Batches per process: even work, few starts.
_BATCHES = 4


@dataclass(frozen=True, kw_only=True)
class AccessFault:
    """Something in a PDF, a workbook or slides that shuts a reader out.

    Parameters
    ----------
    file
        Path within the release.
    what
        What is wrong, and where in the document as far as it can be told.
    """

    file: str
    what: str


def accessibility_faults(release: Path, *, jobs: int = 1, language: str = "sv") -> tuple[int, list[AccessFault]]:
    """Return how many PDFs, workbooks and slides a release has, and every fault in them.

    Parameters
    ----------
    release
        Folder of published files.
    jobs
        Processes.
    language
        What every document shall say that it is written in.
    """
    paths = sorted(path for path in release.rglob("*") if path.suffix in _LOOKERS)
    batches = [paths[start :: jobs * _BATCHES] for start in range(jobs * _BATCHES)]
    found = in_processes(_faults_of, ((batch, release, language) for batch in batches), jobs=jobs)
    return len(paths), sorted((fault for batch in found for fault in batch), key=lambda one: (one.file, one.what))


def _faults_of(paths: list[Path], release: Path, language: str) -> list[AccessFault]:
    return [
        AccessFault(file=path.relative_to(release).as_posix(), what=what)
        for path in paths
        for what in dict.fromkeys(_LOOKERS[path.suffix](path, language=language))
    ]


def pdf_faults(path: Path, *, language: str = "sv") -> list[str]:
    """Return what is wrong with one PDF, in the order of the document.

    Parameters
    ----------
    path
        The file.
    language
        What it shall say that it is written in.
    """
    with pikepdf.open(path) as pdf:
        return [*_document_faults(pdf, language), *_structure_faults(pdf)]


#: Who looks through each kind of file.
_LOOKERS: dict[str, Callable[..., list[str]]] = {
    ".pdf": pdf_faults,
    ".xlsx": workbook_faults,
    ".pptx": slide_faults,
    ".docx": document_faults,
}


def _document_faults(pdf: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = pdf.Root
    with pdf.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part", "")) != "1":
            yield "its XMP does not say PDF/UA-1"
        if not str(metadata.get("dc:title", "")).strip():
            yield "its XMP has no title"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "its document information has no title"
    if not _says(root, "/MarkInfo", "/Marked"):
        yield "it is not marked as tagged"
    if str(root.get("/Lang", "")) != language:
        yield f"its language is {root.get('/Lang', 'not said')}, not {language}"
    if not _says(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "a viewer would show its file name in place of its title"
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.get("/Annots", []):
            if annotation.get("/Subtype") == "/Link" and not str(annotation.get("/Contents", "")).strip():
                yield f"page {number}: a link does not say where it leads"


def _says(root: pikepdf.Object, part: str, flag: str) -> bool:
    return part in root and bool(root[part].get(flag, False))


def _structure_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "it has no structure tree"
        return
    deepest, tables, heads = 0, 0, 0
    for kind, element in _elements(pdf.Root.StructTreeRoot.get("/K")):
        if kind == "/Figure":
            yield from (f"a picture {what}" for what in _text_faults(str(element.get("/Alt", ""))))
        elif kind == "/Table":
            tables += 1
            yield from (f"table {tables} {what}" for what in _table_faults(element))
        elif heading := _HEADING.match(kind):
            heads += 1
            level = int(heading[1])
            if level > deepest + 1:
                yield f"heading {heads} is of level {level} and follows one of level {deepest}"
            deepest = level
    if not heads:
        yield "it has no heading"


def _text_faults(alt: str) -> Iterator[str]:
    """Yield what is wrong with a picture's text: none, a file's name, or a name where a sentence is due."""
    words = alt.split()
    if not words:
        yield "has no alternative text"
    elif _FILE_NAME.match(alt.strip()):
        yield f"has a file's name for alternative text: {alt.strip()}"
    elif len(words) < FEWEST_WORDS or not re.search(r"[.!?]$", alt.strip()):
        yield f"has no sentence for alternative text: {alt.strip()}"


def _table_faults(table: pikepdf.Object) -> Iterator[str]:
    rows = [list(_elements(row.get("/K"), into=("/TH", "/TD"))) for row in _rows(table)]
    if len(rows) < 2:
        yield "has no rows below its head"
        return
    if not rows[0] or any(kind == "/TD" for kind, _ in rows[0]):
        yield "has a first row that is not all header cells"
    if any(kind == "/TH" and _attribute(cell, "/Scope") is None for row in rows for kind, cell in row):
        yield "has a header cell that does not say what it heads"
    # A cell that spans rows leaves the next ones short; the documents here have none, so lengths must agree.
    if len({sum(int(_attribute(cell, "/ColSpan") or 1) for _, cell in row) for row in rows}) > 1:
        yield "has rows of different lengths"


def _rows(table: pikepdf.Object) -> list[pikepdf.Object]:
    return [element for _, element in _elements(table.get("/K"), into=("/TR",))]


def _attribute(element: pikepdf.Object, name: str) -> pikepdf.Object | None:
    attributes = element.get("/A")
    for one in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return one[name]
    return None


def _elements(node: pikepdf.Object | None, into: tuple[str, ...] = ()) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield kind and element of all below `node`, in reading order; with `into`, of these alone, undivided."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child, into)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        kind = str(node["/S"])
        if not into or kind in into:
            yield kind, node
        if not (into and kind in into):
            yield from _elements(node.get("/K"), into)
