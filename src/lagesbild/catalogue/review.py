"""The review of 2022: what Socialstyrelsen paused, removed, replaced and made new, and whether the catalogue says so.

Source: Socialstyrelsen, Öppna jämförelser i utveckling (2023), appendix 3, tables B3.1 and B3.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator, LifecycleState
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.errors import Fault

PAUSED_FILE = "paused.csv"
NEW_FILE = "new.csv"
#: The questions were left out of the survey of 2022; what the review led to holds from 2023.
PAUSE_YEAR = 2022
OUTCOME_YEAR = 2023
TABLE = "tabell B3.1"

_ANY = matching(r".*", "any text")
_IDS = matching(r"([a-z0-9-]+( [a-z0-9-]+)*)?", "ids with single spaces between")
_PAUSED_COLUMNS = {
    "row": matching(r"\d+", "a number"),
    "indicator": TEXT,
    "reason": TEXT,
    "result": TEXT,
    "footnote": _ANY,
    "state": matching("|".join(LifecycleState), "a state"),
    "frequency": matching(r"\d?", "years, or nothing"),
    "reason_words": TEXT,
    "catalogue_ids": matching(r"[a-z0-9-]+( [a-z0-9-]+)*", "at least one id"),
    "note": _ANY,
}
_NEW_COLUMNS = {
    "row": matching(r"\d+", "a number"),
    "indicator": TEXT,
    "areas": TEXT,
    "replaces": TEXT,
    "catalogue_ids": matching(r"[a-z0-9-]+( [a-z0-9-]+)*", "at least one id"),
    "replaced_ids": _IDS,
    "note": _ANY,
}


@dataclass(frozen=True)
class Review:
    """The rows of both tables, as typed; `catalogue_ids` says which indicators each is about."""

    paused: tuple[dict[str, str], ...]
    new: tuple[dict[str, str], ...]


def read_review(folder: Path | None = None) -> Review:
    """Read both tables from `folder` (the project's ``data/catalogue/review_2022`` where left out).

    Raises
    ------
    CatalogueError
        If a file is absent or a cell is wrong.
    """
    folder = folder or catalogue_folder() / "review_2022"
    paused = read_register(folder / PAUSED_FILE, _PAUSED_COLUMNS, key=("row",))
    return Review(tuple(paused), tuple(read_register(folder / NEW_FILE, _NEW_COLUMNS, key=("row",))))


def review_faults(review: Review, catalogue: Catalogue) -> Iterator[Fault]:
    """Yield each point on which the catalogue and the tables disagree.

    Every indicator of a row of B3.1 is paused in 2022 for the row's reason, and stands afterwards as the row's
    result says; a replaced indicator names the new one of B3.2 in its own area; and no indicator says that
    table B3.1 paused it without standing in a row of it.
    """
    by_id = {indicator.id: indicator for indicator in catalogue.indicators}
    told: set[str] = set()
    for number, row in enumerate(review.paused, start=2):
        for one in row["catalogue_ids"].split():
            told.add(one)
            for what in _paused(row, by_id.get(one)):
                yield Fault(what=what, file=PAUSED_FILE, row=number, indicator=one, expected=row["result"])
    for number, row in enumerate(review.new, start=2):
        new = set(row["catalogue_ids"].split())
        for one in sorted(new):
            for what in _new(row, by_id.get(one)):
                yield Fault(what=what, file=NEW_FILE, row=number, indicator=one)
        for one in row["replaced_ids"].split():
            if not any(_replaced_by(by_id.get(one)) == successor for successor in new if _same_area(successor, one)):
                what = "the catalogue names no successor of its own area in this row"
                yield Fault(what=what, file=NEW_FILE, row=number, indicator=one)
    for indicator in catalogue.indicators:
        paused = any(e.state is LifecycleState.PAUSAD and TABLE in (e.source or "") for e in indicator.lifecycle)
        if paused and indicator.id not in told:
            yield Fault(what="paused by table B3.1, but in no row of it", file=PAUSED_FILE, indicator=indicator.id)


def _paused(row: dict[str, str], indicator: Indicator | None) -> Iterator[str]:
    """Yield what the catalogue says otherwise than a row of B3.1."""
    if indicator is None:
        yield "no such indicator"
        return
    pause = next((e for e in indicator.lifecycle if e.year == PAUSE_YEAR), None)
    if pause is None or pause.state is not LifecycleState.PAUSAD:
        yield f"not paused in {PAUSE_YEAR}"
    elif row["reason_words"].lower() not in pause.reason.lower():
        yield f"paused for the reason {pause.reason!r}, not {row['reason']!r}"
    state = indicator.state_in(OUTCOME_YEAR)
    if state != row["state"]:
        yield f"{state} in {OUTCOME_YEAR}, not {row['state']}"
    if row["frequency"] and indicator.frequency != int(row["frequency"]):
        yield f"measured every {indicator.frequency} years, not every {row['frequency']}"


def _new(row: dict[str, str], indicator: Indicator | None) -> Iterator[str]:
    """Yield what the catalogue says otherwise than a row of B3.2 of a new indicator."""
    if indicator is None:
        yield "no such indicator"
        return
    if indicator.first_year is None or indicator.first_year < OUTCOME_YEAR:
        yield f"first measured in {indicator.first_year}, before {OUTCOME_YEAR}"
    names = {area.id: area.name for area in AREAS}
    if row["areas"] not in ("Samtliga områden inom socialtjänst", names[indicator.area]):
        yield f"an indicator of {names[indicator.area]}, not {row['areas']}"


def _replaced_by(indicator: Indicator | None) -> str | None:
    if indicator is None or indicator.state_in(OUTCOME_YEAR) is not LifecycleState.ERSATT_AV:
        return None
    return indicator.lifecycle[-1].successor


def _same_area(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]
