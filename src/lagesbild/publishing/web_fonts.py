"""The site's own fonts: Source Sans Pro from its package, cut down to what Swedish text needs (`cut_fonts`).

They are files of the website, so that no page asks another host for anything and a browser keeps them from page to
page. A drawing in a file of its own can't use them; it carries a still smaller cut.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

from lagesbild.presentation.font_files import FAMILY

#: Folder of the font files, beside the style sheet.
FOLDER = "typsnitt"

WEIGHTS = (400, 700)

_OWN = Path(__file__).with_name(FOLDER)


def font_files() -> dict[str, bytes]:
    """Return the font files (WOFF 2) by path beside the style sheet."""
    return {f"{FOLDER}/{page_font(weight)}": (_OWN / page_font(weight)).read_bytes() for weight in WEIGHTS}


def font_faces() -> str:
    """Return the ``@font-face`` rules for the website's style sheet: text is shown before its font has come."""
    return "".join(_face(weight, f"{FOLDER}/{page_font(weight)}") for weight in WEIGHTS)


@lru_cache(maxsize=2)
def picture_font_faces(*, bold: bool) -> str:
    """Return the rules for a drawing in a file of its own, with the fonts in them."""
    rules = ""
    for weight in WEIGHTS if bold else WEIGHTS[:1]:
        data = base64.b64encode((_OWN / picture_font(weight)).read_bytes()).decode("ascii")
        rules += _face(weight, f"data:font/woff2;base64,{data}")
    return rules


def page_font(weight: int) -> str:
    """Return the name of the file with all signs of the website's text."""
    return f"source-sans-{weight}.woff2"


def picture_font(weight: int) -> str:
    """Return the name of the file with the signs that drawings use."""
    return f"source-sans-{weight}-bild.woff2"


def _face(weight: int, address: str) -> str:
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: normal; '
        f'font-display: swap; src: url("{address}") format("woff2"); }}\n'
    )
