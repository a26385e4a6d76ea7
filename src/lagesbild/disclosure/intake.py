"""From an outside source to released observations: read, validate, store, withhold.

This is the only road from raw cells to the rest of the project. It either takes a source whole or
refuses it whole: nothing is written before every file has been read and validated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.revision_counts import FILE as REVISION_COUNTS
from lagesbild.catalogue.vocabulary import Status
from lagesbild.disclosure.context import analyst_frames, write_context
from lagesbild.disclosure.gate import pass_gate
from lagesbild.disclosure.record import write_record
from lagesbild.errors import Fault, InputError
from lagesbild.files import sha256_tree, write_atomic
from lagesbild.frame_bytes import csv_bytes, parquet_bytes
from lagesbild.observations.archive import FOLDER as ARCHIVE
from lagesbild.observations.archive import write_archive
from lagesbild.observations.kolada_intake import read_kolada
from lagesbild.observations.revisions import counts, empty_log
from lagesbild.observations.store import write_store
from lagesbild.observations.validate import validate
from lagesbild.sources.result import SourceResult
from lagesbild.sources.socialstyrelsen import read_workbooks
from lagesbild.sources.tidy import OWN_FILES, read_tidy


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


def read_source(
    folder: Path, *, catalogue: Catalogue, archive: Path | None = None, release_date: str | None = None
) -> SourceResult:
    """Read whatever outside files a folder holds: a Kolada dump, Socialstyrelsen's workbooks, own files.

    Parameters
    ----------
    folder
        A dump itself (it holds ``observations.parquet``), or a folder with any of ``kolada/``,
        ``socialstyrelsen/`` and ``egna/`` in it.
    catalogue
        The indicators to look for.
    archive, release_date
        Kolada's archive, which the dump joins, and the date of its release (see `read_kolada`).

    Returns
    -------
    SourceResult
        Unvalidated rows of the observation table, what could not be tied to an indicator, and values known
        to be wrong.

    Raises
    ------
    InputError
        With every fault of every file.
    """
    read_dump = partial(read_kolada, archive=archive, release_date=release_date)
    readers: list[tuple[Callable[..., SourceResult], Path]] = []
    if (folder / "kolada").is_dir():
        readers.append((read_dump, folder / "kolada"))
    if (folder / "socialstyrelsen").is_dir():
        readers.append((read_workbooks, folder / "socialstyrelsen"))
    if (folder / OWN_FILES).is_dir():
        readers.append((read_tidy, folder / OWN_FILES))
    if not readers:
        readers.append((read_dump, folder))
    results: list[SourceResult] = []
    faults: list[Fault] = []
    for read, path in readers:
        try:
            results.append(read(path, catalogue=catalogue))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(f"source {folder.name} refused", faults)
    observations = pd.concat([result.observations for result in results], ignore_index=True)
    known = {indicator.id for indicator in catalogue.indicators}
    unmapped = pd.concat([result.unmapped for result in results], ignore_index=True)
    # A key figure that the dump lacks may have come by workbook; then nothing is missing.
    arrived = {catalogue.by_id(name).kolada for name in observations["indicator"].unique() if name in known}
    unmapped = unmapped[~unmapped["name"].isin([kpi for kpi in arrived if kpi])]
    return SourceResult(
        observations=observations,
        unmapped=unmapped,
        known_faults=pd.concat([result.known_faults for result in results], ignore_index=True),
        archive=next((result.archive for result in results if result.archive is not None), None),
    )


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
        out; ``kommungrupper.parquet`` Kolada's groups of kommuner, ``bakgrund.parquet`` their background variables,
        and the frames of `lagesbild.catalogue.analyst` what the analyst brought. ``sammanhang.digest`` changes when one
        of these does.
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
    frames: dict[str, pd.DataFrame] = {}
    try:
        frames = analyst_frames(folder, analyst, catalogue)
    except InputError as error:
        faults += error.faults
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
    write_atomic(work / "unmapped.csv", csv_bytes(source.unmapped))
    write_atomic(work / "known_faults.csv", csv_bytes(source.known_faults))
    return Intake(
        rows=len(open_rows),
        withheld=int((open_rows["status"] == Status.SEKRETESS).sum()),
        years=tuple(sorted(int(year) for year in open_rows["year"].unique())),
        unmapped=source.unmapped,
        known_faults=source.known_faults,
    )
