"""What the notebooks read and write."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.methods.aggregates import indicator_frame
from lagesbild.methods.trends import SERIES_COLUMNS
from lagesbild.publishing.analysis_io import find_root, open_run

GOOD = {"area": "aldreomsorg", "year": 2024, "source": "demo"}


def test_a_run_knows_its_area_year_and_kommuner(work):
    run = open_run("indikatorer", **GOOD, root=str(work))
    assert (run.area.name, run.year) == ("Äldreomsorg", 2024)
    assert len(run.members) == 290
    assert {indicator.area for indicator in run.indicators} == {"aldreomsorg"}
    assert set(run.released()["year"]) == {2024}


def test_a_year_may_come_as_text(work):
    assert open_run("trender", **(GOOD | {"year": "2024"}), root=str(work)).year == 2024


@pytest.mark.parametrize("year", [2042, "tjugofyra", -2024, "2024.0", None])
def test_a_year_that_is_not_there_is_refused(work, year):
    with pytest.raises(ParameterError, match="unknown year") as caught:
        open_run("trender", **(GOOD | {"year": year}), root=str(work))
    assert caught.value.known == tuple(str(known) for known in range(2016, 2025))


def test_an_unknown_step_area_or_source_is_refused(work):
    for step, changes in (
        ("indikator", {}),
        ("indikatorer", {"area": "äldreomsorg"}),
        ("indikatorer", {"source": "Kolada"}),
    ):
        with pytest.raises(ParameterError) as caught:
            open_run(step, **(GOOD | changes), root=str(work))
        assert caught.value.suggestions


def test_nothing_released_says_which_command_makes_it(tmp_path):
    with pytest.raises(NotBuiltError, match="lagesbild import"):
        open_run("indikatorer", **GOOD, root=str(tmp_path))


def test_the_root_is_found_from_any_folder_below_it(work, monkeypatch, tmp_path):
    below = work / "analysis"
    below.mkdir(exist_ok=True)
    monkeypatch.chdir(below)
    assert find_root(".") == work
    assert find_root(tmp_path) == tmp_path
    monkeypatch.chdir(tmp_path)
    assert find_root(".") == tmp_path


def form(root, year: int) -> None:
    run = open_run("indikatorer", **(GOOD | {"year": year}), root=str(root), report_year=2024)
    run.write(indicator_frame(run.released(), indicators=run.indicators, members=run.members, year=year))


def test_years_that_have_not_been_analysed_are_formed_alike(work):
    run = open_run("trender", **GOOD, root=str(work), report_year=2024)
    for year in (2022, 2024):
        form(work, year)
    part = run.indicator_window(SERIES_COLUMNS)
    assert sorted(part["year"].unique()) == list(range(2016, 2025))
    for year in range(2016, 2024):
        form(work, year)
    pd.testing.assert_frame_equal(part, run.indicator_window(SERIES_COLUMNS))


def test_the_frames_of_a_report_year_lie_together(work):
    for report_year in (2023, 2024):
        run = open_run("indikatorer", **(GOOD | {"year": 2023}), root=str(work), report_year=report_year)
        assert (run.year, run.layout.year) == (2023, report_year)
    with pytest.raises(ParameterError, match="report_year"):
        open_run("indikatorer", **GOOD, root=str(work), report_year=2033)


def test_parquet_keeps_text_numbers_and_gaps():
    frame = pd.DataFrame({"a": ["x", None], "b": [1.5, float("nan")], "c": [1, 2]}, index=[5, 9])
    frame = frame.astype({"a": "str", "c": "int16"})
    content = parquet_bytes(frame)
    assert content == parquet_bytes(frame.reset_index(drop=True))
    pd.testing.assert_frame_equal(pd.read_parquet(io.BytesIO(content)), frame.reset_index(drop=True))
