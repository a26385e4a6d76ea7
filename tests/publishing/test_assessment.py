"""The assessment of an area and year, on the demo's released rows."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from rich.console import Console

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.methods.quality_findings import FINDING_COLUMNS
from lagesbild.methods.quality_grade import GRADE_COLUMNS
from lagesbild.publishing.analysis_io import open_run
from lagesbild.publishing.assessment import assess_run, released_window
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.quality_report import graded_areas, grades_table, worst_lines

AREA = "ekonomiskt-bistand"


@pytest.fixture(scope="module")
def assessment(world: Layout):
    run = open_run("kvalitetssakring", area=AREA, year=2024, source="demo", root=str(world.root))
    return assess_run(run)


def test_the_window_is_of_the_area_without_units(world: Layout) -> None:
    run = open_run("kvalitetssakring", area=AREA, year=2024, source="demo", root=str(world.root))
    window = released_window(run)
    assert set(window["year"]) == {2023, 2024}
    assert (window["unit"].fillna("") == "").all()


def test_each_measured_indicator_has_a_grade_and_findings_point_to_their_year(assessment) -> None:
    assert tuple(assessment.findings.columns) == FINDING_COLUMNS
    assert tuple(assessment.grades.columns) == GRADE_COLUMNS
    assert set(assessment.findings["year"]) <= {2024}
    with_results = assessment.grades[assessment.grades["n_kommuner"] > 0]
    assert len(with_results) > 10
    assert with_results["grade"].isin(list("ABCD")).all()


def test_no_finding_names_a_withheld_figure(world: Layout, assessment) -> None:
    """A check sees released rows alone: of a withheld cell there is nothing to find but that it is there."""
    run = open_run("kvalitetssakring", area=AREA, year=2024, source="demo", root=str(world.root))
    rows = run.released()
    hidden = rows[(rows["status"] == "sekretess") & (rows["unit"].fillna("") == "")]
    assert len(hidden)
    key = ["indicator", "year", "level", "region", "sex"]
    assert assessment.findings.merge(hidden[key], on=key).empty


def test_a_second_time_gives_the_same(world: Layout, assessment) -> None:
    run = open_run("kvalitetssakring", area=AREA, year=2024, source="demo", root=str(world.root))
    again = assess_run(run)
    pd.testing.assert_frame_equal(again.findings, assessment.findings)
    pd.testing.assert_frame_equal(again.grades, assessment.grades)


def test_the_report_counts_grades_and_tells_the_worst_first(world: Layout) -> None:
    grades = graded_areas(world, [AREA])
    table = grades_table(grades)
    assert [column.header for column in table.columns][1:5] == ["A god", "B godtagbar", "C osäker", "D bristfällig"]
    assert table.row_count == 2
    lines = worst_lines(grades, 3)
    assert len(lines) == 6
    letters = [line.split(". ", 1)[1][0] for line in lines[::2]]
    assert letters == sorted(letters, reverse=True)
    assert all(load_catalogue().by_id(line.rsplit("(", 1)[1].split(",")[0].rstrip(")")) for line in lines[::2])


def test_area_names_are_whole_in_a_narrow_terminal() -> None:
    grades = pd.DataFrame([(one.id, grade) for one in AREAS for grade in ("A", "D", "")], columns=["area", "grade"])
    out = io.StringIO()
    Console(file=out, width=80).print(grades_table(grades))
    said = out.getvalue()
    assert "…" not in said
    assert all(word in said for one in AREAS for word in one.name.split())


def test_an_unknown_area_and_an_empty_root_are_refused(world: Layout, tmp_path) -> None:
    with pytest.raises(ParameterError):
        graded_areas(world, ["ekonomi"])
    with pytest.raises(NotBuiltError):
        graded_areas(Layout(root=tmp_path, source="demo", year=2024), [AREA])
