"""The fields of an indicator in the catalogue's files: each one's form, and what an omitted one means."""

from __future__ import annotations

from typing import Any

from lagesbild.catalogue.criteria import usual_closeness
from lagesbild.catalogue.indicators import (
    Closeness,
    Counted,
    Criterion,
    Dimension,
    Direction,
    IndicatorType,
    Kind,
    LifecycleState,
    Part,
    ProcessStep,
    Scale,
    Survey,
    Tag,
    Tier,
)
from lagesbild.catalogue.located import Located
from lagesbild.catalogue.parsers import Parser, codes, flag, pattern, several, text, whole, word
from lagesbild.catalogue.vocabulary import Level

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


def _levels(found: Located) -> tuple[str, ...]:
    """Return the levels as plain texts: they are columns of every table."""
    levels: tuple[Level, ...] = several(word(Level), "levels", "[rike, lan, kommun]")(found)
    return tuple(level.value for level in levels)


_year = whole(1990, 2100)

#: What `lifecycle` may hold.
LIFECYCLE_FIELDS: dict[str, Parser] = {
    "state": word(LifecycleState),
    "year": _year,
    "reason": text,
    "successor": text,
    "source": text,
}
LIFECYCLE_REQUIRED = ("state", "year", "reason")

#: Every field of an indicator but `lifecycle` and the area, which the file's head gives.
FIELDS: dict[str, Parser] = {
    "id": pattern(r"[a-z0-9]+(-[a-z0-9]+)+", "small letters a-z, digits and hyphens"),
    "title": text,
    "short_title": text,
    "part": word(Part),
    "kind": word(Kind),
    "dimension": word(Dimension),
    "type": word(IndicatorType),
    "tier": word(Tier),
    "direction": word(Direction),
    "scale": word(Scale),
    "unit_text": text,
    "survey": word(Survey),
    "counted": word(Counted),
    "frequency": whole(1, 10),
    "phase": _year,
    "yearly_until": _year,
    "first_year": _year,
    "last_year": _year,
    "numerator": text,
    "denominator": text,
    "levels": _levels,
    "by_sex": flag,
    "threshold": whole(1, 1000),
    "kolada": pattern(r"[NU]\d{5}", "an id like U21468"),
    "kolada_codes": codes,
    "source_note": text,
    "model": whole(2023, 2023),
    "criteria_unmet": several(word(Criterion), "criteria", "[vedertagen, paverkbar]"),
    "process_step": word(ProcessStep),
    "closeness": word(Closeness),
    "agenda_2030": several(whole(1, 17), "goals", "[3, 16]"),
    "tags": several(word(Tag), "tags", "[budgetproposition]"),
    "questions": whole(0, 100),
    "note": text,
}

#: Fields that every indicator states; see `with_defaults` for what the others mean when left out.
REQUIRED = ("id", "title", "type", "scale", "survey", "counted", "source_note")


def with_defaults(given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of one indicator with the omitted ones filled in.

    A short title is the title; the part is kvalitet, the kind indikator, the tier bas; measured every year;
    published for riket, län, kommungrupp and kommun; sexes not told apart; the unit that of the scale. The
    disclosure threshold is five where persons or households are counted and none elsewhere. No direction is
    `ingen` (the rules let only a nyckeltal have that). A question of the kommunenkät is one question. Closeness to
    the user follows from type and survey in the quality part. Null or empty: the rest.
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
        "direction": Direction.INGEN,
        "questions": int(given["survey"] is Survey.KOMMUNENKAT),
    }
    if given.get("part", Part.KVALITET) is Part.KVALITET:
        defaults["closeness"] = usual_closeness(given["type"], given["survey"])
    optional = ("dimension", "yearly_until", "first_year", "last_year", "numerator", "denominator", "kolada")
    return {**dict.fromkeys(optional), **defaults, **given}
