"""The raw files as they are now, by the paths that the manifest has them under.

Only names and hashes are told: figures that were withheld stand in these files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lagesbild.catalogue.raw_hash import raw_hash, read_key
from lagesbild.provenance.file_hashes import FileHashes, files_below

#: Folders of raw files, by source.
_FOLDERS = ("kolada", "socialstyrelsen", "egna", "analytiker")
_ANALYST = "analytiker/"
#: What a dump that is the folder itself may consist of.
_DUMP = (".csv", ".json", ".parquet")


def raw_hashes(
    folder: Path, analyst: Path | None, stated: Iterable[Mapping[str, Any]], hashes: FileHashes
) -> dict[str, str]:
    """Return the hash of each raw file that is there, those that were not imported too, by its path.

    Parameters
    ----------
    folder
        The folder of raw files.
    analyst
        The analyst's files, where they are not in it.
    stated
        The files that were imported, as the manifest has them: those that are ``keyed`` are hashed with the key.
    hashes
        Of the files.

    Raises
    ------
    InputError
        If the key is faulty.
    """
    keyed = {str(one["path"]): bool(one.get("keyed")) for one in stated}
    names = [*keyed, *_beside(folder, keyed)]
    places = {name: folder / name for name in names if analyst is None or not name.startswith(_ANALYST)}
    if analyst is not None:
        places |= {_ANALYST + path.relative_to(analyst).as_posix(): path for path in _own(analyst)}
    there = {name: path for name, path in places.items() if path.is_file()}
    # Where the key is gone the files can't be known, so that they are told as changed, and the key as missing.
    key = (read_key(folder) or "") if any(keyed.values()) else None
    hashes.read(path for name, path in there.items() if not keyed.get(name))
    return {name: raw_hash(path, key) if keyed.get(name) else hashes.of(path) for name, path in there.items()}


def _beside(folder: Path, stated: Collection[str]) -> Iterator[str]:
    """Yield the files in the folders of raw files, and those beside a dump that is the folder itself."""
    for name in _FOLDERS:
        yield from (path.relative_to(folder).as_posix() for path in _own(folder / name))
    if "observations.parquet" in stated:
        yield from (path.name for path in folder.glob("[!.]*") if path.is_file() and path.suffix in _DUMP)


def _own(folder: Path) -> Iterable[Path]:
    """Return the files of a folder, without what programs leave beside them."""
    paths = files_below(folder)
    return [path for path in paths if not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)]
