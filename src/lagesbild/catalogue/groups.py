"""Groups of kommuner (SKR's kommungrupper, size classes) and the kommuner's former codes and names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import ParameterError

#: The years of the classifications on file; 2011 is superseded and has no members here.
GROUP_YEARS = (2011, 2017, 2023)

#: Upper bounds (inhabitants, not included) and names of the size classes, smallest first.
_SIZE_CLASSES = (
    (10_000, "färre än 10 000 invånare"),
    (15_000, "10 000–14 999 invånare"),
    (30_000, "15 000–29 999 invånare"),
    (50_000, "30 000–49 999 invånare"),
    (100_000, "50 000–99 999 invånare"),
    (200_000, "100 000–199 999 invånare"),
)
_LARGEST = "200 000 invånare eller fler"


@dataclass(frozen=True, kw_only=True)
class Kommungrupp:
    """One of SKR's groups of similar kommuner.

    Parameters
    ----------
    kod, namn, description
        "A1", "Storstäder", and what puts a kommun there.
    year
        Year of the classification.
    size
        Number of kommuner in it.
    """

    kod: str
    namn: str
    description: str
    year: int
    size: int


@dataclass(frozen=True, kw_only=True)
class FormerKommun:
    """A change of a kommun's code, name or area.

    Parameters
    ----------
    kod, namn, lan
        Code and name before the change, and the name of the län then.
    successor
        Code after the change; at an utbrytning the code of the kommun that left.
    year
        The first year of the new order (changes come on 1 January).
    event
        "ny_kod" (same area, new code), "utbrytning" (a part became a kommun of its own) or "nytt_namn".
    note
        For readers.
    """

    kod: str
    namn: str
    lan: str
    successor: str
    year: int
    event: str
    note: str


@lru_cache(maxsize=len(GROUP_YEARS))
def kommungrupper(year: int = 2023) -> tuple[Kommungrupp, ...]:
    """Return SKR's kommungrupper of the classification of `year`.

    The classification of 2011 (ten groups, the analysis handbook of 2012 uses it) is kept as a note on
    what older reports mean; it is superseded and no kommun refers to it.

    Raises
    ------
    ParameterError
        If there is no classification of that year.
    """
    if year not in GROUP_YEARS:
        raise ParameterError("kommungruppsindelning", year, [str(known) for known in GROUP_YEARS])
    columns = {
        "kod": matching(r"[ABC]\d|\d{1,2}", "a group's code"),
        "namn": TEXT,
        "beskrivning": TEXT,
        "antal": matching(r"[1-9]\d*", "a whole number"),
    }
    rows = read_register(registers_folder() / f"kommungrupper_{year}.csv", columns)
    return tuple(
        Kommungrupp(
            kod=row["kod"],
            namn=row["namn"],
            description=row["beskrivning"],
            year=year,
            size=int(row["antal"]),
        )
        for row in rows
    )


def kommungrupp(kod: str, year: int = 2023) -> Kommungrupp:
    """Return one kommungrupp by its code ("A2").

    Raises
    ------
    ParameterError
        If there is none in the classification of `year`.
    """
    for group in kommungrupper(year):
        if group.kod == kod:
            return group
    raise ParameterError("kommungrupp", kod, [group.kod for group in kommungrupper(year)])


@lru_cache(maxsize=1)
def former_kommuner() -> tuple[FormerKommun, ...]:
    """Return the changes of codes, names and areas since 1995, oldest first."""
    columns = {
        "kod": matching(r"\d{4}", "four digits"),
        "namn": TEXT,
        "lan": TEXT,
        "efterfoljare": matching(r"\d{4}", "four digits"),
        "ar": matching(r"(19|20)\d\d", "a year"),
        "handelse": matching(r"ny_kod|utbrytning|nytt_namn", "ny_kod, utbrytning or nytt_namn"),
        "anmarkning": TEXT,
    }
    rows = read_register(registers_folder() / "former_kommuner.csv", columns, key=("kod", "ar"))
    return tuple(
        FormerKommun(
            kod=row["kod"],
            namn=row["namn"],
            lan=row["lan"],
            successor=row["efterfoljare"],
            year=int(row["ar"]),
            event=row["handelse"],
            note=row["anmarkning"],
        )
        for row in rows
    )


def successor(kod: str, year: int | None = None) -> str | None:
    """Return the code that a kommun's former code became, or null if it never changed.

    Only a changed code counts: after an utbrytning the old kommun lives on under its own code.

    Parameters
    ----------
    kod
        The code as found ("1917").
    year
        Ask whether the code was replaced in or before that year; null asks about today.
    """
    for change in former_kommuner():
        if change.event == "ny_kod" and change.kod == kod and (year is None or year >= change.year):
            return change.successor
    return None


def size_class(folkmangd: int) -> str:
    """Return the size class of a kommun with `folkmangd` inhabitants, in words.

    Raises
    ------
    ValueError
        If `folkmangd` is negative.
    """
    if folkmangd < 0:
        raise ValueError(f"folkmangd is {folkmangd}; a number of inhabitants is never negative")
    return next((name for bound, name in _SIZE_CLASSES if folkmangd < bound), _LARGEST)
