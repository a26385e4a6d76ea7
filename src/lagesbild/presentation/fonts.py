"""Source Sans Pro from its Python package: the only font in figures, never the system's.

The same text then takes the same space on every machine, and figures come out byte for byte alike.
"""

from __future__ import annotations

import dataclasses
from functools import lru_cache

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

from lagesbild.presentation.font_files import FILES, font_file

# Registered with matplotlib under a name of our own: a system that has some other version of Source Sans
# Pro would else have a say in which file is taken.
MATPLOTLIB_FAMILY = "Lagesbild Source Sans Pro"


@lru_cache(maxsize=1)
def register_fonts() -> str:
    """Make the font known to matplotlib (once a process) and return its family name there."""
    for weight in FILES:
        entry = font_manager.ttfFontProperty(font_manager.get_font(str(font_file(weight))))
        ours = dataclasses.replace(entry, name=MATPLOTLIB_FAMILY, weight=weight, style="normal")
        font_manager.fontManager.ttflist.append(ours)
    return MATPLOTLIB_FAMILY


@lru_cache(maxsize=4096)
def _advance(character: str, weight: int) -> float:
    """Return how far one character moves the pen, in ems."""
    font = _face(weight)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_SCALE)
    return float(glyph.horiAdvance) / font.units_per_EM


@lru_cache(maxsize=len(FILES))
def _face(weight: int) -> FT2Font:
    return FT2Font(str(font_file(weight)))


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Return the width of `text` in the unit of `size` (without kerning, so a little too wide)."""
    return size * sum(_advance(character, weight) for character in text)


def wrapped(text: str, size: float, width: float, *, lines: int, weight: int = 400) -> list[str]:
    """Return `text` broken into at most `lines` lines of `width`; what doesn't fit ends in "…".

    A word wider than the line is broken where it must, at a hyphen if it has one.
    """
    words = [part for word in text.split(" ") for part in _parts(word, size, width, weight)]
    broken: list[str] = []
    for word, glued in words:
        joined = f"{broken[-1]}{'' if glued else ' '}{word}" if broken else word
        if broken and text_width(joined, size, weight) <= width:
            broken[-1] = joined
        else:
            broken.append(word)
    if len(broken) <= lines:
        return broken
    last = broken[lines - 1]
    while last and text_width(last + "…", size, weight) > width:
        last = last[:-1]
    return [*broken[: lines - 1], last.rstrip(" -–,") + "…"]


def _parts(word: str, size: float, width: float, weight: int) -> list[tuple[str, bool]]:
    """Return a word as pieces that fit the line, each with whether it is glued to the one before."""
    if text_width(word, size, weight) <= width:
        return [(word, False)]
    pieces: list[tuple[str, bool]] = []
    current = ""
    for character in word:
        if current and text_width(current + character + "-", size, weight) > width:
            pieces.append((current if current.endswith("-") else current + "-", bool(pieces)))
            current = ""
        current += character
    pieces.append((current, bool(pieces)))
    return pieces
