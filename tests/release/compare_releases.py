"""Compare two built releases byte by byte: ``python tests/release/compare_releases.py A B``.

Prints per kind of file how many are identical, and names those that differ or stand in one only. Ends with
exit 1 where anything does.
"""

from __future__ import annotations

import argparse
import filecmp
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Comparison:
    """Relative paths, in order."""

    same: tuple[str, ...]
    different: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def identical(self) -> bool:
        return not (self.different or self.only_first or self.only_second)


def compare(first: Path, second: Path) -> Comparison:
    """Return how the files of two folders differ, by content."""
    left, right = _files(first), _files(second)
    both = sorted(left & right)
    same = tuple(name for name in both if filecmp.cmp(first / name, second / name, shallow=False))
    return Comparison(
        same=same,
        different=tuple(name for name in both if name not in set(same)),
        only_first=tuple(sorted(left - right)),
        only_second=tuple(sorted(right - left)),
    )


def report(result: Comparison) -> str:
    """Return the comparison as text."""
    same = Counter(Path(name).suffix for name in result.same)
    different = Counter(Path(name).suffix for name in result.different)
    lines = [
        f"{kind or '(none)':10} {same[kind]:6} identical {different[kind]:6} different"
        for kind in sorted(same | different)
    ]
    lines += [f"differs: {name}" for name in result.different]
    lines += [f"only in the first: {name}" for name in result.only_first]
    lines += [f"only in the second: {name}" for name in result.only_second]
    total = len(result.same) + len(result.different)
    lines.append(f"{len(result.same)} of {total} files in both are byte-identical")
    return "\n".join(lines)


def _files(folder: Path) -> set[str]:
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder")
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def main() -> int:
    """Compare the two folders of the command line."""
    parser = argparse.ArgumentParser(description="Compare two built releases byte by byte.")
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    options = parser.parse_args()
    result = compare(options.first, options.second)
    sys.stdout.write(report(result) + "\n")
    return 0 if result.identical else 1


if __name__ == "__main__":
    raise SystemExit(main())
