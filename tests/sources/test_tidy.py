"""Own files in the tidy form: the template, what is read, and every fault at once with its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from lagesbild.catalogue.load import load_catalogue
from lagesbild.cli import app
from lagesbild.errors import InputError
from lagesbild.observations.read_source import read_source
from lagesbild.observations.validate import validate
from lagesbild.sources.demo.xlsx import TextSheet, save_texts
from lagesbild.sources.tidy import read_tidy
from lagesbild.sources.tidy_columns import TIDY_COLUMNS
from lagesbild.sources.tidy_template import safe, write_template

HEADS = [column.head for column in TIDY_COLUMNS]


def _csv(folder: Path, rows: list[str], *, heads: str = ";".join(HEADS), name: str = "ale.csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([heads, *rows]) + "\n", encoding="utf-8")
    return folder


def _faults(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_tidy(folder, catalogue=load_catalogue())
    return [str(one) for one in caught.value.faults]


def test_values_answers_and_reasons_are_read(tmp_path) -> None:
    _csv(
        tmp_path,
        [
            "ao-hemtjanst-nojdhet;2024;1440;;;87,5;35;40;40;52;;",
            "ao-hemtjanst-nojdhet;2024;1440;;Kvinnor;90;18;20;;;;",
            "ao-hemtjanst-nojdhet;2024;180;;;..;;;;;;",
            "ao-hemtjanst-nojdhet;2024;riket;;;1\u00a0;;;;;;",
            "ao-rutin-samordning-lss;2024;1440;;;;;;;;Ja;",
            "ao-rutin-samordning-lss;2024;0180;;;;;;;;;ej tillämplig",
            "ao-hemtjanst-genomforandeplan;2024;1440;Södra hemtjänsten;;100;;;;;;",
            "ao-hemtjanst-hansyn;2024;;;;;;;;;;",
            "Källa: Ale kommun;;;;;;;;;;;",
        ],
    )
    got = read_tidy(tmp_path, catalogue=load_catalogue()).observations
    assert len(validate(got, catalogue=load_catalogue(), origin="egna")) == 7
    told = got.set_index(["indicator", "region", "sex"])
    first = told.loc[("ao-hemtjanst-nojdhet", "1440", "T")]
    assert first[["value", "numerator", "denominator", "n_answers", "n_asked"]].tolist() == [87.5, 35, 40, 40, 52]
    assert told.loc[("ao-hemtjanst-nojdhet", "0180", "T"), "status"] == "sekretess"
    assert told.loc[("ao-hemtjanst-nojdhet", "0000", "T"), "level"] == "rike"
    assert told.loc[("ao-rutin-samordning-lss", "1440", "T"), "answer"] == "ja"
    assert told.loc[("ao-rutin-samordning-lss", "0180", "T"), "status"] == "ej_tillamplig"
    assert told.loc[("ao-hemtjanst-genomforandeplan", "1440", "T"), "level"] == "enhet"
    assert set(got["source"]) == {"egen:ale"}


def test_all_faults_are_listed_at_once_with_their_places(tmp_path) -> None:
    _csv(
        tmp_path,
        [
            "ao-hemtjanst-nojdhe;2024;1440;;;87;;;;;;",
            "ao-hemtjanst-nojdhet;24;1440;;;87;;;;;;",
            "ao-hemtjanst-nojdhet;2024;9999;;;87;;;;;;",
            "ao-hemtjanst-nojdhet;2024;1440;;X;87;;;;;;",
            "ao-hemtjanst-nojdhet;2024;1440;;;140;;;;;;",
            "ao-hemtjanst-nojdhet;2024;1440;;;åttio;;;;;;",
            "ao-hemtjanst-nojdhet;2024;1440;;;80;9;4;;;;",
            "ao-hemtjanst-nojdhet;2024;1440;;;80;;;2,5;;;",
            "ao-hemtjanst-nojdhet;2024;1440;;;80;;;;;;bortfall",
            "ao-hemtjanst-nojdhet;2024;1440;;K;;;;;;;okänt",
            "ao-hemtjanst-nojdhet;2024;1440;;;=1+1;;;;;;",
            "ao-rutin-samordning-lss;2024;1440;;;1;;;;;;",
            "ao-rutin-samordning-lss;2024;1440;;;;;;;;Delvis;",
            "ao-rutin-samordning-lss;2024;1440;;K;;;;;;Ja;",
            "ao-rutin-samordning-lss;2024;0180;;;;;;;;Ja;",
            "ao-rutin-samordning-lss;2024;180;;;;;;;;Nej;",
        ],
    )
    faults = _faults(tmp_path)
    expected = [
        "row 2, column A: the catalogue has no indicator 'ao-hemtjanst-nojdhe'",
        "row 3, column B: '24' is no year",
        "row 4, column C: '9999' is no known code",
        "row 5, column E: unknown kön 'X'",
        "row 6, column F: värde 140 is no percentage",
        "row 7, column F: värde 'åttio' is no number",
        "row 8, column G: täljare 9 is greater than nämnare 4",
        "row 9, column I: antal_svar 2.5 is no count",
        "row 10, column L: a value and a reason why it is missing at once",
        "row 11, column L: unknown status 'okänt'",
        "row 12, column F: the cell holds a formula",
        "row 13, column F: ao-rutin-samordning-lss is an answer, no number",
        "row 14, column K: Delvis is no answer to this question",
        "row 15, column E: ao-rutin-samordning-lss is not told apart by sex",
        "row 17, region 0180: a value for the same stands already in ale.csv, sheet csv, row 16",
    ]
    for text in expected:
        assert sum(text in fault for fault in faults) == 1, (text, faults)
    assert all(fault.startswith("ale.csv, sheet csv, row ") for fault in faults)


def test_heads_are_checked(tmp_path) -> None:
    _csv(tmp_path, ["x"], heads="indikator;år;kommun;värd;år")
    faults = " | ".join(_faults(tmp_path))
    assert "unknown column 'kommun'" in faults
    assert "unknown column 'värd'. Did you mean värde?" in faults.replace(" (expected None)", "")
    assert "the column 'år' stands twice" in faults
    assert "the column 'kod' is missing" in faults


def test_personal_numbers_are_masked_in_messages(tmp_path) -> None:
    _csv(tmp_path, ["ao-hemtjanst-nojdhet;2024;1440;;;19121212-1212;;;;;;", "anna@example.se;2024;1440;;;1;;;;;;"])
    told = " ".join(_faults(tmp_path))
    assert "1212" not in told
    assert "anna" not in told


def test_a_filled_in_template_is_read(tmp_path) -> None:
    chosen = [load_catalogue().by_id("ao-hemtjanst-nojdhet"), load_catalogue().by_id("ao-hemtjanst-hansyn")]
    write_template(tmp_path / "mall.xlsx", indicators=chosen, year=2024)
    book = openpyxl.load_workbook(tmp_path / "mall.xlsx")
    assert book.sheetnames == ["Uppgifter", "Indikatorer", "Förklaring"]
    rows = [[str(cell or "") for cell in row] for row in book["Uppgifter"].iter_rows(values_only=True)]
    assert rows[0] == HEADS
    rows[1][2:] = ["1440", "", "", "80"]
    (tmp_path / "in").mkdir()
    others = [TextSheet(name=name, rows=[["indikator"]]) for name in ("Indikatorer", "Förklaring")]
    save_texts(tmp_path / "in" / "ale.xlsx", [TextSheet(name="Uppgifter", rows=rows), *others])
    got = read_tidy(tmp_path / "in", catalogue=load_catalogue()).observations
    assert got[["indicator", "year", "value"]].to_numpy().tolist() == [[chosen[0].id, 2024, 80.0]]


def test_own_files_come_in_beside_the_other_sources(tmp_path) -> None:
    _csv(tmp_path / "egna", ["ao-hemtjanst-nojdhet;2024;1440;;;87,5;35;40;;;;"])
    assert len(read_source(tmp_path, catalogue=load_catalogue()).observations) == 1


@given(st.text(max_size=20))
def test_no_cell_of_a_csv_template_begins_a_formula(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_command_writes_both_forms(tmp_path) -> None:
    for name in ("mall.csv", "mall.xlsx"):
        arguments = ["sources", "template", str(tmp_path / name), "--area", "krisberedskap", "--year", "2024"]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
    text = (tmp_path / "mall.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert text[0] == ";".join(HEADS)
    assert text[1].startswith("kb-") or text[1].split(";")[1] == "2024"
    result = CliRunner().invoke(app, ["sources", "template", str(tmp_path / "mall.ods")])
    assert result.exit_code == 1
    assert "unknown file type" in result.output
