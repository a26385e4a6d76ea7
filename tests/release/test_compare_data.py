"""The figures of the page that compares are the open data's: no more, no fewer, and nothing where one is withheld."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from built import Built

MARKS = {"bortfall": "-", "ej_tillamplig": ".", "sekretess": "..", "saknas": "s", "ej_matt": "e"}
ANSWERS = {"ja": "j", "delvis": "d", "nej": "n"}
LARGEST = 60_000


@pytest.fixture(scope="module")
def folder(built: Built) -> Path:
    return built.site / "jamfor" / "data"


def _cells(folder: Path, year: int) -> pd.DataFrame:
    """Return what stands for each indicator and kommun in a year, and the decimals it is rounded to."""
    places = [entry[0] for entry in json.loads((folder / "platser.json").read_text(encoding="utf-8"))["places"]]
    found = {}
    for path in folder.glob("*-*.json"):
        file = json.loads(path.read_text(encoding="utf-8"))
        if year in file["years"]:
            cells = file["values"][file["years"].index(year)]
            of_kommuner = zip(places, cells, strict=True)
            found |= {(file["id"], place): (cell, file["decimals"]) for place, cell in of_kommuner if len(place) == 4}
    frame = pd.DataFrame.from_dict(found, orient="index", columns=["cell", "decimals"])
    frame.index = pd.MultiIndex.from_tuples(frame.index, names=["indicator", "region"])
    return frame


def test_every_figure_is_the_open_datas(built: Built, folder: Path) -> None:
    year = json.loads((folder / "index.json").read_text(encoding="utf-8"))["year"]
    columns = ["indicator", "level", "region", "sex", "value", "answer", "status"]
    files = sorted((built.folder / "data" / "indikatorer").glob(f"*-{year}.parquet"))
    rows = pd.concat([pd.read_parquet(path, columns=columns) for path in files])
    rows = rows[(rows["level"] == "kommun") & (rows["sex"] == "T")].set_index(["indicator", "region"])
    cells = _cells(folder, year)
    both = rows.join(cells, how="inner")
    for status, mark in MARKS.items():
        assert set(both.loc[both["status"] == status, "cell"]) <= {mark}, status
    ok = both[both["status"] == "ok"]
    answered = ok[ok["answer"].notna()]
    assert (answered["answer"].map(ANSWERS) == answered["cell"]).all()
    measured = ok[ok["value"].notna() & ok["answer"].isna()]
    assert len(measured) > 1000
    apart = (measured["cell"].astype("float64") - measured["value"]).abs()
    assert (apart <= 0.5 / 10.0 ** measured["decimals"] + 1e-9).all()
    # What is left out altogether has nothing to tell of any place that year.
    left = rows.index.difference(both.index)
    assert set(rows.loc[left, "status"]) <= {"saknas", "ej_matt"}


def test_the_list_names_the_files_and_none_is_large(folder: Path) -> None:
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    listed = {one[0] for area in index["areas"] for one in area["indicators"]}
    files = {path.stem: path for path in folder.glob("*-*.json")}
    assert listed == set(files)
    assert [path.name for path in folder.glob("*.json") if path.stat().st_size >= LARGEST] == []


def test_every_indicator_says_where_it_comes_from(built: Built, folder: Path) -> None:
    synthetic = "demo" in built.folder.name
    for path in folder.glob("*-*.json"):
        file = json.loads(path.read_text(encoding="utf-8"))
        assert file["synthetic"] is synthetic
        assert file["source"]
        assert ("Syntetiska data" in file["source"]) is synthetic
