"""From an observation back to the cells of the own file that it was read from."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_place import ObservationKey
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY, Status
from lagesbild.errors import InputError
from lagesbild.sources.found_cell import FoundCell, sheet_cell
from lagesbild.sources.result import COUNT_COLUMNS
from lagesbild.sources.socialstyrelsen_cells import clean
from lagesbild.sources.tidy import read_own_file
from lagesbild.sources.tidy_columns import TIDY_COLUMNS
from lagesbild.sources.tidy_row import TidyRow

_HEADS = {column.field: column.head for column in TIDY_COLUMNS}
_NUMBER = "the cell's number (decimal comma or point, spaces between thousands left out)"


#: The rows of an own file, by what names an observation.
OwnRows: TypeAlias = dict[tuple[object, ...], TidyRow]


def own_rows(path: Path, *, catalogue: Catalogue) -> OwnRows:
    """Read one file as an import reads it.

    Raises
    ------
    InputError
        If the file can't be read any more.
    """
    rows, faults = read_own_file(path, catalogue=catalogue)
    if faults:
        raise InputError(f"{path.name} refused", faults)
    return {tuple(row.observation[name] for name in OBSERVATION_KEY): row for row in rows}


def own_file_cells(rows: OwnRows, key: ObservationKey) -> list[FoundCell]:
    """Return the cells of one observation, the figure's own first; none where the file hasn't the figure."""
    row = rows.get(tuple(getattr(key, name) for name in OBSERVATION_KEY))
    return [] if row is None else _cells(row)


def _cells(row: TidyRow) -> list[FoundCell]:
    def cell(field: str, column: str, rule: str) -> FoundCell:
        place = row.places[column]
        return sheet_cell(row.sheet, row=row.at, place=place, head=_HEADS[column], field=field, rule=rule)

    def says(column: str) -> bool:
        return column in row.places and clean(row.sheet.rows[row.at][row.places[column]]) != ""

    status = row.observation["status"]
    if status != Status.OK.value:
        column = "status" if says("status") else "value"
        found = [cell("status", column, f"the word or mark for {status}")]
    elif row.observation["answer"] is not None:
        found = [cell("answer", "answer", f"the answer {row.observation['answer']}")]
    else:
        found = [cell("value", "value", _NUMBER)]
    return [*found, *(cell(name, name, _NUMBER) for name in COUNT_COLUMNS if says(name))]
