"""The repeated audit as a document: its text, its parameters, and areas with nothing to test."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue.areas import area
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.observations.schema import with_dtypes
from lagesbild.observations.store import write_store
from lagesbild.presentation.audit.report import AuditReport
from lagesbild.publishing.audit_reports import audit_document, audit_example, audit_metadata, make_audit_reports
from lagesbild.publishing.layout import Layout

ANSWERS = ("eb-samordning-lss", "eb-samordning-missbruk", "eb-audit", "eb-dudit", "eb-uppfoljning-anvand")
OTHER = "bu-stodgruppsverksamhet"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a root with invented released answers of two areas, 2016-2020, and users in one of them."""
    folder = tmp_path_factory.mktemp("granskning")
    rng = np.random.default_rng(5)
    rows = [
        (name, year, kommun.kod) for name in (*ANSWERS, OTHER) for year in range(2016, 2021) for kommun in kommuner()
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "year", "region"])
    frame["answer"] = rng.choice(["ja", "nej"], size=len(frame))
    frame = frame.assign(level="kommun", unit="", sex="T", status="ok", source="prov", revision="1")
    for name in ("value", "numerator", "denominator", "n_answers", "n_asked"):
        frame[name] = np.nan
    work = folder / "_work" / "demo"
    write_store(with_dtypes(frame), work / "released", load_catalogue())
    users = [("ekonomiskt-bistand", kommun.kod, number % 3 > 0, 2019) for number, kommun in enumerate(kommuner())]
    pd.DataFrame(users, columns=["area", "region", "user", "year"]).to_parquet(work / "anvandare.parquet")
    return folder


@pytest.fixture
def report(root: Path, monkeypatch: pytest.MonkeyPatch) -> AuditReport:
    monkeypatch.chdir(root)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return audit_document(area="ekonomiskt-bistand", year="2020", first_year=0, source="demo")


def test_the_tables_have_our_marks_and_the_printed_ones_in_parentheses(report: AuditReport) -> None:
    text = report.parts()
    assert "Tre rader har resultat" in text  # samordning, alkohol/droger, uppföljning
    assert "Resultat saknas för: Extern samverkan; " in text
    row = next(line for line in text.splitlines() if line.startswith("| Intern samordning"))
    assert re.fullmatch(r"\| Intern samordning( \| (·|ej|(\\\*){1,2})\u00a0\\\((·|(\\\*){1,2})\\\)){4} \|", row)
    assert "ÖJ, nivå, t−1" in text
    assert "193 kommuner uppger att de använder öppna jämförelser i området, 97 att de inte gör det." in text
    assert "Källan redovisar inga tal för enskilda enheter i området" in text


def test_a_year_that_is_left_out_is_told(report: AuditReport) -> None:
    assert "pandemin" not in report.parts()
    audit = report.areas[0]
    older = replace(audit, area=area("aldreomsorg"))
    assert "svar från 2020 är inte med" in replace(report, areas=(older,)).parts()
    assert "pandemin" not in replace(report, areas=(replace(older, last=2019),)).parts()


def test_the_brief_tells_what_the_marks_are_worth(report: AuditReport) -> None:
    brief = report.brief()
    assert "Med slumpvis hopsatta grupper blir det i genomsnitt" in brief
    assert re.search(r"eget tidigare resultat har \d+ märke, mot \d+,\d med slumpvis hopsatta grupper\.", brief)
    assert "kan inte läsas som att kommuner påverkar varandra" in brief
    assert "Riksrevisionens period är" not in brief  # it is this one
    assert "Siffrorna är påhittade" in report.comparison()
    assert "påhittade" in report.users()
    assert "Källa: Syntetiska data" in report.method()


def test_three_areas_are_one_document_and_an_area_without_results_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = audit_document(area="granskade", year=2020, first_year=2018, source="demo")
    text = report.parts()
    assert text.count("\n## ") == 2
    assert "## Äldreomsorg {#sec-aldreomsorg}\n\nKällan har inga resultat för 2018–2020" in text
    assert "Ingen uppgift finns om vilka kommuner som använder" in text  # barn och unga
    assert "Perioden här är 2018–2020" in report.brief()


def test_an_area_that_was_not_audited_and_a_chosen_indicator(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    empty = audit_document(area="hemloshet", year=2020, first_year=0, source="demo")
    assert "ingenting kan prövas" in empty.brief()
    assert "inget kan jämföras" in empty.comparison()
    chosen = audit_document(area="barn-och-unga", year=2020, first_year=0, source="demo", indicators=OTHER)
    assert [row.indicators for row in chosen.areas[0].known] == [(OTHER,)]
    assert "(\\*" not in chosen.parts()


def test_the_method_page_has_an_example_of_the_release(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    example = audit_example(year=2020, source="demo")
    assert "| Nivå, t−1 | 6 |" in example
    assert ": Ekonomiskt bistånd 2016–2020: regressioner med märke" in example


def test_wrong_parameters_are_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    for wrong in ({"area": "aldre"}, {"first_year": 2021}, {"source": "egen"}, {"indicators": "eb-finns-inte"}):
        parameters = {"area": "ekonomiskt-bistand", "year": 2020, "first_year": 0, "source": "demo", **wrong}
        with pytest.raises(ParameterError):
            audit_document(**parameters)  # type: ignore[arg-type]
    layout = Layout(root=root, source="demo", year=2020)
    with pytest.raises(NotBuiltError, match="lagesbild import"):
        make_audit_reports(layout)
    assert audit_metadata(layout, "hemloshet")["title"] == "Granskning av öppna jämförelser 2020 – motverka hemlöshet"
