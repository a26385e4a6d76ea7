"""What an observation may be about: regions that exist, coded as their level is, and units by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from lagesbild.catalogue.groups import kommungrupper, successor
from lagesbild.catalogue.regions import RIKET, kommuner_by_code, lan
from lagesbild.catalogue.vocabulary import Level
from lagesbild.observations.findings import Finding, Row, finding

#: What a region's code looks like at each level.
_CODES = {
    Level.RIKE: (RIKET, RIKET),
    Level.LAN: (r"\d{2}", "two digits of a län"),
    Level.KOMMUNGRUPP: (r"[A-C]\d", "a kommungrupp such as A1"),
    Level.KOMMUN: (r"\d{4}", "four digits of a kommun"),
    Level.STADSDEL: (r"\d{6}", "six digits, the kommun's four first"),
    Level.ENHET: (r"\d{4}|\d{6}", "the four or six digits of the unit's kommun or stadsdel"),
}


def place_findings(observations: pd.DataFrame) -> Iterator[Finding]:
    """Codes with the wrong number of digits, and kommuner, län and groups that don't exist."""
    pairs, shapes = pd.factorize(observations["level"] + "|" + observations["region"])
    verdicts = [_region_fault(*shape.split("|", 1)) for shape in shapes]
    wrong = np.array([verdict is not None for verdict in verdicts] + [False])[pairs]
    told = {shape: verdict for shape, verdict in zip(shapes, verdicts, strict=True) if verdict}

    def of(row: Row) -> tuple[str, str | None]:
        return told[f"{row['level']}|{row['region']}"]

    yield finding(wrong, lambda row: of(row)[0], column="region", action=lambda row: of(row)[1])
    is_unit = observations["level"].eq(Level.ENHET)
    named = observations["unit"].fillna("").ne("")
    yield finding(is_unit & ~named, "a unit without a name", column="unit")
    yield finding(~is_unit & named, "a unit named at level {level}", column="unit", expected="an empty cell")


def _region_fault(level: str, region: str) -> tuple[str, str | None] | None:
    """Return what is wrong with a region code at a level and what to do, or None."""
    if level not in _CODES:
        return None  # the schema tells it
    pattern, expected = _CODES[Level(level)]
    if not re.fullmatch(pattern, region):
        return f"{region!r} is no code at level {level} (expected {expected})", None
    if level in (Level.LAN, Level.KOMMUNGRUPP):
        known = {one.kod for one in lan()} if level == Level.LAN else _group_codes()
        return None if region in known else (f"there is no {level} {region}", None)
    if level == Level.RIKE or region[:4] in kommuner_by_code():
        return None
    new = successor(region[:4])
    action = f"Its code is {new} now" if new else "Check the code against data/registers/kommuner.csv"
    return f"there is no kommun {region[:4]}", action


def _group_codes() -> set[str]:
    """Return the codes of SKR's groups in the classifications that kommuner refer to."""
    return {one.kod for year in (2017, 2023) for one in kommungrupper(year)}
