"""Reading workbooks from Socialstyrelsen: layouts that vary, marks, and every fault listed at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import InputError
from lagesbild.sources.demo.xlsx import TextSheet, save_texts
from lagesbild.sources.socialstyrelsen import read_workbooks

#: What the heads of these tests' files mean.
MAPPING = """
survey: {survey}
year: 2021
source: test
sheets:
  - area: aldreomsorg
    sheet: [Kommun, csv]
    columns:
"""
COLUMNS = {
    "kommunenkat": """
      - {head: "Rutin för samordning med LSS för vuxna", indicator: ao-rutin-samordning-lss}
    """,
    "brukarundersokning": """
      - {head: "Nöjda med hemtjänsten. Totalt. Procent", indicator: ao-hemtjanst-nojdhet}
      - {head: "Nöjda med hemtjänsten. Totalt. Antal i täljaren", indicator: ao-hemtjanst-nojdhet, field: numerator}
      - {head: "Nöjda med hemtjänsten. Totalt. Antal svar", indicator: ao-hemtjanst-nojdhet, field: n_answers}
    """,
}
HEADS = ["Läns-/Kommun-/Stadsdels-kod ", "Rike, län, kommun  "]
ANSWER = "1. Rutin för samordning med LSS för vuxna"
SHARE = "2a. Nöjda med hemtjänsten. Totalt. Procent"
NUMERATOR = "2b. Nöjda med hemtjänsten. Totalt. Antal i täljaren"
ANSWERS = "2c. Nöjda med hemtjänsten. Totalt. Antal svar"


def _write(path: Path, heads: list[str], rows: list[list[str]], *, above: list[list[str]] | None = None) -> Path:
    title = [["Enkäten 2021"], ["", "", "SÄKER VÅRD"], ["", "", "Samverkan"]]
    sheet = TextSheet(name="Kommun", rows=[*(title if above is None else above), heads, *rows])
    information = TextSheet(name="Information", rows=[["Om enkäten"]])
    _write_mappings(path.parent)
    save_texts(path, [information, sheet])
    return path.parent


def _write_mappings(folder: Path) -> None:
    (folder / "mappings").mkdir(parents=True, exist_ok=True)
    for survey, columns in COLUMNS.items():
        text = MAPPING.format(survey=survey) + columns.strip("\n")
        (folder / "mappings" / f"{survey}-2021.yml").write_text(text, encoding="utf-8")


def _answers(folder: Path, rows: list[list[str]], **options: object) -> pd.DataFrame:
    _write(folder / "kommunenkat-aldreomsorg-2021.xlsx", [*HEADS, ANSWER], rows, **options)  # type: ignore[arg-type]
    return read_workbooks(folder, catalogue=load_catalogue()).observations


def _faults(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_workbooks(folder, catalogue=load_catalogue())
    return [str(fault) for fault in caught.value.faults]


def test_answers_and_marks(tmp_path) -> None:
    rows = [
        ["0114", "Upplands Väsby", "Ja"],
        ["0115", "Vallentuna", " nej "],
        ["0117", "Österåker", "Publiceras ej"],
        ["0120", "Värmdö", "Ej aktuellt"],
        ["0123", "Järfälla", "x"],
        ["0125", "Ekerö", ".."],
        ["0126", "Huddinge", "  "],
        ["Källa: Socialstyrelsen"],
    ]
    got = _answers(tmp_path, rows).set_index("region")
    assert got["answer"].dropna().to_dict() == {"0114": "ja", "0115": "nej"}
    assert got["status"].to_dict() == {
        "0114": "ok",
        "0115": "ok",
        "0117": "bortfall",
        "0120": "ej_tillamplig",
        "0123": "saknas",
        "0125": "sekretess",
    }
    assert set(got["source"]) == {"socialstyrelsen:kommunenkat-aldreomsorg-2021"}
    assert set(got["year"]) == {2021}


def test_percent_with_counts_at_all_levels(tmp_path) -> None:
    rows = [
        ["", "RIKET", "87,3", "1\u00a0873", "2\u202f145"],
        ["", "Riket Offentlig", "1", "1", "2"],
        ["1", "Stockholms län", "50", "2", "4"],
        ["180", "Stockholm", "50.0", "2", "4"],
        ["18001", "Rinkeby-Kista", "Publiceras ej", "..", ".."],
    ]
    _write(tmp_path / "brukarundersokning-aldreomsorg-2021.xlsx", [*HEADS, SHARE, NUMERATOR, ANSWERS], rows)
    got = read_workbooks(tmp_path, catalogue=load_catalogue()).observations.set_index("region")
    assert got["level"].to_dict() == {"0000": "rike", "01": "lan", "0180": "kommun", "018001": "stadsdel"}
    assert got.loc["0000", ["value", "numerator", "denominator", "n_answers"]].tolist() == [87.3, 1873, 2145, 2145]
    assert got.loc["018001", ["value", "numerator", "denominator"]].isna().all()


def test_the_head_row_is_found_wherever_it_stands(tmp_path) -> None:
    rows = [["0114", "Upplands Väsby", "Ja"]]
    expected = _answers(tmp_path / "a", rows)
    for number, above in enumerate(([], [["En titel"]], [["a"], [], ["b"], ["c"], ["d"], ["e"]])):
        got = _answers(tmp_path / f"b{number}", rows, above=above)
        pd.testing.assert_frame_equal(got, expected)


def test_soft_hyphens_and_stray_spaces_in_heads_do_not_matter(tmp_path) -> None:
    head = "4c.Rutin  för sam\u00adordning\u00a0med LSS för vuxna. "
    _write(
        tmp_path / "kommunenkat-aldreomsorg-2021.xlsx",
        ["Kommunkod", "Kommun", head],
        [["0114", "Upplands Väsby", "Ja"]],
    )
    got = read_workbooks(tmp_path, catalogue=load_catalogue()).observations
    assert got["indicator"].tolist() == ["ao-rutin-samordning-lss"]


def test_a_column_that_fits_no_indicator_is_reported_and_never_guessed(tmp_path) -> None:
    heads = [*HEADS, ANSWER, "9. Rutin för samordning med LSS"]
    _write(tmp_path / "kommunenkat-aldreomsorg-2021.xlsx", heads, [["0114", "Upplands Väsby", "Ja", "Nej"]])
    result = read_workbooks(tmp_path, catalogue=load_catalogue())
    assert result.observations["answer"].tolist() == ["ja"]
    assert result.unmapped["reason"].tolist() == ["the mapping has no such column"]
    assert result.unmapped["name"].str.endswith("column D").all()


def test_two_columns_with_one_head_are_doubtful_and_neither_is_read(tmp_path) -> None:
    heads = [*HEADS, ANSWER, ANSWER.replace("1.", "8."), "2. Något annat"]
    _write(tmp_path / "kommunenkat-aldreomsorg-2021.xlsx", heads, [["0114", "Upplands Väsby", "Ja", "Nej", "Nej"]])
    result = read_workbooks(tmp_path, catalogue=load_catalogue())
    assert result.observations.empty
    assert result.unmapped["reason"].str.startswith("doubtful: several columns").tolist() == [True, True, False]


def test_without_a_mapping_every_column_is_reported(tmp_path) -> None:
    _write(tmp_path / "kommunenkat-aldreomsorg-2020.xlsx", [*HEADS, ANSWER], [["0114", "Upplands Väsby", "Ja"]])
    result = read_workbooks(tmp_path, catalogue=load_catalogue())
    assert result.observations.empty
    assert result.unmapped["reason"].tolist() == ["there is no mapping for this survey and year"]


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(8)))
def test_the_order_of_rows_does_not_matter(order: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    codes = ("0114", "0115", "0117", "0120", "0123", "0125", "0126", "0127")
    rows = [[code, "", "Ja" if number % 3 else "Nej"] for number, code in enumerate(codes)]
    straight = _answers(tmp_path_factory.mktemp("straight"), rows)
    shuffled = _answers(tmp_path_factory.mktemp("shuffled"), [rows[place] for place in order])
    pd.testing.assert_frame_equal(shuffled, straight)


def test_all_faults_of_all_files_are_listed_at_once(tmp_path) -> None:
    _write(
        tmp_path / "brukarundersokning-aldreomsorg-2021.xlsx",
        [*HEADS, SHARE, NUMERATOR, ANSWERS],
        [
            ["0114", "Upplands Väsby", "140", "3", "4"],
            ["0115", "Vallentuna", "50", "9", "4"],
            ["9999", "Ingenstans", "50", "2", "4"],
            ["0117", "Österåker", "femtio", "2", "4"],
            ["0120", "Värmdö", "50", "2,5", "4"],
            ["0120", "Värmdö", "50", "2", "4"],
            ["", "Huddinge", "50", "2", "4"],
        ],
    )
    _write(tmp_path / "kommunenkat-aldreomsorg-2021.xlsx", ["Nummer", "Kommun", ANSWER], [["1", "Ale", "Ja"]])
    save_texts(tmp_path / "kommunenkat-krisberedskap-2021.xlsx", [TextSheet(name="Kommun", rows=[])])
    (tmp_path / "register-aldreomsorg-2021.xlsx").write_bytes(b"not a workbook")
    (tmp_path / "sammanställning.xlsx").write_bytes(b"")
    faults = _faults(tmp_path)
    expected = [
        "2021.xlsx, sheet Kommun, row 7, column A, region 9999: '9999' is no known region code",
        "row 10, region 0120: the same region stands already in row 9",
        "row 11, column A: the row has no code",
        "row 5, column C, indicator ao-hemtjanst-nojdhet, region 0114: value 140 is no percentage (expected 0-100)",
        "row 8, column C, indicator ao-hemtjanst-nojdhet, region 0117: 'femtio' is no figure",
        "row 9, column D, indicator ao-hemtjanst-nojdhet, region 0120: 2.5 is no count",
        "row 6, column C, indicator ao-hemtjanst-nojdhet, region 0115: the numerator 9 is greater than the denom",
        "kommunenkat-aldreomsorg-2021.xlsx, sheet Kommun: no column of codes was found",
        "kommunenkat-krisberedskap-2021.xlsx, sheet Kommun: the sheet is empty",
        "register-aldreomsorg-2021.xlsx: the file is no readable workbook",
        "sammanställning.xlsx: the file's name does not say survey, area and year",
    ]
    for text in expected:
        assert sum(text in fault for fault in faults) == 1, (text, faults)
    assert len(faults) == len(expected)


def test_answers_where_numbers_belong_are_faults_and_the_other_way_round(tmp_path) -> None:
    _write(tmp_path / "brukarundersokning-aldreomsorg-2021.xlsx", [*HEADS, SHARE], [["0114", "Upplands Väsby", "Ja"]])
    _write(
        tmp_path / "kommunenkat-aldreomsorg-2021.xlsx",
        [*HEADS, ANSWER],
        [["0114", "Upplands Väsby", "1"], ["0115", "Vallentuna", "Delvis"]],
    )
    faults = " ".join(_faults(tmp_path))
    assert "'ja' is no number" in faults
    assert "1 is no answer" in faults
    assert "Delvis is no answer to this question" in faults


def test_a_former_kommun_code_names_its_successor(tmp_path) -> None:
    _write(tmp_path / "kommunenkat-aldreomsorg-2021.xlsx", [*HEADS, ANSWER], [["1917", "Heby", "Ja"]])
    assert "1917 was replaced by 0331" in _faults(tmp_path)[0]


def test_the_same_figure_in_two_files_is_a_fault(tmp_path) -> None:
    rows = [["0114", "Upplands Väsby", "Ja"]]
    _answers(tmp_path, rows)
    _write(tmp_path / "kommunenkat-aldreomsorg-2021-ny.xlsx", [*HEADS, ANSWER], rows)
    assert len(_faults(tmp_path)) == 1


def test_a_folder_without_workbooks_is_a_fault(tmp_path) -> None:
    assert "the folder holds no workbooks" in _faults(tmp_path)[0]
