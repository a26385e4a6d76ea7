"""The audit guide: its figures are those given, its steps say what is to be seen, and real data are told otherwise."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from lagesbild.presentation.audit_guide.figures import Example, GuideFigures, Kind
from lagesbild.presentation.audit_guide.guide import AuditGuide


@pytest.fixture
def figures() -> GuideFigures:
    return GuideFigures(
        source="demo",
        source_name="Syntetiska data",
        year=2024,
        first_year=2016,
        version="2024.1",
        synthetic=True,
        areas=10,
        observations=2000,
        withheld=450,
        raw_files=41,
        raw_bytes=12_340_000,
        kinds=(
            Kind(words="Rapporter", number=290, place="kommuner/<kommun>/"),
            Kind(words="Tomt", number=0, place="x/"),
        ),
        example=Example(
            indicator="ao-a",
            title="Andel *nöjda*",
            region="1440",
            name="Ale",
            numerator=45,
            denominator=60,
            value=75.0,
            lower=62.8,
            upper=84.2,
            file="data/indikatorer/aldreomsorg-2024.csv",
        ),
        contact="Kontakten",
        email="a@example.org",
    )


def text_of(figures: GuideFigures) -> str:
    return AuditGuide(figures=figures).text().replace("\u202f", " ")


def test_figures_are_those_of_the_release(figures: GuideFigures) -> None:
    text = text_of(figures)
    assert "2 000 uppgifter om 10 områden för åren 2016–2024. 450 av dem (22,5 procent) visas inte" in text
    assert "41 filer från källor, kommuner och analytiker (12,3 MB)" in text
    assert "| Rapporter | 290 |" in text
    assert "| Summa | 290 |" in text
    assert "Tomt" not in text
    assert "45 delat med 60 är 75,0 procent" in text
    assert r"Andel \*nöjda\*" in text


def test_every_step_says_what_to_see_and_what_that_shows(figures: GuideFigures) -> None:
    steps = text_of(figures).split("\n### ")[1:]
    assert len(steps) == 13
    for number, step in enumerate(steps, start=1):
        assert step.startswith(f"Steg {number}. ")
        assert step.count("*Du ska få se:* ") == step.count("*Det visar:* ") == 1


def test_real_figures_have_their_folder_of_raw_files_and_are_not_called_invented(figures: GuideFigures) -> None:
    real = text_of(replace(figures, source="kolada", year=2020, synthetic=False))
    assert "make reproduce SOURCE=kolada YEAR=2020 DATA=<mappen med rådata>" in real
    assert "lagesbild verify --source kolada --year 2020" in real
    assert "påhittade" not in real
    assert "påhittade" in text_of(figures)


def test_a_release_without_counts_has_no_sum_to_do_by_hand(figures: GuideFigures) -> None:
    text = text_of(replace(figures, example=None))
    assert "miniräknare" not in text
    assert text.split("\n### ")[-1].startswith("Steg 12. ")
    assert "INDIKATOR/KOMMUN/2024" in text


def test_figures_go_through_a_file_unchanged(figures: GuideFigures) -> None:
    for one in (figures, replace(figures, example=None)):
        assert GuideFigures.of_values(json.loads(json.dumps(one.as_values()))) == one
