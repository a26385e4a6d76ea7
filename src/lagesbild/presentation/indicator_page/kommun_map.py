"""The map of an indicator's page: a small file of its own, with its legend as text in the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lagesbild.presentation import palette
from lagesbild.presentation.coarse_geometry import INSETS, SWEDEN, coarse_paths
from lagesbild.presentation.dark_mode import dark_rules
from lagesbild.presentation.escape import html_text
from lagesbild.presentation.geometry import Window
from lagesbild.presentation.indicator_page.chart import SMALL, finished
from lagesbild.presentation.indicator_page.classes import ResultClass
from lagesbild.presentation.svg import tag, text
from lagesbild.presentation.wording import antal

#: The map's name beside its page.
FILE = "karta.svg"
_INSET = 296.0
WIDTH = _INSET + INSETS[0][1].width + 4
HEIGHT = SWEDEN.height


def kommun_map(classes: Sequence[ResultClass], *, synthetic: bool) -> str:
    """Return the map as a file: Sweden, and the three metropolitan areas enlarged."""
    body = tag("defs", *(_pattern(one, "k") for one in classes if one.mark))
    body += _view(SWEDEN, classes, 0, 0)
    for number, (name, window) in enumerate(INSETS):
        top = 24.0 + number * (window.height + 32)
        body += text(_INSET, top - 6, name, size=SMALL + 2, fill=palette.INK)
        body += _view(window, classes, _INSET, top)
        edge = {"x": _INSET, "y": top, "width": window.width, "height": window.height}
        body += tag("rect", **edge, fill="none", stroke=palette.GREY_LINE)
    drawn = finished(body, HEIGHT, "Karta över kommunerna", synthetic=synthetic, width=WIDTH).svg
    # A file of its own doesn't see the page's style sheet.
    head, end, rest = drawn.partition(">")
    return f"{head}{end}<style>@media (prefers-color-scheme:dark){{{dark_rules(of=drawn)}}}</style>{rest}\n"


def _view(window: Window, classes: Sequence[ResultClass], x: float, y: float) -> str:
    """Return the kommuner in a window, cut at its edges; one path a class keeps the file small."""
    known = coarse_paths(window)
    body = ""
    for one in classes:
        data = "".join(known.get(code, "") for code in one.kommuner)
        if data:
            body += tag("path", d=data, fill=f"url(#k-{one.key})" if one.mark else one.fill)
    size = {"width": window.width, "height": window.height}
    drawn = tag("g", body, stroke=palette.GREY_LINE, stroke_width="0.4", stroke_linejoin="round")
    return tag("svg", drawn, x=x, y=y, **size)


@lru_cache(maxsize=64)
def _pattern_of(key: str, fill: str, mark: str, prefix: str) -> str:
    ink = {"rod": palette.WHITE, "gul": palette.tone("gul").text}.get(key, palette.GREY_TEXT)
    marks = {
        "prickar": tag("circle", cx=3, cy=3, r=0.9, fill=ink),
        "streck": tag("path", d="M-1 1l2 -2M0 6l6 -6M5 7l2 -2", stroke=ink, stroke_width="1.1", fill="none"),
        "rutor": tag("path", d="M0 0l6 6M6 0l-6 6", stroke=ink, stroke_width="1", fill="none"),
    }
    ground = tag("rect", width=6, height=6, fill=fill)
    units = {"patternUnits": "userSpaceOnUse"}
    return tag("pattern", ground + marks[mark], id=f"{prefix}-{key}", width=6, height=6, **units)


def _pattern(one: ResultClass, prefix: str) -> str:
    return _pattern_of(one.key, one.fill, one.mark, prefix)


def legend(classes: Sequence[ResultClass]) -> str:
    """Return the legend as an HTML list: colour and pattern, symbol, word, values and number of kommuner."""
    items = ""
    for one in classes:
        paint = f"url(#f-{one.key})" if one.mark else one.fill
        swatch = tag("defs", _pattern(one, "f")) if one.mark else ""
        frame = {"x": 0.5, "y": 0.5, "width": 23, "height": 13}
        swatch += tag("rect", **frame, fill=paint, stroke=palette.GREY_TEXT)
        box = f'<svg width="24" height="14" viewBox="0 0 24 14" aria-hidden="true">{swatch}</svg>'
        values = f" ({html_text(one.values)})" if one.values else ""
        many = antal(len(one.kommuner), "kommun", "kommuner")
        items += f"<li>{box} {html_text(one.named)}{values}: {many}</li>\n"
    return f'<ul class="kartforklaring">\n{items}</ul>'


def map_words(classes: Sequence[ResultClass], title: str, year: int, *, synthetic: bool) -> str:
    """Return what the map shows, for its text alternative."""
    said = [f"{antal(len(one.kommuner), 'kommun', 'kommuner')} {one.word.lower()}" for one in classes]
    note = " Syntetiska data." if synthetic else ""
    return f"Karta över kommunerna. {title}, {year}: {', '.join(said)}.{note}"
