"""Fixtures that several test modules share."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings
from joblib import Parallel, delayed

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.indicators import (
    Counted,
    Direction,
    Indicator,
    IndicatorType,
    Kind,
    Part,
    Scale,
    Survey,
    Tier,
)
from lagesbild.catalogue.load import load_catalogue
from lagesbild.disclosure.intake import take_in
from lagesbild.publishing.analyse import analyse_area
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.underlag import write_underlag
from lagesbild.sources.demo import generate

# How long an example takes is the machine's business: the tests run beside a build.
settings.register_profile("lagesbild", deadline=None)
settings.load_profile("lagesbild")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real public data, or skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real public data (../shared/data) is not on this machine")
    return SHARED_DATA


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return the folders of a demo of two years that holds the outside files alone; made once, never changed."""
    layout = Layout(root=tmp_path_factory.mktemp("world"), source="demo", year=2024)
    generate(layout.raw, catalogue=load_catalogue(), years=range(2023, 2025))
    return layout


@pytest.fixture(scope="session")
def world(outside: Layout) -> Layout:
    """Return the demo of two years, all ten areas and all kommuner, up to the underlag; made once, never changed."""
    layout = outside
    take_in(layout.raw, work=layout.work, catalogue=load_catalogue())
    # An area's analysis is its own; two at a time take half as long.
    Parallel(n_jobs=2)(delayed(analyse_area)(layout, area) for area in AREA_IDS)
    write_underlag(layout)
    return layout


_PLAIN: dict[str, Any] = {
    "area": "aldreomsorg",
    "title": "Syntetiska data",
    "short_title": "Syntetiska data",
    "part": Part.KVALITET,
    "kind": Kind.INDIKATOR,
    "type": IndicatorType.RESULTAT,
    "tier": Tier.BAS,
    "direction": Direction.HOG,
    "scale": Scale.PROCENT,
    "unit_text": "procent",
    "survey": Survey.REGISTER,
    "counted": Counted.PERSONER,
    "frequency": 1,
    "phase": 2020,
    "levels": ("rike", "lan", "kommun"),
    "by_sex": True,
    "threshold": 5,
    "lifecycle": (),
    "kolada_codes": {},
    "source_note": "Syntetiska data",
}


def _an_indicator(name: str, **fields: Any) -> Indicator:
    """Return an indicator with plain fields where none are given."""
    every = {field.name: None for field in dataclasses.fields(Indicator)}
    return Indicator(**(every | _PLAIN | {"id": name} | fields))


@pytest.fixture(scope="session")
def an_indicator() -> Callable[..., Indicator]:
    """Return the function that makes an indicator of an id and the fields that matter."""
    return _an_indicator


#: A row of a dump: key figure, place, year, sex and value.
Row = tuple[str, str, int, str, float]


@pytest.fixture
def kolada_dump() -> Callable[[Path, Sequence[Row]], Path]:
    """Return a function that writes rows as a dump into a folder."""

    def write(folder: Path, rows: Sequence[Row]) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        frame = pd.DataFrame(rows, columns=["kpi", "geo", "year", "gender", "value"])
        frame.to_parquet(folder / "observations.parquet", index=False)
        tables = {
            "kpi.csv": [("id", "title"), *((kpi, kpi) for kpi in sorted({row[0] for row in rows}))],
            "municipality.csv": [("id", "title", "type"), ("1440", "Ale", "K")],
            "municipality_groups.csv": [("group_id", "member_id"), ("G1", "1440")],
        }
        for name, lines in tables.items():
            with (folder / name).open("w", encoding="utf-8", newline="") as handle:
                csv.writer(handle).writerows(lines)
        return folder

    return write


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(name="contents")
def contents_fixture() -> Callable[[Path], dict[str, bytes]]:
    """Return the function that reads every file below a folder."""
    return contents
