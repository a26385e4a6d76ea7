"""Which region and unit each row of a table is about, and what is wrong with that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.groups import successor
from lagesbild.catalogue.regions import RIKET, kommuner, lan, stadsdelar
from lagesbild.catalogue.vocabulary import Level
from lagesbild.errors import Fault
from lagesbild.sources.mapping import normal
from lagesbild.sources.socialstyrelsen_cells import clean, whole_code
from lagesbild.sources.socialstyrelsen_columns import IndicatorColumns
from lagesbild.sources.socialstyrelsen_layout import Sheet, Table, is_source_line

#: "Riket Offentlig" and "Riket Enskild" split riket by who runs the unit; the observation table has no such part.
_PART = re.compile(r"\b(offentlig|enskild)( regi)?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """What the data rows of a table are about, as arrays; `place` is the row on the sheet, from zero.

    `n_brown` and `n_parts` count rows that were left out: units put together from departments, and parts of a
    region by who runs the units.
    """

    place: NDArray[np.int64]
    level: NDArray[np.object_]
    region: NDArray[np.object_]
    unit: NDArray[np.object_]
    n_brown: int = 0
    n_parts: int = 0

    def only(self, kept: NDArray[np.bool_]) -> Rows:
        """Return the rows that are kept."""
        return replace(
            self, place=self.place[kept], level=self.level[kept], region=self.region[kept], unit=self.unit[kept]
        )

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.place)


def read_rows(sheet: Sheet, table: Table) -> tuple[Rows, list[Fault]]:
    """Return what the data rows are about, and the faults in that.

    Rows without any text, the source line, brown rows, and the parts of a region that are Offentlig or Enskild
    alone are left out.
    """
    found: list[tuple[int, str, str, str]] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    n_brown = n_parts = 0
    for number in range(table.first_data_row, len(sheet.rows)):
        row = sheet.rows[number]
        name = clean(row[table.name]) if table.name is not None else ""
        if is_source_line(row) or not any(clean(cell) for cell in row):
            continue
        if sheet.brown and number in sheet.brown:
            n_brown += 1
            continue
        if is_part(row, table):
            n_parts += 1
            continue
        code = clean(row[table.code])
        region = region_of(code, name)
        if isinstance(region, str):
            faults.append(_unknown(region, code, sheet, number, table.code))
            continue
        unit = ", ".join(text for place in table.units if (text := clean(row[place])))
        level = Level.ENHET if table.units else region[0]
        key = (region[1], unit)
        if level is Level.ENHET and not unit:
            faults.append(sheet.fault("the unit has no name", row=number, column=table.units[0], region=key[0]))
        elif key in seen:
            what = f"the same {'unit' if unit else 'region'} stands already in row {seen[key]}"
            faults.append(sheet.fault(what, row=number, region=key[0], action="Keep one of the rows"))
        else:
            seen[key] = number + 1
            found.append((number, level.value, *key))
    if not found and not faults:
        faults.append(sheet.fault("the table has no rows", row=table.head_rows[1]))
    columns = list(zip(*found, strict=True)) or [()] * 4
    place = np.array(columns[0], dtype=np.int64)
    level_, region_, unit_ = (np.array(one, dtype=np.object_) for one in columns[1:])
    return Rows(place=place, level=level_, region=region_, unit=unit_, n_brown=n_brown, n_parts=n_parts), faults


def is_part(row: Sequence[object], table: Table) -> bool:
    """Return whether a row of a sheet of regions is about the units of one regi alone."""
    if table.units:
        return False
    name = clean(row[table.name]) if table.name is not None else ""
    regi = clean(row[table.regi]) if table.regi is not None else ""
    return _PART.search(name) is not None or _PART.search(regi) is not None


def rows_left_out(sheet: Sheet, rows: Rows) -> Iterator[tuple[int, str]]:
    """Yield how many rows of a table were left out, and why; what the format hides is told too."""
    if rows.n_brown:
        yield rows.n_brown, "brown rows: units put together from departments that have rows of their own"
    if rows.n_parts:
        yield rows.n_parts, "rows of Offentlig or Enskild regi alone: the observation table has no such part"
    if sheet.brown is None and (rows.level == Level.ENHET.value).any():
        yield 0, "the file's format does not tell fills: whether rows are brown is unknown"


def choose_units(sheet: Sheet, table: Table, rows: Rows, columns: IndicatorColumns) -> tuple[Rows, list[Fault]]:
    """Return the rows that the mapping's filter of units lets through; all of them where it has none."""
    chosen, faults = np.ones(len(rows), dtype=np.bool_), []
    for head, texts in columns.mapped["value"].units.items() if "value" in columns.mapped else ():
        place = next((one.place for one in table.figures if normal(one.head) == head), None)
        if place is None:
            what = f"the mapping filters units by the column {head!r}, which is not on the sheet"
            faults.append(sheet.fault(what, indicator=columns.indicator.id, action="Correct the mapping"))
            continue
        chosen &= np.array([normal(sheet.rows[row][place]) in texts for row in rows.place], dtype=np.bool_)
    return rows.only(chosen), faults


@lru_cache(maxsize=1)
def _known() -> Mapping[str, Level]:
    """Return the level of every region code."""
    levels = {one.kod: Level.LAN for one in lan()}
    levels |= {one.kod: Level.KOMMUN for one in kommuner()}
    levels |= {one.kod: Level.STADSDEL for one in stadsdelar()}
    return MappingProxyType(levels)


def region_of(code: str, name: str) -> tuple[Level, str] | str:
    """Return level and region of a row, or what is wrong; a code that lost its leading zero gets it back."""
    if name.casefold() == "riket" and code in ("", "0", "00", RIKET):
        return Level.RIKE, RIKET
    if not code:
        return "the row has no code"
    whole = whole_code(code)
    level = _known().get(whole)
    return f"{code!r} is no known region code" if level is None else (level, whole)


def _unknown(what: str, code: str, sheet: Sheet, row: int, column: int) -> Fault:
    new_code = successor(code)
    action = f"{code} was replaced by {new_code}; use the new code" if new_code else "Correct the code or the row"
    return sheet.fault(
        what,
        row=row,
        column=column,
        region=code or None,
        expected="two digits for a län, four for a kommun, six for a stadsdel, none for riket",
        action=action,
    )
