"""A source is taken in whole or refused whole, with all of its faults; what stood before still stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.resources import registers_folder
from lagesbild.cli import app
from lagesbild.disclosure.intake import take_in
from lagesbild.errors import InputError
from lagesbild.observations.read_source import read_source
from lagesbild.observations.store import read_store

PERCENT = next(one for one in load_catalogue().indicators if one.kolada and one.scale is Scale.PROCENT)
KPI = PERCENT.kolada or ""
GOOD = [(KPI, geo, 2020, "T", value) for geo, value in (("0", 80.0), ("1440", 81.5), ("0180", 79.0), ("1480", 77.0))]

UNKNOWN_KOMMUN = (KPI, "9999", 2020, "T", 50.0)
TOO_MUCH = (KPI, "0684", 2020, "T", 140.0)
Write = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path, kolada_dump: Write) -> Path:
    """Return a root where a sound dump has been imported and something has been published."""
    take_in(kolada_dump(tmp_path / "good", GOOD), work=tmp_path / "_work" / "kolada", catalogue=load_catalogue())
    released = tmp_path / "_release" / "kolada-2020" / "data" / "a.csv"
    released.parent.mkdir(parents=True)
    released.write_text("published\n")
    shutil.rmtree(tmp_path / "good")
    return tmp_path


def without_column(folder: Path) -> None:
    path = folder / "observations.parquet"
    pd.read_parquet(path).drop(columns="gender").to_parquet(path)


def emptied(folder: Path) -> None:
    (folder / "kpi.csv").write_bytes(b"")


FAULTS = {
    "unknown kommun": ([*GOOD, UNKNOWN_KOMMUN], None, ["observations.parquet", "row 5", "9999"]),
    "percentage of 140": (
        [*GOOD, TOO_MUCH],
        None,
        ["observations.parquet", "row 5", "column value", PERCENT.id, "0684", "140", "0-100"],
    ),
    "duplicate row": ([*GOOD, GOOD[1]], None, ["observations.parquet", "row 5", "1440", "2020", "row 2"]),
    "missing column": (GOOD, without_column, ["observations.parquet", "column gender"]),
    "empty file": (GOOD, emptied, ["kpi.csv", "empty"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_dump_is_one_error_and_changes_nothing(
    root: Path, kolada_dump: Write, contents: Callable[[Path], dict[str, bytes]], fault: str
) -> None:
    rows, damage, named = FAULTS[fault]
    folder = kolada_dump(root / "in", rows)
    if damage:
        damage(folder)
    before = contents(root)
    options = ["--data", str(folder), "--source", "kolada", "--root", str(root)]
    result = CliRunner().invoke(app, ["import", *options])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "(1 fault)" in result.stderr
    for word in named:
        assert word in result.stderr
    assert contents(root) == before


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path, kolada_dump: Write) -> None:
    kolada_dump(tmp_path / "kolada", [*GOOD, UNKNOWN_KOMMUN, TOO_MUCH, GOOD[1]])
    workbooks = tmp_path / "socialstyrelsen"
    workbooks.mkdir()
    (workbooks / "trasig.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(InputError) as caught:
        read_source(tmp_path, catalogue=load_catalogue())
    text = str(caught.value)
    assert len(caught.value.faults) == 4
    for word in ("9999", "140", "stands already in row 2", "trasig.xlsx"):
        assert word in text


def test_several_broken_files_of_a_dump_are_told_at_once(tmp_path: Path, kolada_dump: Write) -> None:
    folder = kolada_dump(tmp_path, GOOD)
    without_column(folder)
    emptied(folder)
    (folder / "municipality.csv").unlink()
    with pytest.raises(InputError) as caught:
        take_in(folder, work=tmp_path / "work", catalogue=load_catalogue())
    assert [Path(fault.file or "").name for fault in caught.value.faults] == [
        "observations.parquet",
        "kpi.csv",
        "municipality.csv",
    ]
    assert not (tmp_path / "work").exists()


def test_a_folder_without_catalogued_figures_is_refused(tmp_path: Path, kolada_dump: Write) -> None:
    folder = kolada_dump(tmp_path / "other", [("N99999", "1440", 2020, "T", 1.0)])
    with pytest.raises(InputError, match="no observations of catalogued indicators"):
        take_in(folder, work=tmp_path / "work", catalogue=load_catalogue())


def test_an_import_twice_changes_no_byte_and_says_what_was_left_out(
    root: Path, kolada_dump: Write, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    work = root / "_work" / "kolada"
    before = contents(work)
    intake = take_in(kolada_dump(root / "in", GOOD), work=work, catalogue=load_catalogue())
    assert contents(work) == before
    assert (intake.rows, intake.years) == (4, (2020,))
    unmapped = pd.read_csv(work / "unmapped.csv", encoding="utf-8-sig")
    assert len(unmapped) == len(intake.unmapped) > 0
    assert KPI not in set(unmapped["name"])
    assert pd.read_csv(work / "known_faults.csv", encoding="utf-8-sig").empty


def test_a_value_known_to_be_wrong_is_listed_and_read_as_missing(tmp_path: Path, kolada_dump: Write) -> None:
    cell = pd.read_csv(registers_folder() / "kolada_known_faults.csv", dtype="str").iloc[0]
    row = (cell["kpi"], cell["region"], int(cell["year"]), cell["sex"], float(cell["value"]))
    folder = kolada_dump(tmp_path / "dump", [*GOOD, row])
    catalogue = Catalogue(indicators=(PERCENT, replace(PERCENT, id=f"{PERCENT.id}-2", kolada=cell["kpi"])))
    take_in(folder, work=tmp_path / "work", catalogue=catalogue)
    listed = pd.read_csv(tmp_path / "work" / "known_faults.csv", encoding="utf-8-sig", dtype="str")
    assert listed[["name", "region", "year", "sex"]].to_numpy().tolist() == [
        [cell["kpi"], cell["region"], cell["year"], cell["sex"]]
    ]
    rows = read_store(tmp_path / "work" / "store", years=[int(cell["year"])])
    assert rows[["value", "status"]].to_numpy().tolist() == [[pytest.approx(float("nan"), nan_ok=True), "saknas"]]


def test_the_import_says_how_many_values_are_known_to_be_wrong(tmp_path: Path, kolada_dump: Write) -> None:
    cell = pd.read_csv(registers_folder() / "kolada_known_faults.csv", dtype="str").iloc[0]
    row = (cell["kpi"], cell["region"], int(cell["year"]), cell["sex"], float(cell["value"]))
    folder = kolada_dump(tmp_path / "dump", [*GOOD, row])
    result = CliRunner().invoke(app, ["import", "--data", str(folder), "--source", "kolada", "--root", str(tmp_path)])
    assert result.exit_code == 0, result.stderr
    assert "1 values known to be wrong" in result.stdout


def test_taking_in_less_removes_what_the_source_has_no_more(root: Path, kolada_dump: Write) -> None:
    work = root / "_work" / "kolada"
    later = [(kpi, geo, 2021, sex, value) for kpi, geo, _, sex, value in GOOD]
    digest = work / "released" / f"{PERCENT.area}.digest"
    before = digest.read_text()
    take_in(kolada_dump(root / "in", later), work=work, catalogue=load_catalogue())
    assert set(read_store(work / "released")["year"]) == {2021}
    assert digest.read_text() != before
