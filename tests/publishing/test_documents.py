"""What a document's first cell calls: parameters made right, or refused with the nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.publishing.documents import kommun_document, source_text
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.national_documents import status_document, year_in_brief
from lagesbild.publishing.release_metadata import layout_of, working_root


def test_the_working_root_is_found_from_a_folder_below_it(tmp_path: Path) -> None:
    (tmp_path / "_work").mkdir()
    below = tmp_path / "reports" / "kommunrapport"
    below.mkdir(parents=True)
    assert working_root(below) == tmp_path.resolve()
    assert working_root(Path("/")) == project_root()


@pytest.mark.parametrize("kommun", ["0180", 180, "180", "Stockholm", "0180-stockholm"])
def test_a_kommun_is_found_by_code_number_name_and_slug(
    world: Layout, monkeypatch: pytest.MonkeyPatch, kommun: str | int
) -> None:
    monkeypatch.chdir(world.root)
    report = kommun_document(kommun=kommun, year="2024", source="demo")
    assert report.view.kommun.kod == "0180"
    assert report.view.year == 2024
    assert report.view.synthetic


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"kommun": "Åle", "year": 2024, "source": "demo"}, "Did you mean .*Ale"),
        ({"kommun": "Ale", "year": "tjugo", "source": "demo"}, "unknown year"),
        ({"kommun": "Ale", "year": 24, "source": "demo"}, "unknown year"),
        ({"kommun": "Ale", "year": 2024, "source": "koladan"}, "Did you mean kolada"),
    ],
)
def test_a_parameter_that_does_not_exist_is_refused(parameters: dict[str, object], said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        kommun_document(**parameters)  # type: ignore[arg-type]


def test_a_lagesrapport_covers_its_areas_and_the_start_page_all_three(
    world: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world.root)
    report = status_document(report="aldre", year=2024, source="demo")
    assert {one.area for one in report.view.measured("aldreomsorg", answers=False)} == {"aldreomsorg"}
    brief = year_in_brief(year=2024, source="demo")
    assert brief.count("\n### ") + brief.startswith("### ") >= 3
    assert "Vård och omsorg om äldre" in brief


def test_a_year_that_is_not_analysed_is_said(world: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(world.root)
    with pytest.raises(NotBuiltError, match="lagesbild analyse --source demo --year 2023"):
        status_document(report="aldre", year=2023, source="demo")


def test_only_the_demo_says_that_its_data_are_made_up() -> None:
    assert "Syntetiska data" in source_text("demo")
    assert "Syntetiska" not in source_text("kolada")
    assert not layout_of("kolada", "2020", Path("/r")).synthetic
