"""Open a file that holds Socialstyrelsen's tables: a workbook (.xlsx, legacy .xls) or a text file (.csv)."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook

from lagesbild.errors import Fault, InputError
from lagesbild.sources.socialstyrelsen_cells import shown
from lagesbild.sources.socialstyrelsen_layout import Merge, Sheet

SUFFIXES = (".xlsx", ".xls", ".csv")
#: The fill of "brown rows": units whose figures were put together from departments' (Enhetsundersökningen 2016).
_BROWN = "FFFFCC"
#: What the libraries raise for a damaged file; zlib's and the XML parser's errors are none of the others.
_UNREADABLE = (
    CalamineError,
    OSError,
    EOFError,
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    SyntaxError,
    LookupError,
    TypeError,
    ValueError,
    OverflowError,
)
#: More cells than any table of kommuner has: a damaged cell may say that it stands anywhere.
_MOST_CELLS = 20_000_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AFTER_YEAR = re.compile(r".*?-\d{4}-?(?P<rest>.*)")


def open_book(path: Path) -> tuple[list[Sheet], list[Fault]]:
    """Return the sheets of a file, or why it can't be read.

    Parameters
    ----------
    path
        A workbook, or a CSV file with ``;`` (or ``,`` or tabs) between the cells, in UTF-8 with or without a
        byte-order mark or in Windows' code page 1252. A CSV file is one sheet, called what stands after the year
        in its name.

    Returns
    -------
    tuple
        The sheets, all cells from the first row and column on, and at most one fault.

    Notes
    -----
    Values are read with calamine, which is many times as fast as openpyxl; openpyxl is asked only for the fills,
    and only where the file has that fill at all. The legacy format's and a CSV file's fills can't be read: their
    sheets say so with `Sheet.brown` null.
    """
    try:
        return (list(_csv(path)) if path.suffix.lower() == ".csv" else list(_workbook(path))), []
    except _UNREADABLE as error:
        what = f"the file is no readable workbook: {error}"
        action = "Save it again as .xlsx, or fetch it again"
        return [], [Fault(what=what, file=path.name, action=action)]


def sheets_of(path: Path) -> list[Sheet]:
    """Return the sheets of a file (see `open_book`).

    Raises
    ------
    InputError
        If the file can't be read.
    """
    sheets, faults = open_book(path)
    if faults:
        raise InputError(f"{shown(path.name)} refused", faults)
    return sheets


def _workbook(path: Path) -> Iterator[Sheet]:
    brown = None
    if path.suffix.lower() == ".xlsx":
        _check_sums(path)
        brown = _brown_rows(path)
    with CalamineWorkbook.from_path(path) as workbook:
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > _MOST_CELLS:
                raise ValueError(f"a cell stands in row {sheet.total_height + 1}, column {sheet.total_width + 1}")
            yield Sheet(
                file=path.name,
                name=name,
                rows=sheet.to_python(skip_empty_area=False),
                merged=_merges(sheet.merged_cell_ranges),
                brown=None if brown is None else brown.get(name, frozenset()),
            )


def _check_sums(path: Path) -> None:
    """Refuse a workbook one of whose parts does not have its checksum; calamine does not look at them."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
    if damaged is not None:
        raise zipfile.BadZipFile(f"the part {damaged} is damaged")


def _merges(ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> tuple[Merge, ...] | None:
    """Return merged cells as first row, first column, last row, last column; null where the format hides them."""
    return None if ranges is None else tuple(sorted((*first, *last) for first, last in ranges))


def _brown_rows(path: Path) -> dict[str, frozenset[int]]:
    """Return the brown rows of each sheet, counted from zero; a sheet without any may be left out."""
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml") if "xl/styles.xml" in archive.namelist() else b""
    if _BROWN.encode() not in styles.upper():
        return {}
    workbook = openpyxl.load_workbook(path, read_only=True)
    try:
        return {
            sheet.title: frozenset(
                number
                for number, row in enumerate(sheet.iter_rows())
                if any(_is_brown(cell) for cell in row[:2] if cell.value is not None)
            )
            for sheet in workbook.worksheets
        }
    finally:
        workbook.close()


def _is_brown(cell: openpyxl.cell.Cell) -> bool:
    colour = cell.fill.fgColor.rgb if cell.fill is not None and cell.fill.fill_type == "solid" else None
    return isinstance(colour, str) and colour.upper().endswith(_BROWN)


def _decoded(raw: bytes) -> str:
    """Return a text file's text.

    Raises
    ------
    ValueError
        If it is neither UTF-8 nor Windows' code page: damaged UTF-8 would pass for the latter, in which nearly every
        byte is a letter.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        attempt = raw.decode("utf-8", errors="replace")
        spoilt = attempt.count("\ufffd")
        if sum(sign > "\x7f" for sign in attempt) > 2 * spoilt:
            raise ValueError("some of its bytes are no UTF-8, and most are") from None
        text = raw.decode("cp1252")
    if _CONTROL.search(text):
        raise ValueError("it holds characters that no text has")
    return text


def _csv(path: Path) -> Iterator[Sheet]:
    raw = path.read_bytes()
    text = _decoded(raw)
    lines = text.splitlines()
    # The separator that most lines have; heads and titles hold commas of their own.
    separator = max((";", "\t", ","), key=lambda sign: (sum(sign in line for line in lines), sign == ";"))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    width = max((len(row) for row in rows), default=0)
    named = _AFTER_YEAR.fullmatch(path.stem)
    yield Sheet(
        file=path.name,
        name=named["rest"] if named and named["rest"] else "csv",
        rows=[[*row, *[""] * (width - len(row))] for row in rows],
        merged=None,
        brown=None,
    )
