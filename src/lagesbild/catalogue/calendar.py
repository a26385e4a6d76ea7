"""The calendar of measuring and publication: what a source has said of when, and what nobody has said.

``data/registers/kalender.csv`` is reviewed: each row names who has said it and how sure it is. A day, a month or a
year is kept as it was given; where no date has been told the row says so, instead of a date that somebody guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.kinds import Survey
from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import CatalogueError, Fault

FILE = "kalender.csv"


class EventKind(StrEnum):
    """What happens."""

    INSAMLING = "insamling"
    PRELIMINAR = "preliminar"  # preliminary figures, before the final ones
    PUBLICERING = "publicering"
    LAGESRAPPORT = "lagesrapport"


class Certainty(StrEnum):
    """How sure the date is."""

    ANGIVET = "angivet"  # the source gives it as its date of publication
    PLANERAT = "planerat"  # a document has told it as a plan; whether it came so isn't known here
    OKANT = "okant"  # no date has been told


@dataclass(frozen=True, kw_only=True)
class Event:
    """One row of the calendar.

    Parameters
    ----------
    id
        Stable name.
    kind, certainty
        What, and how sure.
    when
        "2026-10-04", "2024-06", "2024", or empty where no date has been told.
    what
        For readers, in Swedish.
    survey
        Where the figures come from; null for what isn't of one survey.
    refers
        Year that the figures are of; null where none in particular.
    areas
        Ids of the areas.
    indicators
        How many of our indicators; 0 where none are counted.
    source
        Who has said it, and where.
    """

    id: str
    kind: EventKind
    when: str
    what: str
    survey: Survey | None
    refers: int | None
    areas: tuple[str, ...]
    indicators: int
    certainty: Certainty
    source: str

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of when it may come; null where no date has been told."""
        parts = [int(part) for part in self.when.split("-") if part]
        if not parts:
            return None
        if len(parts) == 3:
            return date(*parts), date(*parts)
        if len(parts) == 2:
            year, month = parts
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), after - timedelta(days=1)
        return date(parts[0], 1, 1), date(parts[0], 12, 31)


def _one_of(words: type[StrEnum], *, empty: bool = False) -> tuple[str, str]:
    return "|".join(map(str, words)) + ("|" if empty else ""), f"one of {', '.join(map(str, words))}"


#: The register's columns, in order, with the check of each.
COLUMNS = {
    "id": matching(r"[a-z0-9-]+", "small letters, digits and hyphens"),
    "slag": matching(*_one_of(EventKind)),
    "nar": matching(r"(\d{4}(-\d\d(-\d\d)?)?)?", "2026-10-04, 2026-10, 2026 or nothing"),
    "vad": TEXT,
    "undersokning": matching(*_one_of(Survey, empty=True)),
    "avser": matching(r"(\d{4})?", "a year or nothing"),
    "omraden": matching(rf"((?:{'|'.join(map(re.escape, AREA_IDS))})( |$))*", "ids of areas with spaces between"),
    "antal": matching(r"\d*", "a whole number or nothing"),
    "sakerhet": matching(*_one_of(Certainty)),
    "kalla": TEXT,
}


@lru_cache(maxsize=1)
def calendar_events() -> tuple[Event, ...]:
    """Return the calendar, what has a date first and in its order.

    Raises
    ------
    CatalogueError
        If the register is wrong; every fault with its row.
    """
    rows = read_register(registers_folder() / FILE, COLUMNS, key=("id",))
    events, faults = [], []
    for number, row in enumerate(rows, start=2):
        event = _event(row)
        what = _wrong(event)
        if what:
            faults.append(Fault(what=what, file=FILE, row=number, action="Correct nar or sakerhet"))
        events.append(event)
    if faults:
        raise CatalogueError("register refused", faults)
    return tuple(sorted(events, key=lambda event: (not event.when, event.when, event.id)))


def _event(row: dict[str, str]) -> Event:
    return Event(
        id=row["id"],
        kind=EventKind(row["slag"]),
        when=row["nar"],
        what=row["vad"],
        survey=Survey(row["undersokning"]) if row["undersokning"] else None,
        refers=int(row["avser"]) if row["avser"] else None,
        areas=tuple(row["omraden"].split()),
        indicators=int(row["antal"] or 0),
        certainty=Certainty(row["sakerhet"]),
        source=row["kalla"],
    )


def _wrong(event: Event) -> str:
    """Return what is wrong with a row as a whole, empty where nothing is."""
    if (event.certainty is Certainty.OKANT) != (not event.when):
        return "a date that is not known, or none that is"
    try:
        _ = event.days
    except ValueError:
        return f"{event.when} is no date"
    return ""
