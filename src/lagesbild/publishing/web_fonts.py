"""The site's own fonts: Source Sans Pro from its package, cut down to what Swedish text needs.

They are files of the website, so that no page asks another host for anything and a browser keeps them from page to
page. A drawing in a file of its own can't use them; it carries a still smaller cut.
"""

from __future__ import annotations

import base64
import io
import string
from collections.abc import Iterable
from functools import lru_cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from lagesbild.presentation.font_files import FAMILY, font_file

#: Folder of the font files, beside the style sheet.
FOLDER = "typsnitt"

WEIGHTS = (400, 700)

#: Latin with its accents, punctuation, spaces, arrows, mathematical signs and the marks of the reports.
_CHARACTERS = (*range(0x20, 0x180), *range(0x2000, 0x2070), *range(0x2190, 0x2194), 0x2212, 0x2264, 0x2265, 0x20AC)
_MARKS = "▲■▼◆✓×–○●→"
_IN_PICTURES = (
    string.ascii_letters + string.digits + string.punctuation + " \u00a0\u202f\u2009ÅÄÖåäöÉéüÜ§…−“”’" + _MARKS
)


def font_files() -> dict[str, bytes]:
    """Return the font files (WOFF 2) by path beside the style sheet; the same package version gives the same bytes."""
    signs = [*_CHARACTERS, *map(ord, _MARKS)]
    return {f"{FOLDER}/{_name(weight)}": _cut(weight, tuple(signs)) for weight in WEIGHTS}


def font_faces() -> str:
    """Return the ``@font-face`` rules for the website's style sheet: text is shown before its font has come."""
    return "".join(_face(weight, f"{FOLDER}/{_name(weight)}") for weight in WEIGHTS)


@lru_cache(maxsize=2)
def picture_font_faces(*, bold: bool) -> str:
    """Return the rules for a drawing in a file of its own, with the fonts in them."""
    rules = ""
    for weight in WEIGHTS if bold else WEIGHTS[:1]:
        data = base64.b64encode(_cut(weight, tuple(map(ord, _IN_PICTURES)))).decode("ascii")
        rules += _face(weight, f"data:font/woff2;base64,{data}")
    return rules


def _name(weight: int) -> str:
    return f"source-sans-{weight}.woff2"


def _face(weight: int, address: str) -> str:
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: normal; '
        f'font-display: swap; src: url("{address}") format("woff2"); }}\n'
    )


@lru_cache(maxsize=4)
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
