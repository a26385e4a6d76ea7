"""Files are written whole or not at all, and left alone where nothing changed."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from lagesbild.files import remove_unfinished, sha256, sha256_tree, write_atomic


def test_an_unchanged_file_keeps_its_time_and_a_changed_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "åäö.txt"
    assert write_atomic(path, "ett")
    os.utime(path, (1, 1))
    assert not write_atomic(path, b"ett")
    assert path.stat().st_mtime == 1
    assert write_atomic(path, "två")
    assert path.stat().st_mtime > 1
    assert path.read_text(encoding="utf-8") == "två"
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_failed_write_leaves_the_earlier_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "a.csv"
    write_atomic(path, "old")

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os if broken == "fsync" else Path, broken, fails)
    with pytest.raises(OSError, match="no space left"):
        write_atomic(path, "new")
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "old"


def test_what_a_killed_write_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in ("a/.x.pdf.17.tmp", "a/x.pdf", "a/plain.tmp", ".nojekyll"):
        write_atomic(tmp_path / name, name)
    remove_unfinished(tmp_path)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == [".nojekyll", "a/plain.tmp", "a/x.pdf"]


def test_a_tree_hash_depends_on_names_and_contents_and_not_on_order_or_place(tmp_path: Path) -> None:
    for root in ("one", "two"):
        write_atomic(tmp_path / root / "a", "1")
        write_atomic(tmp_path / root / "b", "2")
    one, two = tmp_path / "one", tmp_path / "two"
    before = sha256_tree([one / "a", one / "b"], one)
    assert before == sha256_tree([two / "b", two / "a"], two)
    write_atomic(two / "b", "3")
    assert before != sha256_tree([two / "a", two / "b"], two)
    write_atomic(one / "c", "2")
    assert before != sha256_tree([one / "a", one / "c"], one)
    assert sha256(one / "a") == hashlib.sha256(b"1").hexdigest()
