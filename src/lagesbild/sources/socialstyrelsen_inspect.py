"""What was understood of a file, before anything is stored: sheets, heads, levels, columns, marks and doubts.

No cell's content is shown, only how many cells hold what; heads are shown short, with long numbers and addresses of
mail masked, since a file may hold what it should not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from openpyxl.utils import get_column_letter

from lagesbild.catalogue.load import Catalogue
from lagesbild.sources.mapping import ColumnMapping, Mapping
from lagesbild.sources.mapping_file import load_mapping, mapping_path
from lagesbild.sources.socialstyrelsen_book import sheets_of
from lagesbild.sources.socialstyrelsen_cells import CellReader, given, shown
from lagesbild.sources.socialstyrelsen_columns import DOUBTFUL, NO_MAPPING, NO_SHEET, tie
from lagesbild.sources.socialstyrelsen_file import named_parts
from lagesbild.sources.socialstyrelsen_heads import told_apart
from lagesbild.sources.socialstyrelsen_layout import Sheet, Table, find_table, is_text_sheet
from lagesbild.sources.socialstyrelsen_rows import Rows, read_rows, rows_left_out


@dataclass(frozen=True, kw_only=True)
class ColumnView:
    """A column: its letter and heads, what its cells are, and what the mapping makes of it.

    Parameters
    ----------
    kind
        kod, namn, enhet, tal, svar, text, blandat (numbers and answers) or tom.
    numbers, answers, texts
        How many cells hold a number, a known answer, any other text.
    marks
        How many cells hold a mark for missing, by status.
    mapping
        The indicator's id, with field and sex where they are not value and T; or why the column is not read.
    tied, doubtful
        Whether the column is read; whether somebody should look at it.
    """

    letter: str
    head: str
    groups: tuple[str, ...]
    kind: str
    numbers: int
    answers: int
    texts: int
    marks: dict[str, int]
    mapping: str
    tied: bool
    doubtful: bool


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """A sheet: what kind it is, where its heads stand (counted from one), how many rows of each level it has."""

    name: str
    kind: str
    head_rows: tuple[int, int] | None = None
    code_column: str = ""
    levels: dict[str, int] | None = None
    left_out: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    columns: tuple[ColumnView, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A file: what its name says, its mapping and its sheets."""

    file: str
    survey: str | None
    area: str | None
    year: int | None
    mapping: str | None
    sheets: tuple[SheetView, ...]


def inspect_file(path: Path, *, catalogue: Catalogue) -> FileView:
    """Return what is understood of a file; nothing is stored.

    Parameters
    ----------
    path
        A workbook or CSV file.
    catalogue
        The indicators that its mapping may name.

    Raises
    ------
    InputError
        If the file can't be read, or its mapping is faulty.
    """
    named = named_parts(path)
    found = None if named is None else mapping_path(path.parent, named[0], named[2])
    mapping = None if found is None else load_mapping(found, catalogue=catalogue)
    survey, area, year = named or (None, None, None)
    return FileView(
        file=shown(path.name),
        survey=survey,
        area=area,
        year=year,
        mapping=None if mapping is None else mapping.file,
        sheets=tuple(_sheet(sheet, mapping, area) for sheet in sheets_of(path)),
    )


def _sheet(sheet: Sheet, mapping: Mapping | None, area: str | None) -> SheetView:
    name = shown(sheet.name)
    if is_text_sheet(sheet.name):
        return SheetView(name=name, kind="text for the reader")
    table = find_table(sheet)
    if table is None:
        return SheetView(name=name, kind="no table", faults=("no column of codes was found",))
    rows, faults = read_rows(sheet, table)
    entry = None if mapping is None or area is None else mapping.sheet(area, sheet.name)
    tied, left = tie(table.figures, entry, without=NO_MAPPING if mapping is None else NO_SHEET)
    reasons = {one.place: one.reason for one in left if one.place is not None}
    first, last = table.head_rows
    return SheetView(
        name=name,
        kind="units" if table.units else "regions",
        head_rows=(first + 1, last + 1),
        code_column=get_column_letter(table.code + 1),
        levels=dict(sorted(Counter(rows.level.tolist()).items())),
        left_out=tuple(f"{count} {reason}" if count else reason for count, reason in rows_left_out(sheet, rows)),
        faults=tuple(shown(str(fault)) for fault in faults),
        columns=tuple(_columns(sheet, table, rows, tied, reasons)),
        lacking=tuple(shown(one.head) for one in left if one.place is None),
    )


def _columns(
    sheet: Sheet, table: Table, rows: Rows, tied: dict[int, ColumnMapping], reasons: dict[int, str]
) -> list[ColumnView]:
    reader = CellReader()
    fixed = {table.code: "kod", table.name: "namn"} | dict.fromkeys(table.units, "enhet")
    heads = {one.place: one for one in table.figures}
    shown_heads = told_apart(table.heads)
    views = []
    for place in sorted({one for one in fixed if one is not None} | set(heads)):
        entry = tied.get(place)
        cells = reader.read((sheet.rows[row][place] for row in rows.place), entry.answers if entry else None)
        numbers = int(np.sum(~np.isnan(cells.number)))
        answers, texts = int(given(cells.answer).sum()), int(given(cells.bad).sum())
        marks = dict(sorted(Counter(one for one in cells.status if one is not None).items()))
        kind = fixed.get(place) or _kind(numbers, answers, texts)
        reason = reasons.get(place, "")
        unread = entry is not None and texts > 0
        views.append(
            ColumnView(
                letter=get_column_letter(place + 1),
                head=shown_heads[place],
                groups=tuple(shown(one) for one in heads[place].groups) if place in heads else (),
                kind=kind,
                numbers=numbers,
                answers=answers,
                texts=texts,
                marks=marks,
                mapping=_told(entry, texts) if entry else reason,
                tied=entry is not None,
                doubtful=unread or reason.startswith(DOUBTFUL) or (entry is not None and kind == "blandat"),
            )
        )
    return views


def _kind(numbers: int, answers: int, texts: int) -> str:
    if texts > numbers + answers:
        return "text"
    if numbers and answers:
        return "blandat"
    if texts:
        return "blandat"
    return "tal" if numbers else "svar" if answers else "tom"


def _told(entry: ColumnMapping, texts: int) -> str:
    """Return what a tied column is, and how many of its cells say what nobody knows."""
    words = [entry.indicator.id if entry.indicator else ""]
    words += [entry.field] if entry.field != "value" else []
    words += [entry.sex] if entry.sex != "T" else []
    return " ".join(words) + (f" ({texts} cells are no figure, answer or known mark)" if texts else "")
