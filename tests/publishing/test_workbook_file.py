"""Workbooks as files: accessible, opened without being mended, never a formula from data, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.presentation.palette import tones
from lagesbild.presentation.workbook.guide import with_guide
from lagesbild.presentation.workbook.model import (
    Choices,
    Column,
    Formula,
    Mark,
    Number,
    Open,
    Rule,
    Sheet,
    Toned,
    Width,
    Workbook,
)
from lagesbild.provenance.workbook_accessibility import formula_faults, workbook_faults
from lagesbild.publishing.workbook_cells import harmless
from lagesbild.publishing.workbook_file import save_workbook, workbook_bytes

_COLUMNS = (
    Column(head="Indikator", about="Vad som mäts.", width=Width.TITLE),
    Column(head="Resultat", width=Width.NUMBER),
    Column(
        head="Svar",
        fill_in=True,
        choices=Choices(among=("Ja", "Nej"), title="Svar", prompt="Välj Ja eller Nej."),
        rules=(Rule(begins="Nej", tone="rod"),),
    ),
    Column(head="Klart senast", fill_in=True, date=True),
    Column(head="Läge", formula=Formula('IF({Svar}="","Svara","")', "Svara")),
    Column(head="Nr", formula=Formula('COUNTIF({Svar^},"Ja")', 0.0)),
)


def a_book(text: str = "Trygghet", *, synthetic: bool = True, **fields: Any) -> Workbook:
    """Return a small workbook with every kind of cell."""
    rows = [
        [text, Number(28.499999999999996), None, None, None, None],
        [Toned("▲ Bland de bästa", "gron"), Number(-1234.5, 1, signed=True), "Ja", None, None, None],
        ["Väntetid", Mark(".."), None, None, None, None],
        [Open(), 2024, None, None, "Ingen", None],
    ]
    line = Formula('"Svar: "&COUNTA({Svar:})', "Svar: 1")
    sheet = Sheet(
        **({"name": "Det här & det", "title": "Prov", "lines": ("Rad", line), "table": "Prov"} | fields),
        columns=_COLUMNS,
        rows=rows,
    )
    book = Workbook(
        title="Ale: prov & försök",
        subject="Prov",
        author="Lägesbild",
        year=2024,
        source="prov",
        synthetic=synthetic,
        sheets=(sheet,),
    )
    return with_guide(book, ["Vad boken är till för."])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small workbook as a file."""
    found = tmp_path_factory.mktemp("bok") / "prov.xlsx"
    assert save_workbook(found, a_book())
    return found


def test_the_file_keeps_the_rules(path: Path) -> None:
    assert workbook_faults(path) == []


def test_cells_hold_what_the_model_says(path: Path) -> None:
    page = openpyxl.load_workbook(path)["Det här & det"]
    top = [page.cell(row, 1).value for row in range(1, 5)]
    assert top[:3] == ["Prov", "Syntetiska data: siffrorna är påhittade för att visa systemet.", "Rad"]
    assert top[3] == '="Svar: "&COUNTA($C$6:$C$9)'
    assert [cell.value for cell in page[5]] == ["Indikator", "Resultat", "✎ Svar", "✎ Klart senast", "Läge", "Nr"]
    assert [cell.value for cell in page[6]][:2] == ["Trygghet", 28.5]
    assert (page["B6"].number_format, page["B7"].number_format) == ("#,##0", "+#,##0.0;-#,##0.0;#,##0.0")
    assert (page["B8"].value, page["B9"].value, page["E9"].value) == ("..", 2024, "Ingen")
    assert [page[f"F{row}"].value for row in (6, 7)] == ['=COUNTIF($C$6:$C6,"Ja")', '=COUNTIF($C$6:$C7,"Ja")']
    shown = next(tone for tone in tones() if tone.name == "gron")
    assert page["A7"].fill.fgColor.rgb[2:].lower() == shown.tint.lstrip("#").lower()


def test_what_a_formula_gives_can_be_read_without_computing(path: Path) -> None:
    page = openpyxl.load_workbook(path, data_only=True)["Det här & det"]
    assert (page["A4"].value, page["E6"].value, page["F6"].value) == ("Svar: 1", "Svara", 0)


def test_only_what_people_fill_in_is_unlocked_and_nothing_is_protected(path: Path) -> None:
    page = openpyxl.load_workbook(path)["Det här & det"]
    assert {cell.coordinate for row in page for cell in row if not cell.protection.locked} == {
        *(f"{letter}{row}" for letter in "CD" for row in range(6, 10)),
        "A9",
    }
    assert not page.protection.sheet


def test_choices_dates_and_colours_follow_the_column(path: Path) -> None:
    page = openpyxl.load_workbook(path)["Det här & det"]
    by_type = {one.type: one for one in page.data_validations.dataValidation}
    assert (by_type["list"].formula1, str(by_type["list"].sqref)) == ('"Ja,Nej"', "C6:C9")
    assert (by_type["date"].operator, str(by_type["date"].sqref)) == ("between", "D6:D9")
    (rules,) = page.conditional_formatting
    assert str(rules.sqref) == "C6:C9"
    assert [rule.formula for rule in rules.rules] == [['LEFT(C6,3)="Nej"']]


def test_synthetic_data_say_so_on_every_sheet_and_in_print_and_real_data_do_not(path: Path) -> None:
    for page in openpyxl.load_workbook(path):
        assert page["A2"].value.startswith("Syntetiska data")
        assert page.oddHeader.right.text == "Syntetiska data"
    real = workbook_bytes(a_book(synthetic=False))
    with zipfile.ZipFile(io.BytesIO(real)) as archive:
        assert not [name for name in archive.namelist() if b"Syntetiska" in archive.read(name)]


def test_the_same_workbook_gives_the_same_bytes(path: Path) -> None:
    assert path.read_bytes() == workbook_bytes(a_book())
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(path).properties
    assert properties.created == properties.modified
    assert str(properties.created) == "2024-12-31 00:00:00"
    assert (properties.title, properties.language, properties.creator) == ("Ale: prov & försök", "sv-SE", "Lägesbild")


_RISKY = st.builds(
    str.__add__,
    st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "\n", "'=", "＝"]),
    st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@\t\r_x0041_<&>\0")), max_size=30),
)


@given(_RISKY)
def test_no_text_from_data_is_ever_a_formula(text: str) -> None:
    held = harmless(text)
    assert held == "-" or not held.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in held)


def test_risky_texts_come_back_as_text(tmp_path: Path) -> None:
    for text, held in (
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+46 8", "'+46 8"),
        ("-", "-"),
        ("_x0041_ <b>&amp;", "_x0041_ <b>&amp;"),
        ("a\0b", "ab"),
    ):
        save_workbook(tmp_path / "bok.xlsx", a_book(text))
        cell = openpyxl.load_workbook(tmp_path / "bok.xlsx")["Det här & det"]["A6"]
        assert (cell.data_type, cell.value) == ("s", held)


def test_what_is_no_number_or_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="doesn't fit"):
        harmless("x" * 40_000)
    book = a_book()
    bad = Sheet(name="Fel", title="Fel", table="Fel", columns=(Column(head="Tal"),), rows=[[Number(float("nan"))]])
    with pytest.raises(ValueError, match="mark of the cell's status"):
        workbook_bytes(Workbook(**{**vars(book), "sheets": (*book.sheets, bad)}))


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ('=IF(A1="",1,0)', []),
        ('=OM(A1="";1;0)', ["unknown function OM", "semicolon between arguments"]),
        ("=SUM(A1", ["parentheses that don't close"]),
        ("=[1]Blad!A1", ["a reference that isn't resolved, or leads to another file"]),
        ('=COUNTIF(A1:A9,"a;b{")', []),
    ],
)
def test_formulas_that_excel_would_refuse_are_found(formula: str, told: list[str]) -> None:
    assert formula_faults(formula) == told


def _merged(book: Any) -> None:
    book["Det här & det"].merge_cells("A6:B6")


def _moved(book: Any) -> None:
    book["Det här & det"].sheet_view.selection[-1].activeCell = "C7"


def _beside(book: Any) -> None:
    book["Det här & det"]["J20"] = "löst"


def _renamed(book: Any) -> None:
    book["Det här & det"]["A5"] = "Annat"


def _emptied(book: Any) -> None:
    for cell in book["Innehåll"][6]:
        cell.value, cell.hyperlink = None, None


def _unframed(book: Any) -> None:
    book["Det här & det"].freeze_panes = None


def _nameless(book: Any) -> None:
    book.properties.title = None


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_merged, "cells are merged"),
        (_moved, "the cursor isn't at A1"),
        (_beside, "something stands beside or under the table"),
        (_renamed, "the table's columns aren't the cells of its heads"),
        (_emptied, "the first sheet doesn't lead to Det här & det"),
        (_unframed, "the heads don't stay in view"),
        (_nameless, "the document has no title"),
    ],
)
def test_each_fault_is_found(path: Path, tmp_path: Path, harm: Callable[[Any], None], told: str) -> None:
    book = openpyxl.load_workbook(path)
    harm(book)
    book.save(tmp_path / "fel.xlsx")
    assert any(told in fault for fault in workbook_faults(tmp_path / "fel.xlsx"))
