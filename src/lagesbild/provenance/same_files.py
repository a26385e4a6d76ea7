"""Two releases set against each other file by file: which are the same, which differ, which stand in one only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lagesbild.errors import NotBuiltError
from lagesbild.files import sha256


@dataclass(frozen=True)
class Comparison:
    """Relative paths, in order."""

    same: tuple[str, ...]
    different: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether both hold the same files with the same bytes."""
        return not (self.different or self.only_first or self.only_second)


def release_hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, by its path in it.

    Raises
    ------
    NotBuiltError
        If there is no such folder.
    """
    if not folder.is_dir():
        raise NotBuiltError(f"the release {folder.name}", "make")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path) for path in paths}


def compare(first: Mapping[str, str], second: Mapping[str, str]) -> Comparison:
    """Return how two releases differ, by the hashes of their files."""
    both = sorted(first.keys() & second.keys())
    return Comparison(
        same=tuple(name for name in both if first[name] == second[name]),
        different=tuple(name for name in both if first[name] != second[name]),
        only_first=tuple(sorted(first.keys() - second.keys())),
        only_second=tuple(sorted(second.keys() - first.keys())),
    )


def counts_by_kind(result: Comparison) -> str:
    """Return how many files of each kind are the same and differ, a line each."""
    same = Counter(PurePosixPath(name).suffix for name in result.same)
    different = Counter(PurePosixPath(name).suffix for name in result.different)
    return "\n".join(
        f"{kind or '(none)':12} {same[kind]:6} identical {different[kind]:6} different"
        for kind in sorted(same | different)
    )
