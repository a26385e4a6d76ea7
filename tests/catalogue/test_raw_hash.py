"""The hash of a raw file that may be published: known form, a key that stays, nothing to guess by."""

from __future__ import annotations

import hashlib
import hmac
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.raw_hash import KEY_FILE, is_keyed, made_key, raw_hash, read_key, told_size
from lagesbild.errors import InputError


def test_hash_without_key_is_sha256(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"antal\n3\n")
    assert raw_hash(path, None) == hashlib.sha256(b"antal\n3\n").hexdigest()


def test_keyed_hash_is_that_of_the_standard(tmp_path: Path) -> None:
    # Case 2 of RFC 4231.
    path = tmp_path / "a.csv"
    path.write_bytes(b"what do ya want for nothing?")
    known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert raw_hash(path, "Jefe") == known


def test_files_of_ones_own_are_keyed() -> None:
    keyed = ("egna/a.csv", "egna/a.xlsx", "analytiker/kommentarer/b.csv", "socialstyrelsen/register-x-2024.CSV")
    plain = ("kolada/kpi.csv", "kpi.csv", "socialstyrelsen/register-x-2024.xlsx", "ursprung.csv", KEY_FILE)
    assert [name for name in (*keyed, *plain) if is_keyed(name)] == list(keyed)


def test_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    assert read_key(tmp_path) is None
    key = made_key(tmp_path)
    assert made_key(tmp_path) == read_key(tmp_path) == key
    assert len(key) == 64
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert made_key(tmp_path / "a") != made_key(tmp_path / "b")


def test_key_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("hemligt\n")
    with pytest.raises(InputError, match=r"nyckel\.txt: the key has fewer than 32 characters. Remove the file"):
        made_key(tmp_path)


def test_key_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nyckel\.txt: can't be written: .*Put a file of that name there"):
        made_key(tmp_path / "is not there")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(0, 99))
def test_neither_hash_nor_size_tells_a_small_count(tmp_path: Path, count: int) -> None:
    """Whoever knows all of the file but the count finds it by trying, if there is no key."""
    folder = tmp_path / "raw"
    folder.mkdir(exist_ok=True)
    path = folder / "stadsdelar.csv"

    def content(guess: int) -> bytes:
        return f"stadsdel;antal\nCentrum;{guess}\n".encode()

    path.write_bytes(content(count))
    published = {raw_hash(path, made_key(folder))}
    tried = {hashlib.sha256(content(guess)).hexdigest() for guess in range(100)}
    tried |= {hmac.new(word, content(guess), "sha256").hexdigest() for guess in range(100) for word in (b"", b"egna")}
    assert not published & tried
    assert raw_hash(path, None) in tried
    assert told_size(path, keyed=True) == 1024
