"""Whether what is printed is what was computed anew: a number rounded to the decimals it is printed with, or a word."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation import palette
from lagesbild.presentation.kommun.result_tables import sureness
from lagesbild.presentation.numbers import MINUS, answer_text, round_half_up, status_text
from lagesbild.presentation.wording import trend_words

#: What is printed where there is no value.
_NOTHING = {"–", "", *(status_text(one) for one in Status)}

_SPACES = "\u202f\u00a0\u2009 "
_PRINTED = re.compile(rf"[+{MINUS}-]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:,\d+)?|[+{MINUS}-]?\d+(?:,\d+)?")

#: The label of a series that is too short for a test, of which nothing is said.
_TOO_FEW = "for_fa"

#: Words of tested differences.
_DIFFERENCES = {"battre": "bättre", "samre": "sämre", "hogre": "högre", "lagre": "lägre", "ingen": "ingen"}


def first_number(text: str) -> Decimal | None:
    """Return the first number that is printed in a text: "−1 234,5 (2023)" is −1234.5; null where there is none."""
    found = _PRINTED.search(text)
    if found is None:
        return None
    digits = re.sub(f"[{_SPACES}+]", "", found[0]).replace(MINUS, "-").replace(",", ".")
    return Decimal(digits)


def agrees(printed: str, value: float | str | None, name: str) -> bool:
    """Return whether a printed cell says what a fact is: also where there is none, and a mark or nothing is printed.

    Parameters
    ----------
    printed
        The cell in plain text.
    value
        The fact computed anew.
    name
        Of the fact: what a word is a code of.
    """
    if value is None:
        if name.startswith("skillnad"):
            return not any(f"({word})" in printed for word in _DIFFERENCES.values())
        return printed in _NOTHING or name.startswith("trend")
    if name.startswith("trend") and value == _TOO_FEW:
        return not any(word in printed for word in ("säkert", "kanske", "stabilt"))
    if isinstance(value, str):
        return any(word and word.lower() in printed.lower() for word in _words(value, name))
    shown = first_number(printed)
    if shown is None:
        return False
    decimals = max(0, -int(shown.as_tuple().exponent))
    return round_half_up(value, decimals) == shown


def _words(code: str, name: str) -> list[str]:
    if name == "colour":
        tone = palette.tone(code)
        return [tone.word, tone.answer_word]
    if name.startswith("skillnad"):
        return [_DIFFERENCES.get(code, code)]
    if name.startswith("trend"):
        return [sureness(code), trend_words(code)]
    told: Callable[[str], str] = answer_text
    return [told(code)]
