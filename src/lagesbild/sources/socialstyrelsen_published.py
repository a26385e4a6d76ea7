"""The published cells that a workbook itself holds: its sheets of regions, one row a cell."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from lagesbild.errors import Fault, InputError
from lagesbild.sources.socialstyrelsen_book import open_book
from lagesbild.sources.socialstyrelsen_cells import clean
from lagesbild.sources.socialstyrelsen_layout import Sheet, find_table, is_source_line, is_text_sheet
from lagesbild.sources.socialstyrelsen_units import PUBLISHED_COLUMNS

_LEVELS = {0: "rike", 2: "lan", 4: "kommun"}


def published_cells(path: Path) -> pd.DataFrame:
    """Return the published cells of a workbook's sheets of regions.

    Returns
    -------
    DataFrame
        `PUBLISHED_COLUMNS`, all texts: `excel_col` counts columns from one, `raw` is the cell as printed.

    Raises
    ------
    InputError
        If the file can't be read, or has no sheet of regions with results.
    """
    sheets, faults = open_book(path)
    if not faults:
        rows = [row for sheet in sheets for row in _cells(sheet)]
        if rows:
            return pd.DataFrame(rows, columns=list(PUBLISHED_COLUMNS), dtype="str")
        action = "Give a CSV file with the published cells as a second argument"
        faults = [Fault(what="the workbook has no sheet of published results", file=path.name, action=action)]
    raise InputError(f"{path.name} refused", faults)


def column_letter(excel_col: int) -> str:
    """Return the letter that a spreadsheet shows over a column counted from one."""
    return str(get_column_letter(excel_col))


def _cells(sheet: Sheet) -> list[tuple[str, ...]]:
    table = None if is_text_sheet(sheet.name) else find_table(sheet)
    if table is None or table.units:
        return []
    found: list[tuple[str, ...]] = []
    for row in sheet.rows[table.first_data_row :]:
        code, name = clean(row[table.code]), "" if table.name is None else clean(row[table.name])
        if is_source_line(row) or not (code or name):
            continue
        code = code.zfill(len(code) + len(code) % 2)  # a spreadsheet may have taken a leading zero away
        level = _LEVELS.get(len(code), "stadsdel")
        for head in table.figures:
            area = head.groups[0] if head.groups else ""
            raw = clean(row[head.place])
            found.append((sheet.name, code, name, level, str(head.place + 1), area, head.head, raw))
    return found
