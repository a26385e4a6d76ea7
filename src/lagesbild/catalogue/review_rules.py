"""The rules of the critical review of the indicators: one reviewed file, its faults told by line.

The rules are data (``data/catalogue/rules/oversyn.yml``): thresholds, wording, proposal, source, and the rows of the
2022 review (table B3.1) in which Socialstyrelsen drew a conclusion from the like. `lagesbild.methods.review` applies
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from lagesbild.catalogue.kinds import Survey
from lagesbild.catalogue.located import Located, read_located
from lagesbild.catalogue.mappings import Place, parsed_fields
from lagesbild.catalogue.parsers import Parser, flag, pattern, several, text, whole, word
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.errors import CatalogueError, Fault

RULES_FILE = "oversyn.yml"


class Measure(StrEnum):
    """What a rule looks at; columns of `lagesbild.methods.review_figures`."""

    SVARANDE = "svarande"  # percent of the kommuner asked that have answered
    UPPFYLLER = "uppfyller"  # percent of the kommuner with a result that meet the indicator
    VAXLAT = "vaxlat"  # percent whose answer went and came back
    ANDRAT = "andrat"  # percent whose answer differs from last time
    SPRIDNING = "spridning"  # from the 10th to the 90th percentile, percentage points
    ATERKOMMER = "aterkommer"  # rank correlation with the measurement before
    BETYG = "betyg"  # grade of the data, A 1 to D 4
    UTAN_RIKTNING = "utan_riktning"  # 1 where a direction is wanting
    VARIANTER = "varianter"  # questions of the same set in the kommunenkät


class Side(StrEnum):
    """Which way a threshold points."""

    MINST = "minst"
    HOGST = "hogst"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A consequence.

    Parameters
    ----------
    id, text
        Its name in the file, and its words.
    frekvens
        The rhythm it means (years between measurings), null where none.
    tar_bort
        Whether it ends the indicator without another in its place.
    """

    id: str
    text: str
    frekvens: int | None = None
    tar_bort: bool = False


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule; the fields are explained at the top of the file."""

    id: str
    namn: str
    matt: Measure
    sida: Side
    troskel: float
    ytterst: float
    matningar: int
    kommuner: int
    forslag: Proposal
    ord: str
    kalla: str
    vikt: float = 1.0
    riktning: bool = False
    svar: bool = False
    galler: tuple[Survey, ...] = ()
    fall: tuple[int, ...] = ()

    def met(self, value: float) -> bool:
        """Return whether a figure passes the threshold; never where it is not a number."""
        return value >= self.troskel if self.sida is Side.MINST else value <= self.troskel


@dataclass(frozen=True, kw_only=True)
class ReviewRules:
    """The rules in order of their weight, and the level from which a kommun meets a percentage."""

    rules: tuple[Rule, ...]
    level: float


def _number(found: Located) -> float:
    if isinstance(found.value, bool) or not isinstance(found.value, int | float):
        raise ValueError(f"{found.value!r} is no number", "a number")
    return float(found.value)


_WORD = pattern(r"[a-z]+(_[a-z]+)*", "small letters a-z and low lines")
_RULE: dict[str, Parser] = {
    "id": _WORD,
    "namn": text,
    "matt": word(Measure),
    "sida": word(Side),
    "troskel": _number,
    "ytterst": _number,
    "matningar": whole(1, 9),
    "kommuner": whole(0, 290),
    "forslag": _WORD,
    "ord": text,
    "kalla": text,
    "vikt": _number,
    "riktning": flag,
    "svar": flag,
    "galler": several(word(Survey), "surveys", "[kommunenkat]"),
    "fall": several(whole(1, 99), "rows", "[1, 14]"),
}
_OPTIONAL = ("vikt", "riktning", "svar", "galler", "fall")
_PROPOSAL: dict[str, Parser] = {"text": text, "frekvens": whole(2, 10), "tar_bort": flag}


@lru_cache(maxsize=4)
def load_review_rules(path: Path | None = None) -> ReviewRules:
    """Read the rules from `path`, the project's own where left out.

    Raises
    ------
    CatalogueError
        If the file breaks the schema; every fault is listed with its line.
    """
    path = path or catalogue_folder() / "rules" / RULES_FILE
    document, faults = read_located(path)
    place = Place(path.name)
    top = document.value if document is not None else None
    if not isinstance(top, dict) or set(top) != {"niva", "forslag", "regler"}:
        raise CatalogueError(
            "the rules of the review were refused",
            [*faults, place.fault(1, "", "the file has other keys", "niva, forslag and regler")],
        )
    level = 0.0
    try:
        level = _number(top["niva"])
    except ValueError as error:
        faults.append(place.fault(top["niva"].line, "niva", *error.args))
    proposals: dict[str, Proposal] = {}
    for name, item in _mapping(top["forslag"], "forslag", place, faults).items():
        values = _fields(item, _PROPOSAL, ("text",), place, faults)
        if values is not None:
            proposals[name] = Proposal(id=name, **values)
    rules: list[Rule] = []
    items = top["regler"].value if isinstance(top["regler"].value, list) else []
    if not items:
        faults.append(place.fault(top["regler"].line, "regler", "no list of rules"))
    for item in items:
        values = _fields(item, _RULE, tuple(name for name in _RULE if name not in _OPTIONAL), place, faults)
        if values is None:
            continue
        if values["forslag"] not in proposals:
            faults.append(place.fault(item.line, "forslag", f"no proposal {values['forslag']!r}"))
            continue
        if values["id"] in {rule.id for rule in rules}:
            faults.append(place.fault(item.line, "id", f"the rule {values['id']!r} stands twice"))
        if (values["ytterst"] < values["troskel"]) == (values["sida"] is Side.MINST) and (
            values["ytterst"] != values["troskel"]
        ):
            faults.append(place.fault(item.line, "ytterst", "lies on the wrong side of the threshold"))
        rules.append(Rule(**{**values, "forslag": proposals[values["forslag"]]}))
    if faults:
        raise CatalogueError("the rules of the review were refused", faults)
    return ReviewRules(rules=tuple(rules), level=level)


def _mapping(found: Located, name: str, place: Place, faults: list[Fault]) -> Mapping[str, Located]:
    if isinstance(found.value, dict):
        return found.value
    faults.append(place.fault(found.line, name, "no mapping of fields"))
    return {}


def _fields(
    item: Located, parsers: Mapping[str, Parser], required: tuple[str, ...], place: Place, faults: list[Fault]
) -> dict[str, Any] | None:
    """Return the parsed fields of one mapping, None if any is faulty or missing; the faults are added."""
    if not isinstance(item.value, dict):
        faults.append(place.fault(item.line, "", "no mapping of fields"))
        return None
    values, wrong = parsed_fields(item.value, parsers, place, required=required)
    missing = [name for name in required if name not in item.value]
    wrong += [place.fault(item.line, name, f"the field {name} is missing") for name in missing]
    faults += wrong
    return None if wrong else values
