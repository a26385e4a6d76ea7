"""A workbook's model refuses what would shut readers out, or what Excel would mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from lagesbild.presentation.workbook.guide import COLUMNS, CONTENTS, SIGNS, with_guide
from lagesbild.presentation.workbook.model import Cell, Choices, Column, Link, Sheet, Workbook


def sheet(name: str = "Prov", *, table: str = "Prov", **fields: Any) -> Sheet:
    """Return a sheet that breaks no rule but those that `fields` break."""
    rows: Sequence[Sequence[Cell]] = [["Trygghet", "Ja"]]
    columns = (Column(head="Indikator", about="Vad som mäts."), Column(head="Svar", fill_in=True))
    return Sheet(**({"name": name, "title": "Prov", "table": table, "columns": columns, "rows": rows} | fields))


def book(*sheets: Sheet) -> Workbook:
    return Workbook(title="Prov", subject="", author="", year=2024, source="prov", synthetic=True, sheets=sheets)


@pytest.mark.parametrize("name", ["", "x" * 32, "Resultat/svar", "[Mål]", "Vad?", "'citat'", "a:b"])
def test_a_name_that_excel_forbids_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name of a sheet"):
        sheet(name)


@pytest.mark.parametrize("name", ["A1", "AB12", "R1C1", "två ord", "1a", "", "ab"])
def test_a_table_may_not_be_named_like_a_cell(name: str) -> None:
    with pytest.raises(ValueError, match="name of a table"):
        sheet(table=name)


def test_heads_differ_and_are_there() -> None:
    for heads in (("Svar", "svar"), ("Svar", " ")):
        with pytest.raises(ValueError, match="heads"):
            sheet(columns=tuple(Column(head=head) for head in heads))


def test_a_table_has_rows_as_long_as_its_heads() -> None:
    with pytest.raises(ValueError, match="no row"):
        sheet(rows=[])
    with pytest.raises(ValueError, match="2 cells"):
        sheet(rows=[["Trygghet"]])


def test_sheets_and_tables_share_no_name() -> None:
    with pytest.raises(ValueError, match="two sheets"):
        book(sheet("Prov"), sheet("prov", table="Annan"))
    with pytest.raises(ValueError, match="two tables"):
        book(sheet("Prov"), sheet("Annan"))


def test_choices_that_excel_would_cut_off_are_refused() -> None:
    for among in (("Ja, alltid", "Nej"), tuple(f"val {n:03}" for n in range(40))):
        with pytest.raises(ValueError, match="choices"):
            Choices(among=among, title="Svar", prompt="Välj.")
    with pytest.raises(ValueError, match="too long"):
        Choices(among=("Ja",), title="Svar", prompt="x" * 256)


def test_the_guide_leads_to_every_sheet_and_explains_every_column() -> None:
    guided = with_guide(book(sheet("Prov"), sheet("Annan", table="Annan")), ["Vad boken är till för."])
    names = [one.name for one in guided.sheets]
    assert names == [CONTENTS, "Prov", "Annan", SIGNS, COLUMNS]
    assert [row[0] for row in guided.sheets[0].rows] == [Link(name, name) for name in names[1:]]
    assert [list(row) for row in guided.sheets[-1].rows if row[0] == "Prov"] == [
        ["Prov", "Indikator", "Vad som mäts.", "Data"]
    ]


def test_the_signs_of_what_is_missing_are_explained() -> None:
    signs = {str(getattr(row[0], "text", row[0])) for row in with_guide(book(sheet()), []).sheets[-2].rows}
    assert {"-", ".", "..", "saknas", "ej mätt", "▲ Bland de bästa", "× Nej", "✎"} <= signs
