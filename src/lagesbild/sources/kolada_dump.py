"""Read a local dump of Kolada: Parquet files of values and the CSV files that describe them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import Fault, InputError
from lagesbild.sources.kolada import convert_rows, row_faults
from lagesbild.sources.kolada_archive import TABLES
from lagesbild.sources.kolada_release import NOTE, Release, read_release
from lagesbild.sources.kolada_rows import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, concat_rows, normalise
from lagesbild.sources.result import SourceResult

OBSERVATIONS = "observations.parquet"

#: Values of units, where a dump has them; `ou` stands in the place of `geo`.
UNIT_OBSERVATIONS = "oudata.parquet"
UNIT_COLUMNS = tuple("ou" if name == "geo" else name for name in REQUIRED_COLUMNS)

#: The text files of a dump and the columns each must have.
TEXT_FILES = {
    "kpi.csv": ("id", "title"),
    "municipality.csv": ("id", "title"),
    "municipality_groups.csv": ("group_id", "member_id"),
}

#: The text files that a dump may have.
OPTIONAL_TEXT_FILES = {"kpi_groups.csv": ("group_id", "member_id"), "ou.csv": ("id", "title", "municipality")}

#: All files that a dump may have.
DUMP_FILES = (OBSERVATIONS, UNIT_OBSERVATIONS, *TEXT_FILES, *OPTIONAL_TEXT_FILES, NOTE)

_FETCH = "Fetch the dump again, or give the folder that holds it"

#: Columns with few distinct texts: read as dictionaries, 1.76 million rows then take some 40 MB.
_DICTIONARIES = ["kpi", "geo", "ou", "gender", "status"]


_WANTED = {
    OBSERVATIONS: REQUIRED_COLUMNS,
    UNIT_OBSERVATIONS: UNIT_COLUMNS,
    **TEXT_FILES,
    **OPTIONAL_TEXT_FILES,
}


@dataclass(frozen=True, kw_only=True)
class KoladaDump:
    """A dump as read: every row with its types, not yet converted.

    Parameters
    ----------
    rows
        As `kolada_rows.normalise` returns them: values of kommuner, regions and riket, then those of units.
    faults
        What is wrong with the rows, whatever the catalogue says of their KPI.
    tables
        The text files by name without ending (`kolada_archive.TABLES`).
    release
        What the dump says of itself: whole or changes only, and of which date.
    file
        What to call the rows in messages.
    """

    rows: pd.DataFrame
    faults: tuple[Fault, ...]
    tables: dict[str, pd.DataFrame]
    release: Release
    file: str

    @property
    def titles(self) -> dict[str, str]:
        """Title of each KPI."""
        table = self.tables["kpi"]
        return dict(zip(table["id"], table["title"], strict=True))

    @property
    def units(self) -> dict[str, str]:
        """Name of each unit by its id."""
        return unit_names(self.tables.get("ou"))


def read_rows(folder: Path, *, catalogue: Catalogue) -> KoladaDump:
    """Read a dump's files without converting anything.

    Parameters
    ----------
    folder
        Holds ``observations.parquet`` (`kpi, geo, year, gender, value`, and optionally `status, isdeleted`
        and counts), ``kpi.csv``, ``municipality.csv`` and ``municipality_groups.csv``; and, where the dump has
        them, ``kpi_groups.csv``, ``ou.csv`` and ``oudata.parquet`` (`ou` in the place of `geo`), and
        ``dump.json`` (see `kolada_release`).
    catalogue
        Names the indicators in the messages.

    Raises
    ------
    InputError
        If a file is absent, empty or lacks a column. What is wrong with single rows is in `faults`.
    """
    optional = [name for name in (*OPTIONAL_TEXT_FILES, UNIT_OBSERVATIONS) if (folder / name).exists()]
    faults = [fault for name in (OBSERVATIONS, *TEXT_FILES, *optional) for fault in _file_faults(folder, name)]
    if UNIT_OBSERVATIONS in optional and "ou.csv" not in optional:
        faults.append(Fault(what="the file is absent", file=str(folder / "ou.csv"), action=_FETCH))
    note = read_release(folder / NOTE)
    faults += note.faults
    if faults:
        raise InputError("Kolada dump refused", faults)
    names = [name for name in (*TEXT_FILES, *OPTIONAL_TEXT_FILES) if name in TEXT_FILES or name in optional]
    tables = {Path(name).stem: read_table(folder / name) for name in names}
    rows = [normalise(read_observations(folder / OBSERVATIONS, REQUIRED_COLUMNS))]
    found = row_faults(rows[0], catalogue=catalogue, file=str(folder / OBSERVATIONS))
    if UNIT_OBSERVATIONS in optional:
        raw = read_observations(folder / UNIT_OBSERVATIONS, UNIT_COLUMNS)
        kommun = dict(zip(tables["ou"]["id"], tables["ou"]["municipality"], strict=True))
        found += _unknown_units(raw, kommun, str(folder / UNIT_OBSERVATIONS))
        known = raw[raw["ou"].isin(list(kommun))]
        units = normalise(known.assign(geo=known["ou"].astype("str").map(kommun)))
        found += row_faults(units, catalogue=catalogue, file=str(folder / UNIT_OBSERVATIONS))
        rows.append(units)
    return KoladaDump(
        rows=concat_rows(rows),
        faults=tuple(found),
        tables=tables,
        release=note.release,
        file=str(folder / OBSERVATIONS),
    )


def read_dump(folder: Path, *, catalogue: Catalogue) -> SourceResult:
    """Read a dump of Kolada into observations, without an archive.

    Parameters
    ----------
    folder, catalogue
        As in `read_rows`. KPIs outside the catalogue are listed as unmapped.

    Returns
    -------
    SourceResult
        See `kolada.convert_rows`. The order of the file's rows doesn't matter.

    Raises
    ------
    InputError
        If a file is absent, empty or lacks a column, or any row is faulty; all faults are listed, with row
        numbers counted from one.
    """
    dump = read_rows(folder, catalogue=catalogue)
    return convert_rows(
        dump.rows, catalogue=catalogue, titles=dump.titles, file=dump.file, faults=dump.faults, units=dump.units
    )


def unit_names(table: pd.DataFrame | None) -> dict[str, str]:
    """Return the name of each unit by its id: its title, with the id where a kommun has two of that title."""
    if table is None:
        return {}
    twice = table.duplicated(["municipality", "title"], keep=False)
    names = table["title"].where(~twice, table["title"] + " (" + table["id"] + ")")
    return dict(zip(table["id"], names, strict=True))


def _unknown_units(raw: pd.DataFrame, kommun: dict[str, str], file: str) -> list[Fault]:
    """Return a fault for each unit id that ``ou.csv`` doesn't list."""
    unknown = raw.loc[~raw["ou"].isin(list(kommun)), "ou"]
    return [
        Fault(
            what=f"unit {unit!r} is not in ou.csv ({count} rows)",
            file=file,
            row=int(unknown[unknown == unit].index[0]) + 1,
            column="ou",
            action=_FETCH,
        )
        for unit, count in sorted(unknown.astype("str").value_counts().items())
    ]


def _file_faults(folder: Path, name: str) -> list[Fault]:
    """Return what is wrong with a file as a whole: absent, empty, no such format, or lacking columns."""
    path = folder / name
    if not path.is_file():
        return [Fault(what="the file is absent", file=str(path), action=_FETCH)]
    if path.stat().st_size == 0:
        return [Fault(what="the file is empty", file=str(path), action=_FETCH)]
    wanted = _WANTED[name]
    is_parquet = path.suffix == ".parquet"
    try:
        if is_parquet:
            parquet = pq.ParquetFile(path)
            found, n_rows = parquet.schema_arrow.names, parquet.metadata.num_rows
        else:
            rows = _read_text(path)
            found, n_rows = list(rows[0]) if rows else _head(path), len(rows)
            torn = next((n for n, row in enumerate(rows, 2) if None in row or None in row.values()), None)
            if torn is not None:
                what = "the row has not as many cells as the head"
                return [Fault(what=what, file=str(path), row=torn, action=_FETCH)]
    except (pa.ArrowException, OSError, ValueError, LookupError, csv.Error):
        kind = "Parquet" if is_parquet else "UTF-8 CSV"
        return [Fault(what=f"the file is no readable {kind} file", file=str(path), action=_FETCH)]
    faults = [
        Fault(what=f"column {column} is missing", file=str(path), column=column, expected=", ".join(wanted))
        for column in wanted
        if column not in found
    ]
    # A release may have changed nothing, and a dump need not have groups of key figures.
    may_be_empty = name in OPTIONAL_TEXT_FILES or name == UNIT_OBSERVATIONS or (path.parent / NOTE).exists()
    if n_rows == 0 and not faults and not may_be_empty:
        faults.append(Fault(what="the file has no rows", file=str(path), action=_FETCH))
    return faults


def read_observations(path: Path, required: Sequence[str]) -> pd.DataFrame:
    """Return the dump's rows with text as categories."""
    try:
        present = pq.ParquetFile(path).schema_arrow.names
        wanted = [name for name in dict.fromkeys((*required, *OPTIONAL_COLUMNS)) if name in present]
        coded = [name for name in _DICTIONARIES if name in wanted]
        table = pq.read_table(path, columns=wanted, read_dictionary=coded, page_checksum_verification=True)
        table.validate(full=True)
        frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError, LookupError) as error:
        fault = Fault(what="the file is no readable Parquet file", file=str(path), action=_FETCH)
        raise InputError("Kolada dump refused", [fault]) from error
    return frame


def read_table(path: Path) -> pd.DataFrame:
    """Return a text file as a frame of text, its rows in order of their texts, each once."""
    rows = _read_text(path)
    names = list(rows[0]) if rows else _head(path)
    names += [name for name in TABLES[path.stem] if name not in names]
    frame = pd.DataFrame({name: [row.get(name) or "" for row in rows] for name in names}, dtype="str")
    return frame.drop_duplicates().sort_values(names, ignore_index=True)


def _read_text(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    if "\0" in text:
        raise ValueError("null characters")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _head(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return next(csv.reader(handle), [])
