"""The site's own fonts as CSS: Source Sans Pro from its package, cut down to what Swedish text needs.

The fonts stand in the style sheet itself, so that both render engines carry them along and no page asks another
host for anything.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from lagesbild.presentation.font_files import font_file

#: Latin with its accents, punctuation, spaces, arrows, mathematical signs and the marks of the reports.
_CHARACTERS = (*range(0x20, 0x180), *range(0x2000, 0x2070), *range(0x2190, 0x2194), 0x2212, 0x2264, 0x2265, 0x20AC)
_MARKS = "▲■▼◆✓×–"


@lru_cache(maxsize=1)
def font_faces() -> str:
    """Return the ``@font-face`` rules for regular and bold, with the fonts in them as WOFF.

    The same package version gives the same text.
    """
    return "".join(_face(weight) for weight in (400, 700))


def _face(weight: int) -> str:
    # Without recalcTimestamp the font keeps its own date; otherwise it would carry the clock's.
    font = TTFont(font_file(weight), recalcTimestamp=False)
    options = Options(layout_features=["kern", "liga", "tnum", "mark"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*_CHARACTERS, *map(ord, _MARKS)])
    subsetter.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        f'@font-face {{ font-family: "Source Sans Pro"; font-weight: {weight}; font-style: normal; '
        f'font-display: swap; src: url("data:font/woff;base64,{data}") format("woff"); }}\n'
    )
