"""The fields of an indicator in the catalogue's files: each one's form, and what an omitted one means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from lagesbild.catalogue.indicators import (
    Counted,
    Dimension,
    Direction,
    IndicatorType,
    Kind,
    LifecycleState,
    Part,
    Scale,
    Survey,
    Tier,
)
from lagesbild.catalogue.located import Located
from lagesbild.catalogue.vocabulary import Answer, Level

#: A parser returns the value, or raises ValueError("what is wrong", "what was expected").
Parser = Callable[[Located], Any]

SHORT_TITLE_LENGTH = 60
#: User surveys are not published on fewer than five answers; the same floor is used for every figure that
#: counts persons or households.
PERSON_THRESHOLD = 5
PUBLISHED_LEVELS = (Level.RIKE, Level.LAN, Level.KOMMUNGRUPP, Level.KOMMUN)
UNIT_TEXTS = {
    Scale.PROCENT: "procent",
    Scale.JA_NEJ: "",
    Scale.JA_DELVIS_NEJ: "",
    Scale.DAGAR: "dagar",
    Scale.KRONOR: "kronor per invånare",
    Scale.ANTAL: "antal",
    Scale.MEDELVARDE: "medelvärde",
    Scale.INDEX: "index",
}


def suggestion(given: str, known: Iterable[str]) -> str:
    """Return "Did you mean x?" for the known word most like `given`, or the empty text."""
    close = difflib.get_close_matches(given.lower(), list(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""


def _text(found: Located) -> str:
    if not isinstance(found.value, str) or not found.value.strip():
        raise ValueError(f"{found.value!r} is no text", "a text in Swedish")
    if found.value != " ".join(found.value.split()):
        raise ValueError(f"{found.value!r} has spaces that don't belong there", "single spaces, none at the ends")
    return found.value


def _pattern(pattern: str, expected: str) -> Parser:
    def parse(found: Located) -> str:
        if not isinstance(found.value, str) or not re.fullmatch(pattern, found.value):
            raise ValueError(f"{found.value!r} has the wrong form", expected)
        return found.value

    return parse


def _enum(words: type[StrEnum]) -> Parser:
    def parse(found: Located) -> StrEnum:
        known = [word.value for word in words]
        if found.value not in known:
            hint = suggestion(str(found.value), known)
            raise ValueError(f"unknown word {found.value!r}", f"one of {', '.join(known)}", hint)
        return words(found.value)

    return parse


def _whole(low: int, high: int) -> Parser:
    def parse(found: Located) -> int:
        # bool is an int to Python, but `true` is no year.
        if isinstance(found.value, bool) or not isinstance(found.value, int) or not low <= found.value <= high:
            raise ValueError(f"{found.value!r} is out of place", f"a whole number from {low} to {high}")
        return found.value

    return parse


def _flag(found: Located) -> bool:
    if not isinstance(found.value, bool):
        raise ValueError(f"{found.value!r} is neither true nor false", "true or false")
    return found.value


def _levels(found: Located) -> tuple[str, ...]:
    if not isinstance(found.value, list) or not found.value:
        raise ValueError("no list of levels", "a list like [rike, lan, kommun]")
    level = _enum(Level)
    return tuple(level(item).value for item in found.value)


def _codes(found: Located) -> dict[str, str]:
    if not isinstance(found.value, dict):
        raise ValueError("no mapping of codes", '{"1": ja, "0": nej}')
    answer = _enum(Answer)
    return {code: answer(item).value for code, item in found.value.items()}


_year = _whole(1990, 2100)

#: What `lifecycle` may hold.
LIFECYCLE_FIELDS: dict[str, Parser] = {
    "state": _enum(LifecycleState),
    "year": _year,
    "reason": _text,
    "successor": _text,
}

#: Every field of an indicator but `lifecycle` and the area, which the file's head gives.
FIELDS: dict[str, Parser] = {
    "id": _pattern(r"[a-z0-9]+(-[a-z0-9]+)+", "small letters a-z, digits and hyphens"),
    "title": _text,
    "short_title": _text,
    "part": _enum(Part),
    "kind": _enum(Kind),
    "dimension": _enum(Dimension),
    "type": _enum(IndicatorType),
    "tier": _enum(Tier),
    "direction": _enum(Direction),
    "scale": _enum(Scale),
    "unit_text": _text,
    "survey": _enum(Survey),
    "counted": _enum(Counted),
    "frequency": _whole(1, 10),
    "phase": _year,
    "yearly_until": _year,
    "first_year": _year,
    "last_year": _year,
    "numerator": _text,
    "denominator": _text,
    "levels": _levels,
    "by_sex": _flag,
    "threshold": _whole(1, 1000),
    "kolada": _pattern(r"[NU]\d{5}", "an id like U21468"),
    "kolada_codes": _codes,
    "source_note": _text,
}

#: Fields that every indicator states; see `with_defaults` for what the others mean when left out.
REQUIRED = ("id", "title", "type", "direction", "scale", "survey", "counted", "source_note")


def with_defaults(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of one indicator with the omitted ones filled in.

    A short title is the title; the part is kvalitet, the kind indikator, the tier bas; measured every year;
    published for riket, län, kommungrupp and kommun; sexes not told apart; the unit that of the scale. The
    disclosure threshold is five where persons or households are counted and none elsewhere. Null: the rest.
    """
    counts_people = given["counted"] in (Counted.PERSONER, Counted.HUSHALL)
    defaults: dict[str, Any] = {
        "short_title": given["title"],
        "part": Part.KVALITET,
        "kind": Kind.INDIKATOR,
        "tier": Tier.BAS,
        "frequency": 1,
        # The first year of a yearly rhythm changes nothing; any year will do.
        "phase": given.get("first_year", 2023),
        "levels": tuple(level.value for level in PUBLISHED_LEVELS),
        "by_sex": False,
        "unit_text": UNIT_TEXTS[given["scale"]],
        "threshold": PERSON_THRESHOLD if counts_people else None,
        "kolada_codes": {},
    }
    optional = ("dimension", "yearly_until", "first_year", "last_year", "numerator", "denominator", "kolada")
    return {**dict.fromkeys(optional), **defaults, **given}
