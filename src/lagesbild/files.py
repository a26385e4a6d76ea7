"""Files written whole or not at all, and left untouched where nothing changed."""

from __future__ import annotations

import hashlib
import os
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


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed `write_atomic` left in a folder and the folders in it."""
    for path in sorted(folder.rglob(f".*{UNFINISHED}")):
        path.unlink(missing_ok=True)


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
