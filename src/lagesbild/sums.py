"""What a step wrote, by hash: the step after it takes nothing that is not as it was left.

A disk that has turned a bit, an edit by hand and a step that was stopped half way all show here, and not in a product.
The lists are those of ``sha256sum``, so that ``sha256sum --check`` reads them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from lagesbild.errors import DamagedError
from lagesbild.files import sha256, sha256_tree, write_atomic


def write_sums(path: Path, files: Iterable[Path], root: Path) -> None:
    """Write the hashes of files, named relative to `root`; it is written last, when all of them stand."""
    lines = sorted(f"{file.relative_to(root).as_posix()}\0{sha256(file)}" for file in files)
    told = (line.split("\0") for line in lines)
    write_atomic(path, "".join(f"{digest}  {name}\n" for name, digest in told))


def read_sums(path: Path) -> Mapping[str, str]:
    """Return the hashes of a list by the files' names; none where there is no list."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return {}
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=32)
def _read(path: Path, time: int, size: int) -> Mapping[str, str]:
    """Read a list; the same file at the same time need not be read twice."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def check_sums(path: Path, root: Path, command: str, found: Mapping[str, str] | None = None) -> None:
    """Refuse files that are not as the step that wrote them left them.

    Parameters
    ----------
    path
        The list of that step; where there is none, nothing is checked.
    root
        What the names are relative to.
    command
        What makes the files anew.
    found
        Names and hashes of the files that are to be used, where they are known already; files that the list does not
        name are not asked for. All of the list where not given.

    Raises
    ------
    DamagedError
        Naming every file that differs, or is gone.
    """
    told = read_sums(path)
    if found is None:
        found = {name: sha256(root / name) if (root / name).is_file() else "" for name in told}
    damaged = sorted(name for name, digest in found.items() if told.get(name, digest) != digest)
    if damaged:
        raise DamagedError(tuple(damaged), command)


def check_digest(path: Path, files: Iterable[Path], root: Path, command: str) -> None:
    """Refuse a folder whose files don't have the digest that the step that wrote them left beside it.

    Raises
    ------
    DamagedError
        Naming the folder.
    """
    if not path.is_file():
        return
    told = path.read_text(encoding="utf-8", errors="replace").strip()
    if sha256_tree(list(files), root) != told:
        raise DamagedError((path.with_suffix("").name,), command)
