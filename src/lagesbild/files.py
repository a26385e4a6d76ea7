"""Files written whole or not at all, and left untouched where nothing changed."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import glob
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

#: How the name of a file ends that is not written to its end yet.
UNFINISHED = ".tmp"


def write_atomic(path: Path, content: bytes | str) -> bool:
    """Write `content` to `path` so that a reader or a crash never sees half of it.

    An unchanged file keeps its modification time, so that make rebuilds nothing that depends on it.

    Returns
    -------
    bool
        Whether the file's content changed.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    # One name a process: two that write the same file at once don't write into each other's half.
    beside = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        error.filename = error.filename or str(path)
        raise
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk, so that a move or removal outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


#: Of the C library's renameat2: look relative paths up from here, and let the two change places.
_HERE, _EXCHANGE = -100, 2


def exchange(one: Path, other: Path) -> None:
    """Let two folders of the same disk change places in one step; in two, where the system can't do it in one."""
    names = (os.fsencode(one), os.fsencode(other))
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is not None and rename(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0:
        return
    aside = one.with_name(f"{one.name}-replaced")
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed `write_atomic` left in a folder and the folders in it."""
    for path in sorted(folder.rglob(f".*{UNFINISHED}")):
        path.unlink(missing_ok=True)


def remove_unfinished_of(path: Path) -> None:
    """Remove what killed processes left of one file; only its holder may, see `holding`."""
    for beside in path.parent.glob(f".{glob.escape(path.name)}.*{UNFINISHED}"):
        beside.unlink(missing_ok=True)


class BusyError(Exception):
    """Another process holds the file."""


@contextlib.contextmanager
def holding(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Keep other processes of this machine from making the same file, while the block lasts.

    The lock stands beside the file and is removed at the end. A process that dies gives it back.

    Raises
    ------
    BusyError
        If another process holds it and `wait` is false.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _lock(path)
    while True:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            os.close(handle)
            raise BusyError(str(path)) from error
        # The one that held it has removed the file meanwhile, and another process may hold a new one.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), beside.stat()):
                break
        os.close(handle)
    try:
        yield
    finally:
        beside.unlink(missing_ok=True)
        os.close(handle)


def remove_abandoned_lock(path: Path) -> None:
    """Remove the lock of a file, if a process was killed while it held it."""
    if _lock(path).exists():
        with contextlib.suppress(BusyError), holding(path, wait=False):
            pass


def _lock(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_tree(paths: list[Path], root: Path) -> str:
    """Return one SHA-256 over the names (relative to `root`) and contents of `paths`, in sorted order."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(b"\0")
        digest.update(sha256(path).encode())
        digest.update(b"\n")
    return digest.hexdigest()
