"""Read one file of Socialstyrelsen's tables: what its name says, its sheets, and each indicator's columns on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import Fault, InputError
from lagesbild.sources.mapping import Mapping, SheetMapping
from lagesbild.sources.mapping_file import load_mapping, mapping_path
from lagesbild.sources.socialstyrelsen_book import open_book
from lagesbild.sources.socialstyrelsen_cells import CellReader, shown
from lagesbild.sources.socialstyrelsen_columns import NO_MAPPING, NO_SHEET, IndicatorColumns, by_indicator, tie
from lagesbild.sources.socialstyrelsen_figures import Figures, read_figures
from lagesbild.sources.socialstyrelsen_layout import Sheet, Table, find_table, is_text_sheet
from lagesbild.sources.socialstyrelsen_rows import choose_units, read_rows, rows_left_out

_STEM = re.compile(
    rf"(?P<survey>{'|'.join(one.value for one in Survey)})(?:en)?-(?P<area>{'|'.join(AREA_IDS)})-(?P<year>\d{{4}})"
    r"(?:-.*)?"
)


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadColumns:
    """The columns of one indicator and sex on a sheet, with what was read from them: the way back to the cells."""

    sheet: Sheet
    table: Table
    columns: IndicatorColumns
    figures: Figures


@dataclass(kw_only=True)
class Gathered:
    """What has been read so far, over all files.

    `read` gets the way back to every cell where it is a list; null, as in an import, keeps none, so that sheets that
    have been read are let go.
    """

    catalogue: Catalogue
    read: list[ReadColumns] | None = None
    figures: list[Figures] = field(default_factory=list)
    reader: CellReader = field(default_factory=CellReader)
    unmapped: list[tuple[str, str, int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    mappings: dict[tuple[str, int], Mapping | None] = field(default_factory=dict)


def named_parts(path: Path) -> tuple[str, str, int] | None:
    """Return survey, area and year from a file's name, or null where it does not say them."""
    named = _STEM.fullmatch(path.stem)
    return None if named is None else (named["survey"], named["area"], int(named["year"]))


def read_file(path: Path, gathered: Gathered) -> None:
    """Read one file; figures, faults and what was left out are added to what has been gathered."""
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
        for one in _read_sheet(sheet, tied, NO_MAPPING if mapping is None else NO_SHEET, gathered):
            if gathered.read is not None:
                gathered.read.append(one)
            figures = one.figures
            n = len(figures["row"])
            figures["year"] = np.full(n, year, dtype=np.int64)
            figures["source"] = np.full(n, f"socialstyrelsen:{path.stem}", dtype=np.object_)
            figures["file"] = np.full(n, path.name, dtype=np.object_)
            gathered.figures.append(figures)


def _mapping(folder: Path, survey: str, year: int, gathered: Gathered) -> Mapping | None:
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


def _read_sheet(sheet: Sheet, mapping: SheetMapping | None, without: str, gathered: Gathered) -> Iterator[ReadColumns]:
    """Yield what is read from a sheet; note its faults and what was left out."""
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
            yield ReadColumns(sheet=sheet, table=table, columns=columns, figures=figures)
