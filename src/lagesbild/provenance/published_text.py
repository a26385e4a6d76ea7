"""All that can be read in a published file: its text, and what lies beneath the text.

A reader sees a page; a curious reader opens the file. So a PDF gives its text, its streams and the strings of
its structure (alternative texts, metadata, attachments), a workbook or presentation every part of its archive,
a Parquet file its values, statistics and metadata, a JSON file each of its values, a page or
notebook its source and whatever is embedded in it.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.errors import NotBuiltError

ARCHIVES = (".xlsx", ".docx", ".pptx", ".zip")
_EMBEDDED = re.compile(r"data:[\w/+.;=-]*?base64,([A-Za-z0-9+/=\s%]+)")
_GZIP = b"\x1f\x8b\x08"
_MOST_DEEP = 4
#: How a PDF's unpacked streams are named.
STREAM = "stream"
#: Streams of glyphs and dots, which hold no text.
_PICTURES = {"/Image", "/OpenType", "/CIDFontType0C", "/Type1C"}


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the parts of a file as texts: what part it is, and all that can be read in it.

    Raises
    ------
    NotBuiltError
        If the file is a PDF and ``pdftotext`` isn't installed.
    """
    if path.suffix == ".pdf":
        yield "text", _page_text(path)
    yield from _parts(path.suffix, path.read_bytes(), "", 0)


def _parts(suffix: str, data: bytes, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _MOST_DEEP:
        yield name, data.decode("latin-1")
    elif suffix == ".pdf":
        yield from pdf_parts(data, name)
    elif suffix in ARCHIVES:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield f"{name} comment", archive.comment.decode("latin-1")
            for member in archive.namelist():
                yield from _parts(Path(member).suffix, archive.read(member), f"{name} {member}".strip(), depth + 1)
    elif suffix == ".gz" or data.startswith(_GZIP):
        # Parts of the search index are packed in this way, whatever their names.
        packed = Path(name).suffix if suffix == ".gz" else ""
        yield from _parts(packed, gzip.decompress(data), f"{name} unpacked".strip(), depth + 1)
    elif suffix == ".parquet":
        yield from _parquet_parts(data, name)
    else:
        text = data.decode("utf-8", errors="replace")
        if suffix == ".json":
            text = _json_text(text)
        yield name or "source", text
        if suffix == ".ics":
            # A line of a calendar is broken anywhere, also within a number.
            yield f"{name} unfolded".strip(), re.sub(r"\r?\n[ \t]", "", text)
        for found in _EMBEDDED.finditer(text):
            try:
                inner = base64.b64decode(re.sub(r"\s|%0A", "", found[1]))
            except binascii.Error:
                continue
            yield f"{name} embedded".strip(), inner.decode("utf-8", errors="replace")


def _json_text(text: str) -> str:
    """Return all names and values of a JSON file, one a line: the comma between two numbers is no decimal sign."""
    try:
        whole = json.loads(text, parse_float=str, parse_int=str, object_pairs_hook=list)
    except ValueError:
        return text
    return "\n".join(_scalars(whole))


def _scalars(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _scalars(inner)
    elif value is not None:
        yield str(value)


def _page_text(path: Path) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        raise NotBuiltError("the program pdftotext", "install poppler-utils")
    found = subprocess.run([program, "-q", str(path), "-"], capture_output=True, check=True)
    return found.stdout.decode("utf-8", errors="replace")


def pdf_parts(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Yield every unpacked stream that may hold text, and every string of the PDF's objects."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        strings: list[str] = []
        for number, item in enumerate(pdf.objects, start=1):
            if isinstance(item, pikepdf.Stream):
                strings += _strings(pikepdf.Dictionary(dict(item.items())))
                if not _PICTURES.isdisjoint((str(item.get("/Subtype", "")), str(item.get("/Type", "")))):
                    continue
                yield f"{STREAM} {number} {name}".strip(), item.read_bytes().decode("latin-1")
            else:
                strings += _strings(item)
        yield f"{name} strings".strip(), "\n".join(strings)


def _strings(item: object) -> Iterator[str]:
    """Yield the strings of an object; what it refers to is an object of its own."""
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Array):
        for one in item:
            if not getattr(one, "is_indirect", False):
                yield from _strings(one)
    elif isinstance(item, pikepdf.Dictionary):
        for _, one in item.items():
            if not getattr(one, "is_indirect", False):
                yield from _strings(one)


def _parquet_parts(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Yield a Parquet file's values, and its metadata and column statistics."""
    parquet = pq.ParquetFile(pa.BufferReader(data))
    table = parquet.read()
    for column in table.column_names:
        distinct = table.column(column).combine_chunks().unique().to_pylist()
        yield f"{name} column {column}".strip(), "\n".join(repr(one) for one in distinct if one is not None)
    schema = parquet.schema_arrow
    told = [str(schema.metadata), str(parquet.metadata.metadata), *(str(field.metadata) for field in schema)]
    for group in range(parquet.metadata.num_row_groups):
        for number in range(parquet.metadata.num_columns):
            told.append(str(parquet.metadata.row_group(group).column(number).statistics))
    yield f"{name} metadata".strip(), "\n".join(told)
