"""The analyst's own files: what is read, and every fault at once with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.catalogue.analyst import (
    OWN_GROUPS_FILE,
    TARGETS_FILE,
    TYPES,
    USERS_FILE,
    read_own_groups,
    read_targets,
    read_users,
)
from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import InputError
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.sources.analyst_files import read_analyst_files

PERCENT = "ao-hemtjanst-nojdhet"
ANSWER = "ao-rutin-samordning-lss"
DECIDED = "indikator;kommun;malvarde;malar;beslutad\n"


def _write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def _faults(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_analyst_files(folder, catalogue=load_catalogue())
    return [str(one) for one in caught.value.faults]


def test_users_targets_and_groups_are_read_sorted(tmp_path: Path) -> None:
    _write(
        tmp_path,
        anvandare="area;kommun;anvander;ar;anmarkning\nÄldreomsorg;Ale;Ja;2019;påhittat\naldreomsorg;180;nej;2019;\n",
        mal="indikator,kommun,målvärde,målår,beslutad av,beslutad\n".replace(" ", "_")
        + f"{PERCENT},Ale,92.5,2026,socialnämnden,2024-03-12\n{ANSWER},0180,Ja,2025,,\n",
        egna_grupper="Grupp;Kommun\nNätverket;1482\nNätverket;Ale\n;;\nKälla: eget\n",
    )
    frames = read_analyst_files(tmp_path, catalogue=load_catalogue())
    assert frames[USERS_FILE].to_numpy().tolist() == [
        ["aldreomsorg", "0180", False, 2019],
        ["aldreomsorg", "1440", True, 2019],
    ]
    assert frames[TARGETS_FILE].to_numpy().tolist() == [
        [PERCENT, "1440", 92.5, 2026, "socialnämnden", "2024-03-12"],
        [ANSWER, "0180", 100.0, 2025, "", ""],
    ]
    assert frames[OWN_GROUPS_FILE].to_numpy().tolist() == [["Nätverket", "1440"], ["Nätverket", "1482"]]
    for file, frame in frames.items():
        assert frame.dtypes.astype(str).to_dict() == TYPES[file]


def test_a_spreadsheets_code_page_and_swedish_names_are_read(tmp_path: Path) -> None:
    (tmp_path / "användare.csv").write_bytes(
        "område;kommun;använder;år\n".replace("område", "area").encode("cp1252")
        + "barn-och-unga;Östersund;ja;2020\n".encode("cp1252")
    )
    assert read_analyst_files(tmp_path, catalogue=load_catalogue())[USERS_FILE]["region"].tolist() == ["2380"]


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    _write(
        tmp_path,
        anvandare="area;kommun;anvander;ar\naldre;Ale;kanske;19\naldreomsorg;Alle;ja;2019\n"
        "aldreomsorg;Ale;ja;2019\naldreomsorg;1440;nej;2019\n",
        mal=f"indikator;kommun;malvarde;malar\nao-hemtjanst-nojd;Ale;90;2026\n{PERCENT};Ale;140;2026\n"
        f"{ANSWER};Ale;90;2026\n{PERCENT};;mycket;2026\n",
        egna_grupper="grupp;komun\nA;Ale\n",
        anvandar="area\n",
    )
    faults = _faults(tmp_path)
    expected = [
        ("anvandar.csv", "unknown file", "Did you mean anvandare.csv?"),
        ("anvandare.csv", "row 2, column A: unknown area 'aldre'", "Did you mean aldreomsorg"),
        ("anvandare.csv", "row 2, column C: 'kanske' is neither", "ja or nej"),
        ("anvandare.csv", "row 2, column D: '19' is no year", "four digits"),
        ("anvandare.csv", "row 3, column B: unknown kommun 'Alle'", "Did you mean Ale"),
        ("anvandare.csv", "row 5, region 1440: the same stands already in row 4", "Keep one"),
        ("egna_grupper.csv", "row 1, column B: unknown column 'komun'", "Did you mean kommun?"),
        ("egna_grupper.csv", "row 1: the column 'kommun' is missing", "docs/analyst-files.md"),
        ("mal.csv", "row 2, column A: the catalogue has no indicator 'ao-hemtjanst-nojd'", PERCENT),
        ("mal.csv", "row 3, column C: målvärde 140 is no percentage", "0-100"),
        ("mal.csv", "row 4, column C: målvärde '90' is no answer", "ja or nej"),
        ("mal.csv", "row 5, column C: målvärde 'mycket' is no number", "a number"),
        ("mal.csv", "row 5, column B: no kommun is given", "code or name"),
    ]
    assert len(faults) == len(expected), faults
    for fault, words in zip(faults, expected, strict=True):
        assert all(word in fault for word in words), (fault, words)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "holds no files"),
        ({"mal": ""}, "the file is empty"),
        ({"mal": "indikator;kommun;malvarde;malar\n"}, "holds no rows"),
        ({"egna_grupper": "grupp;kommun\n;Ale\n"}, "no group is given"),
        ({"mal": f"{DECIDED}{PERCENT};Ale;80;2025;förra året\n"}, "column E: 'förra året' is no date"),
        ({"mal": f"{DECIDED}{PERCENT};Ale;80;2025;2026-01-01\n"}, "after the target's year 2025"),
        ({"mal": f"{DECIDED.replace('beslutad', 'beslutat')}{PERCENT};Ale;80;2025;\n"}, "Did you mean beslutad?"),
        ({"mal": f"indikator;kommun;malvarde;malar\n{PERCENT};1917;80;2025\n"}, "unknown kommun '1917'"),
    ],
)
def test_what_says_nothing_is_a_fault(tmp_path: Path, files: dict[str, str], words: str) -> None:
    (fault,) = _faults(_write(tmp_path, **files))
    assert words in fault


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        read_analyst_files(tmp_path / "nowhere", catalogue=load_catalogue())


def test_frames_are_read_from_a_work_folder_and_are_empty_where_absent(tmp_path: Path) -> None:
    for file, read in ((USERS_FILE, read_users), (TARGETS_FILE, read_targets), (OWN_GROUPS_FILE, read_own_groups)):
        absent = read(tmp_path)
        assert absent.empty
        assert absent.dtypes.astype(str).to_dict() == TYPES[file]
    _write(tmp_path / "in", egna_grupper="grupp;kommun\nA;Ale\n")
    frame = read_analyst_files(tmp_path / "in", catalogue=load_catalogue())[OWN_GROUPS_FILE]
    (tmp_path / OWN_GROUPS_FILE).write_bytes(parquet_bytes(frame))
    assert read_own_groups(tmp_path).to_numpy().tolist() == [["A", "1440"]]
