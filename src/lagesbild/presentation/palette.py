"""Öppna jämförelsers three colours, with a symbol and a word each, and the greys around them.

Green, yellow and red are the publisher's (skrivelse 2021/22:38: ja green, delvis yellow, nej red; the best
and the worst quarter of kommuner green and red). The shades here are chosen so that readers with
deuteranopia or protanopia tell them apart (teal green, light amber, dark vermilion), and never stand alone:
every use has the symbol, and the word in text. The symbols are glyphs of Source Sans Pro, so no other font
is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from lagesbild.catalogue.vocabulary import Answer, Colour

INK = "#1f2a33"  # text and the kommun's own line
GREY_TEXT = "#5b6670"  # secondary text; still 4.5:1 on white
GREY_LINE = "#8a949c"  # riket, the reference line
GREY_FILL = "#d9dde0"  # no result on a map
GREY_BAR = "#b9c1c7"  # the middle half of kommuner
GREY_GRID = "#e4e7ea"
WHITE = "#ffffff"
ACCENT = "#005b82"  # the kommun's own series; a blue that all common forms of colour vision see

#: Up to six series side by side, on white and on a dark ground: 4.5 or more against it, and told apart by common forms
#: of colour vision. Each also has a dash and a symbol of its own.
SERIES = (ACCENT, "#b3400f", "#00756a", "#7b3f98", "#7a5a00", "#4a545c")
SERIES_DARK = ("#6cb8e6", "#f59a6c", "#5fd0be", "#d0a6ee", "#e8c04a", "#c9d1d8")


@dataclass(frozen=True, kw_only=True)
class Tone:
    """How one colour, or its absence, is shown.

    Parameters
    ----------
    name
        CSS class and key ("gron").
    symbol
        The sign that carries the same meaning without colour.
    word
        What it means for a number with a direction, in a table or a legend ("Bland de bästa").
    answer_symbol, answer_word
        The same for an answer ("✓", "Ja").
    text
        Colour of text and symbols on white or on `tint` (contrast 4.5 or more).
    fill
        Colour of areas and marks.
    tint
        Background of a table cell.
    """

    name: str
    symbol: str
    word: str
    answer_symbol: str
    answer_word: str
    text: str
    fill: str
    tint: str


_TONES = {
    Colour.GRON: Tone(
        name="gron",
        symbol="▲",
        word="Bland de bästa",
        answer_symbol="✓",
        answer_word="Ja",
        text="#00695f",
        fill="#2a9d8f",
        tint="#e3f3f1",
    ),
    Colour.GUL: Tone(
        name="gul",
        symbol="■",
        word="I mitten",
        answer_symbol="◆",
        answer_word="Delvis",
        text="#8a6000",
        fill="#f4c04e",
        tint="#fdf5e0",
    ),
    Colour.ROD: Tone(
        name="rod",
        symbol="▼",
        word="Bland de sämsta",
        answer_symbol="×",
        answer_word="Nej",
        text="#8f1d14",
        fill="#a83018",
        tint="#f9e9e6",
    ),
}

_ANSWER_COLOUR = {Answer.JA: Colour.GRON, Answer.DELVIS: Colour.GUL, Answer.NEJ: Colour.ROD}


def tone(colour: str) -> Tone:
    """Return how `colour` ("gron", "gul", "rod") is shown.

    Raises
    ------
    ValueError
        If it is none of the three.
    """
    return _TONES[Colour(colour)]


def tones() -> tuple[Tone, ...]:
    """Return the three tones, best first."""
    return tuple(_TONES[colour] for colour in Colour)


def answer_tone(answer: str) -> Tone:
    """Return how an answer is shown: ja green, delvis yellow, nej red."""
    return _TONES[_ANSWER_COLOUR[Answer(answer)]]


def stylesheet() -> str:
    """Return the CSS of the colour classes, for the site's and the reports' style sheet."""
    rules = [f".{t.name} {{ color: {t.text}; font-weight: 700; }}" for t in tones()]
    rules += [f"td:has(> .{t.name}) {{ background-color: {t.tint}; }}" for t in tones()]
    return "\n".join(rules) + "\n"
