"""The catalogue's schema refuses a faulty file whole and names every fault with its line."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import CatalogueError, Fault

HEAD = "area: aldreomsorg\nindicators:\n"
GOOD = """\
  - id: ao-trygghet
    title: Äldre som är trygga
    dimension: saker
    type: resultat
    direction: hog
    scale: procent
    survey: brukarundersokning
    counted: personer
    numerator: Trygga personer
    denominator: Alla som svarat
    kolada: U21505
    source_note: Kolada U21505
"""
ANSWER = """\
  - id: ao-rutin
    title: Aktuell rutin
    dimension: saker
    type: struktur
    direction: hog
    scale: ja_nej
    survey: kommunenkat
    counted: kommuner
    source_note: Eget prov
"""


def write(folder: Path, text: str, name: str = "aldreomsorg.yml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return list(caught.value.faults)


def only_fault(folder: Path, text: str) -> Fault:
    write(folder, text)
    faults = faults_of(folder)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def line_of(text: str, wanted: str) -> int:
    """Return the number of the first line that holds `wanted`."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if wanted in line)


def test_a_right_file_is_read_with_documented_defaults(tmp_path: Path) -> None:
    write(tmp_path, HEAD + GOOD + ANSWER)
    number, answer = load_catalogue(tmp_path).indicators
    assert (number.short_title, number.unit_text, number.threshold) == ("Äldre som är trygga", "procent", 5)
    assert (number.frequency, number.tier, number.by_sex, number.first_year) == (1, "bas", False, None)
    assert number.levels == ("rike", "lan", "kommungrupp", "kommun")
    assert (answer.unit_text, answer.threshold, answer.kolada_codes) == ("", None, {})


# Each case replaces one text of a right indicator: (old, new, line that is named holds, message holds).
NUMBER_FAULTS = {
    "unknown field": ("    type:", "    typ: x\n    type:", "typ: x", "Did you mean type?"),
    "unknown word": ("direction: hog", "direction: hogt", "direction:", "Did you mean hog?"),
    "word of no kind": ("scale: procent", "scale: meter", "scale:", "one of procent, ja_nej"),
    "missing field": ("    scale: procent\n", "", "id: ao-trygghet", "the field scale is missing"),
    "empty field": ("scale: procent", "scale:", "scale:", "the field scale is empty"),
    "wrong prefix": ("id: ao-trygghet", "id: eb-trygghet", "id:", "ao-..."),
    "capital in the id": ("id: ao-trygghet", "id: ao-Trygghet", "id:", "small letters"),
    "no direction": ("direction: hog", "direction: ingen", "direction:", "an indikator without direction"),
    "KPI without data": ("    type:", "    kind: utvecklingsindikator\n    type:", "kolada:", "no data yet"),
    "KPI of wrong form": ("kolada: U21505", "kolada: 21505", "kolada:", "U21468"),
    "long short title": ("title: Äldre", "title: " + "Ä" * 60, "title:", "at most 60"),
    "quality without dimension": ("    dimension: saker\n", "", "id:", "one of the six dimensions"),
    "dimension outside quality": (
        "    type:",
        "    part: valfard\n    type:",
        "dimension:",
        "outside the part",
    ),
    "share of nothing": ("    numerator: Trygga personer\n", "", "id:", "both, in words"),
    "codes for a number": (
        "    type:",
        '    kolada_codes: {"1": ja}\n    type:',
        "kolada_codes:",
        "for a number",
    ),
    "key that is no text": (
        "    type:",
        "    kolada_codes: {1: ja}\n    type:",
        "kolada_codes:",
        "is not text",
    ),
    "years backwards": (
        "    type:",
        "    first_year: 2020\n    last_year: 2019\n    type:",
        "last_year:",
        "2020",
    ),
    "year of no calendar": (
        "    type:",
        "    first_year: 20200\n    type:",
        "first_year:",
        "from 1990 to 2100",
    ),
    "true is no year": ("    type:", "    first_year: true\n    type:", "first_year:", "whole number"),
    "by_sex in words": ("    type:", "    by_sex: ja\n    type:", "by_sex:", "true or false"),
    "unknown level": ("    type:", "    levels: [rike, komun]\n    type:", "levels:", "Did you mean kommun?"),
    "one key twice": ("    type:", "    title: Igen\n    type:", "title: Igen", "stands twice"),
    "spaces in a title": ("title: Äldre som är trygga", 'title: "Äldre  som är trygga"', "title:", "spaces"),
    "yearly for ever": ("    type:", "    yearly_until: 2020\n    type:", "yearly_until:", "above 1"),
    "paused for no reason": (
        "    type:",
        "    lifecycle:\n      state: pausad\n    type:",
        "lifecycle:",
        "without year or reason",
    ),
    "unknown field in the lifecycle": (
        "    type:",
        "    lifecycle:\n      state: pausad\n      year: 2022\n      reason: Ny\n      sourse: B3.1\n    type:",
        "sourse: B3.1",
        "Did you mean source?",
    ),
    "unknown successor": (
        "    type:",
        "    lifecycle:\n      {state: ersatt_av, year: 2022, reason: Ny, successor: ao-trygghe}\n    type:",
        "lifecycle:",
        "Did you mean ao-trygghet?",
    ),
    "cost that is good or bad": (
        "    dimension: saker\n",
        "    part: kostnadsnyckeltal\n",
        "id:",
        "kind: nyckeltal, direction: ingen",
    ),
}


@pytest.mark.parametrize("case", NUMBER_FAULTS)
def test_a_fault_in_a_number_is_named_with_its_line(tmp_path: Path, case: str) -> None:
    old, new, place, message = NUMBER_FAULTS[case]
    text = HEAD + GOOD.replace(old, new, 1)
    fault = only_fault(tmp_path, text)
    assert (fault.file, fault.row) == ("aldreomsorg.yml", line_of(text, place))
    assert message in str(fault)


ANSWER_FAULTS = {
    "share of an answer": (
        "    type:",
        "    numerator: Ja\n    type:",
        "numerator:",
        "an answer is no share",
    ),
    "unit of an answer": ("    type:", "    unit_text: procent\n    type:", "unit_text:", "no unit"),
    "KPI without codes": ("    type:", "    kolada: U31341\n    type:", "id:", "at least ja and nej"),
    "delvis where there is none": (
        "    type:",
        '    kolada_codes: {"2": ja, "1": delvis, "0": nej}\n    type:',
        "kolada_codes:",
        "has no delvis",
    ),
    "unknown answer": (
        "    type:",
        '    kolada_codes: {"1": yes}\n    type:',
        "kolada_codes:",
        "ja, delvis, nej",
    ),
    "threshold for kommuner": (
        "    type:",
        "    threshold: 5\n    type:",
        "threshold:",
        "nobody can be recognised",
    ),
}


@pytest.mark.parametrize("case", ANSWER_FAULTS)
def test_a_fault_in_an_answer_is_named_with_its_line(tmp_path: Path, case: str) -> None:
    old, new, place, message = ANSWER_FAULTS[case]
    text = HEAD + GOOD + ANSWER.replace(old, new, 1)
    fault = only_fault(tmp_path, text)
    expected = line_of(text, "id: ao-rutin" if place == "id:" else place)
    if place == "numerator:":
        expected = line_of(text, "numerator: Ja")
    assert (fault.file, fault.row, fault.indicator) == ("aldreomsorg.yml", expected, "ao-rutin")
    assert message in str(fault)


def test_an_id_stands_once_in_the_catalogue(tmp_path: Path) -> None:
    text = HEAD + GOOD + GOOD.replace("U21505", "U21504")
    fault = only_fault(tmp_path, text)
    assert fault.row == 2 + 12 + 1
    assert "aldreomsorg.yml on line 3" in fault.what


def test_a_kpi_belongs_to_one_indicator_even_across_areas(tmp_path: Path) -> None:
    write(tmp_path, HEAD + GOOD)
    other = "area: ekonomiskt-bistand\nindicators:\n" + GOOD.replace("ao-trygghet", "eb-trygghet")
    write(tmp_path, other, "ekonomiskt-bistand.yml")
    (fault,) = faults_of(tmp_path)
    assert (fault.file, fault.row) == ("ekonomiskt-bistand.yml", line_of(other, "kolada:"))
    assert "ao-trygghet (aldreomsorg.yml)" in fault.what


def test_all_faults_of_all_files_are_listed_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        HEAD + GOOD.replace("hog", "upp").replace("type: resultat", "type: bra").replace("U2", "X2", 1),
    )
    write(tmp_path, "area: hemloshet\nindicators: []\n", "hemloshet.yml")
    write(tmp_path, "area: [\n", "krisberedskap.yml")
    write(tmp_path, "", "socialpsykiatri.yml")
    faults = faults_of(tmp_path)
    assert [fault.file for fault in faults] == [
        "aldreomsorg.yml",
        "aldreomsorg.yml",
        "aldreomsorg.yml",
        "krisberedskap.yml",
        "hemloshet.yml",
        "socialpsykiatri.yml",
    ]
    assert {fault.column for fault in faults[:3]} == {"type", "direction", "kolada"}


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ("area: aldreomsorgen\nindicators:\n" + ANSWER, 1, "Did you mean aldreomsorg?"),
        ("area: hemloshet\nindicators:\n" + ANSWER.replace("ao-", "hem-"), 1, "hemloshet.yml"),
        ("version: 2\n" + HEAD + ANSWER, 1, "unknown field 'version'"),
        ("area: aldreomsorg\n", 1, "lists no indicators"),
        (HEAD + "  - ao-rutin\n", 3, "an indicator is no mapping"),
        ("- ao-rutin\n", 1, "the file is no mapping"),
        ("area: aldreomsorg\nindicators:\n  - id: 'ao\n", 4, "not valid YAML"),
    ],
)
def test_a_faulty_head_is_named_with_its_line(tmp_path: Path, text: str, row: int, message: str) -> None:
    fault = only_fault(tmp_path, text)
    assert fault.row == row
    assert message in str(fault)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "aldreomsorg.yml").write_bytes((HEAD + GOOD).encode("cp1252"))
    (fault,) = faults_of(tmp_path)
    assert fault.file == "aldreomsorg.yml"
    assert "UTF-8" in str(fault)


def test_a_date_that_is_none_is_a_fault_of_its_field(tmp_path: Path) -> None:
    text = HEAD + GOOD.replace("    type:", "    first_year: 2020-13-45\n    type:", 1)
    fault = only_fault(tmp_path, text)
    assert (fault.row, fault.column) == (line_of(text, "first_year:"), "first_year")


def test_the_error_crosses_process_borders(tmp_path: Path) -> None:
    write(tmp_path, "area: aldreomsorg\n")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
