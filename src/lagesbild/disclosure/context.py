"""What stands beside the observations in a source's work folder: groups, background variables, the analyst's files.

All of it is public or the analyst's own, on whole kommuner; nothing of it passes the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.analyst import TYPES as ANALYST_FRAMES
from lagesbild.catalogue.background import FILE as BACKGROUND
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.peers import FILE as PEERS
from lagesbild.disclosure.context_files import DIGEST, context_files
from lagesbild.files import sha256_tree, write_atomic
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.sources.analyst_files import ANALYST_FILES, read_analyst_files
from lagesbild.sources.kolada_archive import KoladaArchive
from lagesbild.sources.kolada_background import background_values


def analyst_frames(folder: Path, analyst: Path | None, catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """Return the frames of the analyst's files.

    Parameters
    ----------
    folder
        A source's folder: files in ``analytiker`` in it are read where `analyst` is null.
    analyst
        The folder of the analyst's files.

    Returns
    -------
    dict of str to DataFrame
        See `lagesbild.sources.analyst_files.read_analyst_files`; empty where there is no folder.

    Raises
    ------
    InputError
        With every fault of every file.
    """
    beside = folder / ANALYST_FILES
    if analyst is None and not beside.is_dir():
        return {}
    return read_analyst_files(analyst or beside, catalogue=catalogue)


def write_context(work: Path, *, archive: KoladaArchive | None, analyst: Mapping[str, pd.DataFrame]) -> None:
    """Write what stands beside the observations, and a hash of it.

    Parameters
    ----------
    work
        The source's work folder.
    archive
        Kolada's key figures; where the source has none, groups and background stay as they are.
    analyst
        The analyst's frames. Those of an earlier import that aren't among them are removed: the frames are those of
        the files that are there now.
    """
    if archive is not None:
        write_atomic(work / PEERS, parquet_bytes(archive.tables["municipality_groups"]))
        write_atomic(work / BACKGROUND, parquet_bytes(background_values(archive.figures)))
    for name in ANALYST_FRAMES:
        if name in analyst:
            write_atomic(work / name, parquet_bytes(analyst[name]))
        else:
            (work / name).unlink(missing_ok=True)
    write_atomic(work / DIGEST, sha256_tree(context_files(work), work) + "\n")
