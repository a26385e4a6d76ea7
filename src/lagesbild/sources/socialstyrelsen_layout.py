"""Find the table on a sheet: where its heads stand, which columns name the row, where the data begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl.utils import get_column_letter

from lagesbild.errors import Fault
from lagesbild.sources.socialstyrelsen_cells import clean, read_cell

#: Merged cells: first row, first column, last row, last column, counted from zero.
Merge: TypeAlias = tuple[int, int, int, int]

#: Heads stand within the first rows; titles and merged group heads come before them.
_SEARCHED_ROWS = 12
#: A table's own heads take at most this many rows.
_HEAD_ROWS = 4
_CODE_HEAD = re.compile(r"^(läns|kommun|stadsdels?|region)[-/ \w]*kod(er)?$", re.IGNORECASE)
_NAME_HEAD = re.compile(r"(kommunnamn|rike.*kommun|^kommun$|stadsdelsnamn|^regionnamn$)", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"^enhet(ens|s)?\b.*namn", re.IGNORECASE)
_REGI_HEAD = re.compile(r"^regi(form)?$", re.IGNORECASE)
_TEXT_SHEET = re.compile(r"^(information|om\b|innehåll|läs mig|förklaring)", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"^källa\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The cells of one sheet, from its first row and column on, all rows of one width.

    Parameters
    ----------
    merged
        Merged cells; null where the format doesn't tell them.
    brown
        Rows with the fill of units put together from departments, counted from zero; null where the format
        doesn't tell fills.
    """

    file: str
    name: str
    rows: Sequence[Sequence[object]]
    merged: tuple[Merge, ...] | None = ()
    brown: frozenset[int] | None = frozenset()

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
class Heading:
    """A column and its heads: its own, and those above it that it shares with its neighbours, topmost first."""

    place: int
    head: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table found on a sheet; rows and columns count from zero.

    Parameters
    ----------
    head_rows
        First and last row of the columns' own heads; data begin below the last.
    code, name
        Columns with the region's code and its name; `name` is null where the sheet has none.
    units
        Columns that together name the unit (its name, and its name as a part of a unit); empty on a sheet of
        regions.
    regi
        Column that says who runs the unit (Offentlig or Enskild); null where there is none.
    figures
        All other columns that have a head.
    heads
        The own head of every column.
    """

    head_rows: tuple[int, int]
    code: int
    name: int | None
    units: tuple[int, ...]
    regi: int | None
    figures: tuple[Heading, ...]
    heads: tuple[str, ...]

    @property
    def first_data_row(self) -> int:
        """The first row below the heads."""
        return self.head_rows[1] + 1


def is_text_sheet(name: str) -> bool:
    """Return whether a sheet's name says that it holds text for the reader and no table."""
    return _TEXT_SHEET.match(clean(name)) is not None


def is_source_line(row: Sequence[object]) -> bool:
    """Return whether a row is the line that names the source, below the data."""
    return any(_SOURCE_LINE.match(clean(cell)) for cell in row[:2])


def find_table(sheet: Sheet) -> Table | None:
    """Return the table of a sheet, or null if no row has a head for a column of codes."""
    top = _spread(sheet)
    for number, row in enumerate(top[:_SEARCHED_ROWS]):
        code = _first(row, _CODE_HEAD)
        if code is None:
            continue
        last = number
        while last + 1 < min(len(top), number + _HEAD_ROWS) and _goes_on(top[last + 1], row, code):
            last += 1
        own = [_parts([line[place] for line in top[number : last + 1]]) for place in range(len(row))]
        heads = [parts[-1] if parts else "" for parts in own]
        above = _groups(top[:number], heads, code, merged=sheet.merged is not None)
        name = _first(heads, _NAME_HEAD)
        units = tuple(place for place, head in enumerate(heads) if _UNIT_HEAD.search(head))
        fixed = {code, name, *units}
        figures = tuple(
            Heading(place=place, head=head, groups=(*above[place], *own[place][:-1]))
            for place, head in enumerate(heads)
            if head and place not in fixed
        )
        regi = _first(heads, _REGI_HEAD)
        return Table(
            head_rows=(number, last),
            code=code,
            name=name,
            units=units,
            regi=regi,
            figures=figures,
            heads=tuple(heads),
        )
    return None


def _spread(sheet: Sheet) -> list[list[str]]:
    """Return the first rows as clean texts, each merged cell's text in every cell that it covers."""
    top = [[clean(cell) for cell in row] for row in sheet.rows[: _SEARCHED_ROWS + _HEAD_ROWS]]
    for first_row, first, last_row, last in sheet.merged or ():
        for number in range(first_row, min(last_row + 1, len(top))):
            for place in range(first, min(last + 1, len(top[number]))):
                top[number][place] = top[first_row][first]
    return top


def _goes_on(row: Sequence[str], heads: Sequence[str], code: int) -> bool:
    """Return whether the heads go on in a row: texts only, and no code or name of a region in it."""
    if row[code] not in ("", heads[code]):
        return False
    name = _first(heads, _NAME_HEAD)
    if name is not None and row[name] not in ("", heads[name]):
        return False
    texts = [text for place, text in enumerate(row) if text and place not in (code, name)]
    return bool(texts) and all(read_cell(text).bad is not None for text in texts) and not is_source_line(row)


def _parts(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts over one column, each once: a cell that is merged downwards says the same in each row."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _groups(above: Sequence[Sequence[str]], heads: Sequence[str], code: int, *, merged: bool) -> list[tuple[str, ...]]:
    """Return the group heads over each column.

    A row with a text over the column of codes and at most one more is the table's title. Where merged cells are
    not told, a group reaches to the next one.
    """
    lines = []
    for row in above:
        if row[code] and len({text for text in row if text}) <= 2:
            continue
        line = list(row)
        for place in range(1, len(line) if not merged else 0):
            line[place] = line[place] or line[place - 1]
        lines.append(line)
    return [_parts([line[place] for line in lines]) for place in range(len(heads))]


def _first(heads: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((place for place, head in enumerate(heads) if pattern.search(head)), None)
