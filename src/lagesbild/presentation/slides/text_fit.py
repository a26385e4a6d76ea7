"""What fits in a box: widths of letters, lines of a paragraph, and paragraphs until the box is full.

Arial is as wide as Helvetica, whose widths (Adobe's core font metrics) come with matplotlib; so what is found to fit
here fits in Office and in LibreOffice, whether or not the font is on the machine that makes the slides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lagesbild.presentation.slides.page import BODY_SIZE, BULLET_INDENT, LINE, PARAGRAPH_GAP, Box

#: Width, in thousandths of the size, of what the metrics don't tell (▲, ✓): as wide as the widest letters.
_UNKNOWN = 1000

_FILES = {False: "Helvetica.afm", True: "Helvetica-Bold.afm"}


@lru_cache(maxsize=2)
def _widths(bold: bool) -> dict[str, int]:
    """Return the width of each character that the metrics tell of, in thousandths of the size."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "pdfcorefonts"
    widths = {"–": 556, "−": 584, "”": 333, "’": 222, "…": 1000, "\u00a0": 278, "\u202f": 139}
    for line in (folder / _FILES[bold]).read_text(encoding="ascii").splitlines():
        if line.startswith("C ") and not line.startswith("C -1"):
            code, width = (int(part.split()[1]) for part in line.split(";")[:2])
            # The file's own encoding is ASCII's for letters and digits.
            if 32 <= code < 127:
                widths[chr(code)] = width
    return widths


@lru_cache(maxsize=4096)
def _advance(character: str, bold: bool) -> int:
    widths = _widths(bold)
    plain = unicodedata.normalize("NFD", character)[0]  # å is as wide as a
    return widths.get(character, widths.get(plain, _UNKNOWN))


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of `text` in points."""
    return size * sum(_advance(character, bold) for character in text) / 1000


def line_count(text: str, width: float, size: float = BODY_SIZE, *, bold: bool = False) -> int:
    """Return how many lines `text` takes in a column of `width` points, broken at spaces.

    A word wider than the column is broken inside, as Office breaks it.
    """
    lines, used = 1, 0.0
    space = text_width(" ", size, bold=bold)
    for word in text.split(" "):
        wide = text_width(word, size, bold=bold)
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0.0)
        if used > width:
            more = int(used // width)
            lines, used = lines + more, used - more * width
    return lines


def text_height(paragraphs: Sequence[str], width: float, size: float = BODY_SIZE, *, bullets: bool = False) -> float:
    """Return the height of paragraphs under one another, in points."""
    room = width - (BULLET_INDENT if bullets else 0.0)
    lines = sum(line_count(text, room, size) for text in paragraphs)
    return lines * size * LINE + max(len(paragraphs) - 1, 0) * PARAGRAPH_GAP


def fitting(paragraphs: Sequence[str], box: Box, size: float = BODY_SIZE, *, bullets: bool = False) -> list[str]:
    """Return as many of the paragraphs, from the first, as the box has room for.

    The most important stands first; what is left out stands in the report.
    """
    kept = list(paragraphs)
    while len(kept) > 1 and text_height(kept, box.width, size, bullets=bullets) > box.height:
        kept.pop()
    return kept
