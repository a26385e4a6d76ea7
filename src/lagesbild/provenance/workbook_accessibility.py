"""Whether a workbook can be read by everyone, and opened by Excel without being mended.

What is looked for in the file itself: the checklist of the UK's Office for National Statistics for accessible
spreadsheets (gptables), and the rules of ECMA-376 part 1 that Excel mends a file for, silently dropping what broke
them (18.2.19 names of sheets, 18.3.1.33 lists of choices, 18.5.1 tables, 18.17 formulas).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

#: The functions that our formulas use; any other, or a name in Swedish, would be "#NAMN?" somewhere.
FUNCTIONS = frozenset(
    (
        *("AND", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "IF", "IFERROR", "INDEX", "LEFT", "MATCH", "MAX", "MEDIAN"),
        *("MIN", "OR", "ROUND", "ROWS", "SUM", "TODAY"),
    )
)
_NAME = re.compile(r"([A-ZÅÄÖ][A-ZÅÄÖ0-9.]*)\(")
_QUOTED = re.compile(r'"(?:[^"]|"")*"|\'[^\']*\'')
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_NAME, _LONGEST_LIST, _LONGEST_FORMULA, _MOST_STYLES = 31, 255, 8192, 64_000
_A4 = 9


def workbook_faults(path: Path, *, language: str = "sv") -> list[str]:
    """Return what is wrong with one workbook, sheet by sheet.

    Parameters
    ----------
    path
        The file.
    language
        What it shall say that it is written in.
    """
    book = load_workbook(path)
    faults = [*_parts_faults(path), *_book_faults(book, language)]
    for sheet in book.worksheets:
        faults += [f"sheet {sheet.title}: {what}" for what in _sheet_faults(sheet)]
    return faults


def _parts_faults(path: Path) -> Iterator[str]:
    """Find what openpyxl reads past: parts that aren't there, links out of the file, too many styles."""
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    listed = set(re.findall(r'PartName="/([^"]+)"', texts["[Content_Types].xml"]))
    yield from (f"part {name} is listed but isn't there" for name in sorted(listed - set(texts)))
    for name, text in texts.items():
        if name.endswith(".rels") and 'TargetMode="External"' in text:
            yield f"{name} leads out of the file"
    styles = texts["xl/styles.xml"]
    count = int(re.findall(r'<cellXfs count="(\d+)"', styles)[0]) if "<cellXfs count" in styles else 0
    if count > _MOST_STYLES:
        yield f"{count} styles of cells; Excel takes {_MOST_STYLES}"


def _book_faults(book: Any, language: str) -> Iterator[str]:
    properties = book.properties
    for what, told in (("title", properties.title), ("author", properties.creator)):
        if not (told or "").strip():
            yield f"the document has no {what}"
    if not (properties.language or "").startswith(language):
        yield f"the document's language is {properties.language!r}, not {language}"
    names = [sheet.title.casefold() for sheet in book.worksheets]
    tables = [table for sheet in book.worksheets for table in sheet.tables.values()]
    for kind, found in (("sheets", names), ("tables", [one.displayName.casefold() for one in tables])):
        if len(set(found)) < len(found):
            yield f"two {kind} share a name"
    if len({one.id for one in tables}) < len(tables):
        yield "two tables share an id"
    first = book.worksheets[0]
    links = [cell.hyperlink for row in first.iter_rows() for cell in row if cell.hyperlink]
    led_to = {str(link.location).rpartition("!")[0].strip("'").replace("''", "'") for link in links}
    for sheet in book.worksheets[1:]:
        if sheet.title not in led_to:
            yield f"the first sheet doesn't lead to {sheet.title}"


def _sheet_faults(sheet: Worksheet) -> Iterator[str]:
    if len(sheet.title) > _LONGEST_NAME or _FORBIDDEN.search(sheet.title):
        yield "its name is too long or has a character that Excel forbids"
    if sheet.sheet_state != "visible" or any(one.hidden for one in sheet.column_dimensions.values()):
        yield "the sheet or a column is hidden"
    if sheet.merged_cells.ranges:
        yield "cells are merged"
    if not sheet["A1"].value:
        yield "A1 has no title"
    if len(sheet.tables) != 1:
        yield f"it has {len(sheet.tables)} tables, not one"
        return
    (table,) = sheet.tables.values()
    left, top, right, bottom = range_boundaries(table.ref)
    yield from _table_faults(sheet, table, (left, top, right, bottom))
    yield from _cell_faults(sheet)
    yield from _choice_faults(sheet)
    yield from _view_faults(sheet, top)


def _table_faults(sheet: Worksheet, table: Any, place: tuple[int, int, int, int]) -> Iterator[str]:
    left, top, right, bottom = place
    heads = [sheet.cell(top, column).value for column in range(left, right + 1)]
    if heads != [column.name for column in table.tableColumns]:
        yield "the table's columns aren't the cells of its heads"
    if any(not head for head in heads) or len({str(head).casefold() for head in heads}) < len(heads):
        yield "a head of the table is blank or stands twice"
    if table.autoFilter is None or table.autoFilter.ref != table.ref:
        yield "the table has no filter of its own"
    if (left, right, bottom) != (1, sheet.max_column, sheet.max_row):
        yield "something stands beside or under the table"
    for number, row in enumerate(sheet.iter_rows(top + 1, bottom, left, right), start=top + 1):
        # A row to fill in is blank but marked: its cells are unlocked.
        if all(cell.value is None and cell.protection.locked for cell in row):
            yield f"row {number} is blank"
    for number in range(1, top):
        if not sheet.cell(number, 1).value:
            yield f"row {number} over the table is blank"


def _cell_faults(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            value = cell.value
            if cell.data_type == "f":
                yield from (f"{cell.coordinate}: {what}" for what in formula_faults(str(value)))
            elif isinstance(value, str) and value.startswith(_RISKY) and value != "-":
                yield f"{cell.coordinate} begins as a formula: {value[:30]!r}"
            elif cell.data_type == "e":
                yield f"{cell.coordinate} holds an error"


def formula_faults(formula: str) -> list[str]:
    """Return what is wrong with a formula as it stands in the file ("=IF(...)")."""
    plain = _QUOTED.sub("", formula)
    found = [f"unknown function {name}" for name in _NAME.findall(plain) if name not in FUNCTIONS]
    if ";" in plain:
        found.append("semicolon between arguments")
    if plain.count("(") != plain.count(")"):
        found.append("parentheses that don't close")
    if "{" in plain or "#" in plain or "[" in plain:
        found.append("a reference that isn't resolved, or leads to another file")
    if len(formula) > _LONGEST_FORMULA:
        found.append("longer than Excel takes")
    return found


def _choice_faults(sheet: Worksheet) -> Iterator[str]:
    for one in sheet.data_validations.dataValidation:
        if one.type == "list" and one.formula1.startswith('"') and len(one.formula1) > _LONGEST_LIST + 2:
            yield f"the choices of {one.sqref} are longer than Excel takes"
        if not one.prompt or not one.error:
            yield f"{one.sqref} asks without a prompt or a message"
        for cells in one.sqref.ranges:
            left, top, right, bottom = cells.bounds
            if any(sheet.cell(r, c).protection.locked for r in (top, bottom) for c in (left, right)):
                yield f"{one.sqref} has choices but is locked"


def _view_faults(sheet: Worksheet, head: int) -> Iterator[str]:
    pane = sheet.sheet_view.pane
    if pane is None or pane.state != "frozen" or pane.ySplit != head:
        yield "the heads don't stay in view"
    if any(one.activeCell not in (None, "A1") for one in sheet.sheet_view.selection):
        yield "the cursor isn't at A1"
    setup = sheet.page_setup
    if (setup.paperSize, setup.orientation) != (_A4, "landscape") or not sheet.sheet_properties.pageSetUpPr.fitToPage:
        yield "it isn't set up for print on A4, landscape, fitted to the width"
    if sheet.print_title_rows != f"${head}:${head}":
        yield "the heads aren't repeated on every printed page"
    if "&P" not in (sheet.oddFooter.right.text or ""):
        yield "printed pages have no number"
