"""The archive holds every value of a dump, whole or not at all, in the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.errors import NotBuiltError
from lagesbild.observations import archive as module
from lagesbild.observations.archive import INDEX, read_archive, read_release_date, write_archive
from lagesbild.observations.kolada_intake import read_kolada
from lagesbild.sources.kolada_archive import KoladaArchive, archive_values
from lagesbild.sources.kolada_dump import read_rows
from lagesbild.sources.kolada_rows import normalise

Row = dict[str, Any]
Contents = Callable[[Path], dict[str, bytes]]


def _row(kpi: str, geo: str, year: int, value: float | None, **more: object) -> Row:
    return {"kpi": kpi, "geo": geo, "year": year, "gender": "T", "value": value, "status": "", **more}


ROWS = [
    _row("U20001", "1440", 2020, 87.25),
    _row("U20001", "0", 2020, 84.0),
    _row("U20001", "0014", 2021, 85.5),
    _row("N99999", "0180", 2021, None, status="Privacy"),
    _row("N99999", "0180", 2020, None, status="Missing"),
    _row("N99999", "1440", 2020, None, status="Not applicable"),
    _row("N99999", "1440", 2021, None),
]


def _archive(rows: list[Row], **more: Any) -> KoladaArchive:
    return KoladaArchive(figures=archive_values(normalise(pd.DataFrame(rows))), **more)


def test_an_archive_is_read_as_it_was_written(tmp_path: Path) -> None:
    tables = {"kpi": pd.DataFrame({"id": ["U20001"], "title": ["Trygghet, andel (%)"]}, dtype="str")}
    written = _archive(ROWS, tables=tables, release="2026-03-01")
    write_archive(written, tmp_path)
    found = read_archive(tmp_path)
    assert found is not None
    pd.testing.assert_frame_equal(found.figures, written.figures)
    pd.testing.assert_frame_equal(found.tables["kpi"], tables["kpi"])
    assert found.release == read_release_date(tmp_path) == "2026-03-01"
    assert found.revisions.empty


def test_codes_of_regions_are_ours_and_statuses_are_kept() -> None:
    frame = _archive(ROWS).figures
    shown = frame[["year", "kpi", "region", "status"]].astype("str").to_numpy().tolist()
    assert shown == [
        ["2020", "N99999", "0180", "Missing"],
        ["2020", "N99999", "1440", "Not applicable"],
        ["2020", "U20001", "0000", ""],
        ["2020", "U20001", "1440", ""],
        ["2021", "N99999", "0180", "Privacy"],
        ["2021", "N99999", "1440", ""],
        ["2021", "U20001", "14", ""],
    ]


def test_a_value_beside_a_status_is_not_even_kept(tmp_path: Path) -> None:
    rows = [_row("U20001", "1440", 2020, 4711.0625, status="Privacy")]
    write_archive(_archive(rows), tmp_path)
    found = read_archive(tmp_path)
    assert found is not None
    assert found.figures["value"].isna().all()
    assert found.figures["status"].tolist() == ["Privacy"]


def test_a_taken_back_value_is_kept_as_such_and_gives_way_to_a_live_one() -> None:
    gone = [_row("U20001", "1440", 2020, 1.0, isdeleted=True), _row("U20001", "0180", 2020, 2.0, isdeleted=True)]
    there = _row("U20001", "1440", 2020, 3.0, isdeleted=False)
    frame = _archive([*gone, there]).figures
    assert frame[["region", "status"]].astype("str").to_numpy().tolist() == [["0180", "Deleted"], ["1440", ""]]
    assert frame["value"].tolist()[1] == 3.0
    assert pd.isna(frame["value"][0])


def test_the_same_values_in_any_order_are_the_same_bytes(tmp_path: Path, contents: Contents) -> None:
    write_archive(_archive(ROWS), tmp_path / "a")
    write_archive(_archive(ROWS[::-1]), tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert sorted(path.split("-")[0] for path in contents(tmp_path / "a")) == [INDEX, "values/2020", "values/2021"]


def test_only_a_year_that_changed_is_written_anew(tmp_path: Path) -> None:
    write_archive(_archive(ROWS), tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "values").iterdir()}
    write_archive(_archive([*ROWS, _row("N99999", "1440", 2019, 5.0), _row("U20001", "0180", 2021, 1.0)]), tmp_path)
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "values").iterdir()}
    assert len(after) == 3
    assert [name.split("-")[0] for name in before.keys() & after.keys()] == ["2020"]
    assert all(before[name] == after[name] for name in before.keys() & after.keys())


@pytest.mark.parametrize("step", range(4))
def test_a_killed_change_leaves_the_archive_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    before = _archive(ROWS, release="2026-03-01")
    write_archive(before, tmp_path)
    calls = 0
    write = module.write_atomic

    def dying(path: Path, content: bytes | str) -> bool:
        nonlocal calls
        calls += 1
        if calls > step:
            path.with_name(f".{path.name}.1.tmp").write_bytes(b"half")
            raise KeyboardInterrupt
        return write(path, content)

    changed = _archive([_row(f"U2000{n}", "1440", year, 1.0) for n in range(3) for year in (2019, 2020, 2021)])
    with monkeypatch.context() as patch:
        patch.setattr(module, "write_atomic", dying)
        with pytest.raises(KeyboardInterrupt):
            write_archive(changed, tmp_path)
    assert calls == step + 1
    found = read_archive(tmp_path)
    assert found is not None
    pd.testing.assert_frame_equal(found.figures, before.figures)
    write_archive(changed, tmp_path)  # and the next change clears what the killed one left
    assert len(list((tmp_path / "values").iterdir())) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [INDEX, "values"]


def test_an_absent_archive_is_told(tmp_path: Path) -> None:
    assert read_archive(tmp_path) is None
    with pytest.raises(NotBuiltError, match="the archive of key figures is not built yet"):
        read_release_date(tmp_path)
    write_archive(_archive(ROWS), tmp_path)
    next((tmp_path / "values").iterdir()).unlink()
    with pytest.raises(NotBuiltError, match=r"20\d\d-.*parquet of the archive"):
        read_archive(tmp_path)


def test_every_value_of_the_real_dump_is_in_the_archive(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "kolada"
    raw = pd.read_parquet(folder / "observations.parquet")
    write_archive(_archive_of(folder, load_catalogue()), tmp_path)
    found = read_archive(tmp_path)
    assert found is not None
    frame = found.figures
    assert len(frame) == len(raw) == 1_757_242
    assert frame["value"].sum() == pytest.approx(raw["value"].sum(), rel=1e-12)
    ours = frame["kpi"].astype("str") + frame["region"].astype("str")
    assert ours.nunique() == (raw["kpi"] + raw["geo"]).nunique()
    assert set(found.tables) == {"kpi", "municipality", "municipality_groups"}


def _archive_of(folder: Path, catalogue: Catalogue) -> KoladaArchive:
    dump = read_rows(folder, catalogue=catalogue)
    assert not dump.faults
    return KoladaArchive(figures=archive_values(dump.rows), tables=dump.tables)


def test_a_dump_gives_the_same_observations_through_the_archive(
    kolada_dump: Callable[..., Path], tmp_path: Path
) -> None:
    catalogue = load_catalogue()
    kpi = next(one for one in catalogue.indicators if one.kolada and not one.is_answer)
    folder = kolada_dump(tmp_path / "dump", [(str(kpi.kolada), "1440", 2020, "T", 40.0)])
    result = read_kolada(folder, catalogue=catalogue, archive=tmp_path / "archive")
    assert result.archive is not None
    assert result.observations["value"].tolist() == [40.0]
    assert result.archive.figures["value"].tolist() == [40.0]
