"""What the audit guide counts: every product once, every hidden result, and a sum that comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.catalogue.raw_files import read_raw_files
from lagesbild.disclosure.released import read_released
from lagesbild.errors import NotBuiltError
from lagesbild.files import write_atomic
from lagesbild.publishing.audit_guide import GUIDE, guide_document, guide_figures, product_kinds
from lagesbild.publishing.layout import Layout

HEAD = "indicator,unit,year,level,region,region_name,sex,value,answer,status,numerator,denominator,lower,upper\n"
ROWS = """ao-lag-omvardnad,procent,2024,rike,0000,Riket,T,50,,ok,5000,10000,49,51
ao-hemtjanst-nojdhet,procent,2024,kommun,0114,Upplands Väsby,T,,,sekretess,,,,
ao-hemtjanst-nojdhet,procent,2024,kommun,1440,Ale,T,75.0,,ok,45,60,62.8,84.2
"""


def empty(tmp_path: Path) -> Layout:
    return Layout(root=tmp_path, source="demo", year=2024)


def test_every_product_counts_once_and_neither_the_guide_nor_what_comes_later_does(tmp_path: Path) -> None:
    layout = empty(tmp_path)
    counted = (
        *("kommuner/1440-ale/kommunrapport.pdf", "kommuner/1440-ale/data.csv", "kommuner/scheman/data.json"),
        *("data/indikator/a.csv", "data/datapackage.json", "granskning/granskning.pdf", "nytt/fil.txt"),
        *("omraden/aldreomsorg/faktablad.pdf", "omraden/aldreomsorg/aldreomsorg.xlsx", "notebooks/a/2024/b.ipynb"),
    )
    for name in (*counted, GUIDE, "site/om/index.html", "revideringar/antal.csv", "manifest.json"):
        write_atomic(layout.release / name, "x")
    kinds = {one.words: one.number for one in product_kinds(layout)}
    assert sum(kinds.values()) == len(counted)
    assert kinds["Kommunernas datafiler (CSV)"] == 1
    assert kinds["Öppna data (CSV, Parquet) och deras beskrivning"] == 2
    assert kinds["Övriga filer"] == 1


def test_observations_and_hidden_results_are_those_of_the_released_data(world: Layout) -> None:
    figures = guide_figures(world)
    released = read_released(world.released)
    assert figures.observations == len(released)
    assert figures.withheld == (released["status"] == "sekretess").sum() > 0
    assert figures.raw_files == len(read_raw_files(world.work).files) > 0


def test_the_sum_to_do_by_hand_is_one_that_is_published(
    world: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = empty(tmp_path)
    write_atomic(layout.release / "data/indikatorer/aldreomsorg-2024.csv", f"\ufeff{HEAD}{ROWS}")
    monkeypatch.setattr(Layout, "released", world.released)
    example = guide_figures(layout).example
    assert example is not None
    assert (example.name, example.numerator, example.denominator, example.value) == ("Ale", 45, 60, 75)


def test_a_guide_without_figures_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_work").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotBuiltError, match="lagesbild granskningsguide --source demo --year 2024"):
        guide_document(year=2024, source="demo")
