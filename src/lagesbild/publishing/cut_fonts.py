"""Source Sans Pro cut down to what Swedish text needs, as files that are committed.

Cutting takes fontTools a quarter of a second a font, which one report from the command line would pay for itself.
``make mall`` makes them anew, the same bytes each time, from the font's package::

    python -m lagesbild.publishing.cut_fonts src/lagesbild/publishing/typsnitt
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from lagesbild.files import write_atomic
from lagesbild.presentation.font_files import font_file, font_folder
from lagesbild.publishing.web_fonts import WEIGHTS, page_font, picture_font

#: Latin with its accents, punctuation, spaces, arrows, mathematical signs and the marks of the reports.
_CHARACTERS = (*range(0x20, 0x180), *range(0x2000, 0x2070), *range(0x2190, 0x2194), 0x2212, 0x2264, 0x2265, 0x20AC)
_MARKS = "▲■▼◆✓×–○●→"
_IN_PICTURES = (
    string.ascii_letters + string.digits + string.punctuation + " \u00a0\u202f\u2009ÅÄÖåäöÉéüÜ§…−“”’" + _MARKS
)


def cut_fonts() -> dict[str, bytes]:
    """Return the font files (WOFF 2) by name, with the font's licence; the same packages give the same bytes."""
    page, picture = [*_CHARACTERS, *map(ord, _MARKS)], [*map(ord, _IN_PICTURES)]
    return {
        **{page_font(weight): _cut(weight, page) for weight in WEIGHTS},
        **{picture_font(weight): _cut(weight, picture) for weight in WEIGHTS},
        "LICENSE.txt": (font_folder() / "LICENSE.txt").read_bytes(),
    }


def _cut(weight: int, signs: Iterable[int]) -> bytes:
    # Without recalcTimestamp the font keeps its own date; otherwise it would carry the clock's.
    font = TTFont(font_file(weight), recalcTimestamp=False)
    options = Options(layout_features=["kern", "liga", "tnum", "mark"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(signs))
    subsetter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    for name, content in cut_fonts().items():
        write_atomic(Path(sys.argv[1]) / name, content)
