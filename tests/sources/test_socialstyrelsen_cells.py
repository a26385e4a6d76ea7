"""One cell at a time: numbers as people type them, answers, marks, and columns' heads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.sources.demo.workbook_texts import number_text
from lagesbild.sources.mapping import normal
from lagesbild.sources.socialstyrelsen_cells import MARKS, CellReader, read_cell, shown
from lagesbild.sources.socialstyrelsen_layout import Sheet, find_table, is_text_sheet


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("87", 87),
        ("87,5", 87.5),
        ("87.5", 87.5),
        ("1 234", 1234),
        ("1\u00a0234\u00a0567,5", 1234567.5),
        ("12\u2009345", 12345),
        ("−3,5", -3.5),
        (42.0, 42),
        (0.5, 0.5),
    ],
)
def test_numbers(raw: object, number: float) -> None:
    assert read_cell(raw).number == number


@pytest.mark.parametrize("raw", ["12 34", "1,2,3", "87 %", "Ja, för alla", "1 2345", "True", "nan"])
def test_texts_that_are_no_figure_are_kept_as_faults(raw: str) -> None:
    cell = read_cell(raw)
    assert cell.number is None
    assert cell.bad == raw


@pytest.mark.parametrize("raw", [None, "", "   ", "\u00a0", "\u00ad"])
def test_only_spaces_are_nothing(raw: object) -> None:
    assert read_cell(raw).empty


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_as_the_generator_writes_it_reads_back(thousandths: int) -> None:
    assert read_cell(number_text(thousandths / 1000)).number == thousandths / 1000


def test_a_truth_value_is_not_taken_for_the_number_that_it_equals() -> None:
    column = CellReader().read([1.0, True, "1"])
    assert column.number.tolist()[0] == 1
    assert column.bad.tolist() == [None, "True", None]


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("1. Rutin vid våld", "rutin vid våld"),
        ("4c.Rutin  vid\u00a0vå\u00adld. Procent. ", "rutin vid våld. procent"),
        ("12b. Trygga. Kvinnor. Antal svar", "trygga. kvinnor. antal svar"),
        ("2. 65 år och äldre", "65 år och äldre"),
        ("4.5 timmar per dag", "4.5 timmar per dag"),
    ],
)
def test_heads_are_compared_without_number_case_and_stray_signs(head: str, text: str) -> None:
    assert normal(head) == text


@pytest.mark.parametrize(
    "head", ["Läns-/Kommun-/Stadsdels-kod", "Kommun-/stadsdelskod", " Kommun-/stadsdels-kod ", "Kommunkod"]
)
def test_the_code_columns_head_varies(head: str) -> None:
    table = find_table(Sheet(file="f", name="s", rows=[["Titel", ""], ["", ""], [head, "Kommunnamn"]]))
    assert table is not None
    assert (table.head_rows, table.code, table.name) == ((2, 2), 0, 1)


def test_a_sentence_about_codes_is_no_code_column() -> None:
    assert find_table(Sheet(file="f", name="s", rows=[["Kommuner kan välja kod. Se guiden", "a"], ["b", "c"]])) is None


def test_sheets_of_text_are_known_by_name() -> None:
    assert is_text_sheet("Information")
    assert is_text_sheet("Om undersökningen")
    assert not is_text_sheet("Hemtjänst, kommun, län, rike")


SPACES = st.text(alphabet=" \u00a0\u2009\u202f", max_size=3)


@given(
    st.integers(min_value=-(10**9), max_value=10**9),
    st.integers(min_value=0, max_value=999),
    st.sampled_from(",."),
    st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f"]),
    SPACES,
)
def test_numbers_as_people_type_them(whole: int, decimals: int, point: str, thousands: str, around: str) -> None:
    text = f"{abs(whole):,}".replace(",", thousands)
    sign = "−" if whole < 0 else ""
    read = read_cell(f"{around}{sign}{text}{point}{decimals:03d}{around}")
    assert read.number == (-1 if whole < 0 else 1) * float(f"{abs(whole)}.{decimals:03d}")


@given(st.sampled_from(sorted(MARKS)), SPACES, st.booleans())
def test_marks_are_known_whatever_stands_around_them(mark: str, around: str, upper: bool) -> None:
    assert read_cell(f"{around}{mark.upper() if upper else mark}{around}").status is MARKS[mark]


@given(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans()))
def test_a_cell_is_exactly_one_thing(raw: object) -> None:
    cell = read_cell(raw)
    assert sum(one is not None for one in (cell.number, cell.answer, cell.status, cell.bad)) == (0 if cell.empty else 1)


def test_a_columns_own_answers() -> None:
    answers = {"ja, för alla": "ja", "ja, för några": "nej", "berör oss inte": "ej_tillamplig"}
    column = CellReader().read(["Ja, för alla", " ja, för  några ", "Nej", "Berör oss inte.", "x"], answers)
    assert column.answer.tolist() == ["ja", "nej", "nej", None, None]
    assert column.status.tolist() == [None, None, None, "ej_tillamplig", "saknas"]


@pytest.mark.parametrize("text", ["19121212-1212", "191212121212", "121212+1212", "070-123 45 67", "anna@example.se"])
def test_messages_mask_what_may_point_to_a_person(text: str) -> None:
    assert shown(f"se {text} nu") == "se *** nu"


def test_messages_are_short_and_keep_codes() -> None:
    assert shown("018001, 2014-2016") == "018001, 2014-2016"
    assert len(shown("a" * 500)) == 60
