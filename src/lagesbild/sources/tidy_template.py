"""Write the template for own files: heads, a row per indicator, and what each column holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.errors import ParameterError
from lagesbild.files import write_atomic
from lagesbild.sources.tidy_columns import TIDY_COLUMNS

#: A spreadsheet takes a text that begins so for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
#: Widths of a template's columns, in characters.
_NARROWEST, _WIDEST = 10, 130
_DIRECTIONS = {Direction.HOG: "högt är bra", Direction.LAG: "lågt är bra", Direction.INGEN: "ingen riktning"}


def write_template(path: Path, *, indicators: Sequence[Indicator], year: int | None = None) -> None:
    """Write a template.

    Parameters
    ----------
    path
        Ends in ``.xlsx`` (three sheets: rows to fill in, the indicators, what the columns hold) or ``.csv``.
    indicators
        Each gets a row that begins with its id; none is fine.
    year
        Written in the rows; left empty where not given.

    Raises
    ------
    ParameterError
        If the file's name ends otherwise.

    Notes
    -----
    Every cell is text, and no text can be taken for a formula: a workbook's cells are typed as text, and in a CSV file
    an apostrophe is put before a sign that would begin one.
    """
    suffix = path.suffix.lower()
    heads = [column.head for column in TIDY_COLUMNS]
    rows = [[one.id, "" if year is None else str(year)] for one in indicators]
    if suffix == ".csv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        writer.writerow(heads)
        writer.writerows([safe(cell) for cell in [*row, *[""] * (len(heads) - len(row))]] for row in rows)
        # Excel takes a CSV file without byte-order mark for code page 1252.
        write_atomic(path, b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8"))
    elif suffix == ".xlsx":
        help_rows = [[one.head, "ja" if one.required else "nej", one.help] for one in TIDY_COLUMNS]
        listed = [[one.id, one.title, one.unit_text or "svar", _DIRECTIONS[one.direction]] for one in indicators]
        book = Workbook()
        book.remove(book.worksheets[0])
        _add_sheet(book, "Uppgifter", [heads, *rows])
        _add_sheet(book, "Indikatorer", [["indikator", "titel", "enhet", "riktning"], *listed])
        _add_sheet(book, "Förklaring", [["kolumn", "måste fyllas i", "innehåll"], *help_rows])
        content = io.BytesIO()
        book.save(content)
        write_atomic(path, content.getvalue())
    else:
        raise ParameterError("file type", path.suffix, (".xlsx", ".csv"))


def _add_sheet(book: Workbook, name: str, rows: Sequence[Sequence[str]]) -> None:
    """Add a sheet of texts with its heads in sight, columns wide enough to be read, and one page wide in print."""
    sheet = book.create_sheet(name)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = text or None
            if text:
                cell.data_type = "s"  # openpyxl would take a text that begins with "=" for a formula
            if number == 1:
                cell.font = Font(bold=True)
    for column, texts in enumerate(zip_longest(*rows, fillvalue=""), start=1):
        widest = max(len(text) for text in texts)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(widest + 2, _NARROWEST), _WIDEST)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def safe(text: str) -> str:
    """Return a text that a spreadsheet doesn't take for a formula when it opens a CSV file."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
