"""Hashes of many files, each read once and several at a time: reading is slower than hashing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lagesbild.files import sha256

_THREADS = 4


class FileHashes:
    """Remembers the hash of each file that has been asked for, so that no file is read twice."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def of(self, path: Path) -> str:
        """Return the SHA-256 of a file."""
        if path not in self._known:
            self._known[path] = sha256(path)
        return self._known[path]

    def read(self, paths: Iterable[Path]) -> None:
        """Hash many files at once, for the times that they are asked for."""
        wanted = [path for path in dict.fromkeys(paths) if path not in self._known]
        with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as threads:
            self._known.update(zip(wanted, threads.map(sha256, wanted), strict=True))


def files_below(folder: Path) -> list[Path]:
    """Return every file below a folder, in order of name; none where it isn't there."""
    found = [Path(top) / name for top, _, names in os.walk(folder) for name in names]
    return sorted(found, key=lambda path: path.as_posix())
