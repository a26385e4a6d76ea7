"""Find the table on a sheet: where its heads stand, which columns name the row, where the data end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from lagesbild.errors import Fault
from lagesbild.sources.socialstyrelsen_cells import clean

#: Heads stand within the first rows; titles and merged group heads come before them.
_SEARCHED_ROWS = 12
_CODE_HEAD = re.compile(r"^(läns|kommun|stadsdels?)[-/\w]*kod$", re.IGNORECASE)
_NAME_HEAD = re.compile(r"(kommunnamn|rike.*kommun|^kommun$|stadsdelsnamn)", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"^enhet(ens|s)?\b.*namn", re.IGNORECASE)
_TEXT_SHEET = re.compile(r"^(information|om\b|innehåll|läs mig|förklaring)", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"^källa\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The cells of one sheet, from its first row and column on, all rows of one width."""

    file: str
    name: str
    rows: Sequence[Sequence[object]]

    def fault(
        self,
        what: str,
        *,
        row: int | None = None,
        column: int | None = None,
        indicator: str | None = None,
        region: str | None = None,
        expected: str | None = None,
        action: str | None = None,
    ) -> Fault:
        """Return a fault at a place on this sheet; `row` and `column` count from zero."""
        return Fault(
            what=what,
            file=self.file,
            sheet=self.name,
            row=None if row is None else row + 1,
            column=None if column is None else get_column_letter(column + 1),
            indicator=indicator,
            region=region,
            expected=expected,
            action=action,
        )


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table found on a sheet; rows and columns count from zero.

    Parameters
    ----------
    head_row
        The row of column heads; data begin below it.
    code, name
        Columns with the region's code and its name; `name` is null where the sheet has none.
    units
        Columns that together name the unit (its name, and its name as a part of a unit); empty on a sheet of
        regions.
    figures
        The other columns that have a head, with their heads.
    """

    head_row: int
    code: int
    name: int | None
    units: tuple[int, ...]
    figures: tuple[tuple[int, str], ...]


def is_text_sheet(name: str) -> bool:
    """Return whether a sheet's name says that it holds text for the reader and no table."""
    return _TEXT_SHEET.match(clean(name)) is not None


def is_source_line(row: Sequence[object]) -> bool:
    """Return whether a row is the line that names the source, below the data."""
    return any(_SOURCE_LINE.match(clean(cell)) for cell in row[:2])


def find_table(rows: Sequence[Sequence[object]]) -> Table | None:
    """Return the table of a sheet, or null if no row has a head for a column of codes.

    Parameters
    ----------
    rows
        The sheet's cells.
    """
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        heads = [clean(cell) for cell in row]
        code = _first(heads, _CODE_HEAD)
        if code is None:
            continue
        name = _first(heads, _NAME_HEAD)
        units = tuple(place for place, head in enumerate(heads) if _UNIT_HEAD.search(head))
        fixed = {code, name, *units}
        figures = tuple((place, head) for place, head in enumerate(heads) if head and place not in fixed)
        return Table(head_row=number, code=code, name=name, units=units, figures=figures)
    return None


def _first(heads: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((place for place, head in enumerate(heads) if pattern.search(head)), None)
