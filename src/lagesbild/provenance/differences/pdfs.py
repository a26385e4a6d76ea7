"""Differences between two PDFs: the page, its lines of text, and how many pixels of it in what box; what isn't seen."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
from numpy.typing import NDArray

from lagesbild.provenance.differences.found import Difference, cut, sequence_differences
from lagesbild.provenance.differences.pictures import pixel_differences
from lagesbild.provenance.published_text import STREAM, pdf_parts

#: Fine enough to see a mark of one millimetre, coarse enough for long reports.
_DOTS_PER_INCH = 72
_PICTURE = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


def pdf_differences(old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the pages that differ by text and by pixel, then metadata, alternative texts and other strings.

    Without poppler's programs the pages themselves aren't compared.
    """
    counts, told = zip(*(_facts(data) for data in (old, new)), strict=True)
    if counts[0] != counts[1]:
        yield Difference(kind="part", place="number of pages", old=str(counts[0]), new=str(counts[1]))
    lines = [page_lines(data) for data in (old, new)]
    pixels = [_pixels(data) for data in (old, new)]
    for number in range(1, min(counts) + 1):
        place = f"page {number}"
        if all(len(side) >= number for side in lines):
            for found in sequence_differences(lines[0][number - 1], lines[1][number - 1], word="line"):
                yield found.within(place)
        if all(len(side) >= number for side in pixels):
            yield from pixel_differences(pixels[0][number - 1], pixels[1][number - 1], place=place)
    for key in sorted(told[0] | told[1]):
        texts = told[0].get(key, ""), told[1].get(key, "")
        if texts[0] != texts[1]:
            short = cut(*texts)
            yield Difference(kind="metadata", place=f"metadata {key}", old=short[0], new=short[1])
    strings = [_strings(data) for data in (old, new)]
    yield from sequence_differences(strings[0], strings[1], word="string")


def page_lines(data: bytes) -> list[list[str]]:
    """Return the lines of each page's text, none where ``pdftotext`` isn't installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return []
    text = _run([program, "-q", "-layout", "{}", "-"], data).decode("utf-8", errors="replace")
    # Each page ends with a form feed.
    return [page.splitlines() for page in text.split("\f")[:-1]]


def _pixels(data: bytes) -> list[NDArray[np.uint8]]:
    """Return the pictures of the pages, none where ``pdftoppm`` isn't installed."""
    program = shutil.which("pdftoppm")
    if program is None:
        return []
    drawn = _run([program, "-q", "-r", str(_DOTS_PER_INCH), "{}"], data)
    pages, at = [], 0
    while found := _PICTURE.match(drawn, at):
        width, height = int(found[1]), int(found[2])
        size = width * height * 3
        pixels = np.frombuffer(drawn, dtype=np.uint8, count=size, offset=found.end())
        pages.append(pixels.reshape(height, width, 3))
        at = found.end() + size
    return pages


def _strings(data: bytes) -> list[str]:
    """Return the strings of the structure: alternative texts, names of headings and links."""
    return [line for part, text in pdf_parts(data, "") if not part.startswith(STREAM) for line in text.splitlines()]


def _run(command: list[str], data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fil.pdf"
        file.write_bytes(data)
        return subprocess.run([part.format(file) for part in command], capture_output=True, check=True).stdout


def _facts(data: bytes) -> tuple[int, dict[str, str]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = {str(key): str(value) for key, value in pdf.docinfo.items()}
        if "/Metadata" in pdf.Root:
            told["XMP"] = pdf.Root.Metadata.read_bytes().decode("utf-8", errors="replace")
        if "/ID" in pdf.trailer:
            told["ID"] = " ".join(bytes(one).hex() for one in pdf.trailer.ID)
        return len(pdf.pages), told
