"""The list of raw files says of each what it holds by hash, whom it is from, its terms and when it was fetched."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.raw_files import read_raw_files
from lagesbild.catalogue.raw_hash import KEY_FILE
from lagesbild.disclosure.intake import take_in
from lagesbild.errors import InputError, NotBuiltError
from lagesbild.publishing.layout import Layout
from lagesbild.sources.kolada_release import NOTE, Release, release_note
from lagesbild.sources.raw_origins import BESIDE, Origin, list_raw_files, write_origins

KPI = next(one.kolada for one in load_catalogue().indicators if one.kolada and one.scale.value == "procent")
ROWS = [(KPI, geo, 2020, "T", 80.0) for geo in ("0", "1440", "0180", "1480")]
Write = Callable[[Path, Sequence[tuple[object, ...]]], Path]


def test_an_import_lists_every_file_that_it_read(world: Layout) -> None:
    found = {one.path: one for one in read_raw_files(world.work).files}
    files = [path for path in world.raw.rglob("*") if path.is_file()]
    assert sorted(found) == sorted(path.relative_to(world.raw).as_posix() for path in files)
    for name, one in found.items():
        content = (world.raw / name).read_bytes()
        if one.keyed:
            key = (world.raw / KEY_FILE).read_text().strip()
            told = hmac.new(key.encode(), content, "sha256").hexdigest(), -(-len(content) // 1024) * 1024
            assert name.startswith(("egna/", "analytiker/"))
        else:
            told = sha256(content).hexdigest(), len(content)
        assert (one.sha256, one.bytes) == told


def test_invented_files_are_said_to_be_invented_and_fetched_nowhere(world: Layout) -> None:
    for one in read_raw_files(world.work).files:
        assert (one.origin or "").startswith("Syntetiska data")
        assert one.retrieved is None
        assert one.address is None


def test_without_a_table_the_folder_tells_whom_a_file_is_from(tmp_path: Path, kolada_dump: Write) -> None:
    kolada_dump(tmp_path / "kolada", ROWS)
    (tmp_path / "egna").mkdir()
    (tmp_path / "egna" / "ale.csv").write_text("")
    found = {one.path: one for one in list_raw_files(tmp_path)}
    assert "Kolada (RKA)" in (found["kolada/observations.parquet"].origin or "")
    assert "källan" in (found["kolada/kpi.csv"].licence or "")
    assert found["kolada/kpi.csv"].address == "https://api.kolada.se/v3"
    assert "egen fil" in (found["egna/ale.csv"].origin or "")
    assert {one.retrieved for one in found.values()} == {None}


def test_the_first_row_that_fits_counts_and_a_dump_s_own_table_comes_first(tmp_path: Path, kolada_dump: Write) -> None:
    kolada_dump(tmp_path / "kolada", ROWS)
    write_origins(tmp_path / "kolada", [Origin(pattern="*", origin="Eget uttag", retrieved="2026-03-02")])
    (tmp_path / "egna").mkdir()
    for name in ("ale.csv", "orust.csv"):
        (tmp_path / "egna" / name).write_text("")
    told = [Origin(pattern="egna/ale.csv", origin="Ale kommun"), Origin(pattern="*", origin="Handläggaren")]
    write_origins(tmp_path, told)
    found = {one.path: (one.origin, one.retrieved) for one in list_raw_files(tmp_path)}
    assert found["kolada/kpi.csv"] == ("Eget uttag", "2026-03-02")
    assert found["egna/ale.csv"] == ("Ale kommun", None)
    assert found["egna/orust.csv"] == ("Handläggaren", None)


def test_a_dump_itself_lists_its_own_files_alone(tmp_path: Path, kolada_dump: Write) -> None:
    (kolada_dump(tmp_path, ROWS) / "LÄSMIG.txt").write_text("")
    names = ["kpi.csv", "municipality.csv", "municipality_groups.csv", "observations.parquet"]
    assert [one.path for one in list_raw_files(tmp_path)] == names


def test_faults_of_a_table_are_told_at_once_with_row_and_what_to_do(tmp_path: Path, kolada_dump: Write) -> None:
    kolada_dump(tmp_path / "kolada", ROWS)
    rows = ["fil,ursprung,licens,hamtad,adress", "kolada/kpis.csv,Kolada,,,", "*,Kolada,,i fjol,"]
    (tmp_path / BESIDE).write_text("\n".join(rows))
    with pytest.raises(InputError) as caught:
        list_raw_files(tmp_path)
    assert "i fjol" in str(caught.value)
    (tmp_path / BESIDE).write_text("\n".join(rows[:2]))
    with pytest.raises(InputError, match=r"row 2.*kolada/kpis.csv.*Did you mean kolada/kpi.csv"):
        list_raw_files(tmp_path)


def test_changes_keep_the_dumps_that_the_archive_grew_from(tmp_path: Path, kolada_dump: Write) -> None:
    work, catalogue = tmp_path / "work", load_catalogue()
    whole = kolada_dump(tmp_path / "whole", ROWS)
    take_in(whole, work=work, catalogue=catalogue, release_date="2026-01-01")
    first = read_raw_files(work)
    assert not first.earlier
    changes = kolada_dump(tmp_path / "changes", [(KPI, "1440", 2020, "T", 70.0)])
    (changes / NOTE).write_text(release_note(Release(date="2026-02-01", from_date="2026-01-01")))
    for _ in range(2):  # the same changes twice are one change
        take_in(changes, work=work, catalogue=catalogue)
        now = read_raw_files(work)
        old = {one.sha256 for one in now.earlier}
        assert {one.sha256 for one in first.files if one.path == "observations.parquet"} <= old
        assert not old & {one.sha256 for one in now.files}


def test_before_an_import_there_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="lagesbild import"):
        read_raw_files(tmp_path)
