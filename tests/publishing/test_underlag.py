"""The underlag: all that a kommun's report needs, of that kommun alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.regions import kommuner
from lagesbild.errors import NotBuiltError
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.underlag import TREND_COLUMNS, read_frames, read_underlag, write_underlag


def test_every_kommun_has_a_file_with_its_own_rows_of_all_areas(world: Layout) -> None:
    assert {path.stem for path in world.underlag.iterdir()} == {kommun.kod for kommun in kommuner()}
    frame = read_underlag(world, "0180")
    assert set(frame["region"]) == {"0180"}
    assert set(frame["area"]) == set(AREA_IDS)
    assert set(frame["year"]) == {2023, 2024}
    assert not frame.duplicated(["indicator", "year", "sex"]).any()
    assert set(TREND_COLUMNS) <= set(frame.columns)


def test_no_withheld_cell_carries_a_figure_or_a_colour(world: Layout) -> None:
    frames = pd.concat([read_underlag(world, kommun.kod) for kommun in kommuner()[::20]])
    withheld = frames[frames["status"] == "sekretess"]
    assert len(withheld) > 20
    assert withheld[["value", "colour", "rank", "diff_riket"]].isna().all(axis=None)


def test_what_it_says_is_what_the_comparison_says(world: Layout) -> None:
    compared = read_frames(world, "jamforelser", ["aldreomsorg"])
    theirs = compared[compared["region"] == "1440"].sort_values(["indicator", "year", "sex"], ignore_index=True)
    frame = read_underlag(world, "1440")
    ours = frame[frame["area"] == "aldreomsorg"].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours[list(theirs.columns)], theirs, check_dtype=False)


def test_a_second_time_changes_no_file_and_removes_what_a_killed_one_left(world: Layout, tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    shutil.copytree(world.work, layout.work, ignore=shutil.ignore_patterns("raw", "store", "gate", "notebooks"))
    made = [path for path in layout.yearly.rglob("*") if path.is_file()]
    assert {path.parent.name for path in made} >= {"underlag", "tillagg", "stadsdelar"}
    for path in made:
        os.utime(path, (1, 1))
    for name in ("underlag/.0180.parquet", "stadsdelar/.0180.json", "liknande/.0180.parquet", ".underlag.sha256"):
        (layout.yearly / f"{name}.4711.tmp").touch()
    assert len(write_underlag(layout)) == 290
    assert {path for path in layout.yearly.rglob("*") if path.is_file()} == set(made)
    assert {path.stat().st_mtime for path in made} == {1}


def test_what_is_missing_is_said_with_its_command(tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    with pytest.raises(NotBuiltError, match="lagesbild underlag --source demo --year 2024"):
        read_underlag(layout, "1440")
    with pytest.raises(NotBuiltError, match="lagesbild analyse --source demo --year 2024 --area aldreomsorg"):
        write_underlag(layout)
