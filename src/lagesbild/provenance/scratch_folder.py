"""A folder of one's own to build in: made empty, and never one that holds anything else."""

from __future__ import annotations

import shutil
from pathlib import Path

from lagesbild.errors import ParameterError

#: What such a folder is known by, so that no other folder is ever emptied.
_MARK = ".lagesbild-reproduce"


def fresh_folder(folder: Path) -> None:
    """Make a folder, or empty it where an earlier run has made it.

    Raises
    ------
    ParameterError
        If there are files in it that no earlier run has written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise ParameterError("scratch folder", str(folder), ["an empty folder, or one of an earlier run"])
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
