"""The published cells that a workbook itself holds: its sheets of regions, one row a cell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from openpyxl.utils import get_column_letter

from lagesbild.errors import Fault, InputError
from lagesbild.sources.socialstyrelsen_cells import clean, whole_code
from lagesbild.sources.socialstyrelsen_layout import Sheet, find_table, is_source_line, is_text_sheet
from lagesbild.sources.socialstyrelsen_units import PUBLISHED_COLUMNS

_LEVELS = {0: "rike", 2: "lan", 4: "kommun"}


def published_cells(sheets: Sequence[Sheet], *, file: str) -> pd.DataFrame:
    """Return the published cells of the sheets of regions in a workbook called `file`.

    Returns
    -------
    DataFrame
        `PUBLISHED_COLUMNS`, all texts: `excel_col` counts columns from one, `raw` is the cell as printed.

    Raises
    ------
    InputError
        If it has no sheet of regions with results.
    """
    rows = [row for sheet in sheets for row in _cells(sheet)]
    if not rows:
        action = "Give a CSV file with the published cells as a second argument"
        fault = Fault(what="the workbook has no sheet of published results", file=file, action=action)
        raise InputError(f"{file} refused", [fault])
    return pd.DataFrame(rows, columns=list(PUBLISHED_COLUMNS), dtype="str")


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
        code = whole_code(code)
        level = _LEVELS.get(len(code), "stadsdel")
        for head in table.figures:
            area = head.groups[0] if head.groups else ""
            raw = clean(row[head.place])
            found.append((sheet.name, code, name, level, str(head.place + 1), area, head.head, raw))
    return found
