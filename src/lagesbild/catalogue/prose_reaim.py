"""Last year's prose aimed at a new year: every value and claim, each marked to be reviewed by a person.

Only years move. The report year becomes the new one; the year before it, and the first year of the nine, move with it
where a value or claim of the paragraph names them. Other years (of a law, an event) stand.
"""

from __future__ import annotations

import re

from lagesbild.catalogue.prose_parts import TO_REVIEW

#: Years that a release shows, the report year included.
WINDOW = 9

_VALUE = re.compile(r"\{\{<(\s*varde\s[^<>]*?)\s*>\}\}")
_CLAIM = re.compile(r"\{([^{}]*\.pastaende\b[^{}]*)\}")
_YEAR = re.compile(r"(?<![\d:/-])(?:19|20)\d\d(?![\d:/-])")


def reaimed(text: str, old: int, new: int) -> str:
    """Return a file of prose aimed at `new` instead of `old`.

    Parameters
    ----------
    text
        The whole file.
    old, new
        The report years.

    Returns
    -------
    str
        The text with a first line that says that nobody has read it, and each value and claim with its mark.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and lines[0].lower().startswith(TO_REVIEW.replace("-", " ")):
        lines = lines[1:]
    body = "\n".join(lines).strip("\n")
    parts = re.split(r"(\n\s*\n)", body)
    moved = "".join(_paragraph(part, old, new) for part in parts)
    return f"Att granska: texten är kopierad från {old} års lägesrapport.\n\n{moved}\n"


def _paragraph(text: str, old: int, new: int) -> str:
    """Return a paragraph with its years moved and its values and claims marked."""
    named = {int(year) for found in (*_VALUE.findall(text), *_CLAIM.findall(text)) for year in _YEAR.findall(found)}
    moves = {old: new} | {year: year + new - old for year in (old - 1, old - WINDOW + 1) if year in named}
    moved = _YEAR.sub(lambda found: str(moves.get(int(found[0]), found[0])), text)
    moved = _VALUE.sub(lambda found: f"{{{{<{_marked(found[1], TO_REVIEW)} >}}}}", moved)
    return _CLAIM.sub(lambda found: f"{{{_marked(found[1], f'.{TO_REVIEW}')}}}", moved)


def _marked(options: str, mark: str) -> str:
    return options if mark in options.split() else f"{options} {mark}"
