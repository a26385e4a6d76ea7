"""Read Socialstyrelsen's workbooks: kommun, unit and user surveys and register tables.

A file's name says survey, area and year (``kommunenkat-aldreomsorg-2024.xlsx``). Where the table stands on a
sheet is found, not assumed, and columns are tied to the catalogue by their heads; a column that fits no indicator is
reported and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.errors import Fault, InputError
from lagesbild.sources.result import UNMAPPED_COLUMNS, SourceResult, observation_frame
from lagesbild.sources.socialstyrelsen_cells import CellReader
from lagesbild.sources.socialstyrelsen_columns import map_columns
from lagesbild.sources.socialstyrelsen_figures import Figures, read_figures
from lagesbild.sources.socialstyrelsen_layout import Sheet, find_table, is_text_sheet
from lagesbild.sources.socialstyrelsen_rows import read_rows

_SUFFIXES = (".xlsx", ".xls")
_STEM = re.compile(
    rf"(?P<survey>{'|'.join(one.value for one in Survey)})(?:en)?-(?P<area>{'|'.join(AREA_IDS)})-(?P<year>\d{{4}})"
    r"(?:-.*)?"
)


@dataclass(kw_only=True)
class _Gathered:
    """What has been read so far, over all files."""

    figures: list[Figures] = field(default_factory=list)
    reader: CellReader = field(default_factory=CellReader)
    unmapped: list[tuple[str, str, int, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_workbooks(folder: Path, *, catalogue: Catalogue) -> SourceResult:
    """Read every workbook of a folder.

    Parameters
    ----------
    folder
        Holds ``<survey>-<area>-<year>.xlsx`` (or ``.xls``); an ending such as ``-hemtjanst`` may follow.
    catalogue
        Says which indicators to look for.

    Returns
    -------
    SourceResult
        Observations with ``socialstyrelsen:<file stem>`` as source and ``1`` as revision; columns that fit no
        indicator as unmapped. The order of rows in the files does not matter.

    Raises
    ------
    InputError
        If any file is faulty; all faults of all files are listed, with sheet, row and column. Nothing is returned
        then: a file is read whole or not at all.
    """
    gathered = _Gathered()
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in _SUFFIXES)
    # Excel leaves "~$name.xlsx" beside a workbook that is open.
    for path in (one for one in paths if not one.name.startswith("~$")):
        _read_file(path, catalogue, gathered)
    if not paths:
        gathered.faults.append(Fault(what="the folder holds no workbooks", file=str(folder), expected=".xlsx or .xls"))
    frame = _frame(gathered.figures)
    gathered.faults += _twice(frame)
    if gathered.faults:
        raise InputError("workbooks from Socialstyrelsen refused", gathered.faults)
    unmapped = pd.DataFrame(sorted(gathered.unmapped), columns=list(UNMAPPED_COLUMNS))
    return SourceResult(
        observations=observation_frame({str(name): frame[name] for name in frame if name not in ("file", "row")}),
        unmapped=unmapped.astype({name: "str" for name in UNMAPPED_COLUMNS if name != "n_rows"}),
    )


def _read_file(path: Path, catalogue: Catalogue, gathered: _Gathered) -> None:
    named = _STEM.fullmatch(path.stem)
    if named is None:
        what = "the file's name does not say survey, area and year"
        expected = "<survey>-<area>-<year>.xlsx, such as kommunenkat-aldreomsorg-2024.xlsx"
        gathered.faults.append(Fault(what=what, file=path.name, expected=expected, action="Rename the file"))
        return
    candidates = [one for one in catalogue.in_area(named["area"]) if one.survey.value == named["survey"]]
    try:
        sheets = list(_sheets(path))
    except (CalamineError, OSError) as error:
        what = f"the file is no readable workbook: {error}"
        gathered.faults.append(Fault(what=what, file=path.name, action="Save it again as .xlsx, or fetch it again"))
        return
    tables = [sheet for sheet in sheets if not is_text_sheet(sheet.name)]
    if not tables:
        gathered.faults.append(Fault(what="the workbook has no sheet with a table", file=path.name))
    for sheet in tables:
        for figures in _read_sheet(sheet, candidates, gathered):
            n = len(figures["row"])
            figures["year"] = np.full(n, int(named["year"]), dtype=np.int64)
            figures["source"] = np.full(n, f"socialstyrelsen:{path.stem}", dtype=np.object_)
            figures["file"] = np.full(n, path.name, dtype=np.object_)
            gathered.figures.append(figures)


def _sheets(path: Path) -> Iterator[Sheet]:
    """Yield the sheets of a workbook; rows and columns are kept from the first on, so that places are right."""
    with CalamineWorkbook.from_path(path) as workbook:
        for name in workbook.sheet_names:
            yield Sheet(
                file=path.name,
                name=name,
                rows=workbook.get_sheet_by_name(name).to_python(skip_empty_area=False),
            )


def _read_sheet(sheet: Sheet, candidates: Sequence[Indicator], gathered: _Gathered) -> Iterator[Figures]:
    """Yield the figures of a sheet; note its faults and the columns that were left out."""
    if not sheet.rows:
        gathered.faults.append(sheet.fault("the sheet is empty", action="Remove the sheet or fetch the file again"))
        return
    table = find_table(sheet.rows)
    if table is None:
        expected = "a head such as Kommunkod or Läns-/Kommunkod within the first rows"
        gathered.faults.append(sheet.fault("no column of codes was found", expected=expected))
        return
    mapped, left = map_columns(table.figures, candidates)
    below = len(sheet.rows) - table.head_row - 1
    for one in left:
        place = sheet.fault("", column=one.place).place()
        gathered.unmapped.append((place, one.head, below, one.reason))
    if not mapped:
        return  # nothing is read from the sheet, so it can't be wrong
    rows, faults = read_rows(sheet, table)
    gathered.faults += faults
    for columns in mapped:
        figures, faults = read_figures(sheet, columns, rows, gathered.reader)
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
