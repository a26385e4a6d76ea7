"""Read a kommun's or agency's own files in the documented tidy form (docs/own-files.md): one row per value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.errors import Fault, InputError, ParameterError
from lagesbild.sources.result import SourceResult, observation_frame
from lagesbild.sources.socialstyrelsen_book import SUFFIXES, open_book
from lagesbild.sources.socialstyrelsen_cells import clean, shown
from lagesbild.sources.socialstyrelsen_layout import Sheet, is_source_line, is_text_sheet
from lagesbild.sources.tidy_columns import TIDY_COLUMNS
from lagesbild.sources.tidy_row import TidyRow, read_row

#: Folder of own files, beside those of the other sources.
OWN_FILES = "egna"
#: Lines for the reader may stand above the heads.
_SEARCHED_ROWS = 12
#: Sheets of the template that hold no rows.
_HELP_SHEETS = ("indikatorer",)
_FIELDS = {column.head: column.field for column in TIDY_COLUMNS}


def read_tidy(folder: Path, *, catalogue: Catalogue) -> SourceResult:
    """Read every file of a folder.

    Parameters
    ----------
    folder
        CSV files and workbooks in the tidy form.
    catalogue
        The indicators that may be named.

    Returns
    -------
    SourceResult
        Observations with ``egen:<file stem>`` as source and ``1`` as revision.

    Raises
    ------
    InputError
        If anything is wrong; all faults of all files are listed with file, sheet, row and column.
    """
    faults: list[Fault] = []
    rows: list[TidyRow] = []
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
    for path in (one for one in paths if not one.name.startswith(("~$", "."))):
        found, wrong = read_own_file(path, catalogue=catalogue)
        rows += found
        faults += wrong
    if not paths:
        faults.append(Fault(what="the folder holds no files", file=folder.name, expected=", ".join(SUFFIXES)))
    faults += _twice(rows)
    if not faults and not rows:
        faults.append(Fault(what="the files hold no values", file=folder.name, action="Fill in the template's rows"))
    if faults:
        raise InputError("own files refused", faults)
    frame = pd.DataFrame([row.observation for row in rows])
    return SourceResult(observations=observation_frame({str(name): frame[name] for name in frame}))


def read_own_file(path: Path, *, catalogue: Catalogue) -> tuple[list[TidyRow], list[Fault]]:
    """Return the rows of a file that are right, each with its place, and what is wrong with the others."""
    rows: list[TidyRow] = []
    sheets, faults = open_book(path)
    for sheet in sheets:
        if is_text_sheet(sheet.name) or clean(sheet.name).casefold() in _HELP_SHEETS:
            continue
        for row, found in _sheet_rows(sheet, catalogue):
            faults += found
            rows += [row] if row is not None else []
    return rows, faults


def _sheet_rows(sheet: Sheet, catalogue: Catalogue) -> Iterator[tuple[TidyRow | None, list[Fault]]]:
    """Yield each row of a sheet that holds anything, or what is wrong with it."""
    head_row = next(
        (at for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]) if "indikator" in (_head(cell) for cell in row)), None
    )
    if head_row is None:
        expected = "a row of heads with " + ", ".join(one.head for one in TIDY_COLUMNS if one.required)
        yield None, [sheet.fault("no heads were found", expected=expected, action="Start from the template")]
        return
    places, faults = _places(sheet, head_row)
    yield None, faults
    if faults:
        return
    known = {one.id: one for one in catalogue.indicators}
    for at in range(head_row + 1, len(sheet.rows)):
        row = sheet.rows[at]
        texts = {field: clean(row[place]) for field, place in places.items()}
        # The template's rows come with indicator and year; one that was not filled in says nothing.
        if is_source_line(row) or not any(text for field, text in texts.items() if field not in ("indicator", "year")):
            continue
        yield read_row(sheet, at, texts, places, known)


def _head(cell: object) -> str:
    return clean(cell).casefold().rstrip(".:")


def _places(sheet: Sheet, head_row: int) -> tuple[dict[str, int], list[Fault]]:
    """Return the column of each field, and the faults of the heads."""
    places: dict[str, int] = {}
    faults = []
    for place, cell in enumerate(sheet.rows[head_row]):
        head = _head(cell)
        if not head:
            continue
        field = _FIELDS.get(head)
        if field is None:
            close = ParameterError("column", head, _FIELDS).suggestions
            action = f"Did you mean {close[0]}?" if close else "Remove the column, or see docs/own-files.md"
            faults.append(sheet.fault(f"unknown column {shown(head)!r}", row=head_row, column=place, action=action))
        elif field in places:
            faults.append(sheet.fault(f"the column {head!r} stands twice", row=head_row, column=place))
        else:
            places[field] = place
    faults += [
        sheet.fault(f"the column {column.head!r} is missing", row=head_row)
        for column in TIDY_COLUMNS
        if column.required and column.field not in places
    ]
    return places, faults


def _twice(rows: list[TidyRow]) -> Iterator[Fault]:
    """Yield a fault for each row that says again what an earlier one is about."""
    first: dict[tuple[object, ...], TidyRow] = {}
    for row in rows:
        key = tuple(row.observation[name] for name in OBSERVATION_KEY)
        earlier = first.setdefault(key, row)
        if earlier is not row:
            what = f"a value for the same stands already in {earlier.place()}"
            yield row.sheet.fault(what, row=row.at, region=str(row.observation["region"]), action="Keep one of them")
