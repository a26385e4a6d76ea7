"""``lagesbild catalogue check``: clean with counts, or every fault with its line and what to do."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.cli import app
from lagesbild.cli.catalogue_commands import fault_line
from lagesbild.errors import Fault
from lagesbild.sources.demo.assumptions import load_assumptions


def check(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["catalogue", "check", *arguments])


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the catalogue that can be spoilt."""
    return Path(shutil.copytree(catalogue_folder(), tmp_path / "catalogue"))


def spoil(folder: Path, name: str, indicator: str, old: str, new: str) -> int:
    """Replace the first `old` after the indicator's id and return the number of its line."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    at = text.index(old, text.index(f"id: {indicator}\n"))
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    return text[:at].count("\n") + 1


def test_the_projects_own_files_are_clean_and_counted() -> None:
    said = check()
    assert said.exit_code == 0, said.stdout
    indicators = load_catalogue().indicators
    assert said.stdout.splitlines()[0] == f"clean: {len(indicators)} indicators in 10 areas"
    row = next(line.split() for line in said.stdout.splitlines() if line.startswith("barn-och-unga"))
    own = [one for one in indicators if one.area == "barn-och-unga"]
    assert [int(cell) for cell in row[2:5]] == [7, 7, 14]
    assert int(row[-1]) == len(own) == sum(int(cell) for cell in row[1:-1])
    assert "kommuner: 290" in said.stdout
    assert "barn-och-unga 82" in said.stdout


def test_every_fault_is_named_with_file_line_and_what_to_do(copied: Path) -> None:
    first = spoil(copied, "barn-och-unga.yml", "bu-socialjour", "direction: hog", "direction: hogt")
    second = spoil(copied, "barn-och-unga.yml", "bu-haktade-barn", "agenda_2030: [16]", "agenda_2030: [18]")
    third = spoil(copied, "hemloshet.yml", "hem-bostad-forst", "dimension:", "dimensoin:")
    said = check("--folder", str(copied))
    assert said.exit_code == 1
    lines = said.stdout.splitlines()
    assert lines[0].endswith("faults:")
    assert any(
        line.startswith(f"barn-och-unga.yml:{first}: bu-socialjour direction: unknown word 'hogt'")
        and line.endswith("Did you mean hog?")
        for line in lines
    )
    assert any(line.startswith(f"barn-och-unga.yml:{second}: bu-haktade-barn agenda_2030:") for line in lines)
    assert any(line.startswith(f"hemloshet.yml:{third}:") and "Did you mean dimension?" in line for line in lines)
    assert "clean" not in said.stdout
    # The review of 2022 names bu-socialjour too; it exists, so that is no fault of the review.
    assert len(lines) == 1 + 3


def test_a_rule_of_series_names_indicators_that_exist(copied: Path) -> None:
    path = copied / "series" / "recodings.yml"
    text = path.read_text(encoding="utf-8")
    line = next(number for number, row in enumerate(text.splitlines(), start=1) if "ao-uppfoljning-kon" in row)
    path.write_text(text.replace("ao-uppfoljning-kon", "ao-uppfoljning-konn"), encoding="utf-8")
    said = check("--folder", str(copied))
    assert said.exit_code == 1
    assert f"recodings.yml:{line}: there is no indicator 'ao-uppfoljning-konn'" in said.stdout
    assert "Did you mean ao-uppfoljning-kon?" in said.stdout


def test_a_folder_without_area_files_is_no_catalogue(tmp_path: Path) -> None:
    said = check("--folder", str(tmp_path))
    assert said.exit_code == 1
    assert "the folder holds no area files (expected aldreomsorg.yml and so on)" in said.stdout


def test_a_fault_of_a_whole_file_has_no_line() -> None:
    assert fault_line(Fault(what="the register is absent", file="lan.csv", action="Restore it")) == (
        "lan.csv: the register is absent. Restore it"
    )


def test_a_mapping_of_a_workbook_names_indicators_that_exist(copied: Path) -> None:
    path = copied / "aldreomsorg.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ao-enheter-rutin-oppnar-inte", "ao-enheter-rutin-oppnar"), encoding="utf-8")
    said = check("--folder", str(copied))
    assert said.exit_code == 1
    assert re.search(r"^enhetsundersokning-2016\.yml:\d+: .*ao-enheter-rutin-oppnar-inte", said.stdout, re.MULTILINE)


def test_an_indicator_that_the_demo_knows_no_level_of_is_a_fault(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = load_assumptions()
    few = replace(tables, levels=tuple(row for row in tables.levels if row.pattern.startswith("ao-")))
    monkeypatch.setattr("lagesbild.sources.demo.assumptions.load_assumptions", lambda: few)
    said = check("--folder", str(copied))
    assert said.exit_code == 1
    assert "levels.csv: " in said.stdout and "Add a row with a pattern that fits" in said.stdout
