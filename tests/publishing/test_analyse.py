"""The analysis runs once per area and year that the source has, and is kept as evidence."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import sha256_tree
from lagesbild.publishing.analyse import analyse_area
from lagesbild.publishing.analysis_io import STEPS
from lagesbild.publishing.layout import Layout

#: What the steps on quality and trends write beside their own frames.
BESIDE = {"kvalitet", "avvikelser", "bortfall", "mal"}


def test_each_year_that_has_figures_is_analysed_and_its_notebooks_kept(world: Layout) -> None:
    folder = world.analysis("hemloshet")
    assert sorted(path.name for path in folder.iterdir()) == ["2023", "2024", "spridning.parquet"]
    for year in (2023, 2024):
        assert {path.stem for path in (folder / str(year)).glob("*.parquet")} == set(STEPS) | BESIDE
        for step in STEPS:
            notebook = nbformat.read(world.executed("hemloshet", year) / f"{step}.ipynb", as_version=4)
            given = notebook.metadata["papermill"]["parameters"]
            assert (given["area"], given["year"], given["report_year"]) == ("hemloshet", year, 2024)
            assert str(world.root) not in nbformat.writes(notebook)


def test_the_digest_is_that_of_the_frames(world: Layout) -> None:
    folder = world.analysis("hemloshet")
    digest = (folder.parent / "hemloshet.digest").read_text().strip()
    assert digest == sha256_tree(sorted(folder.glob("*/*.parquet")), folder)


def test_an_area_that_does_not_exist_or_nothing_imported_is_said(tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    with pytest.raises(ParameterError, match="hemloshet"):
        analyse_area(layout, "hemlöshet")
    with pytest.raises(NotBuiltError, match="lagesbild import --source demo"):
        analyse_area(layout, "hemloshet")
    assert not list(tmp_path.rglob("*.digest"))
