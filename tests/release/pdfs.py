"""What a PDF says of itself and of its structure, read with pikepdf and poppler."""

from __future__ import annotations

import multiprocessing
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

#: Processes that read PDFs; the project's machines have two cores.
PROCESSES = 2


@dataclass
class PdfFacts:
    """One PDF: its texts page by page, its metadata, and all that is wrong with its accessibility."""

    path: Path
    pages: list[str]
    metadata: str
    faults: list[str] = field(default_factory=list)


#: One template makes all kommuner's reports: the structure of one in so many is walked, which is slow.
SAMPLE = 10


def read_pdfs(paths: Sequence[Path]) -> list[PdfFacts]:
    """Return the facts of the PDFs at `paths`, in order; the structure of one in `SAMPLE` of each name."""
    seen: Counter[str] = Counter()
    wanted = []
    for path in paths:
        wanted.append((path, seen[path.name] % SAMPLE == 0))
        seen[path.name] += 1
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        return pool.starmap(read_pdf, wanted, chunksize=8)


def read_pdf(path: Path, structure: bool = True) -> PdfFacts:
    """Return the facts of one PDF; its structure tree is looked through if `structure`."""
    printed = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout
    # Each page ends with a form feed.
    texts = printed.decode().split("\f")[:-1]
    with pikepdf.open(path) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
        metadata += " ".join(str(value) for value in pdf.docinfo.values())
        faults = [*_document_faults(pdf, texts), *(_structure_faults(pdf) if structure else ())]
    return PdfFacts(path, texts, metadata, faults)


def _document_faults(pdf: pikepdf.Pdf, texts: list[str]) -> Iterator[str]:
    root = pdf.Root
    with pdf.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part", "")) != "1":
            yield "its XMP does not say PDF/UA-1"
        if not str(metadata.get("dc:title", "")).strip():
            yield "its XMP has no title"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "its document information has no title"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "it is not marked as tagged"
    if str(root.get("/Lang", "")) != "sv":
        yield f"its language is {root.get('/Lang', 'not said')}, not sv"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "a viewer would show its file name in place of its title"
    if len(texts) != len(pdf.pages):
        yield f"poppler reads {len(texts)} pages of {len(pdf.pages)}"


def _structure_faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "it has no structure tree"
        return
    deepest = 0
    for kind, element in _elements(pdf.Root.StructTreeRoot.get("/K")):
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure has no alternative text"
        elif kind == "/Table":
            rows = [inner for name, inner in _elements(element.get("/K")) if name == "/TR"]
            first = [name for name, _ in _elements(rows[0].get("/K")) if name in ("/TH", "/TD")] if rows else []
            if not first or "/TD" in first:
                yield "a table's first row is not all header cells"
        elif kind[:2] == "/H" and kind[2:].isdigit():
            level = int(kind[2:])
            if level > deepest + 1:
                yield f"a heading of level {level} follows one of level {deepest}"
            deepest = level
    if not deepest:
        yield "it has no heading"


def _elements(node: pikepdf.Object | None) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield kind and element of all structure elements below `node`, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node["/S"]), node
        yield from _elements(node.get("/K"))
