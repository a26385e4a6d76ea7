"""Read Socialstyrelsen's workbooks: kommun, unit and user surveys and register tables.

A file's name says survey, area and year (``kommunenkat-aldreomsorg-2024.xlsx``). Where the table stands on a
sheet is found, not assumed, and columns are tied to the catalogue by a reviewed mapping; a column without one is
reported and left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.errors import Fault, InputError
from lagesbild.sources.result import UNMAPPED_COLUMNS, SourceResult, observation_frame
from lagesbild.sources.socialstyrelsen_book import SUFFIXES
from lagesbild.sources.socialstyrelsen_figures import Figures
from lagesbild.sources.socialstyrelsen_file import Gathered, read_file


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
    gathered = Gathered(catalogue=catalogue)
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
    # Excel leaves "~$name.xlsx" beside a workbook that is open.
    for path in (one for one in paths if not one.name.startswith("~$")):
        read_file(path, gathered)
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
