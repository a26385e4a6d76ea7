"""Read a folder of outside files, whatever sources stand in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import Fault, InputError
from lagesbild.observations.kolada_intake import read_kolada
from lagesbild.sources.result import SourceResult
from lagesbild.sources.socialstyrelsen import read_workbooks
from lagesbild.sources.tidy import OWN_FILES, read_tidy


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
