"""Files are written whole or not at all, and left alone where nothing changed."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from lagesbild.files import (
    BusyError,
    holding,
    remove_abandoned_lock,
    remove_unfinished,
    remove_unfinished_of,
    sha256,
    sha256_tree,
    write_atomic,
)


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


def test_what_a_killed_write_left_of_one_file_is_removed_and_nothing_of_its_neighbours(tmp_path: Path) -> None:
    for name in (".x.pdf.17.tmp", ".x[1].pdf.17.tmp", ".y.pdf.17.tmp"):
        (tmp_path / name).touch()
    remove_unfinished_of(tmp_path / "x.pdf")
    remove_unfinished_of(tmp_path / "x[1].pdf")
    assert [path.name for path in tmp_path.iterdir()] == [".y.pdf.17.tmp"]


def test_a_held_file_is_busy_until_it_is_let_go_and_leaves_no_lock(tmp_path: Path) -> None:
    record = tmp_path / "records" / "a.json"
    with holding(record):
        with pytest.raises(BusyError), holding(record, wait=False):
            pytest.fail("two hold the same file")
        remove_abandoned_lock(record)
        assert [path.name for path in record.parent.iterdir()] == [".a.json.lock"]
    assert list(record.parent.iterdir()) == []
    with holding(record, wait=False):
        pass


def test_a_lock_that_nobody_holds_any_more_is_taken_over_or_removed(tmp_path: Path) -> None:
    lock = tmp_path / ".a.json.lock"
    lock.touch()
    with holding(tmp_path / "a.json", wait=False):
        assert lock.exists()
    lock.touch()
    remove_abandoned_lock(tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


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
