"""A dump joins the archive: whole or as changes, in the order of releases, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import InputError, ParameterError
from lagesbild.observations.archive import read_archive, write_archive
from lagesbild.observations.kolada_intake import read_kolada
from lagesbild.sources.result import SourceResult

CATALOGUE = load_catalogue()
INDICATOR = next(one for one in CATALOGUE.indicators if one.kolada and one.scale is Scale.PROCENT)
KPI = str(INDICATOR.kolada)
Row = tuple[str, str, int, str, float]
WHOLE: list[Row] = [
    (KPI, "1440", 2019, "T", 40.0),
    (KPI, "1440", 2020, "T", 41.0),
    (KPI, "0180", 2020, "T", 50.0),
    ("N99999", "1440", 2020, "T", 4711.0),
]


@pytest.fixture
def import_(tmp_path: Path, kolada_dump: Callable[..., Path]) -> Callable[..., SourceResult]:
    """Return a function that takes rows into the archive, as an import does, and gives the result."""

    def take_in(
        rows: Sequence[Row],
        *,
        from_date: str | None = None,
        release: str | None = None,
        columns: dict[str, list[Any]] | None = None,
        **options: Any,
    ) -> SourceResult:
        folder = kolada_dump(tmp_path / "dump", rows)
        path = folder / "observations.parquet"
        pd.read_parquet(path).assign(**(columns or {})).to_parquet(path)
        (folder / "dump.json").write_text(json.dumps({"release": release, "from_date": from_date}))
        result = read_kolada(folder, catalogue=CATALOGUE, archive=tmp_path / "archive", **options)
        assert result.archive is not None
        write_archive(result.archive, tmp_path / "archive")
        return result

    return take_in


def _values(result: SourceResult) -> dict[tuple[str, int], float]:
    frame = result.observations[result.observations["indicator"] == INDICATOR.id]
    return {(row["region"], row["year"]): row["value"] for row in frame.to_dict("records")}


def test_changes_join_what_is_there(import_: Callable[..., SourceResult], tmp_path: Path) -> None:
    import_(WHOLE, release="2026-03-01")
    result = import_(
        [(KPI, "1440", 2020, "T", 44.0), (KPI, "0180", 2020, "T", 50.0)],
        from_date="2026-03-01",
        release="2026-04-01",
        columns={"isdeleted": [False, True]},
    )
    assert _values(result) == {("1440", 2019): 40.0, ("1440", 2020): 44.0}
    found = read_archive(tmp_path / "archive")
    assert found is not None
    assert found.release == "2026-04-01"
    assert len(found.figures) == 4  # the taken-back value stays as a row that says so
    log = found.revisions[["release", "change", "region", "old_value", "new_value", "new_status"]].fillna(-1)
    assert log.to_numpy().tolist() == [
        ["2026-04-01", "withdrawn", "0180", 50.0, -1, "Deleted"],
        ["2026-04-01", "changed", "1440", 41.0, 44.0, ""],
    ]


def test_the_same_changes_twice_are_logged_once(
    import_: Callable[..., SourceResult], contents: Callable[[Path], dict[str, bytes]], tmp_path: Path
) -> None:
    import_(WHOLE, release="2026-03-01")
    changes = [(KPI, "1440", 2020, "T", 44.0)]
    import_(changes, from_date="2026-03-01", release="2026-04-01")
    before = contents(tmp_path / "archive")
    import_(changes, from_date="2026-03-01", release="2026-04-01")
    assert contents(tmp_path / "archive") == before


def test_changes_and_the_whole_dump_of_a_release_give_the_same_figures(
    import_: Callable[..., SourceResult], tmp_path: Path
) -> None:
    import_(WHOLE, release="2026-03-01")
    by_changes = import_([(KPI, "1440", 2020, "T", 44.0)], from_date="2026-02-01", release="2026-04-01")
    changed = [(*row[:4], 44.0) if row[:3] == (KPI, "1440", 2020) else row for row in WHOLE]
    whole = import_(changed, release="2026-04-01")
    pd.testing.assert_frame_equal(by_changes.observations, whole.observations)
    assert whole.archive is not None
    assert by_changes.archive is not None
    pd.testing.assert_frame_equal(by_changes.archive.figures, whole.archive.figures)
    assert len(whole.archive.revisions) == 1


def test_a_first_dump_has_no_log_and_a_later_one_says_what_it_changed(import_: Callable[..., SourceResult]) -> None:
    first = import_(WHOLE, release_date="2026-03-01")
    assert first.archive is not None
    assert first.archive.revisions.empty
    later = import_(WHOLE[:-1], release_date="2026-06-01")
    assert later.archive is not None
    assert later.archive.revisions[["release", "kpi", "change"]].to_numpy().tolist() == [
        ["2026-06-01", "N99999", "withdrawn"]
    ]


def test_a_release_follows_on_the_one_before(import_: Callable[..., SourceResult]) -> None:
    changes = [(KPI, "1440", 2020, "T", 44.0)]
    with pytest.raises(InputError, match="there is no archive to put them into"):
        import_(changes, from_date="2026-03-01", release="2026-04-01")
    import_(WHOLE)
    with pytest.raises(InputError, match="the archive's release has no date"):
        import_(changes, from_date="2026-03-01", release="2026-04-01")
    import_(WHOLE, release="2026-03-01")
    with pytest.raises(InputError, match=r"since 2026-03-02.*ends with the release of 2026-03-01"):
        import_(changes, from_date="2026-03-02", release="2026-04-01")
    with pytest.raises(InputError, match="the release of 2026-02-01 is older than the archive's, 2026-03-01"):
        import_(WHOLE, release="2026-02-01")
    with pytest.raises(InputError, match=r"has no date, and the archive's has.*--release-date"):
        import_(WHOLE[:-1])
    again = import_(WHOLE)  # nothing changed, so it is the same release
    assert again.archive is not None
    assert again.archive.release == "2026-03-01"


def test_a_date_that_is_none_is_refused(import_: Callable[..., SourceResult]) -> None:
    with pytest.raises(ParameterError, match="unknown release date: '1 mars'"):
        import_(WHOLE, release_date="1 mars")
    with pytest.raises(InputError, match=r"release '2026-13-01' is no date \(expected year-month-day"):
        import_(WHOLE, release="2026-13-01")


def test_the_sources_own_calendar_dates_a_release(tmp_path: Path, kolada_dump: Callable[..., Path]) -> None:
    folder = kolada_dump(tmp_path / "dump", WHOLE)
    lines = [
        "id,title,publication_date,publ_period",
        f"{KPI},x,2021-05-20,2020.0",
        "N99999,y,2022-01-15,2021",  # the dump has no value of 2021: not published yet
        "N00001,z,,",
    ]
    (folder / "kpi.csv").write_text("\n".join(lines) + "\n")
    result = read_kolada(folder, catalogue=CATALOGUE, archive=tmp_path / "archive")
    assert result.archive is not None
    assert result.archive.release == "2021-05-20"


def test_a_fault_among_the_changes_leaves_the_archive_as_it_was(
    import_: Callable[..., SourceResult], contents: Callable[[Path], dict[str, bytes]], tmp_path: Path
) -> None:
    import_(WHOLE, release="2026-03-01")
    before = contents(tmp_path / "archive")
    faulty = [(KPI, "1440", 2020, "T", 140.0), (KPI, "9999", 2020, "T", 1.0), ("N99999", "1440", 2020, "X", 1.0)]
    with pytest.raises(InputError) as caught:
        import_(faulty, from_date="2026-03-01", release="2026-04-01")
    assert [fault.row for fault in caught.value.faults] == [1, 2, 3]
    assert contents(tmp_path / "archive") == before
