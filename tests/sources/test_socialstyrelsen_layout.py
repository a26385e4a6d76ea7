"""Layouts that vary: heads over one to four rows, merged or not, .xls, CSV, brown rows, and codes that lost a zero."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner, lan, stadsdelar
from lagesbild.catalogue.vocabulary import Level
from lagesbild.sources.socialstyrelsen import read_workbooks
from lagesbild.sources.socialstyrelsen_book import open_book
from lagesbild.sources.socialstyrelsen_layout import Sheet, find_table
from lagesbild.sources.socialstyrelsen_rows import read_rows, region_of

MAPPING = """
survey: enhetsundersokning
year: 2021
source: test
sheets:
  - area: aldreomsorg
    sheet: [Enheter, csv]
    columns:
      - {head: "Aktuell rutin vid misstanke om våld", indicator: ao-enheter-rutin-vald}
      - {head: "Regiform", unmapped: "background"}
"""
HEADS = ["Kommunkod", "Kommunnamn", "Enhetens namn", "Regiform", "4a.Aktuell rutin vid miss\u00adtanke om våld "]
UNITS = [
    ["0114", "Upplands Väsby", "Agda", "Offentlig", "Ja"],
    ["0114", "Upplands Väsby", "Beda", "Enskild", "Nej"],
    ["0115", "Vallentuna", "Cilla", "Enskild", "Kan ej anges"],
]
STEM = "enhetsundersokningen-aldreomsorg-2021"


def _sheet(rows: list[list[object]], merged: tuple[tuple[int, int, int, int], ...] | None = ()) -> Sheet:
    return Sheet(file="f.xlsx", name="s", rows=rows, merged=merged)


def _folder(folder: Path, mapping: str = MAPPING) -> Path:
    (folder / "mappings").mkdir(parents=True)
    (folder / "mappings" / "enhetsundersokning-2021.yml").write_text(mapping, encoding="utf-8")
    return folder


def _read(folder: Path) -> dict[tuple[str, str], object]:
    got = read_workbooks(folder, catalogue=load_catalogue()).observations
    return {
        (region, unit): value if status == "ok" else status
        for region, unit, value, status in got[["region", "unit", "value", "status"]].itertuples(index=False)
    }


EXPECTED = {("0114", "Agda"): 100.0, ("0114", "Beda"): 0.0, ("0115", "Cilla"): "bortfall"}


def test_heads_over_three_rows_with_merged_cells() -> None:
    rows = [
        ["Titel", "", "", "", "", ""],
        ["Kommun-/stadsdels-kod", "Kommunnamn", "SÄKER VÅRD", "", "", "Annat"],
        ["", "", "Rutiner", "", "Fall", ""],
        ["", "", "Våld", "Missbruk", "", ""],
        ["0114", "Upplands Väsby", "Ja", "Nej", "3", "4"],
    ]
    merged = ((0, 0, 0, 5), (1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 2, 3), (2, 4, 3, 4), (1, 5, 3, 5))
    table = find_table(_sheet(rows, merged))
    assert table is not None
    assert (table.head_rows, table.code, table.name) == ((1, 3), 0, 1)
    found = [(one.head, one.groups) for one in table.figures]
    assert found == [
        ("Våld", ("SÄKER VÅRD", "Rutiner")),
        ("Missbruk", ("SÄKER VÅRD", "Rutiner")),
        ("Fall", ("SÄKER VÅRD",)),
        ("Annat", ()),
    ]


def test_group_heads_reach_to_the_next_where_merged_cells_are_not_told() -> None:
    rows = [
        ["Titel", "", "", "", ""],
        ["", "", "Nöjda", "", "Trygga"],
        ["Kommunkod", "Kommun", "Kvinnor", "Män", "Kvinnor"],
        ["0114", "Upplands Väsby", "80", "70", "60"],
    ]
    table = find_table(_sheet(rows, None))
    assert table is not None
    assert [one.groups for one in table.figures] == [("Nöjda",), ("Nöjda",), ("Trygga",)]


@pytest.mark.parametrize("cell", ["Ja", "12,5", "Publiceras ej", "x"])
def test_a_row_of_figures_without_code_is_a_faulty_row_and_no_head(cell: str) -> None:
    table = find_table(_sheet([["Kommunkod", "Kommun", "Våld"], ["", "", cell]]))
    assert table is not None
    assert table.head_rows == (0, 0)


def test_brown_rows_are_left_out_and_counted(tmp_path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Enheter"
    for row in [HEADS, *UNITS, ["0115", "Vallentuna", "Doris, hela", "Enskild", "Ja"]]:
        sheet.append(row)
    for cell in sheet[5]:
        cell.fill = PatternFill("solid", fgColor="00FFFFCC")
    for cell in sheet[2]:
        cell.fill = PatternFill("solid", fgColor="00CCFFFF")
    book.save(_folder(tmp_path) / f"{STEM}.xlsx")
    assert _read(tmp_path) == EXPECTED
    unmapped = read_workbooks(tmp_path, catalogue=load_catalogue()).unmapped
    assert unmapped.loc[unmapped["reason"].str.startswith("brown rows"), "n_rows"].tolist() == [1]


def test_a_legacy_workbook_is_read_and_says_that_brown_is_unknown(tmp_path) -> None:
    book = pytest.importorskip("xlwt", reason="xlwt, which writes .xls, is not installed").Workbook()
    sheet = book.add_sheet("Enheter")
    sheet.write_merge(0, 0, 0, 4, "Enhetsundersökningen")
    for number, row in enumerate([HEADS, *UNITS], start=1):
        for place, text in enumerate(row):
            sheet.write(number, place, text)
    book.save(str(_folder(tmp_path) / f"{STEM}.xls"))
    assert _read(tmp_path) == EXPECTED
    reasons = read_workbooks(tmp_path, catalogue=load_catalogue()).unmapped["reason"]
    assert reasons.str.contains("whether rows are brown is unknown").any()


@pytest.mark.parametrize(("encoding", "end"), [("utf-8-sig", "\r\n"), ("cp1252", "\n"), ("utf-8", "\n")])
def test_csv_files_in_the_usual_codes(tmp_path, encoding: str, end: str) -> None:
    rows = [["Enhetsundersökningen; 2021"], HEADS, *UNITS, ["Källa: Socialstyrelsen"]]
    lines = [";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in rows]
    (_folder(tmp_path) / f"{STEM}.csv").write_bytes((end.join(lines) + end).encode(encoding))
    assert _read(tmp_path) == EXPECTED


def test_a_filter_of_units_in_the_mapping(tmp_path) -> None:
    filtered = MAPPING.replace("rutin-vald}", 'rutin-vald, units: {"Regiform": [Offentlig]}}')
    (_folder(tmp_path, filtered) / f"{STEM}.csv").write_text("\n".join(";".join(row) for row in [HEADS, *UNITS]))
    assert _read(tmp_path) == {("0114", "Agda"): 100.0}


def test_rows_of_one_regi_alone_are_left_out_at_every_level() -> None:
    rows = [
        ["Läns-/Kommunkod", "Rike, län, kommun", "Våld"],
        ["", "RIKET", "1"],
        ["", "Riket Offentlig", "2"],
        ["", "Riket  Enskild", "3"],
        ["01", "Stockholms län", "4"],
        ["01", "Stockholms län, enskild regi", "5"],
        ["180", "Stockholm", "6"],
        ["18001", "Rinkeby-Kista", "7"],
        ["Källa: Socialstyrelsen", "", ""],
    ]
    sheet = _sheet(rows)
    table = find_table(sheet)
    assert table is not None
    found, faults = read_rows(sheet, table)
    assert not faults
    assert found.n_parts == 3
    assert list(zip(found.level, found.region, strict=True)) == [
        ("rike", "0000"),
        ("lan", "01"),
        ("kommun", "0180"),
        ("stadsdel", "018001"),
    ]


LEVELS = (
    {one.kod: Level.LAN for one in lan()}
    | {one.kod: Level.KOMMUN for one in kommuner()}
    | {one.kod: Level.STADSDEL for one in stadsdelar()}
)


@given(st.sampled_from(sorted(LEVELS)))
def test_every_code_is_known_with_and_without_its_leading_zero(code: str) -> None:
    assert region_of(code, "") == (LEVELS[code], code)
    if code.startswith("0"):
        assert region_of(code[1:], "") == (LEVELS[code], code)


@given(st.text(alphabet="0123456789", min_size=7, max_size=9))
def test_a_code_of_no_known_length_is_a_fault(code: str) -> None:
    assert isinstance(region_of(code, ""), str)


def test_a_file_that_is_no_workbook_is_a_fault_and_no_crash(tmp_path) -> None:
    for name, content in (("a.xlsx", b"PK\x03\x04 broken"), ("b.xls", b"no"), ("c.csv", b'"a;b\n')):
        (tmp_path / name).write_bytes(content)
        sheets, faults = open_book(tmp_path / name)
        assert not sheets
        assert "no readable workbook" in faults[0].what


def test_a_cell_far_away_is_a_fault_and_no_memory_is_taken_for_the_way_there(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.cell(row=1_000_000, column=16_000, value="Ja")
    book.save(tmp_path / "kommunenkat-x-2024.xlsx")
    sheets, (fault,) = open_book(tmp_path / "kommunenkat-x-2024.xlsx")
    assert not sheets
    assert "a cell stands in row 1000000, column 16000" in str(fault)
