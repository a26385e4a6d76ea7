"""Forms of a kommun's report: names of their own, so that none takes another's place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.errors import ParameterError
from lagesbild.publishing.kommun_reports import make_kommun_reports
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.report_variants import FULL, variant_of

LAYOUT = Layout(root=Path(), source="demo", year=2024)


def test_variants_have_files_parameters_and_titles_of_their_own() -> None:
    named = ["", "aldreomsorg", "krisberedskap,aldreomsorg", "aldreomsorg,krisberedskap,hemloshet"]
    variants = [variant_of(areas, short=short) for areas in named for short in (False, True)]
    assert variants[0] == FULL
    assert (FULL.suffix, FULL.parameters) == ("", {})
    assert len({one.suffix for one in variants}) == len(variants)
    assert variants[2].suffix == "-aldreomsorg"
    assert variants[5].suffix == "-aldreomsorg-krisberedskap-kort"
    assert variants[5].parameters == {"areas": "aldreomsorg,krisberedskap", "omfattning": "kort"}
    assert variants[2].metadata(LAYOUT, "Ale")["title"] == "Ale: äldreomsorg 2024"
    assert variants[1].metadata(LAYOUT, "Ale")["subtitle"] == "Kommunrapport i kortversion"
    assert "äldreomsorg; krisberedskap" in str(variants[4].metadata(LAYOUT, "Ale")["subtitle"])


def test_all_areas_are_the_full_report_in_whatever_order() -> None:
    assert variant_of(list(reversed(AREA_IDS))) == FULL
    assert variant_of("hemloshet, aldreomsorg").suffix == variant_of(["aldreomsorg", "hemloshet"]).suffix


def test_an_unknown_area_suggests() -> None:
    with pytest.raises(ParameterError, match="Did you mean aldreomsorg"):
        variant_of("aldromsorg")


def test_no_variant_takes_anothers_place(
    world: Layout, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    layout.underlag.mkdir(parents=True)
    shutil.copy(world.underlag / "1440.parquet", layout.underlag)
    folder = layout.kommun_folder("1440-ale")
    folder.mkdir(parents=True)
    (folder / "kommunrapport.pdf").write_bytes(b"the full report")
    short, area = variant_of("", short=True), variant_of("krisberedskap")
    for variant in (short, area):
        make_kommun_reports(layout, ["Ale"], engine="embedded", variant=variant).raise_failures()
    before = contents(tmp_path)
    for variant in (short, area):
        assert not make_kommun_reports(layout, ["Ale"], engine="embedded", variant=variant).made
    assert contents(tmp_path) == before
    assert (folder / "kommunrapport.pdf").read_bytes() == b"the full report"
    assert not layout.twins.exists()
    with pikepdf.open(folder / "kommunrapport-kort.pdf") as pdf:
        assert len(pdf.pages) <= 2
    with pikepdf.open(folder / "kommunrapport-krisberedskap.pdf") as pdf:
        assert pdf.docinfo["/Title"] == "Ale: krisberedskap 2024"
