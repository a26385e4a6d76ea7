"""The rows of a workbook's sheet, for those who trace a number in it."""

from __future__ import annotations

from typing import Any

from openpyxl import load_workbook

from lagesbild.provenance.trace_index import Entry
from lagesbild.publishing.layout import Layout


def is_sheet(entry: Entry) -> bool:
    """Return whether an entry of the index is a sheet of a workbook."""
    return entry.product.endswith(".xlsx")


def sheet_rows(layout: Layout, entry: Entry) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the heads of a sheet's table, and its rows by head."""
    book = load_workbook(layout.release / entry.product)
    page = book.worksheets[int(entry.cell) - 1]
    head, *rows = [[one.value for one in row] for row in page[page.tables[entry.label].ref]]
    heads = [str(one) for one in head]
    return heads, [dict(zip(heads, row, strict=True)) for row in rows]
