"""The review and the gross lists from the files of a build: read, told, written, and asked for by command."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.regions import kommun, kommuner
from lagesbild.cli import app
from lagesbild.errors import InputError, NotBuiltError, ParameterError
from lagesbild.files import sha256_tree, write_atomic
from lagesbild.frame_bytes import csv_bytes, parquet_bytes
from lagesbild.publishing import review_overview
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.priority_lists import gross_list, gross_list_frame, gross_list_of
from lagesbild.publishing.review_overview import clearest_of_all, reviews_of_areas
from lagesbild.publishing.review_reports import (
    REVIEWS,
    clearest_lines,
    clearest_table,
    review_document,
    review_of,
)

AREA = "aldreomsorg"


@pytest.fixture
def built(tmp_path: Path) -> Layout:
    """Return a work folder in which nearly every kommun has a socialjour, and users are met well, for four years."""
    layout = Layout(root=tmp_path, source="demo", year=2024)
    for year in range(2021, 2025):
        rows: list[dict[str, Any]] = []
        for place, one in enumerate(kommuner()[:100]):
            same = {"year": year, "region": one.kod, "sex": "T", "status": "ok"}
            rows.append(same | {"indicator": "ao-socialjour", "answer": "nej" if place < 4 else "ja"})
            rows.append(same | {"indicator": "ao-hemtjanst-bemotande", "value": 96.0 + place % 4})
        frame = pd.DataFrame(rows, columns=["indicator", "year", "region", "sex", "value", "answer", "status"])
        quality = pd.DataFrame({"indicator": ["ao-socialjour"], "year": [year], "grade": ["A"], "checks": [""]})
        folder = layout.analysis(AREA, year)
        write_atomic(folder / "jamforelser.parquet", parquet_bytes(frame))
        write_atomic(folder / "kvalitet.parquet", parquet_bytes(quality))
    folder = layout.analysis(AREA).parent
    files = [path for path in (folder / AREA).rglob("*") if path.is_file()]
    write_atomic(folder / f"{AREA}.digest", f"{sha256_tree(files, folder / AREA)}\n")
    own = pd.DataFrame(
        [
            {"indicator": "ao-socialjour", "year": 2024, "sex": "T", "status": "ok", "answer": "nej", "liknande": 96.0},
            {"indicator": "ao-hemtjanst-bemotande", "year": 2024, "sex": "T", "status": "sekretess", "value": None},
            {
                "indicator": "ao-hemtjanst-nojdhet",
                "year": 2023,
                "sex": "T",
                "status": "ok",
                "value": 70.0,
                "colour": "rod",
            },
        ]
    )
    write_atomic(layout.underlag / "1440.parquet", parquet_bytes(own))
    return layout


def test_an_area_is_reviewed_from_its_frames(built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.root)
    document = review_document(area=AREA, year=2024, source="demo")
    assert {case.indicator.id for case in document.result.cases} == {"ao-socialjour", "ao-hemtjanst-bemotande"}
    assert "96,0 procent av kommunerna uppfyller" in document.cases()
    assert "Socialjour" in clearest_table(area=AREA, year=2024, source="demo")


def test_the_clearest_cases_are_told_with_their_grounds(built: Layout) -> None:
    lines = clearest_lines(built, [AREA], 1)
    assert lines[0].startswith("2 of 2 indicators have a ground")
    assert lines[1].startswith("1. ao-hemtjanst-bemotande")
    assert any("procentenheter" in line for line in lines)


def test_an_area_that_is_not_analysed_is_told(built: Layout) -> None:
    with pytest.raises(NotBuiltError, match="hemloshet"):
        clearest_lines(built, ["hemloshet"], 1)
    with pytest.raises(NotBuiltError, match="ekonomiskt-bistand"):
        REVIEWS.make(built)
    with pytest.raises(ParameterError, match="aldreomsorg"):
        REVIEWS.make(built, ["aldreomsorgen"])


def test_the_gross_list_is_a_file_with_the_handbooks_form(built: Layout) -> None:
    found = gross_list_of(built, kommun("Ale"))
    assert [one.indicator.id for one in found] == ["ao-socialjour", "ao-hemtjanst-nojdhet"]
    underlag = pd.read_parquet(built.underlag / "1440.parquet")
    frame = pd.read_csv(BytesIO(csv_bytes(gross_list_frame(built, kommun("Ale"), underlag))))
    assert frame["indikator"].tolist() == ["ao-socialjour", "ao-hemtjanst-nojdhet"]
    assert frame["kalla"].str.contains("Syntetiska data").all()
    assert frame["prio_1_2_3"].isna().all()
    assert frame["poang"].is_monotonic_decreasing


def test_a_kommun_without_results_has_an_empty_list_with_heads(built: Layout) -> None:
    underlag = pd.read_parquet(built.underlag / "1440.parquet").iloc[:0]
    assert gross_list(underlag, year=2024) == []
    assert "motivering" in gross_list_frame(built, kommun("Ale"), underlag).columns


def test_the_commands_tell_cases_and_places(built: Layout, tmp_path: Path) -> None:
    run = CliRunner()
    at = ["--root", str(built.root)]
    told = run.invoke(app, ["oversyn", AREA, "--clearest", "2", *at])
    assert told.exit_code == 0
    assert "2. ao-socialjour" in told.output
    own = tmp_path / "egna.yml"
    own.write_text("okand: 1\n")
    assert run.invoke(app, ["prioritering", "Ale", *at]).output.startswith("Ale: 2 indicators\n1. ao-socialjour")
    assert run.invoke(app, ["prioritering", "Ale", "--vikter", str(own), *at]).exit_code == 1
    with pytest.raises(InputError):
        gross_list_of(built, kommun("Ale"), weights=own)


def test_the_overview_counts_each_area_and_links_the_cases(built: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.root)
    monkeypatch.setattr(review_overview, "AREAS", (area_called(AREA),))
    result = review_of(built, [AREA])
    row = next(line for line in reviews_of_areas(year=2024, source="demo").splitlines() if "oversyn-" in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    counts = [str(len(part)) for part in (result.reviewed, result.cases, result.unmeasured)]
    assert cells == ["Äldreomsorg", *counts, "[PDF](../../granskning/oversyn-aldreomsorg.pdf)"]
    cases = clearest_of_all(year=2024, source="demo", number=1)
    assert f"](../indikatorer/{result.cases[0].indicator.id}/index.html)" in cases
    assert all(f"indikatorer/{case.indicator.id}/" not in cases for case in result.cases[1:])
