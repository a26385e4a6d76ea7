"""A folder for what a run writes on the side, which the next run removes if this one is killed."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "lagesbild-run-"
#: How a folder's name begins in which a website is rendered, beside the place that it is moved to.
BESIDE = ".lagesbild-"
_LOCK = "lock"


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Let all temporary files of this process and those it starts land in one folder, removed at the end.

    Folders that killed runs left are removed before and after. A run that lives holds its folder's lock, which the
    kernel gives back when the last process that holds it is gone.
    """
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    parent = Path(tempfile.gettempdir())
    _remove_abandoned(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    held = _hold(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        if variable is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = variable
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)
        _remove_abandoned(parent)


def hold_scratch() -> None:
    """Hold the folder of the run that started this process, for as long as this process lives."""
    folder = Path(tempfile.gettempdir())
    if folder.name.startswith(PREFIX):
        _hold(folder)


def _hold(folder: Path) -> int:
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def _remove_abandoned(parent: Path) -> None:
    for folder in sorted(parent.glob(f"{PREFIX}*")):
        try:
            handle = os.open(folder / _LOCK, os.O_RDWR)
        except OSError:  # not there yet, or somebody else's
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # its run lives
            continue
        finally:
            os.close(handle)
