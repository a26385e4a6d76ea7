"""``lagesbild plan``: the measuring plan in words and as CSV."""

from __future__ import annotations

import csv
import io

import pytest
from typer.testing import CliRunner, Result

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.indicators import Survey
from lagesbild.catalogue.load import load_catalogue
from lagesbild.cli import app


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["plan", *arguments])


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--csv").stdout)))


def test_every_indicator_of_the_area_stands_once_with_its_title() -> None:
    said = run("--area", "barn-och-unga", "--year", "2024").stdout
    for one in load_catalogue().in_area("barn-och-unga"):
        assert said.count(f"    {one.id}  {one.title}") == 1


def test_what_rests_says_when_it_is_next() -> None:
    said = run("--area", "barn-och-unga", "--year", "2024").stdout
    line = next(line for line in said.splitlines() if line.startswith("    bu-familjehem-kompetensplan  "))
    assert line.endswith("[next 2025]")


def test_the_questions_of_a_year_are_told_with_the_change_since_the_year_before() -> None:
    said = run("--area", "barn-och-unga", "--year", "2023", "--years", "2").stdout.splitlines()
    asked = {year: int(line.split()[-1 - changed]) for year, changed, line in _burden(said)}
    own = {year: sum(int(row["questions"]) for row in _of(year)) for year in (2022, 2023)}
    assert asked == own
    assert [int(line.split()[-1]) for year, _, line in _burden(said) if year == 2023] == [own[2023] - own[2022]]


def _burden(said: list[str]) -> list[tuple[int, int, str]]:
    return [(2022 + n, n, next(one for one in said if one.startswith(f"  {2022 + n} "))) for n in (0, 1)]


def _of(year: int) -> list[dict[str, str]]:
    return rows("--area", "barn-och-unga", "--year", str(year), "--years", "1")


def test_the_published_figure_stands_apart_with_its_source() -> None:
    own, _, published = run("--area", "aldreomsorg").stdout.partition("Published reference figure")
    assert "57 of 211 questions" in published
    assert "Källa: Socialstyrelsen (2023)" in published
    assert "211" not in own


def test_the_machine_form_has_a_row_for_each_indicator_and_year() -> None:
    found = rows("--year", "2024", "--years", "3")
    catalogue = load_catalogue()
    assert len(found) == 3 * len(catalogue.indicators)
    assert {row["area"] for row in found} == {area.id for area in AREAS}
    for row in found:
        one = catalogue.by_id(row["indicator"])
        assert (row["measured"] == "ja") == one.measured(int(row["year"]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--area", "aldreomsorgen"], "unknown area: 'aldreomsorgen'. Did you mean aldreomsorg"),
        (["--year", "2050"], "unknown year of the measuring plan: 2050. Did you mean"),
    ],
)
def test_an_unknown_area_or_year_is_refused_with_the_nearest(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_surveys_have_their_swedish_names_in_words_and_their_ids_for_machines() -> None:
    head = next(line for line in run("--year", "2024").stdout.splitlines() if line.startswith("  year "))
    names = ("kommunenkät", "enhetsundersökning", "brukarundersökning", "register", "räkenskapssammandrag")
    assert all(f" {name} " in head for name in names)
    assert {row["survey"] for row in rows("--year", "2024", "--years", "1")} <= set(Survey)
