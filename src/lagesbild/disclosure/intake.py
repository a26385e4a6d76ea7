"""From an outside source to released observations: read, validate, store, withhold.

This is the only road from raw cells to the rest of the project. It either takes a source whole or
refuses it whole: nothing is written before every file has been read and validated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.raw_files import FILE as RAW_FILES
from lagesbild.catalogue.raw_files import read_raw_files
from lagesbild.catalogue.revision_counts import FILE as REVISION_COUNTS
from lagesbild.catalogue.vocabulary import Status
from lagesbild.disclosure.context import analyst_frames, write_context
from lagesbild.disclosure.gate import pass_gate
from lagesbild.disclosure.gate_note import write_gate_note
from lagesbild.disclosure.record import write_record
from lagesbild.errors import Fault, InputError
from lagesbild.files import sha256_tree, write_atomic
from lagesbild.frame_bytes import csv_bytes, parquet_bytes
from lagesbild.observations.archive import FOLDER as ARCHIVE
from lagesbild.observations.archive import write_archive
from lagesbild.observations.read_source import read_source
from lagesbild.observations.revisions import counts, empty_log
from lagesbild.observations.store import write_store
from lagesbild.observations.validate import validate
from lagesbild.sources.raw_origins import list_raw_files, with_earlier

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What an import took in.

    Parameters
    ----------
    rows, withheld
        Number of observations, and how many of them the gate withheld.
    years
        Years found.
    unmapped
        What the source holds that the catalogue has no indicator for, with the reason.
    known_faults
        Published values known to be wrong, which were read as missing.
    """

    rows: int
    withheld: int
    years: tuple[int, ...]
    unmapped: pd.DataFrame
    known_faults: pd.DataFrame


def take_in(
    folder: Path,
    *,
    work: Path,
    catalogue: Catalogue,
    release_date: str | None = None,
    analyst: Path | None = None,
) -> Intake:
    """Import a source into the store, withhold what is confidential, and write what is released.

    Parameters
    ----------
    folder
        The outside files (see `read_source`).
    work
        The source's work folder. ``store`` and ``released`` in it get the raw and the released observations,
        each by area and year, ``gate`` in the same way which step withheld what (confidential), and
        ``store/kolada`` the archive of all key figures; ``unmapped.csv`` and ``known_faults.csv`` what was left
        out; ``raavaror.json`` which raw files were read, ``sekretessprovning.json`` by which rules the gate ran;
        ``kommungrupper.parquet`` Kolada's groups of kommuner, ``bakgrund.parquet`` their background variables, and the
        frames of `lagesbild.catalogue.analyst` what the analyst brought. ``sammanhang.digest`` changes when one of
        these last ones does.
    catalogue
        The indicators to look for.
    release_date
        ISO date of Kolada's release, where the source doesn't tell it itself.
    analyst
        Folder of the analyst's files; where not given, ``analytiker`` in the source's folder, if it is there. What an
        earlier import took in from the analyst gives way: the frames are those of the files that are there now.

    Raises
    ------
    InputError
        With every fault; the store and the released observations are then as they were.
    """
    store = work / "store"
    archive = store / ARCHIVE
    faults: list[Fault] = []
    raw_files = _tried(partial(list_raw_files, folder, analyst=analyst), faults) or ()
    frames = _tried(partial(analyst_frames, folder, analyst, catalogue), faults) or {}
    try:
        source = read_source(folder, catalogue=catalogue, archive=archive, release_date=release_date)
    except InputError as error:
        raise InputError(error.headline, [*error.faults, *faults]) from error
    if faults:
        raise InputError(f"source {folder.name} refused", faults)
    if source.observations.empty:
        fault = Fault(
            what="no observations of catalogued indicators",
            file=folder.name,
            action="Check that it is the right folder",
        )
        raise InputError(f"source {folder.name} refused", [fault])
    valid = validate(source.observations, catalogue=catalogue, origin=folder.name)
    gated = pass_gate(valid, catalogue)
    open_rows = gated.released
    released = work / "released"
    store.mkdir(parents=True, exist_ok=True)
    store.chmod(0o700)  # withheld figures stand in it
    # The archive comes first: changes that are taken in once more find themselves there already.
    if source.archive is not None:
        write_archive(source.archive, archive)
        # How many values the source has revised may be told; the values may not.
        revised = source.archive.revisions
        counted = counts(revised if len(revised.columns) else empty_log())
        write_atomic(work / REVISION_COUNTS, parquet_bytes(counted))
    write_context(work, archive=source.archive, analyst=frames)
    write_store(valid, store, catalogue)
    write_store(open_rows, released, catalogue)
    write_record(gated.record, work / "gate", catalogue)
    for area in AREAS:
        files = sorted((released / area.id).glob("*.parquet"))
        write_atomic(released / f"{area.id}.digest", sha256_tree(files, released) + "\n")
    before = read_raw_files(work) if (work / RAW_FILES).is_file() else None
    write_atomic(work / RAW_FILES, with_earlier(raw_files, before, folder).text())
    write_gate_note(work, open_rows, [one.path for one in raw_files], catalogue)
    write_atomic(work / "unmapped.csv", csv_bytes(source.unmapped))
    write_atomic(work / "known_faults.csv", csv_bytes(source.known_faults))
    return Intake(
        rows=len(open_rows),
        withheld=int((open_rows["status"] == Status.SEKRETESS).sum()),
        years=tuple(sorted(int(year) for year in open_rows["year"].unique())),
        unmapped=source.unmapped,
        known_faults=source.known_faults,
    )


def _tried(read: Callable[[], T], faults: list[Fault]) -> T | None:
    """Return what a reader gives, or null where it refuses; its faults are noted."""
    try:
        return read()
    except InputError as error:
        faults += error.faults
        return None
