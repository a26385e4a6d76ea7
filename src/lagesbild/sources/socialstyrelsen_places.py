"""From an observation back to the cells of Socialstyrelsen's workbooks that it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_place import ObservationKey
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.errors import InputError
from lagesbild.sources.found_cell import FoundCell, sheet_cell
from lagesbild.sources.mapping import normal
from lagesbild.sources.result import COUNT_COLUMNS
from lagesbild.sources.socialstyrelsen_cells import CellReader, clean
from lagesbild.sources.socialstyrelsen_columns import IndicatorColumns
from lagesbild.sources.socialstyrelsen_file import Gathered, ReadColumns, read_file

_NUMBER = "the cell's number (decimal comma or point, spaces between thousands left out)"


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadWorkbook:
    """A file as an import reads it, with the way back kept: the name of its mapping and what was read by which."""

    mapping: str
    columns: tuple[ReadColumns, ...]


def read_workbook(path: Path, *, catalogue: Catalogue) -> ReadWorkbook:
    """Read one file as an import reads it.

    Raises
    ------
    InputError
        If the file can't be read any more.
    """
    gathered = Gathered(catalogue=catalogue, read=[])
    read_file(path, gathered)
    if gathered.faults:
        raise InputError(f"{path.name} refused", gathered.faults)
    mapping = next((one.file for one in gathered.mappings.values() if one is not None), "no mapping")
    return ReadWorkbook(mapping=mapping, columns=tuple(gathered.read or ()))


def workbook_cells(workbook: ReadWorkbook, key: ObservationKey) -> list[FoundCell]:
    """Return the cells of one observation, the figure's own first; none where the file hasn't the figure."""
    for read in workbook.columns:
        if (read.columns.indicator.id, read.columns.sex) != (key.indicator, key.sex):
            continue
        figures = read.figures
        same = (figures["level"] == key.level) & (figures["region"] == key.region) & (figures["unit"] == key.unit)
        for at in np.flatnonzero(same & (figures["year"] == key.year)):
            return list(_cells(read, int(at), workbook.mapping))
    return []


def _cells(read: ReadColumns, at: int, mapping: str) -> Iterator[FoundCell]:
    row, columns = int(read.figures["row"][at]) - 1, read.columns

    def cell(field: str, column: str, rule: str) -> FoundCell:
        place = columns.places[column]
        tied = f"{rule}; the column's head is tied to it in {mapping}, line {columns.mapped[column].line}"
        return sheet_cell(read.sheet, row=row, place=place, head=read.table.heads[place], field=field, rule=tied)

    raw = read.sheet.rows[row][columns.places["value"]]
    own, rule = _figure(columns, read, at, raw)
    yield cell(own, "value", rule)
    asked_unit = own == "value" and CellReader().read([raw], columns.mapped["value"].answers).answer[0] is not None
    for name in COUNT_COLUMNS:
        if name in ("numerator", "denominator") and asked_unit:
            told = "1 for ja, else 0" if name == "numerator" else "1: the unit is one of one"
            yield cell(name, "value", told)
        elif name in columns.places:
            yield cell(name, name, _NUMBER)
        elif name == "denominator" and {"numerator", "n_answers"} <= set(columns.places):
            yield cell(name, "n_answers", f"those who answered are the denominator: {_NUMBER}")


def _figure(columns: IndicatorColumns, read: ReadColumns, at: int, raw: object) -> tuple[str, str]:
    """Return what the cell of the figure itself gave, and how."""
    status, answer = read.figures["status"][at], read.figures["answer"][at]
    said = columns.mapped["value"].answers.get(normal(raw))
    by = f"the mapping reads {clean(raw)!r} so" if said is not None else "its own word"
    if status != Status.OK.value:
        return "status", f"a mark: {status} ({by if said is not None else 'a mark that all files share'})"
    if answer is not None:
        return "answer", f"the answer {answer} ({by})"
    if read.figures["level"][at] == Level.ENHET.value and not np.isfinite(CellReader().read([raw]).number[0]):
        return "value", f"a unit's answer to what its kommun has a percent of units for: 100 for ja, else 0 ({by})"
    return "value", _NUMBER
