"""Figures printed in official reports: typed by hand, each table with its source, read and checked here.

They are for reference and tests. They are never mixed with figures that this package computes.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.published_sources import DTYPES, PublishedTable, read_sources
from lagesbild.catalogue.registers import read_register
from lagesbild.catalogue.resources import published_folder
from lagesbild.errors import CatalogueError, Fault, ParameterError

SOURCES_FILE = "sources.yml"


def published(table_id: str, folder: Path | None = None) -> pd.DataFrame:
    """Return a published table.

    Parameters
    ----------
    table_id
        "rir-2021-17-tabell-2" and so on; see `published_tables`.
    folder
        Where the tables are; the project's own where left out.

    Returns
    -------
    DataFrame
        One row per printed row, in print order. Whole numbers are ``Int64`` (null where print has a dash),
        numbers float64, the rest text (empty where nothing is said).

    Raises
    ------
    ParameterError
        If there is no such table; the message suggests the nearest.
    CatalogueError
        If any file of the folder is faulty; every fault is listed with file and line.
    """
    known = _read((folder or published_folder()).resolve())
    for table, frame in known:
        if table.id == table_id:
            return frame.copy()
    raise ParameterError("published table", table_id, [table.id for table, _ in known])


def published_tables(folder: Path | None = None) -> tuple[PublishedTable, ...]:
    """Return what is published: every table with its source and columns, in the order of ``sources.yml``.

    Raises
    ------
    CatalogueError
        See `published`.
    """
    return tuple(table for table, _ in _read((folder or published_folder()).resolve()))


@lru_cache(maxsize=4)
def _read(folder: Path) -> tuple[tuple[PublishedTable, pd.DataFrame], ...]:
    """Read a folder of published tables once per process."""
    tables, faults = read_sources(folder / SOURCES_FILE)
    stray = {path.stem for path in folder.glob("*.csv")} - {table.id for table in tables}
    if not faults:
        faults += [
            Fault(what="the table has no source", file=f"{name}.csv", action=f"Describe it in {SOURCES_FILE}")
            for name in sorted(stray)
        ]
    frames = []
    for table in tables:
        checks = {column.name: column.check() for column in table.columns}
        try:
            rows = read_register(folder / f"{table.id}.csv", checks, key=table.key)
        except CatalogueError as error:
            faults += error.faults
        else:
            frames.append((table, _typed(rows, table)))
    if faults:
        raise CatalogueError("the published figures were refused", faults)
    return tuple(frames)


def _typed(rows: list[dict[str, str]], table: PublishedTable) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[column.name for column in table.columns])
    for column in table.columns:
        if column.kind in ("heltal", "tal"):
            frame[column.name] = pd.to_numeric(frame[column.name])
        frame[column.name] = frame[column.name].astype(DTYPES[column.kind])
    return frame
