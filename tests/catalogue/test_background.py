"""The reviewed tables of background variables: they agree with each other, and a faulty one is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lagesbild.catalogue import background
from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.arithmetic import compute, names_in
from lagesbild.catalogue.background import (
    FILE,
    TYPES,
    area_topics,
    background_kpis,
    background_of,
    background_variables,
    index_weights,
    read_background,
    topic_weights,
)
from lagesbild.errors import CatalogueError
from lagesbild.frame_bytes import parquet_bytes


def _clear() -> None:
    for function in (background_variables, topic_weights, area_topics, index_weights):
        function.cache_clear()


@pytest.fixture
def registers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder that the tables are read from for the time of the test."""
    monkeypatch.setattr(background, "registers_folder", lambda: tmp_path)
    _clear()
    yield tmp_path
    monkeypatch.undo()
    _clear()


def test_every_area_has_a_topic_and_every_weight_a_variable() -> None:
    assert sorted(area_topics()) == sorted(AREA_IDS)
    assert set(area_topics().values()) <= set(topic_weights())
    known = {one.id for one in background_variables()}
    assert {one.variable for weights in topic_weights().values() for one in weights} <= known
    assert {one.variable: one.weight for one in index_weights()} == {
        "forvarvsinkomst": 1.0,
        "utbildning": 1.0,
        "arbetsloshet": -1.0,
    }
    assert {"N01951", "N20029", "N20900", "N28026", "N30001", "N30005", "U31004"} <= set(background_kpis())


def test_every_key_figure_of_the_tables_is_in_the_real_dump(shared_data: Path) -> None:
    dumped = pd.read_parquet(shared_data / "kolada" / "observations.parquet", columns=["kpi"])["kpi"].unique()
    assert set(background_kpis()) <= set(dumped)


@pytest.mark.parametrize(
    "formula", ["", "1 + 2", "N1 +", "N1 ** 2", "N1.x", "f(N1)", "N1 if N2 else N3", "-N1", "'N1'"]
)
def test_what_is_no_formula_is_told(formula: str) -> None:
    with pytest.raises(ValueError, match=r"no formula|names nothing|holds more"):
        names_in(formula)


@pytest.mark.filterwarnings("error")
def test_a_formula_is_computed_row_by_row_and_division_by_zero_gives_nothing() -> None:
    columns = {"A": pd.Series([1.0, 2.0, np.nan, 4.0]), "B": pd.Series([50.0, -100.0, 1.0, 0.0])}
    assert names_in("A / (1 + B / 100)") == ("A", "B")
    got = compute("A / (1 + B / 100)", columns)
    assert got[0] == pytest.approx(2 / 3)
    assert got[1:].isna().tolist() == [True, True, False]
    assert got[3] == 4


def test_faulty_tables_name_file_row_and_column(registers: Path) -> None:
    head = "variabel,namn,enhet,formel,omvandling,decimaler,anmarkning\n"
    (registers / "bakgrundsvariabler.csv").write_text(f"{head}a,A,kr,N1 ** 2,ingen,0,\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"bakgrundsvariabler.csv, row 2, column formel"):
        background_variables()
    (registers / "bakgrundsvariabler.csv").write_text(f"{head}a,A,kr,N1,ingen,0,\n", encoding="utf-8")
    (registers / "liknande_kommuner.csv").write_text("amne,variabel,vikt,skal\nIFO,b,1,därför\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="'b' is no background variable"):
        topic_weights()
    (registers / "liknande_kommuner.csv").write_text("amne,variabel,vikt,skal\nIFO,a,1,därför\n", encoding="utf-8")
    (registers / "omradenas_amnen.csv").write_text("omrade,amne,skal\nhemloshet,LSS,därför\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="aldreomsorg has no topic") as caught:
        area_topics()
    assert "'LSS' is no topic" in str(caught.value)


def test_a_kommun_has_the_latest_value_up_to_the_year_else_the_first_after_it(tmp_path: Path) -> None:
    assert read_background(tmp_path).dtypes.astype(str).to_dict() == TYPES
    rows = [
        ("1440", 2018, "folkmangd", 30.0),
        ("1440", 2020, "folkmangd", 32.0),
        ("1440", 2022, "folkmangd", 34.0),
        ("0180", 2021, "folkmangd", 900.0),
        ("0180", 2022, "folkmangd", 910.0),
        ("0180", 2020, "utbildning", float("nan")),
    ]
    (tmp_path / FILE).write_bytes(parquet_bytes(pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)))
    stored = read_background(tmp_path)
    table = background_of(stored, 2020)
    assert table["folkmangd"].to_dict() == {"0180": 900.0, "1440": 32.0}
    assert table["utbildning"].isna().all()
    assert list(table) == [one.id for one in background_variables()]
    assert background_of(stored.sample(frac=1, random_state=1), 2020).equals(table)
    nobody = background_of(read_background(tmp_path / "nowhere"), 2020)
    assert nobody.empty
    assert list(nobody) == list(table)
