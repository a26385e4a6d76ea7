"""Differences between two versions of a file of any kind; where its kind tells none, the first byte that differs."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import PurePosixPath

from lagesbild.provenance.differences.archives import part_differences, workbook_differences
from lagesbild.provenance.differences.found import Difference
from lagesbild.provenance.differences.pdfs import pdf_differences
from lagesbild.provenance.differences.pictures import picture_differences
from lagesbild.provenance.differences.structures import json_differences, notebook_differences
from lagesbild.provenance.differences.tables import csv_differences, parquet_differences
from lagesbild.provenance.differences.texts import page_differences, text_differences, xml_differences

_GZIP = b"\x1f\x8b"
_BY_KIND = {
    ".csv": csv_differences,
    ".parquet": parquet_differences,
    ".pdf": pdf_differences,
    ".png": picture_differences,
    ".html": page_differences,
    ".json": json_differences,
    ".jsonld": json_differences,
    ".ipynb": notebook_differences,
    ".svg": xml_differences,
    ".xml": xml_differences,
    ".rels": xml_differences,
    ".rdf": xml_differences,
}
_TEXTS = (".css", ".js", ".md", ".txt", ".ics", ".yml", ".qmd", ".lua", ".typ", ".sha256")


def file_differences(name: str, old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the differences of two versions of a file, at least one where their bytes differ.

    Parameters
    ----------
    name
        The file's name, which tells its kind.
    old, new
        The two versions.
    """
    if old == new:
        return
    yielded = False
    try:
        for found in _by_kind(name, old, new):
            yielded = True
            yield found
    # A file that somebody has changed may be broken in any way; its bytes can be told still.
    except Exception as error:
        kind = PurePosixPath(name).suffix or "a file"
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        yield Difference(kind="part", place="whole file", old="", new=f"can't be read as {kind}: {reason}")
    if not yielded:
        yield first_byte(old, new)


def first_byte(old: bytes, new: bytes) -> Difference:
    """Return the first byte that differs, with its neighbours."""
    shortest = min(len(old), len(new))
    at = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    told = [one[at : at + 8].hex(" ") for one in (old, new)]
    place = f"byte {at} of {len(old)}" + (f" (now {len(new)})" if len(new) != len(old) else "")
    return Difference(kind="byte", place=place, old=told[0], new=told[1])


def _by_kind(name: str, old: bytes, new: bytes) -> Iterator[Difference]:
    suffix = PurePosixPath(name).suffix
    if suffix in _BY_KIND:
        yield from _BY_KIND[suffix](old, new)
    elif suffix == ".xlsx":
        yield from workbook_differences(old, new, file_differences)
    elif suffix in (".docx", ".pptx", ".zip"):
        yield from part_differences(old, new, file_differences)
    elif old.startswith(_GZIP) and new.startswith(_GZIP):
        for found in file_differences(name, gzip.decompress(old), gzip.decompress(new)):
            yield found.within("unpacked")
    elif suffix in _TEXTS:
        yield from text_differences(old, new)
