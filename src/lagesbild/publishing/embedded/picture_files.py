"""Large drawings of a page as files beside it, so that the page itself comes quickly.

A drawing in a file of its own sees nothing of its page: the font that it needs stands in it, cut down to the signs
that drawings use, and so do the colours of dark mode.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from lagesbild.presentation.dark_mode import dark_rules
from lagesbild.publishing.web_fonts import picture_font_faces

#: A drawing with more bytes than this gets its own file.
LARGE = 20_000

_NAME = re.compile(r'\saria-label="([^"]*)"')
_BOX = re.compile(r'\sviewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"')
_POINT = 96 / 72


def set_aside(drawing: str, stem: str) -> tuple[str, dict[str, bytes]]:
    """Return what stands in the page for a drawing, and the files beside the page: none where it is small.

    Parameters
    ----------
    drawing
        A whole ``<svg>`` element.
    stem
        The page's name without suffix.
    """
    start = drawing[: drawing.index(">")]
    name = _NAME.search(start)
    if len(drawing) <= LARGE or name is None:
        return drawing, {}
    content = _alone(drawing).encode("utf-8")
    address = f"{stem}_files/{hashlib.sha256(content).hexdigest()[:16]}.svg"
    width, height = _size(start)
    picture = f'<img src="{address}" alt="{name[1]}" width="{width}" height="{height}" loading="lazy" decoding="async">'
    return picture, {address: content}


def _alone(drawing: str) -> str:
    """Return a drawing as a file: with its namespaces, its fonts and its colours in dark mode."""
    head, _, rest = drawing.partition(">")
    for space, address in (("xmlns", "http://www.w3.org/2000/svg"), ("xmlns:xlink", "http://www.w3.org/1999/xlink")):
        if f" {space}=" not in head and (space == "xmlns" or "xlink:" in rest):
            head = head.replace("<svg", f'<svg {space}="{address}"', 1)
    faces = picture_font_faces(bold='font-weight="700"' in rest) if "<text" in rest else ""
    style = f"{faces}@media (prefers-color-scheme: dark) {{{_dark()}}}"
    return f"{head}><style>{style}</style>{rest}\n"


@lru_cache(maxsize=1)
def _dark() -> str:
    return dark_rules()


def _size(start: str) -> tuple[int, int]:
    """Return a drawing's size in the page's pixels, from its own size or else from its box."""
    sides = {}
    for side in ("width", "height"):
        found = re.search(rf'\s{side}="([\d.]+)(pt|px)?"', start)
        if found:
            sides[side] = float(found[1]) * (_POINT if found[2] == "pt" else 1)
    box = _BOX.search(start)
    if len(sides) < 2 and box:
        sides = {"width": float(box[1]), "height": float(box[2])}
    return round(sides.get("width", 0)), round(sides.get("height", 0))
