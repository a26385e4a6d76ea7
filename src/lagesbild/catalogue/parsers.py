"""The forms that a field of the catalogue's files can have: text, a word of a list, a whole number and so on.

A parser takes a located value and returns it in its right type, or raises ValueError with what is wrong, what was
expected and, where there is one, a hint.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from lagesbild.catalogue.located import Located
from lagesbild.catalogue.vocabulary import Answer

Parser = Callable[[Located], Any]


def suggestion(given: str, known: Iterable[str]) -> str:
    """Return "Did you mean x?" for the known word most like `given`, or the empty text."""
    close = difflib.get_close_matches(given.lower(), list(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


def text(found: Located) -> str:
    """Return a text with single spaces."""
    if not isinstance(found.value, str) or not found.value.strip():
        raise ValueError(f"{found.value!r} is no text", "a text in Swedish")
    if found.value != " ".join(found.value.split()):
        raise ValueError(f"{found.value!r} has spaces that don't belong there", "single spaces, none at the ends")
    return found.value


def pattern(form: str, expected: str) -> Parser:
    """Return a parser of texts that match the regular expression `form` wholly."""

    def parse(found: Located) -> str:
        if not isinstance(found.value, str) or not re.fullmatch(form, found.value):
            raise ValueError(f"{found.value!r} has the wrong form", expected)
        return found.value

    return parse


def word(words: type[StrEnum]) -> Parser:
    """Return a parser of the words of an enum."""

    def parse(found: Located) -> StrEnum:
        known = [one.value for one in words]
        if found.value not in known:
            hint = suggestion(str(found.value), known)
            raise ValueError(f"unknown word {found.value!r}", f"one of {', '.join(known)}", hint)
        return words(found.value)

    return parse


def whole(low: int, high: int) -> Parser:
    """Return a parser of whole numbers from `low` to `high`."""

    def parse(found: Located) -> int:
        # bool is an int to Python, but `true` is no year.
        if isinstance(found.value, bool) or not isinstance(found.value, int) or not low <= found.value <= high:
            raise ValueError(f"{found.value!r} is out of place", f"a whole number from {low} to {high}")
        return found.value

    return parse


def flag(found: Located) -> bool:
    """Return true or false."""
    if not isinstance(found.value, bool):
        raise ValueError(f"{found.value!r} is neither true nor false", "true or false")
    return found.value


def several(item: Parser, what: str, example: str) -> Parser:
    """Return a parser of lists of one or more `what`, each read by `item`, none of them twice."""

    def parse(found: Located) -> tuple[Any, ...]:
        if not isinstance(found.value, list) or not found.value:
            raise ValueError(f"no list of {what}", f"a list like {example}")
        values = tuple(item(one) for one in found.value)
        if len(set(values)) < len(values):
            raise ValueError(f"one of the {what} stands twice", "each once")
        return values

    return parse


def codes(found: Located) -> dict[str, str]:
    """Return Kolada's codes of the answers."""
    if not isinstance(found.value, dict):
        raise ValueError("no mapping of codes", '{"1": ja, "0": nej}')
    answer = word(Answer)
    return {code: answer(item).value for code, item in found.value.items()}
