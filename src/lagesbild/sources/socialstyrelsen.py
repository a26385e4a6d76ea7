"""Read Socialstyrelsen's workbooks: kommun, unit and user surveys and register tables.

A file's name says survey, area and year (``kommunenkat-aldreomsorg-2024.xlsx``). Where the table stands on a
sheet is found, not assumed, and columns are tied to the catalogue by a reviewed mapping; a column without one is
reported and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.errors import Fault, InputError
from lagesbild.sources.mapping import Mapping, SheetMapping
from lagesbild.sources.mapping_file import load_mapping, mapping_path
from lagesbild.sources.result import UNMAPPED_COLUMNS, SourceResult, observation_frame
from lagesbild.sources.socialstyrelsen_book import SUFFIXES, open_book
from lagesbild.sources.socialstyrelsen_cells import CellReader, shown
from lagesbild.sources.socialstyrelsen_columns import NO_MAPPING, NO_SHEET, by_indicator, tie
from lagesbild.sources.socialstyrelsen_figures import Figures, read_figures
from lagesbild.sources.socialstyrelsen_layout import Sheet, find_table, is_text_sheet
from lagesbild.sources.socialstyrelsen_rows import choose_units, read_rows, rows_left_out

_STEM = re.compile(
    rf"(?P<survey>{'|'.join(one.value for one in Survey)})(?:en)?-(?P<area>{'|'.join(AREA_IDS)})-(?P<year>\d{{4}})"
    r"(?:-.*)?"
)


@dataclass(kw_only=True)
class _Gathered:
    """What has been read so far, over all files."""

    catalogue: Catalogue
    figures: list[Figures] = field(default_factory=list)
    reader: CellReader = field(default_factory=CellReader)
    unmapped: list[tuple[str, str, int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    mappings: dict[tuple[str, int], Mapping | None] = field(default_factory=dict)


def read_workbooks(folder: Path, *, catalogue: Catalogue) -> SourceResult:
    """Read every workbook of a folder.

    Parameters
    ----------
    folder
        Holds ``<survey>-<area>-<year>.xlsx`` (or ``.xls``, ``.csv``); an ending such as ``-hemtjanst`` may follow.
        Its mappings stand in ``mappings`` beside the files; where it has none for a survey and year, the
        project's reviewed one counts (``data/mappings/socialstyrelsen``).
    catalogue
        The indicators that may be named.

    Returns
    -------
    SourceResult
        Observations with ``socialstyrelsen:<file stem>`` as source and ``1`` as revision; columns and rows that were
        not read as unmapped, with the reason. The order of rows and of columns in the files does not matter.

    Raises
    ------
    InputError
        If any file or mapping is faulty; all faults of all files are listed, with sheet, row and column. Nothing is
        returned then: a file is read whole or not at all.
    """
    gathered = _Gathered(catalogue=catalogue)
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
    # Excel leaves "~$name.xlsx" beside a workbook that is open.
    for path in (one for one in paths if not one.name.startswith("~$")):
        _read_file(path, gathered)
    if not paths:
        expected = ", ".join(SUFFIXES)
        gathered.faults.append(Fault(what="the folder holds no workbooks", file=str(folder), expected=expected))
    frame = _frame(gathered.figures)
    gathered.faults += _twice(frame)
    if gathered.faults:
        raise InputError("workbooks from Socialstyrelsen refused", gathered.faults)
    unmapped = pd.DataFrame(sorted(gathered.unmapped), columns=list(UNMAPPED_COLUMNS))
    return SourceResult(
        observations=observation_frame({str(name): frame[name] for name in frame if name not in ("file", "row")}),
        unmapped=unmapped.astype({name: "str" for name in UNMAPPED_COLUMNS if name != "n_rows"}),
    )


def named_parts(path: Path) -> tuple[str, str, int] | None:
    """Return survey, area and year from a file's name, or null where it does not say them."""
    named = _STEM.fullmatch(path.stem)
    return None if named is None else (named["survey"], named["area"], int(named["year"]))


def _read_file(path: Path, gathered: _Gathered) -> None:
    named = named_parts(path)
    if named is None:
        what = "the file's name does not say survey, area and year"
        expected = "<survey>-<area>-<year>.xlsx, such as kommunenkat-aldreomsorg-2024.xlsx"
        gathered.faults.append(Fault(what=what, file=path.name, expected=expected, action="Rename the file"))
        return
    survey, area, year = named
    mapping = _mapping(path.parent, survey, year, gathered)
    sheets, faults = open_book(path)
    gathered.faults += faults
    tables = [sheet for sheet in sheets if not is_text_sheet(sheet.name)]
    if not tables and not faults:
        gathered.faults.append(Fault(what="the workbook has no sheet with a table", file=path.name))
    for sheet in tables:
        tied = None if mapping is None else mapping.sheet(area, sheet.name)
        for figures in _read_sheet(sheet, tied, NO_MAPPING if mapping is None else NO_SHEET, gathered):
            n = len(figures["row"])
            figures["year"] = np.full(n, year, dtype=np.int64)
            figures["source"] = np.full(n, f"socialstyrelsen:{path.stem}", dtype=np.object_)
            figures["file"] = np.full(n, path.name, dtype=np.object_)
            gathered.figures.append(figures)


def _mapping(folder: Path, survey: str, year: int, gathered: _Gathered) -> Mapping | None:
    """Return the mapping of a survey and year; its faults are noted once."""
    key = (survey, year)
    if key not in gathered.mappings:
        path = mapping_path(folder, survey, year)
        gathered.mappings[key] = None
        if path is not None:
            try:
                gathered.mappings[key] = load_mapping(path, catalogue=gathered.catalogue)
            except InputError as error:
                gathered.faults += error.faults
    return gathered.mappings[key]


def _read_sheet(sheet: Sheet, mapping: SheetMapping | None, without: str, gathered: _Gathered) -> Iterator[Figures]:
    """Yield the figures of a sheet; note its faults and what was left out."""
    if not sheet.rows:
        gathered.faults.append(sheet.fault("the sheet is empty", action="Remove the sheet or fetch the file again"))
        return
    table = find_table(sheet)
    if table is None:
        expected = "a head such as Kommunkod or Läns-/Kommunkod within the first rows"
        gathered.faults.append(sheet.fault("no column of codes was found", expected=expected))
        return
    tied, left = tie(table.figures, mapping, without=without)
    below = len(sheet.rows) - table.first_data_row
    for one in left:
        place = sheet.fault("", column=one.place).place()
        gathered.unmapped.append((place, shown(one.head), below, one.reason))
    if not tied:
        return  # nothing is read from the sheet, so it can't be wrong
    rows, faults = read_rows(sheet, table)
    gathered.faults += faults
    for count, reason in rows_left_out(sheet, rows):
        gathered.unmapped.append((sheet.fault("").place(), "", count, reason))
    for columns in by_indicator(tied):
        chosen, faults = choose_units(sheet, table, rows, columns)
        gathered.faults += faults
        figures, faults = read_figures(sheet, columns, chosen, gathered.reader)
        gathered.faults += faults
        if figures is not None:
            yield figures


def _frame(parts: Sequence[Figures]) -> pd.DataFrame:
    """Return all figures as one frame, with the file and row that each came from."""
    if not parts:
        return pd.DataFrame({name: [] for name in (*OBSERVATION_KEY, "file", "row")})
    frame = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    return frame.assign(revision="1")


def _twice(frame: pd.DataFrame) -> Iterator[Fault]:
    """Yield a fault for each observation that an earlier file or sheet has too."""
    key = list(OBSERVATION_KEY)
    repeated = frame.duplicated(key, keep="first")
    if not repeated.any():
        return
    first = frame.drop_duplicates(key).set_index(key)["file"]
    for line in frame[repeated].to_dict("records"):
        yield Fault(
            what=f"the figure stands already in {first[tuple(line[name] for name in key)]}",
            file=line["file"],
            row=line["row"],
            indicator=line["indicator"],
            region=line["region"],
            year=line["year"],
            action="Keep one of them",
        )
