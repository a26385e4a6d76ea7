"""What is shown of a file before anything is stored, and that nobody's data are."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from lagesbild.catalogue.load import load_catalogue
from lagesbild.cli import app
from lagesbild.sources.demo.xlsx import TextSheet, save_texts
from lagesbild.sources.socialstyrelsen_inspect import FileView, inspect_file

MAPPING = """survey: kommunenkat
year: 2021
source: test
sheets:
  - area: aldreomsorg
    sheet: Kommun
    columns:
      - {head: "Rutin för samordning", indicator: ao-rutin-samordning-lss}
      - {head: "Anteckning", unmapped: "free text"}
      - {head: "Saknad", unmapped: "background"}
"""
HEADS = ["Läns-/Kommunkod", "Rike, län, kommun", "1. Rutin för samordning", "Anteckning", "Ring 070-123 45 67", "Tal"]
ROWS = [
    ["01", "Stockholms län", "Ja", "", "", "1,5"],
    ["0114", "Upplands Väsby", "Publiceras ej", "Anna Andersson 19121212-1212", "", "x"],
    ["0115", "Vallentuna", "kanske", "anna@example.se", "", ".."],
]


def _file(folder: Path) -> Path:
    (folder / "mappings").mkdir()
    (folder / "mappings" / "kommunenkat-2021.yml").write_text(MAPPING, encoding="utf-8")
    path = folder / "kommunenkat-aldreomsorg-2021.xlsx"
    tables = [TextSheet(name="Kommun", rows=[["Titel"], HEADS, *ROWS]), TextSheet(name="Övrigt", rows=[["a"], ["b"]])]
    save_texts(path, [TextSheet(name="Information", rows=[["Om enkäten"]]), *tables])
    return path


def _view(folder: Path) -> FileView:
    return inspect_file(_file(folder), catalogue=load_catalogue())


def test_what_was_understood_is_told(tmp_path) -> None:
    view = _view(tmp_path)
    assert (view.survey, view.area, view.year) == ("kommunenkat", "aldreomsorg", 2021)
    assert [sheet.kind for sheet in view.sheets] == ["text for the reader", "regions", "no table"]
    sheet = view.sheets[1]
    assert (sheet.head_rows, sheet.code_column, sheet.levels) == ((2, 2), "A", {"kommun": 2, "lan": 1})
    assert sheet.lacking == ("saknad",)
    by_letter = {one.letter: one for one in sheet.columns}
    assert [one.kind for one in sheet.columns] == ["kod", "namn", "blandat", "text", "tom", "tal"]
    assert by_letter["C"].mapping == "ao-rutin-samordning-lss (1 cells are no figure, answer or known mark)"
    assert (by_letter["C"].marks, by_letter["C"].doubtful) == ({"bortfall": 1}, True)
    assert by_letter["D"].mapping == "free text"
    assert by_letter["E"].mapping == "the mapping has no such column"
    assert by_letter["F"].marks == {"saknas": 1, "sekretess": 1}


def test_personal_data_are_never_printed(tmp_path) -> None:
    result = CliRunner().invoke(app, ["sources", "inspect", str(_file(tmp_path))])
    assert result.exit_code == 0, result.output
    for secret in ("Anna", "1212", "example.se", "070-123", "45 67", "kanske"):
        assert secret not in result.output
    assert "1 tied to indicators, 1 doubtful" in result.output
    assert not list(tmp_path.glob("_work*"))


def test_the_summary_stands_first_then_the_doubtful_columns_then_the_sheets(tmp_path) -> None:
    said = CliRunner().invoke(app, ["sources", "inspect", str(_file(tmp_path))]).output.splitlines()
    assert "1 tied to indicators, 1 doubtful" in said[2]
    assert said[3].startswith("  doubtful: sheet Kommun, column C, 1. Rutin för samordning: ao-rutin-samordning-lss")
    assert said[5].startswith("sheet ")


def test_columns_with_an_equal_note_are_told_together(tmp_path) -> None:
    said = CliRunner().invoke(app, ["sources", "inspect", str(_file(tmp_path))]).output
    assert said.count("the mapping has no such column") == 1
    assert "  not read: E, F: the mapping has no such column" in said
