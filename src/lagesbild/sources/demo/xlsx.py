"""Write plain text tables as an .xlsx file whose bytes depend on nothing but the texts.

openpyxl puts the clock into the file and takes most of a minute for two million cells; here only texts and merged
cells are needed, and a file needs six small parts (ECMA-376, part 1, chapter 18).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

#: The earliest date that a zip file can hold.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Excel wants one font, two fills and one border even where every cell is plain.
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


@dataclass(frozen=True, kw_only=True)
class TextSheet:
    """One sheet: its name, its rows of texts (an empty text is an empty cell) and its merged ranges ("A1:C1")."""

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[str] = ()


def save_texts(path: Path, sheets: Sequence[TextSheet]) -> None:
    """Write `sheets` to `path`; the same sheets give the same bytes."""
    numbers: dict[str, int] = {}
    parts = {"[Content_Types].xml": _content_types(len(sheets)), "_rels/.rels": _package_relations()}
    parts["xl/workbook.xml"] = _workbook(sheets)
    parts["xl/_rels/workbook.xml.rels"] = _workbook_relations(len(sheets))
    parts["xl/styles.xml"] = _STYLES
    for place, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{place}.xml"] = "".join(_sheet(sheet, numbers))
    parts["xl/sharedStrings.xml"] = _shared_strings(numbers)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.encode(), compresslevel=6)


def _sheet(sheet: TextSheet, numbers: dict[str, int]) -> Iterator[str]:
    """Yield the sheet's XML; texts are kept once, in `numbers`, and cells point to them."""
    width = max((len(row) for row in sheet.rows), default=0)
    letters = [get_column_letter(column) for column in range(1, width + 1)]
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'
    for number, row in enumerate(sheet.rows, start=1):
        cells = "".join(
            f'<c r="{letter}{number}" t="s"><v>{numbers.setdefault(text, len(numbers))}</v></c>'
            for letter, text in zip(letters, row, strict=False)
            if text
        )
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData>"
    if sheet.merged:
        ranges = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merged)
        yield f'<mergeCells count="{len(sheet.merged)}">{ranges}</mergeCells>'
    yield "</worksheet>"


def _shared_strings(numbers: dict[str, int]) -> str:
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in numbers)
    return f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(numbers)}">{texts}</sst>'


def _workbook(sheets: Sequence[TextSheet]) -> str:
    entries = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{place}" r:id="rId{place}"/>'
        for place, sheet in enumerate(sheets, start=1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>'


def _workbook_relations(sheets: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, sheets + 1)]
    targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    entries = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'


def _package_relations() -> str:
    entry = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return f'{_XML}<Relationships xmlns="{_RELATIONS}">{entry}</Relationships>'


def _content_types(sheets: int) -> str:
    kinds = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles", "/xl/sharedStrings.xml": "sharedStrings"}
    kinds |= {f"/xl/worksheets/sheet{place}.xml": "worksheet" for place in range(1, sheets + 1)}
    entries = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )
