"""A workbook's model as the bytes of an .xlsx file.

The file follows the checklist of the UK's Office for National Statistics for accessible spreadsheets (gptables): a
sheet of contents with links, one named table a sheet with one row of heads, nothing merged or hidden, columns that
fit, the cursor at A1, title and language told. The same model gives the same bytes: no clock, fixed order and times.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.formatting.rule import Rule as FormatRule
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import AutoFilter, Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter, WorksheetWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CORE,
    ARC_ROOT_RELS,
    ARC_SHARED_STRINGS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
    SHARED_STRINGS,
)
from openpyxl.xml.functions import tostring

from lagesbild.files import write_atomic
from lagesbild.presentation.workbook.model import Choices, Column, Sheet, Workbook
from lagesbild.publishing.workbook_cells import Places, Rows, Strings, head_text
from lagesbild.publishing.workbook_styles import WIDTHS, add_styles, highlight

#: The earliest date that a zip file can hold.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SYNTHETIC = "Syntetiska data: siffrorna är påhittade för att visa systemet."
_A4 = 9
#: So many characters beside each other can be read on a landscape page.
_PAGE = 220
_DAYS = ("36526", "73050")  # 2000-01-01 and 2099-12-31 as Excel counts days


def save_workbook(path: Path, workbook: Workbook) -> bool:
    """Write `workbook` to `path`, whole or not at all; return whether the file's content changed."""
    return write_atomic(path, workbook_bytes(workbook))


def workbook_bytes(workbook: Workbook) -> bytes:
    """Return `workbook` as the bytes of an .xlsx file; the same workbook gives the same bytes."""
    book = Book()
    styles = add_styles(book)
    book.remove(book.active)
    date = datetime(workbook.year, 12, 31)
    book.properties = DocumentProperties(
        creator=workbook.author,
        lastModifiedBy=workbook.author,
        title=workbook.title,
        subject=workbook.subject,
        description=f"{SYNTHETIC} " * workbook.synthetic + f"Källa: {workbook.source}.",
        language="sv-SE",
        created=date,
        modified=date,
    )
    above = (SYNTHETIC,) if workbook.synthetic else ()
    places = Places(workbook.sheets, len(above))
    for sheet in workbook.sheets:
        _set_up(book.create_sheet(sheet.name), sheet, places, workbook)
    parts = _Parts()
    strings = Strings()
    rows = {sheet.name: Rows(sheet, styles, places, strings, above=above) for sheet in workbook.sheets}
    _Writer(book, parts, rows, strings).write_data()
    return parts.zipped()


def _set_up(page: Worksheet, sheet: Sheet, places: Places, workbook: Workbook) -> None:
    """Give a sheet all that isn't its cells."""
    head_row, last_row = places.head_row(sheet), places.last_row(sheet)
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = WIDTHS[column.width]
    page.freeze_panes = f"B{head_row + 1}"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.paperSize, page.page_setup.orientation = _A4, "landscape"
    # A wide table takes several pages beside each other, each with the column that tells what a row is about.
    wide = sum(WIDTHS[column.width] for column in sheet.columns)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = math.ceil(wide / _PAGE), 0
    # Columns before rows, as Excel has it; openpyxl's own properties put them the other way round.
    name = quote_sheetname(sheet.name)
    page.defined_names.add(DefinedName("Print_Titles", attr_text=f"{name}!$A:$A,{name}!${head_row}:${head_row}"))
    page.oddHeader.left.text = _printed(workbook.title)
    page.oddHeader.right.text = "Syntetiska data" if workbook.synthetic else _printed(f"Källa: {workbook.source}")
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "Sida &P av &N"
    _add_table(page, sheet, places)
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        cells = f"{letter}{head_row + 1}:{letter}{last_row}"
        if column.choices:
            page.add_data_validation(_choices(column.choices, cells, places))
        elif column.date:
            page.add_data_validation(_date(column, cells))
        for rule in column.rules:
            begins = rule.begins.replace('"', '""')
            shown = FormatRule(type="expression", dxf=highlight(rule.tone))
            shown.formula = [f'LEFT({letter}{head_row + 1},{len(rule.begins)})="{begins}"']
            page.conditional_formatting.add(cells, shown)
    letters = {column.head: get_column_letter(number) for number, column in enumerate(sheet.columns, start=1)}
    for head, rows, choices in sheet.row_choices:
        chosen = " ".join(f"{letters[head]}{head_row + 1 + row}" for row in rows)
        page.add_data_validation(_choices(choices, chosen, places))


def _printed(text: str) -> str:
    """Return a text for print's header, where "&" begins a code."""
    return text.replace("&", "&&")


def _add_table(page: Worksheet, sheet: Sheet, places: Places) -> None:
    reference = places.reference(sheet)
    table = Table(displayName=sheet.table, ref=reference, totalsRowShown=False, autoFilter=AutoFilter(ref=reference))
    for number, column in enumerate(sheet.columns, start=1):
        table.tableColumns.append(TableColumn(id=number, name=head_text(column)))
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False, showColumnStripes=False)
    page.add_table(table)


def _choices(choices: Choices, cells: str, places: Places) -> DataValidation:
    if isinstance(choices.among, str):
        sheet, head = choices.among.split("!")
        among, error = places.column(sheet, head), f"Välj en rad ur listan (bladet {sheet})."
    else:
        among, error = f'"{",".join(choices.among)}"', f"Välj ur listan: {', '.join(choices.among)}."
    return DataValidation(
        type="list",
        formula1=among,
        allowBlank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=choices.title,
        prompt=choices.prompt,
        errorTitle="Värdet finns inte i listan",
        error=error[:255],
        sqref=cells,
    )


def _date(column: Column, cells: str) -> DataValidation:
    return DataValidation(
        type="date",
        operator="between",
        formula1=_DAYS[0],
        formula2=_DAYS[1],
        allowBlank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=column.head[:32],
        prompt="Skriv ett datum som år-månad-dag, till exempel 2025-03-31.",
        errorTitle="Inget datum",
        error="Skriv ett datum som år-månad-dag, till exempel 2025-03-31.",
        sqref=cells,
    )


class _Parts:
    """The parts of the file in the order they come, for `ExcelWriter`, which believes that it writes an archive."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}

    def writestr(self, name: str, content: str | bytes) -> None:
        self._parts[name] = content.encode() if isinstance(content, str) else content

    def namelist(self) -> list[str]:
        return list(self._parts)

    def zipped(self) -> bytes:
        """Return the archive; the list of parts comes first, as readers that don't seek expect."""
        buffer = io.BytesIO()
        ordered = sorted(self._parts, key=lambda name: name != "[Content_Types].xml")
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in ordered:
                entry = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, self._parts[name], compresslevel=6)
        return buffer.getvalue()


class _SheetWriter(WorksheetWriter):  # type: ignore[misc]  # openpyxl has no types
    """Writes a sheet without cells: how large it is and its links are told by the model."""

    def __init__(self, page: Worksheet, rows: Rows, out: io.BytesIO) -> None:
        self._last = rows.last_cell
        super().__init__(page, out)
        page._hyperlinks += [
            Hyperlink(ref=at, location=quote_sheetname(link.sheet) + "!A1", display=link.text)
            for at, link in rows.links()
        ]

    def write_dimensions(self) -> None:
        """Tell how large the sheet is."""
        self.xf.send(SheetDimension(f"A1:{self._last}").to_tree())


class _Writer(ExcelWriter):  # type: ignore[misc]
    """Writes a workbook's parts with openpyxl, and the rows of its sheets from the model."""

    def __init__(self, book: Book, parts: _Parts, rows: Mapping[str, Rows], strings: Strings) -> None:
        super().__init__(book, parts)
        self._rows, self._strings = rows, strings

    def write_data(self) -> None:
        """Write the parts, as `ExcelWriter` does, and the texts that its cells would hold each for itself."""
        parts, book = self._archive, self.workbook
        parts.writestr(ARC_APP, tostring(ExtendedProperties().to_tree()))
        parts.writestr(ARC_CORE, tostring(book.properties.to_tree()))
        parts.writestr(ARC_THEME, theme_xml)
        self._write_worksheets()
        parts.writestr(ARC_SHARED_STRINGS, self._strings.xml())
        self.manifest.append(_SharedStrings)
        parts.writestr(ARC_STYLE, tostring(write_stylesheet(book)))
        writer = WorkbookWriter(book)
        parts.writestr(ARC_ROOT_RELS, writer.write_root_rels())
        parts.writestr(ARC_WORKBOOK, writer.write())
        writer.rels.append(Relationship(type="sharedStrings", Target=ARC_SHARED_STRINGS.removeprefix("xl/")))
        parts.writestr(ARC_WORKBOOK_RELS, writer.write_rels())
        self.manifest._write(parts, book)

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet: openpyxl's frame, and the model's rows where it left room for them."""
        rows, out = self._rows[ws.title], io.BytesIO()
        ws._drawing = None
        writer = _SheetWriter(ws, rows, out)
        writer.write()
        ws._rels = writer._rels
        frame = out.getvalue()
        before, found, after = frame.partition(b"<sheetData></sheetData>")
        if not found:
            before, found, after = frame.partition(b"<sheetData/>")
        if not found:
            raise RuntimeError("openpyxl left no room for the rows of a sheet")
        self._archive.writestr(
            ws.path[1:], b"".join([before, b"<sheetData>", "".join(rows.xml()).encode(), b"</sheetData>", after])
        )
        self.manifest.append(ws)


class _SharedStrings:
    """How the list of parts tells of the texts."""

    path, mime_type = f"/{ARC_SHARED_STRINGS}", SHARED_STRINGS
