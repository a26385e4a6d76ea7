"""The documents of an area as PDF: a faktablad of two pages whatever the area has, and a metodbeskrivning."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pikepdf
import pytest

from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import sha256_tree
from lagesbild.frame_bytes import parquet_bytes
from lagesbild.presentation.fact_sheet import cautions, key_results, kommuner, trends, women_men
from lagesbild.presentation.fact_sheet.sheet import FactSheet
from lagesbild.publishing.fact_sheets import FACT_SHEETS
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_descriptions import METHOD_DESCRIPTIONS

FULL, EMPTY, LONG = "krisberedskap", "hemloshet", "halso-och-sjukvard"


@pytest.fixture(scope="module")
def layout(world: Layout, tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return a root with the analysis of three areas, one of them without any figure."""
    made = Layout(root=tmp_path_factory.mktemp("areas"), source="demo", year=2024)
    for area in (FULL, EMPTY, LONG):
        shutil.copytree(world.analysis(area), made.analysis(area))
        digest = f"{area}.digest"
        shutil.copyfile(world.analysis(area).parent / digest, made.analysis(area).parent / digest)
    for path in made.analysis(EMPTY).rglob("*.parquet"):
        path.write_bytes(parquet_bytes(pd.read_parquet(path).iloc[:0]))
    empty = made.analysis(EMPTY)
    digest = sha256_tree(list(empty.glob("*/*.parquet")), empty)
    (empty.parent / f"{EMPTY}.digest").write_text(f"{digest}\n", encoding="utf-8")
    return made


def pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def test_a_faktablad_has_two_pages_also_without_results(layout: Layout) -> None:
    FACT_SHEETS.make(layout, [FULL, EMPTY], engine="embedded").raise_failures()
    assert [pages(layout.release / "omraden" / area / "faktablad.pdf") for area in (FULL, EMPTY)] == [2, 2]
    assert FACT_SHEETS.make(layout, [FULL, EMPTY], engine="embedded").current == 2


def test_titles_as_long_as_they_may_be_leave_a_faktablad_at_two_pages(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Vårdnadshavare som upplever att socialsekreteraren lyssnar på"[:60]
    for part in (key_results, kommuner, women_men):
        monkeypatch.setattr(part, "titled", lambda _: f"{title}, antal per 100 000 invånare")
    monkeypatch.setattr(cautions, "_names", lambda _: f"*{title}* och *{title}*")
    monkeypatch.setattr(trends, "_phrase", lambda *_: f"*{title}* har minskat från 90,5 till 85,4 procent sedan 2016")
    FACT_SHEETS.make(layout, [LONG], engine="embedded").raise_failures()
    assert pages(layout.release / "omraden" / LONG / "faktablad.pdf") == 2


def test_a_longer_faktablad_is_refused_and_the_earlier_one_stays(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    (layout.records / "faktablad" / f"{EMPTY}.json").unlink(missing_ok=True)
    monkeypatch.setattr(FactSheet, "first_page", lambda _: "Ord.\n\n" * 100)
    (failed,) = FACT_SHEETS.make(layout, [EMPTY], engine="embedded").failed
    assert "two pages" in str(failed.error)


def test_a_metodbeskrivning_is_a_tagged_swedish_pdf(layout: Layout) -> None:
    METHOD_DESCRIPTIONS.make(layout, [FULL], engine="embedded").raise_failures()
    with pikepdf.open(layout.release / "omraden" / FULL / "metodbeskrivning.pdf") as pdf:
        assert pdf.docinfo["/Title"] == "Krisberedskap: metodbeskrivning 2024"
        assert str(pdf.Root.Lang).lower().startswith("sv")
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert len(pdf.Root.Outlines.keys()) > 0


def test_unknown_areas_and_missing_analyses_are_errors(layout: Layout) -> None:
    with pytest.raises(ParameterError, match="krisberedskap"):
        FACT_SHEETS.make(layout, ["krisberedskapen"])
    with pytest.raises(NotBuiltError, match="lagesbild analyse"):
        METHOD_DESCRIPTIONS.make(layout, ["socialpsykiatri"])
