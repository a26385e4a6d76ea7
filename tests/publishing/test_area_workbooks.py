"""A national workbook: every released figure of an area and year, none that is withheld, in accessible sheets."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.regions import kommuner
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.presentation.workbook.area_wide import heads
from lagesbild.presentation.workbook.area_workbook import area_workbook
from lagesbild.publishing.area_workbooks import make_area_workbooks, workbook_path
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.make_area_workbook import figures_of
from lagesbild.publishing.trace_ids import workbook_with_ids
from lagesbild.publishing.workbook_file import workbook_bytes

AREA = area_called("hemloshet")


@pytest.fixture(scope="module")
def content(world: Layout) -> bytes:
    product = workbook_path(world, AREA).relative_to(world.release).as_posix()
    return workbook_bytes(workbook_with_ids(area_workbook(figures_of(world, AREA)), product))


@pytest.fixture(scope="module")
def book(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("bok") / "hemloshet.xlsx"
    path.write_bytes(content)
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def figures(world: Layout) -> pd.DataFrame:
    frame = pd.read_parquet(world.analysis("hemloshet", 2024) / "indikatorer.parquet")
    return frame[(frame["sex"] == "T") & (frame["status"] != "ej_matt")]


def _table(book: openpyxl.Workbook, name: str) -> list[dict[str, Any]]:
    sheet = book[name]
    (table,) = sheet.tables.values()
    head, *rows = sheet[table.ref]
    names = [cell.value for cell in head]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def test_every_kommun_has_a_row_and_riket_stands_first(book: openpyxl.Workbook) -> None:
    rows = _table(book, "Resultat")
    assert [row["Kod"] for row in rows] == ["0000", *(one.kod for one in kommuner())]
    assert len(_table(book, "Platser")) == len(_table(book, "Svar")) == len(kommuner())


def test_the_figures_are_the_released_ones(world: Layout, book: openpyxl.Workbook, figures: pd.DataFrame) -> None:
    measured = figures_of(world, AREA).measured(answers=False)
    assert len(measured) > 1
    rows = {row["Kod"]: row for row in _table(book, "Resultat")}
    checked = 0
    for one, head in zip(measured, heads(measured), strict=True):
        known = figures[(figures["indicator"] == one.id) & (figures["level"] == "kommun") & figures["value"].notna()]
        for kod, value in zip(known["region"], known["value"], strict=True):
            assert rows[kod][head] == pytest.approx(value)
            checked += 1
    assert checked > 300


def test_what_is_withheld_is_two_points_and_nowhere_a_number(
    world: Layout, book: openpyxl.Workbook, figures: pd.DataFrame
) -> None:
    titles = {one.id: one.short_title for one in figures_of(world, AREA).indicators}
    hidden = figures[(figures["status"] == "sekretess") & (figures["level"] == "kommun")]
    assert len(hidden)
    cells = {(titles[name], kod) for name, kod in zip(hidden["indicator"], hidden["region"], strict=True)}
    found = 0
    for row in _table(book, "Alla uppgifter"):
        if any(row["Indikator"].startswith(title) and row["Kod"] == kod for title, kod in cells):
            found += row["Resultat"] == ".."
    assert found == len(cells)
    for sheet in ("Resultat", "Platser"):
        assert any(".." in row.values() for row in _table(book, sheet))


def test_places_have_a_sign_beside_the_colour(book: openpyxl.Workbook) -> None:
    told = [value for row in _table(book, "Platser") for value in list(row.values())[4:]]
    assert {str(value)[0] for value in told if str(value)[0] in "▲■▼"} == {"▲", "■", "▼"}


def test_groups_tell_how_many_kommuner_stand_behind_them(book: openpyxl.Workbook, figures: pd.DataFrame) -> None:
    rows = _table(book, "Riket, län och grupper")
    assert {row["Nivå"] for row in rows} == {"Riket", "Län", "Kommungrupp"}
    now = [row for row in rows if row["2024"] != "–"]
    assert all(row["Antal kommuner"] == "–" or row["Antal kommuner"] >= 1 for row in now)
    group = next(row for row in now if row["Nivå"] == "Län")
    told = figures[(figures["indicator"] == group["Id"]) & (figures["level"] == "lan")]
    assert round(group["2024"], 6) in {round(value, 6) for value in told["value"].dropna()}


def test_every_sheet_says_that_the_figures_are_invented_and_has_one_table(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert len(sheet.tables) == 1
        assert not sheet.merged_cells.ranges
        assert any("Syntetiska data" in str(row[0]) for row in sheet.iter_rows(max_row=4, max_col=1, values_only=True))


def test_there_are_no_formulas(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    path.write_bytes(content)
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_a_workbook_is_made_once_and_alike(world: Layout, content: bytes, tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    layout.yearly.mkdir(parents=True)
    (layout.yearly / "analysis").symlink_to(world.yearly / "analysis")
    assert make_area_workbooks(layout, ["hemloshet"]).made == 1
    assert workbook_path(layout, AREA).read_bytes() == content
    assert make_area_workbooks(layout, ["hemloshet"]).made == 0


def test_an_unknown_area_and_a_missing_analysis_are_told(tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    with pytest.raises(ParameterError, match="hemloshet"):
        make_area_workbooks(layout, ["hemlöshet"])
    with pytest.raises(NotBuiltError, match="lagesbild analyse"):
        make_area_workbooks(layout, ["hemloshet"])


def test_heads_are_never_alike(an_indicator) -> None:  # type: ignore[no-untyped-def]
    same = [an_indicator("ao-a", short_title="Nöjda"), an_indicator("ao-b", short_title="nöjda")]
    assert heads(same) == ["Nöjda, procent (ao-a)", "nöjda, procent (ao-b)"]
