"""Which region and unit each row of a table is about, and what is wrong with that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.groups import successor
from lagesbild.catalogue.regions import RIKET, kommuner, lan, stadsdelar
from lagesbild.catalogue.vocabulary import Level
from lagesbild.errors import Fault
from lagesbild.sources.socialstyrelsen_cells import clean
from lagesbild.sources.socialstyrelsen_layout import Sheet, Table, is_source_line

# "Riket Offentlig" and "Riket Enskild" split riket by who runs the unit; the observation table has no such part.
_PART_OF_RIKET = re.compile(r"^riket\W+(offentlig|enskild)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """What the data rows of a table are about, as arrays; `place` is the row on the sheet, from zero."""

    place: NDArray[np.int64]
    level: NDArray[np.object_]
    region: NDArray[np.object_]
    unit: NDArray[np.object_]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.place)


def read_rows(sheet: Sheet, table: Table) -> tuple[Rows, list[Fault]]:
    """Return what the data rows are about, and the faults in that.

    Rows without any text, the source line and the parts of riket are left out.
    """
    found: list[tuple[int, str, str, str]] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for number in range(table.head_row + 1, len(sheet.rows)):
        row = sheet.rows[number]
        name = clean(row[table.name]) if table.name is not None else ""
        if is_source_line(row) or _PART_OF_RIKET.match(name) or not any(clean(cell) for cell in row):
            continue
        code = clean(row[table.code])
        region = _region(code, name)
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
        faults.append(sheet.fault("the table has no rows", row=table.head_row))
    columns = list(zip(*found, strict=True)) or [()] * 4
    place = np.array(columns[0], dtype=np.int64)
    level_, region_, unit_ = (np.array(one, dtype=np.object_) for one in columns[1:])
    return Rows(place=place, level=level_, region=region_, unit=unit_), faults


@lru_cache(maxsize=1)
def _known() -> Mapping[str, Level]:
    """Return the level of every region code."""
    levels = {one.kod: Level.LAN for one in lan()}
    levels |= {one.kod: Level.KOMMUN for one in kommuner()}
    levels |= {one.kod: Level.STADSDEL for one in stadsdelar()}
    return MappingProxyType(levels)


def _region(code: str, name: str) -> tuple[Level, str] | str:
    """Return level and region of a row, or what is wrong; a code that lost its leading zero gets it back."""
    if name.casefold() == "riket" and code in ("", "0", "00", RIKET):
        return Level.RIKE, RIKET
    if not code:
        return "the row has no code"
    whole = code.zfill(len(code) + len(code) % 2)
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
