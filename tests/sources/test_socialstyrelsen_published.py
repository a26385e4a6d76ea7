"""A workbook's own sheets of results as published cells, and the recomputation from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lagesbild.cli import app
from lagesbild.errors import InputError
from lagesbild.sources.demo.xlsx import TextSheet, save_texts
from lagesbild.sources.socialstyrelsen_book import sheets_of
from lagesbild.sources.socialstyrelsen_published import column_letter, published_cells

UNITS = TextSheet(
    name="Enheter",
    rows=[
        ["Kommunkod", "Kommunnamn", "Enhetens namn", "Finska", "Våld"],
        *(["0114", "Upplands Väsby", f"Enhet {n}", answer, "Ja"] for n, answer in enumerate(("Ja", "Ja", "Nej"))),
    ],
)
RESULTS = TextSheet(
    name="Kommun",
    rows=[
        ["Läns-/Kommunkod", "Rike, län, kommun", "Finska. Procent.", "Våld. Procent."],
        ["", "Riket", "67", "33"],
        ["01", "Stockholms län", "67", "100"],
        ["0114", "Upplands Väsby", "67", "100"],
        ["Källa: påhittad", "", "", ""],
    ],
)
RULES = """sheet,head,group,units_sheet,units_head,units_group,rule,counted,of
Kommun,Finska. Procent.,,Enheter,Finska,,andel,Ja,Ja|Nej
Kommun,Våld. Procent.,,Enheter,Våld,,andel,Ja,Ja|Nej
"""


def _save(folder: Path, *sheets: TextSheet) -> Path:
    path = folder / "bok.xlsx"
    save_texts(path, list(sheets))
    return path


def test_every_cell_of_the_sheets_of_results_is_a_row(tmp_path) -> None:
    got = published_cells(sheets_of(_save(tmp_path, UNITS, RESULTS)), file="bok.xlsx")
    assert got[["code", "level"]].drop_duplicates().values.tolist() == [["", "rike"], ["01", "lan"], ["0114", "kommun"]]
    assert got[got["excel_col"] == "4"]["raw"].tolist() == ["33", "100", "100"]
    assert set(got["sheet"]) == {"Kommun"}


def test_a_workbook_of_units_alone_asks_for_the_published_cells(tmp_path) -> None:
    with pytest.raises(InputError, match="second argument"):
        published_cells(sheets_of(_save(tmp_path, UNITS)), file="bok.xlsx")


def test_columns_have_a_spreadsheets_letters() -> None:
    assert [column_letter(one) for one in (1, 7, 27)] == ["A", "G", "AA"]


def test_the_command_takes_the_workbooks_own_results_and_says_what_its_figures_are(tmp_path) -> None:
    rules = tmp_path / "rules.csv"
    rules.write_text(RULES, encoding="utf-8")
    path = _save(tmp_path, UNITS, RESULTS)
    result = CliRunner().invoke(app, ["sources", "recompute", str(path), "--rules", str(rules)])
    assert result.exit_code == 0, result.output
    assert "andel: 5 of 6 cells agree" in result.output
    assert "Kommun, column D: 2 of 3 agree" in result.output
    assert "of 3 cells agree if numerator / denominator are " in result.output
