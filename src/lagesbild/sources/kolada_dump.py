"""Read a local dump of Kolada: one Parquet file of values and the CSV files that describe them."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import Fault, InputError
from lagesbild.sources.kolada import convert
from lagesbild.sources.kolada_rows import OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from lagesbild.sources.result import SourceResult

OBSERVATIONS = "observations.parquet"

#: The text files of a dump and the columns each must have.
TEXT_FILES = {
    "kpi.csv": ("id", "title"),
    "municipality.csv": ("id", "title"),
    "municipality_groups.csv": ("group_id", "member_id"),
}

_FETCH = "Fetch the dump again, or give the folder that holds it"

#: Columns with few distinct texts: read as dictionaries, 1.76 million rows then take some 40 MB.
_DICTIONARIES = ["kpi", "geo", "gender", "status"]


def read_dump(folder: Path, *, catalogue: Catalogue) -> SourceResult:
    """Read a dump of Kolada.

    Parameters
    ----------
    folder
        Holds ``observations.parquet`` (`kpi, geo, year, gender, value`, and optionally `status, isdeleted`
        and counts), ``kpi.csv``, ``municipality.csv`` and ``municipality_groups.csv``.
    catalogue
        Says which KPIs are converted; the others are listed as unmapped.

    Returns
    -------
    SourceResult
        See `kolada.convert`. The order of the file's rows doesn't matter.

    Raises
    ------
    InputError
        If a file is absent, empty or lacks a column, or any row is faulty; all faults are listed, with row
        numbers counted from one.
    """
    faults = [fault for name in (OBSERVATIONS, *TEXT_FILES) for fault in _file_faults(folder, name)]
    if faults:
        raise InputError("Kolada dump refused", faults)
    raw = _read_observations(folder / OBSERVATIONS)
    titles = {row["id"]: row["title"] for row in _read_text(folder / "kpi.csv")}
    return convert(raw, catalogue=catalogue, titles=titles, file=str(folder / OBSERVATIONS))


def _file_faults(folder: Path, name: str) -> list[Fault]:
    """Return what is wrong with a file as a whole: absent, empty, no such format, or lacking columns."""
    path = folder / name
    if not path.is_file():
        return [Fault(what="the file is absent", file=str(path), action=_FETCH)]
    if path.stat().st_size == 0:
        return [Fault(what="the file is empty", file=str(path), action=_FETCH)]
    wanted: tuple[str, ...] = REQUIRED_COLUMNS if name == OBSERVATIONS else TEXT_FILES[name]
    try:
        if name == OBSERVATIONS:
            parquet = pq.ParquetFile(path)
            found, n_rows = parquet.schema_arrow.names, parquet.metadata.num_rows
        else:
            rows = _read_text(path)
            found, n_rows = list(rows[0]) if rows else _head(path), len(rows)
    except (pa.ArrowInvalid, UnicodeDecodeError, csv.Error):
        kind = "Parquet" if name == OBSERVATIONS else "UTF-8 CSV"
        return [Fault(what=f"the file is no readable {kind} file", file=str(path), action=_FETCH)]
    faults = [
        Fault(what=f"column {column} is missing", file=str(path), column=column, expected=", ".join(wanted))
        for column in wanted
        if column not in found
    ]
    if n_rows == 0 and not faults:
        faults.append(Fault(what="the file has no rows", file=str(path), action=_FETCH))
    return faults


def _read_observations(path: Path) -> pd.DataFrame:
    """Return the dump's rows with text as categories."""
    present = pq.ParquetFile(path).schema_arrow.names
    wanted = [name for name in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS) if name in present]
    table = pq.read_table(path, columns=wanted, read_dictionary=[n for n in _DICTIONARIES if n in wanted])
    frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    return frame


def _read_text(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _head(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return next(csv.reader(handle), [])
