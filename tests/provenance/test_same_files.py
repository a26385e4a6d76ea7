"""Two releases that are both there, file by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.errors import NotBuiltError
from lagesbild.provenance.same_files import compare, counts_by_kind, release_hashes

TEXTS = {"a/x/1.csv": "1", "a/2.csv": "2", "a/3.pdf": "3", "b/x/1.csv": "1", "b/2.csv": "9", "b/4": ""}


def test_files_are_the_same_differ_or_stand_in_one_only(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = compare(release_hashes(tmp_path / "a"), release_hashes(tmp_path / "b"))
    assert (found.same, found.different) == (("x/1.csv",), ("2.csv",))
    assert (found.only_first, found.only_second) == (("3.pdf",), ("4",))
    assert not found.identical
    assert counts_by_kind(found).split() == [".csv", "1", "identical", "1", "different"]
    assert compare(release_hashes(tmp_path / "a"), release_hashes(tmp_path / "a")).identical


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="the release borta"):
        release_hashes(tmp_path / "borta")
