"""Typed numbers: prose may not hold a figure that the data could make wrong.

Years, dates and references to law are no figures. Numbers in letters count where a unit follows them ("tre procent"),
and so do shares in words ("en tredjedel"), unless a claim holds them.
"""

from __future__ import annotations

import re

_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_YEAR = r"(?:19|20)\d\d"

#: What may be typed: dates, references and years, the longest first.
_ALLOWED = re.compile(
    rf"(?:\d{{1,2}} (?:{_MONTHS})(?: {_YEAR})?)"
    rf"|{_YEAR}-\d\d-\d\d"
    rf"|(?:\d+ kap\. ?)?\d+(?: ?[a-z])? §§?"
    rf"|\d+ kap\."
    rf"|{_YEAR}(?:/\d\d)?:\d+"
    rf"|\b{_YEAR}(?:[–-]{_YEAR}|/\d\d)?\b(?![.,]?\d)"
)
_DIGITS = re.compile(r"\d+(?:[\s\u00a0\u202f.,]\d+)*")

_LETTERS = (
    "noll|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
    "|tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|hundra|tusen"
)
_UNITS = "procent|procentenhet|procentenheter|kommun|kommuner|kronor|krona|dag|dagar|personer"
_IN_LETTERS = re.compile(
    rf"\b(?:{_LETTERS})(?:{_LETTERS})* (?:{_UNITS})\b|\b(?:{_LETTERS}) av (?:{_LETTERS})\b", re.IGNORECASE
)
_SHARES = re.compile(
    r"\b(?:hälften|tredjedel(?:en|ar)?|fjärdedel(?:en|ar)?|femtedel(?:en|ar)?|dubbelt|fördubbla\w*|halvera\w*)\b",
    re.IGNORECASE,
)


def typed_numbers(text: str, *, claimed: bool = False) -> list[str]:
    """Return the numbers typed in a text, as they stand.

    Parameters
    ----------
    text
        Words without markup.
    claimed
        Whether a claim holds them: shares in words are then what the claim checks.
    """
    left = _ALLOWED.sub(" ", text)
    found = [match[0] for match in _DIGITS.finditer(left)]
    found += [match[0] for match in _IN_LETTERS.finditer(left)]
    return found if claimed else found + [match[0] for match in _SHARES.finditer(left)]


#: Words that say that something has changed or differs.
_CLAIMING = re.compile(
    r"\b(?:öka(?:r|t|de)|minska(?:r|t|de)|stig(?:er|it)|sjunk(?:er|it)|förbättrats?|försämrats?|bättre|sämre|högre|lägre"
    r"|fler|färre|längre|kortare|störst|minst|högst|lägst)\b",
    re.IGNORECASE,
)


def claiming_words(text: str) -> list[str]:
    """Return words that say that something has changed or differs: outside a claim nobody checks them."""
    return [match[0] for match in _CLAIMING.finditer(text)]


_UP = re.compile(r"\b(?:öka(?:r|t|de)|stig(?:er|it)|steg|växer|vuxit)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:minska(?:r|t|de)|sjunk(?:er|it)|sjönk|krymper|krympt)\b", re.IGNORECASE)


def contradicts(text: str, way: str) -> str | None:
    """Return the word of a sentence that says the opposite of the way it is marked with, or None."""
    against = {"okat": _DOWN, "minskat": _UP}.get(way)
    toward = {"okat": _UP, "minskat": _DOWN}.get(way)
    if against is None or toward is None or toward.search(text):
        return None
    found = against.search(text)
    return found[0] if found else None
