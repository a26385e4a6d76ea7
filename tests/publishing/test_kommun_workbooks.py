"""A kommun's workbook says what the underlag says, tells nothing that is withheld, and is made once."""

from __future__ import annotations

import dataclasses
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from syrupy.assertion import SnapshotAssertion

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.disclosure.fingerprints import fingerprint
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import status_text
from lagesbild.presentation.palette import answer_tone, tone
from lagesbild.presentation.workbook.cells import AREA_NAMES
from lagesbild.presentation.workbook.kommun_workbook import kommun_workbook
from lagesbild.presentation.workbook.model import Workbook
from lagesbild.provenance.leak_scan import scan
from lagesbild.provenance.workbook_accessibility import workbook_faults
from lagesbild.publishing.kommun_workbooks import FILE, make_kommun_workbooks, workbook_of
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.priority_lists import gross_list
from lagesbild.publishing.underlag import read_underlag
from lagesbild.publishing.workbook_file import save_workbook

ALE = "1440"
SMALLEST = ("2403", "2422", "2425")
LARGEST = 250_000


@pytest.fixture(scope="module")
def model(world: Layout) -> Workbook:
    """Return Ale's workbook."""
    return workbook_of(world, kommun_called(ALE))


@pytest.fixture(scope="module")
def path(model: Workbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return Ale's workbook as a file."""
    found = tmp_path_factory.mktemp("ale") / FILE
    save_workbook(found, model)
    return found


@pytest.fixture(scope="module")
def told(world: Layout) -> pd.DataFrame:
    """Return the underlag of the report year, both sexes together, by indicator."""
    frame = read_underlag(world, ALE)
    return frame[(frame["year"] == world.year) & (frame["sex"] == "T")].set_index("indicator")


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    """Return the file read again, formulas as what they give."""
    return openpyxl.load_workbook(path, data_only=True)


def table(book: Any, sheet: str) -> pd.DataFrame:
    """Return a sheet's table, its cells as they stand."""
    (found,) = book[sheet].tables.values()
    head, *rows = [[cell.value for cell in row] for row in book[sheet][found.ref]]
    return pd.DataFrame(rows, columns=head, dtype=object)


def test_the_workbook_keeps_the_rules_and_is_small(path: Path) -> None:
    assert workbook_faults(path) == []
    assert path.stat().st_size < LARGEST


def test_sheets_and_columns(model: Workbook, snapshot: SnapshotAssertion) -> None:
    lines = []
    for sheet in model.sheets:
        heads = [
            f"{column.head}{' (fylls i)' if column.fill_in else ''}"
            for column in sheet.columns
            if not column.head.isdigit()  # the years of the series
        ]
        lines.append(f"{sheet.name} [{sheet.table}]: {' | '.join(heads)}")
    assert "\n".join(lines) == snapshot


def test_results_are_the_underlags(book: Any, told: pd.DataFrame) -> None:
    results = table(book, "Resultat").set_index("Id")
    numeric = {one.id for one in load_catalogue().indicators if not one.is_answer}
    of_anyone = told[(told["n_reporting"] > 0) | told["value"].notna()]
    assert set(results.index) >= set(of_anyone.index) & numeric
    for name, row in results.iterrows():
        if name not in told.index:
            assert row["Resultat"] == "ej mätt"
            continue
        assert_shows(row, told.loc[name])


def assert_shows(row: Any, wanted: Any) -> None:
    """Check one row of the sheet against its row of the underlag."""
    if pd.isna(wanted["value"]):
        assert row["Resultat"] == status_text(wanted["status"])
        assert row["Färg"] == row["Plats"] == row["Skillnad mot riket"] == "–"
        return
    assert row["Resultat"] == pytest.approx(wanted["value"], rel=1e-9)
    if isinstance(wanted["colour"], str):
        shown = tone(wanted["colour"])
        assert row["Färg"] == f"{shown.symbol} {shown.word}"
        assert row["Plats"] == wanted["rank"]
    else:
        assert (row["Färg"], row["Plats"]) == ("Ingen färg", "–")
    if pd.isna(wanted["riket"]):
        assert row["Riket"] == row["Skillnad mot riket"] == "–"
    else:
        assert row["Skillnad mot riket"] == pytest.approx(wanted["value"] - wanted["riket"], rel=1e-6, abs=1e-9)


def test_answers_are_the_underlags(book: Any, told: pd.DataFrame) -> None:
    for name, row in table(book, "Checklista").set_index("Id").iterrows():
        wanted = told.loc[name] if name in told.index else None
        if wanted is not None and isinstance(wanted["answer"], str):
            shown = answer_tone(wanted["answer"])
            assert row["Svar"] == f"{shown.answer_symbol} {shown.answer_word}"
        else:
            assert row["Svar"] == status_text("ej_matt" if wanted is None else wanted["status"])


def test_women_and_men_are_the_underlags(world: Layout, book: Any) -> None:
    frame = read_underlag(world, ALE)
    frame = frame[(frame["year"] == world.year) & frame["sex"].isin(["K", "M"])]
    wide = frame.pivot_table(index="indicator", columns="sex", values="value", dropna=False)
    named = {(one.short_title, AREA_NAMES[one.area]): one.id for one in load_catalogue().indicators}
    shown = table(book, "Kvinnor och män")
    assert len(shown) > 20
    for _, row in shown.iterrows():
        wanted = wide.loc[named[row["Indikator"], row["Område"]]]
        for head, sex in (("Kvinnor", "K"), ("Män", "M")):
            if not isinstance(row[head], str):
                assert row[head] == pytest.approx(wanted[sex], rel=1e-9)
        both = not wanted.isna().any()
        assert isinstance(row["Kvinnor minus män"], str) is not both


def test_the_form_of_priorities_begins_with_the_gross_list(world: Layout, model: Workbook) -> None:
    form = next(sheet for sheet in model.sheets if sheet.name == "Prioritering")
    found = gross_list(read_underlag(world, ALE), year=world.year)
    assert [row[0] for row in form.rows[:30]] == [one.indicator.short_title for one in found[:30]]
    assert len(form.rows) == min(30, len(found)) + 10


def withheld_of(world: Layout, codes: Sequence[str]) -> dict[str, str]:
    """Return the fingerprints of some kommuner's figures that the raw store has and the released one has not."""
    key = list(OBSERVATION_KEY)
    before, after = (
        pd.concat(
            [
                pd.read_parquet(path, filters=[("region", "in", codes)])
                for path in sorted((world.work / name).glob("*/*.parquet"))
            ]
        ).set_index(key)
        for name in ("store", "released")
    )
    after = after.reindex(before.index)
    found = {}
    for field in ("value", "numerator", "denominator"):
        gone = before.loc[before[field].notna() & after[field].isna(), field]
        found |= {fingerprint(float(figure)): f"{field} {cell}" for cell, figure in gone.items()}
    shown = {fingerprint(float(figure)) for figure in after["value"].dropna()}
    return {digits: name for digits, name in found.items() if digits is not None and digits not in shown}


def test_withheld_results_have_their_mark(book: Any, told: pd.DataFrame) -> None:
    withheld = told[told["status"] == "sekretess"]
    assert len(withheld) > 0
    results = table(book, "Resultat").set_index("Id")
    shown = [results.loc[name] for name in withheld.index if name in results.index]
    assert {row["Resultat"] for row in shown} == {".."}
    assert {row["Antal bakom"] for row in shown} == {"–"}


def test_no_withheld_figure_is_in_any_part_of_the_file(world: Layout, tmp_path: Path) -> None:
    """The smallest kommuner have most to hide; the demo's canaries are among it."""
    secrets = withheld_of(world, SMALLEST)
    assert len(secrets) > 3
    for kod in SMALLEST:
        save_workbook(tmp_path / kod / FILE, workbook_of(world, kommun_called(kod)))
    assert scan(tmp_path, secrets) == []


def test_every_formula_tells_what_it_gives_before_anyone_computes_it(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    formulas = sum(page.count("</f>") for page in pages)
    assert formulas > 300
    assert formulas == sum(page.count("</f><v>") for page in pages)


def test_a_kommun_without_results_still_gets_its_forms(world: Layout, tmp_path: Path) -> None:
    view = KommunView(
        kommun=kommun_called(ALE), year=2024, rows={}, catalogue=load_catalogue(), synthetic=True, source="prov"
    )
    empty = kommun_workbook(view, {})
    save_workbook(tmp_path / FILE, empty)
    assert workbook_faults(tmp_path / FILE) == []
    assert {"Prioritering", "Aktivitetsplan", "Mål"} <= {sheet.name for sheet in empty.sheets}
    assert "Resultat" not in {sheet.name for sheet in empty.sheets}


def test_a_workbook_is_made_once_and_again_when_the_data_change(world: Layout, tmp_path: Path) -> None:
    place = dataclasses.replace(world, root=tmp_path)
    place.underlag.mkdir(parents=True)
    shutil.copyfile(world.underlag / f"{ALE}.parquet", place.underlag / f"{ALE}.parquet")
    assert make_kommun_workbooks(place, ["Ale"]).made == 1
    first = (place.kommun_folder("1440-ale") / FILE).read_bytes()
    assert make_kommun_workbooks(place, ["Ale"]).current == 1
    frame = read_underlag(place, ALE)
    frame.assign(value=frame["value"] + 0.5).to_parquet(place.underlag / f"{ALE}.parquet")
    assert make_kommun_workbooks(place, ["Ale"]).made == 1
    assert (place.kommun_folder("1440-ale") / FILE).read_bytes() != first
    with pytest.raises(ParameterError, match="Ale"):
        make_kommun_workbooks(place, ["Alle"])
    with pytest.raises(NotBuiltError):
        make_kommun_workbooks(place, ["Kiruna"])
