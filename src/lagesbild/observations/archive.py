"""The archive of key figures: every value that Kolada publishes, with what describes it, one file a year.

An index file names the files that make up the archive, each called by the hash of its content. A change
writes its files beside the old ones and then puts a new index in the old one's place in one step; a process
that dies in between leaves the archive as it was. The same values give the same bytes and names.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lagesbild.errors import DamagedError, NotBuiltError
from lagesbild.files import remove_unfinished, write_atomic
from lagesbild.observations.revisions import LOG_TYPES, empty_log
from lagesbild.sources.kolada_archive import (
    TEXT_COLUMNS,
    VALUE_COLUMNS,
    VALUE_KEY,
    KoladaArchive,
    categorical_text,
    sorted_categories,
)
from lagesbild.sources.kolada_rows import COUNTS, concat_rows

#: The archive's folder in a store, and its index.
FOLDER = "kolada"
INDEX = "archive.json"

_COMMAND = "lagesbild import"
_VALUE_TYPES = {
    **dict.fromkeys(VALUE_COLUMNS, pa.string()),
    "year": pa.int16(),
    **dict.fromkeys(("value", *COUNTS), pa.float64()),
}


def write_archive(archive: KoladaArchive, folder: Path) -> list[Path]:
    """Write an archive whole or not at all.

    Parameters
    ----------
    archive
        What to write; it takes the place of what is there.
    folder
        The archive's folder (``store/kolada``); made if absent.

    Returns
    -------
    list of Path
        Every file of the archive, the index last.

    Raises
    ------
    OSError
        If the disk is full or the like; the archive is then as it was.
    """
    index: dict[str, Any] = {"release": archive.release, "values": {}, "tables": {}, "revisions": {}}
    for year, part in archive.figures.groupby("year", sort=True):
        index["values"][str(year)] = _write(folder, f"values/{year}", part, _VALUE_TYPES)
    for name, table in sorted(archive.tables.items()):
        types = dict.fromkeys(table.columns, pa.string())
        index["tables"][name] = _write(folder, f"tables/{name}", table, types)
    log = archive.revisions if len(archive.revisions.columns) else empty_log()
    for release, part in log.groupby("release", sort=True, observed=True):
        index["revisions"][str(release)] = _write(folder, f"revisions/{release}", part, LOG_TYPES)
    # The one step that makes the change: before it the old index holds, after it the new.
    index |= {"sha256": _digest(index)}
    write_atomic(folder / INDEX, json.dumps(index, indent=1, ensure_ascii=False) + "\n")
    kept = [folder / name for kind in ("values", "tables", "revisions") for name in index[kind].values()]
    for path in sorted(set(folder.glob("*/*.parquet")) - set(kept)):
        path.unlink()
    remove_unfinished(folder)
    return [*kept, folder / INDEX]


def read_archive(folder: Path) -> KoladaArchive | None:
    """Return the archive, or null where none has been written.

    Raises
    ------
    NotBuiltError
        If a file that the index names is gone.
    DamagedError
        If one is not as it was written.
    """
    if not (folder / INDEX).is_file():
        return None
    index = _read_index(folder)
    parts = [_read_values(folder / name) for name in index["values"].values()]
    tables = {kind: _read(folder / name).to_pandas() for kind, name in index["tables"].items()}
    log = read_log(folder)
    return KoladaArchive(
        figures=_one_order(concat_rows(parts)) if parts else _read_empty(),
        tables={kind: table.astype("str") for kind, table in tables.items()},
        release=index["release"],
        revisions=empty_log() if log is None else log,
    )


def read_values(folder: Path, year: int) -> tuple[Path, pd.DataFrame] | None:
    """Return the file that holds a year's values, and the values in its order; null where the archive has none.

    Raises
    ------
    NotBuiltError
        If the file that the index names is gone.
    """
    if not (folder / INDEX).is_file():
        return None
    name = _read_index(folder)["values"].get(str(year))
    return None if name is None else (folder / name, _one_order(_read_values(folder / name)))


def read_archive_table(folder: Path, name: str) -> pd.DataFrame | None:
    """Return one of the tables that describe the values, all text; null where the archive hasn't it."""
    path = _read_index(folder)["tables"].get(name)
    return None if path is None else _read(folder / path).to_pandas().astype("str")


def read_release_date(folder: Path) -> str | None:
    """Return the date of the archive's release, null where it is not known.

    Raises
    ------
    NotBuiltError
        If there is no archive.
    """
    if not (folder / INDEX).is_file():
        raise NotBuiltError("the archive of key figures", _COMMAND)
    release = _read_index(folder)["release"]
    return None if release is None else str(release)


def read_log(folder: Path) -> pd.DataFrame | None:
    """Return the log of revisions without reading the figures, or null where there is no archive."""
    if not (folder / INDEX).is_file():
        return None
    index = _read_index(folder)
    logs = [_read(folder / name).to_pandas() for name in index["revisions"].values()]
    return pd.concat(logs, ignore_index=True).astype(empty_log().dtypes.to_dict()) if logs else empty_log()


def _write(folder: Path, stem: str, frame: pd.DataFrame, types: dict[str, pa.DataType]) -> str:
    """Write a frame under its content's hash, where it isn't there already; return its name in the folder."""
    arrays = {name: pa.array(frame[name], from_pandas=True) for name in frame.columns}
    table = pa.table({name: _plain(array, types[name]) for name, array in arrays.items()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=3, version="2.6", store_schema=False)
    content = sink.getvalue().to_pybytes()
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.parquet"
    if not (folder / name).is_file():
        write_atomic(folder / name, content)
    return name


def _plain(array: pa.Array, kind: pa.DataType) -> pa.Array:
    """Return a column without pandas' dictionary: its order must not show in the bytes."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(kind)


def _read(path: Path, **options: Any) -> pa.Table:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotBuiltError(f"{path.name} of the archive of key figures", _COMMAND) from error
    # A file is called by the hash of its content: a turned bit, which would be another figure, shows here.
    if not path.stem.endswith(hashlib.sha256(content).hexdigest()[:16]):
        raise DamagedError((path.name,), _anew(path.parents[1]))
    return pq.read_table(pa.BufferReader(content), **options)


def _read_index(folder: Path) -> dict[str, Any]:
    """Return the index, which ends with a hash of what stands above it; those of earlier versions have none."""
    try:
        index: dict[str, Any] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        told = index.pop("sha256", None)
        if told not in (None, _digest(index)) or index.keys() != {"release", "values", "tables", "revisions"}:
            raise ValueError
    except (ValueError, AttributeError) as error:
        raise DamagedError((INDEX,), _anew(folder)) from error
    return index


def _digest(index: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(index, sort_keys=True).encode()).hexdigest()


def _anew(folder: Path) -> str:
    """Return how to get an archive again."""
    return f"put back {folder} from a copy, or remove it and import a whole dump"


def _read_values(path: Path) -> pd.DataFrame:
    frame: pd.DataFrame = _read(path, read_dictionary=list(TEXT_COLUMNS)).to_pandas()
    return frame


def _one_order(values: pd.DataFrame) -> pd.DataFrame:
    """Return the values with sorted categories; the files are sorted by year and within themselves already."""
    for name in TEXT_COLUMNS:
        values[name] = sorted_categories(values[name])
    return values


def _read_empty() -> pd.DataFrame:
    columns: dict[str, pd.Series] = {name: categorical_text(pd.Series([], dtype="str")) for name in TEXT_COLUMNS}
    columns |= {"year": pd.Series([], dtype="int16"), "value": pd.Series([], dtype="float64")}
    return pd.DataFrame({name: columns[name] for name in (*VALUE_KEY, "value", "status")})
