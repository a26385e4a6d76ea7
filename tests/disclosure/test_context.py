"""What stands beside the observations: background, groups and the analyst's files, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lagesbild.catalogue.analyst import read_own_groups, read_targets, read_users
from lagesbild.catalogue.background import read_background
from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.cli import app
from lagesbild.disclosure.context import DIGEST
from lagesbild.disclosure.intake import take_in
from lagesbild.errors import InputError

KPI = next(one.kolada for one in load_catalogue().indicators if one.kolada and one.scale is Scale.PROCENT)
ROWS = [
    (str(KPI), "1440", 2020, "T", 81.5),
    ("N01951", "1440", 2020, "T", 31_868.0),
    ("N01951", "1440", 2020, "K", 15_000.0),
    ("N01951", "0", 2020, "T", 10_000_000.0),
    ("N30005", "1440", 2020, "T", 4_000.0),
    ("N30001", "1440", 2020, "T", 25.0),
    ("N30005", "0180", 2020, "T", 4_000.0),
]
Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, kolada_dump: Write) -> Path:
    """Return a folder of outside files: a dump and an analyst's files."""
    kolada_dump(tmp_path / "in" / "kolada", ROWS)
    (tmp_path / "in" / "analytiker").mkdir()
    (tmp_path / "in" / "analytiker" / "egna_grupper.csv").write_text("grupp;kommun\nA;Ale\n", encoding="utf-8")
    return tmp_path / "in"


def test_background_and_the_analysts_files_are_left_beside_the_observations(folder: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    take_in(folder, work=work, catalogue=load_catalogue())
    assert read_background(work).to_numpy().tolist() == [
        ["1440", 2020, "folkmangd", 31_868.0],
        ["1440", 2020, "kostnad-ifo", 3_200.0],
    ]
    assert read_own_groups(work).to_numpy().tolist() == [["A", "1440"]]
    assert read_users(work).empty
    before = (work / DIGEST).read_text()
    take_in(folder, work=work, catalogue=load_catalogue())
    assert (work / DIGEST).read_text() == before


def test_a_folder_elsewhere_takes_the_place_of_the_one_in_the_data(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "anvandare.csv").write_text("area;kommun;anvander;ar\naldreomsorg;Ale;ja;2019\n", encoding="utf-8")
    work = tmp_path / "_work" / "kolada"
    take_in(folder, work=work, catalogue=load_catalogue())
    before = (work / DIGEST).read_text()
    options = ["--data", str(folder), "--source", "kolada", "--root", str(tmp_path), "--analyst", str(elsewhere)]
    result = CliRunner().invoke(app, ["import", *options])
    assert result.exit_code == 0, result.stderr
    assert read_users(work).to_numpy().tolist() == [["aldreomsorg", "1440", True, 2019]]
    assert read_own_groups(work).empty
    assert (work / DIGEST).read_text() != before


def test_faults_of_the_analysts_files_are_told_with_the_dumps_and_nothing_is_stored(
    folder: Path, tmp_path: Path, kolada_dump: Write
) -> None:
    (folder / "analytiker" / "mal.csv").write_text("indikator;kommun\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"in refused \(2 faults\)") as caught:
        take_in(folder, work=tmp_path / "work", catalogue=load_catalogue())
    assert all("mal.csv" in str(one) for one in caught.value.faults)
    kolada_dump(folder / "kolada", [*ROWS, (str(KPI), "9999", 2020, "T", 1.0)])
    with pytest.raises(InputError) as both:
        take_in(folder, work=tmp_path / "work", catalogue=load_catalogue())
    assert [Path(str(one.file)).name for one in both.value.faults] == ["observations.parquet", "mal.csv", "mal.csv"]
    assert not (tmp_path / "work").exists()
    assert read_targets(tmp_path / "work").empty
