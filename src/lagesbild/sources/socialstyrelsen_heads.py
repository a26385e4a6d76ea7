"""Heads of columns cut short, so that a reader can still tell the columns apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from lagesbild.sources.socialstyrelsen_cells import masked

#: A question's number before its words: "8. ", "4c.", "6a. ".
_NUMBER = re.compile(r"^\d+\w?\.\s*")
#: Of the words that several heads begin with, so many characters are shown.
_BEGINNING = 20


def told_apart(heads: Sequence[str], width: int = 60) -> list[str]:
    """Return heads cut to about `width` characters, masked as messages must be.

    Parameters
    ----------
    heads
        The whole heads of a sheet's columns.
    width
        Characters before the cut.

    Notes
    -----
    Long heads that begin with the same words, whatever their numbers, are shown from where they differ.
    """
    whole = [masked(one) for one in heads]
    numbers = [found[0] if (found := _NUMBER.match(one)) else "" for one in whole]
    words = [one[len(number) :] for one, number in zip(whole, numbers, strict=True)]
    result = []
    for number, text in zip(numbers, words, strict=True):
        if len(text) <= width:
            result.append(number + text)
            continue
        alike = {one for one in words if one[:width] == text[:width] and one != text}
        differ = max((_alike(one, text) for one in alike), default=0)
        start = text.rfind(" ", 0, differ) + 1
        if start <= _BEGINNING:
            result.append(number + _cut(text, width))
        else:
            result.append(f"{number}{text[:_BEGINNING].rstrip()}… {_cut(text[start:], width - _BEGINNING)}")
    return result


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
