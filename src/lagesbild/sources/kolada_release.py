"""What a dump of Kolada says of itself: everything or only changes, and of which release."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagesbild.errors import Fault, ParameterError

#: The file that says it; a dump without one is whole, and its release not told.
NOTE = "dump.json"

_DATE = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, kw_only=True)
class Release:
    """Which release of the source a dump is.

    Parameters
    ----------
    date
        ISO date of the release, null where the dump doesn't tell.
    from_date
        The dump holds only what the source changed from this date on; null for a whole dump.
    """

    date: str | None = None
    from_date: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReadRelease:
    """A note as read, and what is wrong with it."""

    release: Release
    faults: tuple[Fault, ...]


def read_release(path: Path) -> ReadRelease:
    """Read ``dump.json``: an object with `release` and `from_date`, each a date, null or left out."""
    if not path.exists():
        return ReadRelease(release=Release(), faults=())
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        note = None
    if not isinstance(note, dict):
        fault = Fault(what="the file is no JSON object", file=str(path), action="Fetch the dump again")
        return ReadRelease(release=Release(), faults=(fault,))
    found = {name: note.get(name) for name in ("release", "from_date")}
    # A misspelt from_date would let a dump of changes take the place of everything.
    faults = tuple(
        Fault(what=f"unknown field {name!r}", file=str(path), expected="release, from_date", action="Correct the name")
        for name in note
        if name not in found
    )
    faults += tuple(
        Fault(what=f"{name} {value!r} is no date", file=str(path), expected="year-month-day, as 2026-03-01")
        for name, value in found.items()
        if value is not None and not is_date(value)
    )
    return ReadRelease(release=Release(date=found["release"], from_date=found["from_date"]), faults=faults)


def release_note(release: Release) -> str:
    """Return the text of ``dump.json``."""
    return json.dumps({"release": release.date, "from_date": release.from_date}, indent=2) + "\n"


def is_date(value: object) -> bool:
    """Return whether a value is a date as year-month-day."""
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def checked_date(name: str, value: str | None) -> str | None:
    """Return a date that the user gave, or null.

    Raises
    ------
    ParameterError
        If it is no date.
    """
    if value is not None and not is_date(value):
        raise ParameterError(name, value, ["year-month-day, as 2026-03-01"])
    return value


def published(kpis: pd.DataFrame, last_years: dict[str, int]) -> str | None:
    """Return the date of a release from the source's own calendar, or null where it doesn't tell.

    Kolada says of each KPI which period is published on which date. Where the dump has values of that period,
    the date has come; the latest such date is that of the release, or the last before it. Never the clock: the
    same dump gives the same date on any day.

    Parameters
    ----------
    kpis
        ``kpi.csv``, with `id`, and `publication_date` and `publ_period` where the dump has them.
    last_years
        The last year with a value, by KPI.
    """
    if not {"publication_date", "publ_period"} <= set(kpis):
        return None
    dates = [
        str(one["publication_date"])
        for one in kpis.to_dict("records")
        if is_date(one["publication_date"])
        and str(one["publ_period"]).removesuffix(".0").isdecimal()
        and last_years.get(str(one["id"]), 0) >= int(str(one["publ_period"]).removesuffix(".0"))
    ]
    return max(dates, default=None)
