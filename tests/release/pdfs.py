"""What a PDF says: its pages as text, its metadata, and what is wrong with its accessibility."""

from __future__ import annotations

import multiprocessing
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from lagesbild.provenance.pdf_accessibility import pdf_faults

#: Processes that read PDFs; the project's machines have two cores.
PROCESSES = 2


@dataclass
class PdfFacts:
    """One PDF: its texts page by page, its metadata, and all that is wrong with its accessibility."""

    path: Path
    pages: list[str]
    metadata: str
    faults: list[str] = field(default_factory=list)


def read_pdfs(paths: Sequence[Path]) -> list[PdfFacts]:
    """Return the facts of the PDFs at `paths`, in order."""
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        return pool.map(read_pdf, paths, chunksize=8)


def read_pdf(path: Path) -> PdfFacts:
    """Return the facts of one PDF."""
    printed = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout
    # Each page ends with a form feed.
    texts = printed.decode().split("\f")[:-1]
    with pikepdf.open(path) as pdf:
        metadata = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
        metadata += " ".join(str(value) for value in pdf.docinfo.values())
        faults = [] if len(texts) == len(pdf.pages) else [f"poppler reads {len(texts)} pages of {len(pdf.pages)}"]
    return PdfFacts(path, texts, metadata, [*faults, *pdf_faults(path)])
