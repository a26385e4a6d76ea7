"""Read the files that an analyst brings along: users, targets and own groups (docs/analyst-files.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.analyst import COMMENTS_FILE, OWN_GROUPS_FILE, TARGETS_FILE, TYPES, USERS_FILE
from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import Fault, InputError, ParameterError
from lagesbild.sources.analyst_rows import (
    AnalystCells,
    RowReader,
    did_you_mean,
    own_group_row,
    plain,
    target_row,
    user_row,
)
from lagesbild.sources.comment_files import COMMENTS, read_comment_files
from lagesbild.sources.socialstyrelsen_book import open_book
from lagesbild.sources.socialstyrelsen_cells import clean, shown
from lagesbild.sources.socialstyrelsen_layout import Sheet, is_source_line

#: Folder of the analyst's files, beside those of the sources.
ANALYST_FILES = "analytiker"

#: A column for the analyst's own words, which any of the files may have; it is not read.
NOTE = "anmarkning"

_SEE = "See docs/analyst-files.md"


@dataclass(frozen=True, kw_only=True)
class AnalystForm:
    """What one of the files looks like.

    Parameters
    ----------
    heads
        Its columns, all of which it must have.
    frame
        The file that it becomes in the work folder.
    key
        Columns of the frame that together name a row.
    read
        What a row says.
    optional
        Columns that it may have; an absent one reads as empty.
    """

    heads: tuple[str, ...]
    frame: str
    key: tuple[str, ...]
    read: RowReader
    optional: tuple[str, ...] = ()


#: The files by name.
FORMS: Mapping[str, AnalystForm] = {
    "anvandare.csv": AnalystForm(
        heads=("area", "kommun", "anvander", "ar"), frame=USERS_FILE, key=("area", "region", "year"), read=user_row
    ),
    "mal.csv": AnalystForm(
        heads=("indikator", "kommun", "malvarde", "malar"),
        frame=TARGETS_FILE,
        key=("indicator", "region", "year"),
        read=target_row,
        optional=("beslutad_av", "beslutad"),
    ),
    "egna_grupper.csv": AnalystForm(
        heads=("grupp", "kommun"), frame=OWN_GROUPS_FILE, key=("group", "region"), read=own_group_row
    ),
}


def read_analyst_files(folder: Path, *, catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """Read every file of a folder.

    Parameters
    ----------
    folder
        Any of the files of `FORMS`: ``;``, tabs or commas between the cells; UTF-8 or Windows' code page 1252. Heads
        may have their dots and rings (``användare.csv``, ``målvärde``); a further column `NOTE` is not read, and
        neither is a last line that begins with "Källa". A folder ``kommentarer`` may hold comments
        (`lagesbild.sources.comment_files`).
    catalogue
        The indicators that may be named.

    Returns
    -------
    dict of str to DataFrame
        For each file found its frame (`lagesbild.catalogue.analyst.TYPES`), sorted, by the name it has in the work
        folder.

    Raises
    ------
    InputError
        If anything is wrong; all faults of all files are listed with file, row and column.
    """
    faults: list[Fault] = []
    frames: dict[str, pd.DataFrame] = {}
    if not folder.is_dir():
        fault = Fault(what="there is no such folder", file=str(folder), action="Give the folder of the analyst's files")
        raise InputError("the analyst's files refused", [fault])
    paths = [path for path in sorted(folder.glob("*")) if path.is_file() and not path.name.startswith((".", "~$"))]
    for path in paths:
        form = FORMS.get(plain(path.name))
        if form is None:
            error = ParameterError("file", plain(path.name), FORMS)
            action = did_you_mean(error) if error.suggestions else "Move it elsewhere"
            faults.append(Fault(what="unknown file", file=path.name, expected=", ".join(FORMS), action=action))
            continue
        sheets, wrong = open_book(path)
        frame, found = _frame(sheets[0], form, catalogue) if sheets else (None, [])
        faults += [*wrong, *found]
        if frame is not None:
            if form.frame in frames:
                faults.append(Fault(what="the file stands twice, with and without dots", file=path.name))
            frames[form.frame] = frame
    comments, wrong = read_comment_files(folder / COMMENTS)
    faults += wrong
    if comments is not None:
        frames[COMMENTS_FILE] = comments
    if not paths and comments is None and not wrong:
        faults.append(Fault(what="the folder holds no files", file=folder.name, expected=", ".join(FORMS)))
    if faults:
        raise InputError("the analyst's files refused", faults)
    return frames


def _frame(sheet: Sheet, form: AnalystForm, catalogue: Catalogue) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Return the frame of one file, or what is wrong with the file."""
    places, faults = _places(sheet, form)
    if faults:
        return None, faults
    rows: list[dict[str, object]] = []
    first: dict[tuple[object, ...], int] = {}
    for cells in _cells(sheet, form, places):
        row = form.read(cells, catalogue)
        faults += cells.faults
        if cells.faults:
            continue
        rows.append(row)
        earlier = first.setdefault(tuple(row[name] for name in form.key), cells.at)
        if earlier != cells.at:
            what = f"the same stands already in row {earlier + 1}"
            faults.append(sheet.fault(what, row=cells.at, region=str(row["region"]), action="Keep one of them"))
    if not faults and not rows:
        faults.append(sheet.fault("the file holds no rows", action="Fill it in or remove it"))
    if faults:
        return None, faults
    types = TYPES[form.frame]
    frame = pd.DataFrame(rows, columns=list(types)).astype(types)
    return frame.sort_values(list(form.key), ignore_index=True), []


def _cells(sheet: Sheet, form: AnalystForm, places: dict[str, int]) -> Iterator[AnalystCells]:
    """Yield the rows that hold anything."""
    for at, row in enumerate(sheet.rows[1:], start=1):
        texts = {head: clean(row[place]) for head, place in places.items()}
        texts |= {head: "" for head in form.optional if head not in places}
        if any(texts.values()) and not is_source_line(row):
            yield AnalystCells(sheet=sheet, at=at, texts=texts, places=places)


def _places(sheet: Sheet, form: AnalystForm) -> tuple[dict[str, int], list[Fault]]:
    """Return the column of each head, and the faults of the heads, which stand in the first row."""
    if not sheet.rows:
        return {}, [sheet.fault("the file is empty", expected=", ".join(form.heads))]
    places: dict[str, int] = {}
    faults = []
    for place, cell in enumerate(sheet.rows[0]):
        head = plain(clean(cell))
        if head in places:
            faults.append(sheet.fault(f"the column {head!r} stands twice", row=0, column=place))
        elif head in (*form.heads, *form.optional):
            places[head] = place
        elif head not in ("", NOTE):
            error = ParameterError("column", head, (*form.heads, *form.optional))
            action = did_you_mean(error) if error.suggestions else f"Remove the column, or call it {NOTE}. {_SEE}"
            faults.append(sheet.fault(f"unknown column {shown(cell)!r}", row=0, column=place, action=action))
    faults += [
        sheet.fault(f"the column {head!r} is missing", row=0, expected=", ".join(form.heads), action=_SEE)
        for head in form.heads
        if head not in places
    ]
    return places, faults
