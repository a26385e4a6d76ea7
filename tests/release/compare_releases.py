"""Compare two built releases byte by byte: ``python tests/release/compare_releases.py A B``.

Prints per kind of file how many are identical, and names those that differ, with what differs in each, or stand in
one only. Ends with exit 1 where anything does. Reproducing a release, with where a difference starts, is
``lagesbild reproduce``; this is for two releases that are there already.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

from lagesbild.provenance.differences.files import file_differences
from lagesbild.provenance.same_files import Comparison, compare, counts_by_kind, release_hashes

#: So many differences of a file are told.
SHOWN = 3


def report(result: Comparison, first: Path, second: Path) -> str:
    """Return the comparison as text."""
    lines = [counts_by_kind(result)]
    for name in result.different:
        lines.append(f"differs: {name}")
        found = file_differences(name, (first / name).read_bytes(), (second / name).read_bytes())
        lines += [f"    {one.told()}" for one in itertools.islice(found, SHOWN)]
    lines += [f"only in the first: {name}" for name in result.only_first]
    lines += [f"only in the second: {name}" for name in result.only_second]
    total = len(result.same) + len(result.different)
    lines.append(f"{len(result.same)} of {total} files in both are byte-identical")
    return "\n".join(lines)


def main() -> int:
    """Compare the two folders of the command line."""
    parser = argparse.ArgumentParser(description="Compare two built releases byte by byte.")
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    options = parser.parse_args()
    result = compare(release_hashes(options.first), release_hashes(options.second))
    sys.stdout.write(report(result, options.first, options.second) + "\n")
    return 0 if result.identical else 1


if __name__ == "__main__":
    raise SystemExit(main())
