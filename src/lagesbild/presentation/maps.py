"""The map of the 290 kommuner by öppna jämförelsers colours.

A colour is never alone: red areas are hatched, yellow dotted, green plain, and the legend has symbol, word
and count.
"""

from __future__ import annotations

from collections.abc import Mapping

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Answer, Colour
from lagesbild.errors import ParameterError
from lagesbild.presentation import palette, wording
from lagesbild.presentation.fonts import wrapped
from lagesbild.presentation.geometry import INSETS, SWEDEN, Window, paths
from lagesbild.presentation.numbers import is_missing
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure, coordinate, document, tag, text

#: 170 mm in points.
WIDTH = 482.0
MAP_TOP = 6.0
_INSET_LEFT = 172.0
_LEGEND_LEFT = 300.0
SIZE, SMALL = 8.5, 7.5  # text, in points
HEIGHT = SWEDEN.height + 2 * MAP_TOP + 18

_MARKED = {
    Colour.GUL: tag("circle", cx=2, cy=2, r=0.55, fill=palette.tone("gul").text),
    Colour.ROD: tag("path", d="M-1 1l2 -2M0 4l4 -4M3 5l2 -2", stroke=palette.WHITE, stroke_width="0.8", fill="none"),
}


def map_fill(colour: str | None) -> str:
    """Return the plain paint of a class; its marks, if it has any, lie over it (`map_marks`)."""
    return palette.tone(colour).fill if colour else palette.GREY_FILL


def map_marks(colour: str | None) -> str:
    """Return the paint of a class's marks, empty where it has none.

    The marks have no ground of their own: between a pattern's tiles a PDF reader may leave a hair of white.
    """
    return f"url(#karta-{colour})" if colour in _MARKED else ""


def map_patterns() -> str:
    """Return the paints of the marks: dots on yellow, hatching on red."""
    body = ""
    for colour, mark in _MARKED.items():
        body += tag("pattern", mark, id=f"karta-{colour}", width=4, height=4, patternUnits="userSpaceOnUse")
    return tag("defs", body)


def kommun_map(
    indicator: Indicator,
    results: Mapping[str, str | None],
    *,
    year: int,
    source: str,
    synthetic: bool,
) -> Figure:
    """Return Sweden's kommuner coloured by result, with the three metropolitan areas enlarged.

    Parameters
    ----------
    indicator
        Gives title and kind: a number with a direction, or an answer.
    results
        Kommun code to colour ("gron", "gul", "rod"), or for an answer to "ja", "delvis" or "nej". A kommun
        at null, or not there, is grey: no result.
    year
        The year shown.
    source
        Where the figures come from, without "Källa".
    synthetic
        Whether the data are the demo's.

    Raises
    ------
    ParameterError
        If a code is no kommun's.
    """
    known = paths("kommun", SWEDEN)
    for code in results:
        if code not in known:
            raise ParameterError("kommun", code, known)
    colours: dict[str, str | None] = {code: map_colour(results.get(code), indicator) for code in known}
    body = map_patterns() + kommun_view("kommun", SWEDEN, colours, x=2, y=MAP_TOP)
    for number, (name, window) in enumerate(INSETS):
        y = MAP_TOP + 10 + number * 112
        body += text(_INSET_LEFT, y - 3, name, size=SMALL, fill=palette.GREY_TEXT)
        body += kommun_view("kommun", window, colours, x=_INSET_LEFT, y=y)
        edge = f"M{coordinate(_INSET_LEFT)} {coordinate(y)}h{coordinate(window.width)}"
        edge += f"v{coordinate(window.height)}h{coordinate(-window.width)}z"
        body += tag("path", d=edge, fill="none", stroke=palette.GREY_LINE, stroke_width="0.7")
    counts = {c: sum(colour == c for colour in colours.values()) for c in (*Colour, None)}
    heading, top = _heading(indicator, year)
    body += heading + _legend(counts, indicator, top=top) + foot(source, synthetic)
    alt = _kommun_words(indicator, year, counts, synthetic)
    # A page may hold several maps, and an id may stand in it once.
    body = body.replace("karta-", f"karta-{indicator.id}-")
    return Figure(svg=document(WIDTH, HEIGHT, body, alt, physical="pt"), alt=alt)


def map_colour(result: str | None, indicator: Indicator) -> str | None:
    if result is None or is_missing(result):
        return None
    return palette.answer_tone(result).name if indicator.is_answer else Colour(result).value


def kommun_view(kind: str, window: Window, colours: Mapping[str, str | None], *, x: float, y: float) -> str:
    """Return the areas of one window, cut at its edges; one group a paint keeps the file small."""
    groups = ""
    shapes = paths(kind, window)
    for colour in (*Colour, None):
        data = [tag("path", d=d) for code, d in shapes.items() if colours.get(code) == colour]
        marks = map_marks(colour)
        if data and marks:
            name = f"karta-yta-{colour}-{coordinate(x)}-{coordinate(y)}"
            groups += tag("g", tag("g", *data, id=name), fill=map_fill(colour))
            groups += tag("use", href=f"#{name}", fill=marks)
        elif data:
            groups += tag("g", *data, fill=map_fill(colour))
    groups = tag("g", groups, stroke=palette.WHITE, stroke_width="0.35", stroke_linejoin="round")
    return tag("svg", groups, x=x, y=y, width=window.width, height=window.height)


def swatch(x: float, y: float, width: float, height: float, colour: str | None) -> str:
    """Return a key's rectangle with the paint and marks of a class."""
    body = ""
    for paint in filter(None, (map_fill(colour), map_marks(colour))):
        body += tag(
            "rect", x=x, y=y, width=width, height=height, fill=paint, stroke=palette.GREY_LINE, stroke_width="0.5"
        )
    return body


def _heading(indicator: Indicator, year: int) -> tuple[str, float]:
    """Return the title block over the legend and where it ends."""
    title = wrapped(indicator.short_title, 10, WIDTH - _LEGEND_LEFT, lines=3, weight=700)
    body, y = "", MAP_TOP + 14
    for words in title:
        body += text(_LEGEND_LEFT, y, words, size=10, fill=palette.INK, bold=True)
        y += 12
    body += text(_LEGEND_LEFT, y, str(year), size=SIZE, fill=palette.GREY_TEXT)
    return body, y + 16


def map_entries(counts: Mapping[Colour | None, int], indicator: Indicator) -> list[tuple[str | None, str, str, int]]:
    """Return what a map's legend tells: colour, sign, word and how many kommuner have it; last those without result."""
    rows: list[tuple[str | None, str, str, int]] = [
        (
            tone.name,
            tone.answer_symbol if indicator.is_answer else tone.symbol,
            tone.answer_word if indicator.is_answer else tone.word,
            counts[Colour(tone.name)],
        )
        for tone in palette.tones()
    ]
    if indicator.is_answer and not counts[Colour.GUL] and indicator.scale == "ja_nej":
        del rows[1]
    return [*rows, (None, "", "Inget resultat", counts[None])]


def _legend(counts: Mapping[Colour | None, int], indicator: Indicator, *, top: float) -> str:
    body = ""
    for number, (colour, symbol, word, count) in enumerate(map_entries(counts, indicator)):
        y = top + number * 19
        body += swatch(_LEGEND_LEFT, y, 18, 11, colour)
        if colour:
            body += text(_LEGEND_LEFT + 23, y + 9, symbol, size=SIZE, fill=palette.tone(colour).text, bold=True)
        words = f"{word}, {wording.antal(count, 'kommun', 'kommuner')}"
        body += text(_LEGEND_LEFT + 36, y + 9, words, size=SIZE, fill=palette.INK)
    return body


def foot(source: str, synthetic: bool) -> str:
    """Return the line under a map: its source, and what the data are."""
    y = HEIGHT - 4
    body = text(0, y, f"Källa: {source}", size=SMALL, fill=palette.GREY_TEXT)
    if synthetic:
        body += text(WIDTH, y, SYNTHETIC_NOTE, size=SIZE, fill=palette.INK, bold=True, anchor="end")
    return body


def _kommun_words(indicator: Indicator, year: int, counts: Mapping[Colour | None, int], synthetic: bool) -> str:
    said = []
    for colour in Colour:
        if not counts[colour]:
            continue
        count = wording.antal(counts[colour], "kommun", "kommuner")
        if indicator.is_answer:
            answer = next(a for a in Answer if palette.answer_tone(a).name == colour)
            said.append(f"{count} svarar {answer.value}")
        else:
            said.append(f"{count} {wording.colour_words(colour)}")
    if counts[None]:
        said.append(f"{wording.antal(counts[None], 'kommun', 'kommuner')} utan resultat")
    note = f" {SYNTHETIC_NOTE}." if synthetic else ""
    return f"Karta över kommunerna. {indicator.short_title}, {year}: {wording.joined(said)}.{note}"
