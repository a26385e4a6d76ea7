"""One row of an analyst's file: what it says, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import kommun
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.errors import Fault, ParameterError
from lagesbild.sources.socialstyrelsen_cells import read_cell, shown
from lagesbild.sources.socialstyrelsen_layout import Sheet

_PLAIN = str.maketrans("åäöé", "aaoe")
_YEARS = range(1990, 2101)
#: Scales that have no figures below zero; on others a target may be negative (a deviation from an expected cost).
_NEVER_NEGATIVE = frozenset({Scale.DAGAR, Scale.ANTAL})


@dataclass(kw_only=True)
class AnalystCells:
    """The texts of one row by head, where they stand, and the faults found in them.

    Parameters
    ----------
    sheet, at
        Where the row stands; `at` counts from zero.
    texts, places
        Clean text and column of each head.
    """

    sheet: Sheet
    at: int
    texts: dict[str, str]
    places: dict[str, int]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, head: str, what: str, expected: str | None = None, action: str | None = None) -> None:
        """Note what is wrong with a cell."""
        place = self.places[head]
        self.faults.append(self.sheet.fault(what, row=self.at, column=place, expected=expected, action=action))

    def region(self) -> str:
        """Return the code of the row's kommun, given by code or name."""
        given = self.texts["kommun"]
        if not given:
            self.fault("kommun", "no kommun is given", "a kommun's code or name")
            return ""
        try:
            return kommun(given).kod
        except ParameterError as error:
            self.fault("kommun", f"unknown kommun {shown(given)!r}", "a kommun's code or name", did_you_mean(error))
            return ""

    def year(self, head: str) -> int:
        """Return the row's year."""
        given = self.texts[head]
        if not re.fullmatch(r"\d{4}", given) or int(given) not in _YEARS:
            self.fault(head, f"{shown(given)!r} is no year", "four digits")
            return 0
        return int(given)


#: Reads a row: its values by column of the frame. Faults are noted in the cells; the values then mean nothing.
RowReader: TypeAlias = Callable[[AnalystCells, Catalogue], dict[str, object]]


def plain(text: str) -> str:
    """Return a head or word in small letters without å, ä, ö ("Målvärde" is "malvarde")."""
    return text.casefold().rstrip(".:").translate(_PLAIN)


def did_you_mean(error: ParameterError) -> str:
    """Return what to do about an unknown name: the nearest known one."""
    return f"Did you mean {error.suggestions[0]}?" if error.suggestions else "Correct the cell"


def user_row(cells: AnalystCells, catalogue: Catalogue) -> dict[str, object]:
    """Return whether a kommun uses öppna jämförelser of an area."""
    areas = {name: one.id for one in AREAS for name in (one.id, plain(one.name))}
    given = cells.texts["area"]
    if plain(given) not in areas:
        error = ParameterError("area", plain(given), areas)
        cells.fault("area", f"unknown area {shown(given)!r}", "one of the ten areas", did_you_mean(error))
    uses = {"ja": True, "nej": False}.get(cells.texts["anvander"].casefold())
    if uses is None:
        action = "Leave the row out where it is not known"
        cells.fault("anvander", f"{shown(cells.texts['anvander'])!r} is neither ja nor nej", "ja or nej", action)
    region, year = cells.region(), cells.year("ar")
    return {"area": areas.get(plain(given)), "region": region, "user": uses, "year": year}


def target_row(cells: AnalystCells, catalogue: Catalogue) -> dict[str, object]:
    """Return the target that a kommun has for an indicator."""
    known = {one.id: one for one in catalogue.indicators}
    given = cells.texts["indikator"]
    indicator = known.get(given)
    if indicator is None:
        error = ParameterError("indicator", given, known)
        action = did_you_mean(error) if error.suggestions else "See `lagesbild indicators`"
        cells.fault("indikator", f"the catalogue has no indicator {shown(given)!r}", "an id of the catalogue", action)
    target = _target(cells, indicator)
    region, year = cells.region(), cells.year("malar")
    decided = _decided(cells, year)
    by = cells.texts["beslutad_av"]
    return {
        "indicator": given,
        "region": region,
        "target": target,
        "year": year,
        "decided_by": by,
        "decided": decided,
    }


def own_group_row(cells: AnalystCells, catalogue: Catalogue) -> dict[str, object]:
    """Return that a kommun belongs to a group of the analyst's."""
    group = cells.texts["grupp"]
    if not group:
        cells.fault("grupp", "no group is given", "a name for the group")
    return {"group": group, "region": cells.region()}


def _decided(cells: AnalystCells, year: int) -> str:
    """Return when a target was decided, as a date or a year; empty where the file doesn't tell."""
    given = cells.texts["beslutad"]
    if not given:
        return ""
    try:
        date.fromisoformat(given if "-" in given else f"{given}-01-01")
    except ValueError:
        cells.fault("beslutad", f"{shown(given)!r} is no date", "a date (2024-03-12) or a year")
        return ""
    if year and int(given[:4]) > year:
        cells.fault("beslutad", f"decided {given}, after the target's year {year}", action="Correct one of them")
    return given


def _target(cells: AnalystCells, indicator: Indicator | None) -> float | None:
    """Return a target value: a number on the indicator's scale, or for answers 100 (ja) and 0 (nej)."""
    given = cells.texts["malvarde"]
    cell = read_cell(given)
    if indicator is not None and indicator.is_answer:
        if cell.answer not in (Answer.JA, Answer.NEJ):
            cells.fault("malvarde", f"målvärde {shown(given)!r} is no answer, as {indicator.id} is", "ja or nej")
            return None
        return 100.0 if cell.answer is Answer.JA else 0.0
    if cell.number is None:
        cells.fault("malvarde", f"målvärde {shown(given)!r} is no number", "a number on the indicator's scale")
    elif indicator is not None and indicator.scale is Scale.PROCENT and not 0 <= cell.number <= 100:
        cells.fault("malvarde", f"målvärde {cell.number:g} is no percentage", "0-100")
    elif indicator is not None and indicator.scale in _NEVER_NEGATIVE and cell.number < 0:
        cells.fault("malvarde", f"målvärde {cell.number:g} is below zero", "0 or more")
    return cell.number
