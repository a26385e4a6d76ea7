"""Released observations lead back to raw cells whose text, read here by other means, gives every field of theirs."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from lagesbild.catalogue.background import FILE as BACKGROUND
from lagesbild.catalogue.background import background_variables
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.raw_files import FILE, RawFiles
from lagesbild.catalogue.raw_place import ObservationKey, RawPlace, shown_fields
from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.disclosure.intake import take_in
from lagesbild.errors import InputError, ParameterError
from lagesbild.observations.read_source import read_source
from lagesbild.observations.store import read_store
from lagesbild.observations.trace_back import WayBack
from lagesbild.publishing.layout import Layout
from lagesbild.sources.kolada_release import NOTE, Release, release_note
from lagesbild.sources.raw_origins import list_raw_files

SAMPLE = 200
#: What texts mean, typed here from the printed tables and not taken from the readers.
WORDS = {
    "ja": "ja",
    "delvis": "delvis",
    "nej": "nej",
    "publiceras ej": "bortfall",
    "kan ej anges": "bortfall",
    "missing": "bortfall",
    "ej aktuellt": "ej_tillamplig",
    "not applicable": "ej_tillamplig",
    "x": "saknas",
}
#: Question 7 of 2016: the published share counts those alone who have it for everyone (docs/socialstyrelsen-2016.md).
THREE_ANSWERS = {"Ja, för alla": "ja", "Ja, för några": "nej"}
Line = Mapping[str, Any]
Write = Callable[..., Path]


def key_of(line: Line) -> ObservationKey:
    return ObservationKey(**{name: line[name] for name in OBSERVATION_KEY})


def way_of(folder: Path, work: Path) -> WayBack:
    """Return the way back of a folder that was read without being imported."""
    work.mkdir(parents=True, exist_ok=True)
    (work / FILE).write_text(RawFiles(files=list_raw_files(folder)).text())
    return WayBack(folder, work=work, catalogue=load_catalogue())


def number(text: str) -> float:
    return float("".join(text.split()).replace("\u00a0", "").replace(",", "."))


class Cells:
    """The texts of raw files, read by openpyxl, csv and pandas instead of the importers' readers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Any] = {}

    def text(self, place: RawPlace) -> str:
        if place.file not in self._read:
            self._read[place.file] = self._open(self._folder / place.file)
        book = self._read[place.file]
        if isinstance(book, pd.DataFrame):
            value = book.iloc[place.row - 1][place.column]
            return value if isinstance(value, str) else repr(float(value)).removesuffix(".0")
        assert place.cell is not None
        column = openpyxl.utils.cell.column_index_from_string(place.cell.rstrip("0123456789")) - 1
        value = book[place.sheet][place.row - 1][column]
        return "" if value is None else str(value)

    @staticmethod
    def _open(path: Path) -> Any:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        if path.suffix == ".csv":
            return {None: list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter=";"))}
        book = openpyxl.load_workbook(path, read_only=True)
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def assert_leads_to_raw_cells(way: WayBack, cells: Cells, line: Line, codes: Mapping[str, str]) -> None:
    """Assert that the places of a row give each of its fields, and nothing else."""
    places = way.places(key_of(line), line["source"], shown=shown_fields(line))
    if line["status"] == "sekretess":
        assert [(one.cell, one.text, one.column) for one in places] == [(None, None, "")]
        return
    for place in places:
        text = place.text or ""
        assert cells.text(place) == text
        said = codes.get(text) or WORDS.get(text.strip().casefold())
        if place.field == "status":
            assert (said or "saknas") == line["status"]
        elif place.field == "answer":
            assert said == line["answer"]
        else:
            # A unit's ja to what its kommun has a percent of units for: one of one.
            of_unit = {
                "value": {"ja": 100, "nej": 0},
                "numerator": {"ja": 1, "nej": 0},
                "denominator": {"ja": 1, "nej": 1},
            }
            found = of_unit[place.field][said] if said else number(text)
            assert found == line[place.field]
    main = "status" if line["status"] != "ok" else "value" if pd.isna(line["answer"]) else "answer"
    counts = [name for name in ("numerator", "denominator", "n_answers", "n_asked") if not pd.isna(line[name])]
    assert {one.field for one in places} == {main, *counts}


def sampled(rows: pd.DataFrame, within: str, groups: int) -> list[dict[str, Any]]:
    """Return random rows of a few random groups: each group is one file or key figure to read."""
    names = pd.Series(sorted(rows[within].unique()))
    chosen = rows[rows[within].isin(names.sample(min(groups, len(names)), random_state=7))]
    assert len(chosen) >= SAMPLE
    return [
        {str(name): value for name, value in one.items()}
        for one in chosen.sample(SAMPLE, random_state=7).to_dict("records")
    ]


def light(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return the rows of workbooks that are quick to read."""
    stems = {path.stem for path in folder.glob("*.xlsx") if path.stat().st_size < 60_000}
    return rows[rows["source"].str.partition(":")[2].isin(stems)]


@pytest.mark.parametrize("kind", ["kolada", "socialstyrelsen", "egen"])
def test_random_released_observations_lead_to_raw_cells_that_give_them(world: Layout, kind: str) -> None:
    rows = read_store(world.released)
    rows = rows[rows["source"].str.partition(":")[0] == kind]
    rows = light(rows, world.raw / "socialstyrelsen") if kind == "socialstyrelsen" else rows
    way = WayBack(world.raw, work=world.work, catalogue=load_catalogue())
    cells = Cells(world.raw)
    for line in sampled(rows, "indicator" if kind == "kolada" else "source", 5):
        codes = load_catalogue().by_id(line["indicator"]).kolada_codes if kind == "kolada" else {}
        assert_leads_to_raw_cells(way, cells, line, codes)


def test_a_withheld_observation_shows_no_text_and_not_who_withheld_it(world: Layout) -> None:
    key = list(OBSERVATION_KEY)
    rows = read_store(world.released)
    rows = rows[(rows["status"] == "sekretess") & ~rows["source"].str.startswith("socialstyrelsen:")].merge(
        read_store(world.work / "store")[[*key, "status"]], on=key
    )
    by_source = rows["status_y"] == "sekretess"
    way = WayBack(world.raw, work=world.work, catalogue=load_catalogue())
    told = set()
    for side in (rows[by_source], rows[~by_source]):  # withheld by the source, and by the gate
        line = side.to_dict("records")[0]
        (place,) = way.places(key_of(line), line["source"], shown=shown_fields({**line, "status": "sekretess"}))
        told.add((place.field, place.cell, place.column, place.text, place.rule, place.address))
    assert told == {("value", None, "", None, "withheld: neither figure nor text is shown", None)}


def test_background_variables_lead_to_the_key_figures_of_their_formulas(world: Layout) -> None:
    values = pd.read_parquet(world.work / BACKGROUND).sample(SAMPLE, random_state=7).to_dict("records")
    way, cells = WayBack(world.raw, work=world.work, catalogue=load_catalogue()), Cells(world.raw)
    formulas = {one.id: one.formula for one in background_variables()}
    for line in values:
        places = way.background(line["variable"], line["region"], line["year"])
        assert [cells.text(one) for one in places] == [one.text for one in places]
        found = eval(formulas[line["variable"]], {one.field: float(one.text or "") for one in places})
        assert found == pytest.approx(line["value"], rel=1e-12)
    with pytest.raises(ParameterError, match=values[0]["variable"]):
        way.background(values[0]["variable"][:-1], "1440", 2024)


def test_the_real_dump_leads_from_random_values_to_its_rows(shared_data: Path, tmp_path: Path) -> None:
    whole = shared_data / "kolada"
    ours = {one.kolada for one in load_catalogue().indicators if one.kolada}
    raw = pd.read_parquet(whole / "observations.parquet", filters=[("year", ">=", 2019)])
    kpis = pd.Series(sorted(ours & set(raw["kpi"]))).sample(6, random_state=5)
    folder = tmp_path / "kolada"
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("observations.parquet"))
    raw[raw["kpi"].isin(kpis)].to_parquet(folder / "observations.parquet", index=False)
    rows = read_source(folder, catalogue=load_catalogue()).observations
    way, cells = way_of(folder, tmp_path / "work"), Cells(folder)
    for line in sampled(rows, "indicator", 6):
        codes = load_catalogue().by_id(line["indicator"]).kolada_codes
        assert_leads_to_raw_cells(way, cells, line, codes)
        (place,) = way.places(key_of(line), line["source"], shown=shown_fields(line))
        kpi = load_catalogue().by_id(line["indicator"]).kolada
        code = {"rike": "0000", "lan": f"00{line['region']}"}.get(line["level"], line["region"])
        assert place.address == f"https://api.kolada.se/v3/data/kpi/{kpi}/municipality/{code}/year/{line['year']}"


def test_the_real_workbook_leads_from_random_figures_to_its_cells(shared_data: Path, tmp_path: Path) -> None:
    name = "enhetsundersokningen-aldreomsorg-2016-hemtjanst.xlsx"
    (tmp_path / "raw" / "socialstyrelsen").mkdir(parents=True)
    shutil.copyfile(shared_data / "socialstyrelsen" / name, tmp_path / "raw" / "socialstyrelsen" / name)
    way = way_of(tmp_path / "raw", tmp_path / "work")
    rows = read_source(tmp_path / "raw", catalogue=load_catalogue()).observations
    cells = Cells(tmp_path / "raw")
    for line in sampled(rows, "source", 1):
        assert_leads_to_raw_cells(way, cells, line, THREE_ANSWERS)


UNITS = [
    ["Kommunkod", "Kommunnamn", "Enhetens namn", "4a. Aktuell rutin vid misstanke om våld"],
    ["0114", "Upplands Väsby", "Agda", "Ja"],
    ["0114", "Upplands Väsby", "Beda", "Nej"],
    ["0115", "Vallentuna", "Cilla", "Kan ej anges"],
]
MAPPING = """
survey: enhetsundersokning
year: 2021
source: test
sheets:
  - {area: aldreomsorg, sheet: [Enheter, csv], columns: [
      {head: Aktuell rutin vid misstanke om våld, indicator: ao-enheter-rutin-vald}]}
"""


def _write_xls(path: Path, rows: Sequence[Sequence[str]]) -> None:
    book = pytest.importorskip("xlwt", reason="xlwt, which writes .xls, is not installed").Workbook()
    sheet = book.add_sheet("Enheter")
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.write(at, place, text)
    book.save(str(path))


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    path.write_text("\n".join(";".join(row) for row in rows), encoding="cp1252")


@pytest.mark.parametrize(("suffix", "write", "sheet"), [(".csv", _write_csv, None), (".xls", _write_xls, "Enheter")])
def test_old_workbooks_and_text_files_have_cells_too(
    tmp_path: Path, suffix: str, write: Callable[..., None], sheet: str | None
) -> None:
    folder = tmp_path / "raw" / "socialstyrelsen"
    (folder / "mappings").mkdir(parents=True)
    (folder / "mappings" / "enhetsundersokning-2021.yml").write_text(MAPPING, encoding="utf-8")
    write(folder / f"enhetsundersokningen-aldreomsorg-2021{suffix}", UNITS)
    rows = read_source(tmp_path / "raw", catalogue=load_catalogue()).observations
    way = way_of(tmp_path / "raw", tmp_path / "work")
    found = {}
    for line in rows.to_dict("records"):
        places = way.places(key_of(line), line["source"], shown=shown_fields(line))
        found[line["unit"]] = [(one.field, one.sheet, one.cell, one.text) for one in places]
    assert found == {
        "Agda": [(name, sheet, "D2", "Ja") for name in ("value", "numerator", "denominator")],
        "Beda": [(name, sheet, "D3", "Nej") for name in ("value", "numerator", "denominator")],
        "Cilla": [("status", sheet, "D4", "Kan ej anges")],
    }


@pytest.fixture
def percent() -> tuple[str, str]:
    one = next(one for one in load_catalogue().indicators if one.kolada and one.scale.value == "procent")
    return one.id, str(one.kolada)


def test_what_only_an_earlier_dump_brought_stands_in_the_archive(
    tmp_path: Path, kolada_dump: Write, percent: tuple[str, str]
) -> None:
    name, kpi = percent
    rows = [(kpi, geo, 2020, "T", value) for geo, value in (("0", 80.0), ("1440", 81.5), ("0180", 79.0))]
    work, catalogue = tmp_path / "work", load_catalogue()
    take_in(kolada_dump(tmp_path / "whole", rows), work=work, catalogue=catalogue, release_date="2026-01-01")
    changes = kolada_dump(tmp_path / "changes", [(kpi, "1440", 2020, "T", 70.5)])
    (changes / NOTE).write_text(release_note(Release(date="2026-02-01", from_date="2026-01-01")))
    take_in(changes, work=work, catalogue=catalogue)
    way = WayBack(changes, work=work, catalogue=catalogue)

    def place(region: str) -> RawPlace:
        key = ObservationKey(indicator=name, year=2020, level="kommun", region=region)
        return way.places(key, "kolada", shown={"value", "status"})[0]

    assert (place("1440").file, place("1440").row, place("1440").text) == ("observations.parquet", 1, "70.5")
    kept = place("0180")
    assert kept.file.startswith("store/kolada/values/2020-")
    assert Cells(work).text(kept) == kept.text == "79"
    assert "Kolada (RKA)" in (kept.origin or "")


def test_a_raw_file_that_is_not_the_imported_one_leads_nowhere(
    tmp_path: Path, kolada_dump: Write, percent: tuple[str, str]
) -> None:
    name, kpi = percent
    folder = kolada_dump(tmp_path / "kolada", [(kpi, "1440", 2020, "T", 81.5)])
    way_of(folder, tmp_path / "work")
    key = ObservationKey(indicator=name, year=2020, level="kommun", region="1440")

    def look(key: ObservationKey, source: str = "kolada") -> list[RawPlace]:
        return WayBack(folder, work=tmp_path / "work", catalogue=load_catalogue()).places(key, source, shown={"value"})

    assert look(key)[0].text == "81.5"
    with pytest.raises(InputError, match=r"0180.*no raw cell of kolada.*import again"):
        look(ObservationKey(indicator=name, year=2020, level="kommun", region="0180"))
    with pytest.raises(InputError, match="no raw cell of egen:ale"):
        look(key, "egen:ale")
    kolada_dump(folder, [(kpi, "1440", 2020, "T", 81.6)])
    with pytest.raises(InputError, match=r"observations.parquet.*has changed since it was imported"):
        look(key)
    (folder / "observations.parquet").unlink()
    with pytest.raises(InputError, match=r"not in the folder.*--data"):
        look(key)
