"""An inline value or a claim from its options: what must be there, and what goes together."""

from __future__ import annotations

import re

from lagesbild.catalogue.prose_options import SEXES, Options
from lagesbild.catalogue.prose_parts import RIKET, TO_REVIEW, Claim, Piece, Place, Says, Show, Value
from lagesbild.catalogue.vocabulary import Level, Sex

#: Options of an inline value, and of a claim.
VALUE_OPTIONS = ("kon", "kommungrupp", "lan", "kommun", "sedan", "visa", "enhet")
CLAIM_OPTIONS = (
    *("indikator", "kommungrupp", "lan", "kommun", "kon", "ar", "riktning", "sedan", "jamfort", "an", "rang"),
    *("over", "under", "sakerstallt"),
)
WAYS = {
    Says.RIKTNING: ("okat", "minskat", "battre", "samre", "oforandrat"),
    Says.JAMFORT: ("hogre", "lagre", "battre", "samre"),
    Says.RANG: ("hogst", "lagst"),
}
#: Claims that must be more than chance gives unless they say otherwise.
SECURED = frozenset({Says.RIKTNING, Says.JAMFORT})


def read_value(options: Options) -> Value | None:
    """Return the inline value that some options describe; None, with faults noted, where they describe none."""
    words = [word for word in options.words if word != TO_REVIEW]
    place = options.place()
    if "riket" in words:
        words.remove("riket")
        if place not in (None, RIKET):
            options.fault("both riket and another place", action="Keep one of them")
    if len(words) != 2:
        expected = "{{< varde indicator riket 2024 >}}, or kommungrupp=, lan= or kommun= in place of riket"
        options.fault("an inline value is an indicator, a place and a year, in words", expected=expected)
        return None
    indicator, year, sex = options.indicator(words[0]), options.year(words[1]), options.sex()
    since = options.year(options.named.get("sedan"))
    show = options.choice("visa", {str(one): one for one in Show})
    show = show or (Show.SKILLNAD if since else Show.VARDE)
    if (show is Show.SKILLNAD) != ("sedan" in options.named):
        options.fault("a change needs both years", expected="the year, and sedan=2019", action="Give sedan")
    unit = options.choice("enhet", {"ja": True, "nej": False})
    if since is not None and year is not None and since >= year:
        options.fault(f"sedan={since} is not before {year}", action="Give an earlier year")
    if options.faults or indicator is None or year is None or place is None:
        return None
    return Value(
        line=options.line,
        indicator=indicator,
        place=place,
        year=year,
        sex=sex,
        show=show,
        since=since,
        unit=unit is not False,
        review=TO_REVIEW in options.words,
    )


def read_claim(options: Options, pieces: tuple[Piece, ...]) -> Claim | None:
    """Return the claim that some options describe; None, with faults noted, where they describe none."""
    for word in options.words:
        options.fault(f"{word!r} is no option of a claim", expected="name=value", action="Mend or remove it")
    indicator = options.indicator(options.named.get("indikator", ""))
    place, sex, year = options.place(), options.sex(), options.year(options.named.get("ar"))
    said = [one for one in Says if one.value in options.named]
    if len(said) != 1:
        kinds = ", ".join(f"{one}=" for one in Says)
        options.fault(f"a claim says one thing, this says {len(said)}", expected=f"one of {kinds}")
        return None
    says = said[0]
    way = options.choice(says.value, {word: word for word in WAYS[says]}) if says in WAYS else ""
    since = options.year(options.named.get("sedan"))
    if (says is Says.RIKTNING) != ("sedan" in options.named):
        options.fault("sedan belongs to a change, and every change needs it", expected="riktning=okat sedan=2019")
    if (says is Says.JAMFORT) != ("an" in options.named):
        options.fault("an belongs to a comparison, and every comparison needs it", expected="jamfort=hogre an=riket")
    if says is Says.RANG and place is not None and place.level not in (Level.KOMMUNGRUPP, Level.LAN):
        options.fault("only a kommungrupp or a län can be the highest or lowest", expected="kommungrupp= or lan=")
    than, level = _than(options), _level(options, says)
    secured = options.choice("sakerstallt", {"ja": True, "nej": False})
    if options.faults or indicator is None or place is None or way is None:
        return None
    return Claim(
        line=options.line,
        pieces=pieces,
        indicator=indicator,
        place=place,
        year=year,
        sex=sex,
        says=says,
        way=way,
        since=since,
        than=than,
        level=level,
        secured=says in SECURED if secured is None else secured,
        review=TO_REVIEW in options.marks,
    )


def _than(options: Options) -> Place | Sex | None:
    given = options.named.get("an")
    if given is None:
        return None
    if given == "riket":
        return RIKET
    if given in SEXES:
        return SEXES[given]
    kind, _, code = given.partition(":")
    return options.place_called(kind, code)


def _level(options: Options, says: Says) -> float | None:
    if says not in (Says.OVER, Says.UNDER):
        return None
    given = options.named[says.value].replace(",", ".")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", given):
        options.fault(f"{given!r} is no level", expected="a number in the indicator's unit")
        return None
    return float(given)
