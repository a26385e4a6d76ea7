"""Open data: every figure described, hashed, the released ones alone, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import frictionless_rules
import pandas as pd
import pyarrow.parquet as pq
import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.regions import kommun, kommuner
from lagesbild.disclosure.released import read_released
from lagesbild.errors import ParameterError
from lagesbild.files import sha256
from lagesbild.frame_bytes import csv_bytes
from lagesbild.publishing import open_data
from lagesbild.publishing.datasets import results
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.open_data import COLUMNS, write_open_data

#: Rows of a file that are looked at one by one.
MOST = 3000

#: Every kommun's files are made alike, and the checks of a release count them all: some tell what 290 would.
SOME = (kommun("0180"), *kommuner()[::32])


@pytest.fixture(scope="module")
def data(world: Layout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Layout]:
    """Return a root where the open data of the world are written, and those of some kommuner."""
    layout = Layout(root=tmp_path_factory.mktemp("open"), source="demo", year=2024)
    for part in ("analysis", "notebooks", "underlag"):
        shutil.copytree(world.yearly / part, layout.yearly / part)
    # What groups of kommuner are formed from.
    for path in world.work.glob("*.parquet"):
        shutil.copyfile(path, layout.work / path.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_data, "kommuner", lambda: SOME)
        write_open_data(layout)
        yield layout


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, encoding="utf-8-sig", dtype={"region": "str"}, low_memory=False)


def test_each_area_and_year_is_there_as_csv_and_parquet_with_the_same_rows(data: Layout) -> None:
    folder = data.release / "data" / "indikatorer"
    stems = {path.stem for path in folder.iterdir()}
    assert stems == {f"{area}-{year}" for area in AREA_IDS for year in (2023, 2024)}
    text, binary = read(folder / "hemloshet-2024.csv"), pd.read_parquet(folder / "hemloshet-2024.parquet")
    assert list(text.columns) == list(binary.columns) == list(COLUMNS)
    assert text["region"].tolist() == binary["region"].tolist()
    assert text["value"].to_numpy() == pytest.approx(binary["value"].to_numpy(), rel=1e-9, nan_ok=True)
    assert set(text["source"]) == {"Syntetiska data"}


def test_an_indicator_has_one_file_with_all_its_years_at_an_address_that_stays(data: Layout) -> None:
    folder = data.release / "data"
    every = pd.concat([read(path) for path in sorted((folder / "indikatorer").glob("hemloshet-*.csv"))])
    files = {path.stem: read(path) for path in (folder / "indikator").glob("hem-*.csv")}
    assert set(files) == set(every["indicator"])
    for name, rows in files.items():
        own = every[every["indicator"] == name].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, own, check_dtype=False)
        assert own["year"].is_monotonic_increasing


@pytest.mark.parametrize("folder", ["data", "kommuner"])
def test_the_package_describes_every_table_file_with_its_hash_and_columns(data: Layout, folder: str) -> None:
    root = data.release / folder
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    tables = {path for suffix in ("csv", "parquet") for path in root.rglob(f"*.{suffix}")}
    assert {root / one["path"] for one in package["resources"]} == tables
    assert "Syntetiska data" in package["description"]
    for one in package["resources"]:
        path = root / one["path"]
        assert one["hash"] == f"sha256:{sha256(path)}"
        assert one["bytes"] == path.stat().st_size
        if one["format"] == "csv":
            schema = json.loads((root / one["schema"]).read_text(encoding="utf-8"))
            with path.open(encoding="utf-8-sig") as lines:
                assert [field["name"] for field in schema["fields"]] == next(csv.reader(lines))


@pytest.mark.parametrize("folder", ["data", "kommuner"])
def test_the_package_keeps_the_rules_and_its_files_are_as_their_schemas_say(data: Layout, folder: str) -> None:
    root = data.release / folder
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    assert frictionless_rules.package_faults(package) == []
    assert (package["version"], package["created"]) == ("2024.1", "2024-12-31T00:00:00Z")
    names = {one["name"] for one in package["resources"]}
    tables: dict[str, list[dict[str, str]]] = {}
    seen = set()
    for one in (one for one in package["resources"] if one["format"] == "csv"):
        schema = json.loads((root / one["schema"]).read_text(encoding="utf-8"))
        # Files with one schema are written alike: the first of them tells.
        if one["schema"] in seen:
            continue
        seen.add(one["schema"])
        assert frictionless_rules.schema_faults(schema, names) == [], one["name"]
        rows = frictionless_rules.rows_of(root / one["path"], MOST)
        assert rows, one["name"]
        assert frictionless_rules.row_faults(rows, schema) == [], one["name"]
        for key in schema.get("foreignKeys", []):
            target = key["reference"]["resource"]
            known = tables.setdefault(target, frictionless_rules.rows_of(root / f"{target}.csv"))
            assert {row[key["fields"]] for row in rows} <= {row[key["reference"]["fields"]] for row in known}, one[
                "name"
            ]
    assert len(seen) == {"data": 16, "kommuner": 2}[folder]


def test_the_rules_find_what_is_wrong() -> None:
    fields = [
        {"name": "a", "type": "integer", "constraints": {"required": True, "maximum": 3}},
        {"name": "b", "type": "string", "constraints": {"enum": ["x"]}},
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["a"]}
    assert frictionless_rules.row_faults([{"a": "1", "b": ""}, {"a": "2", "b": "x"}], schema) == []
    wrong = [{"a": "4", "b": "y"}, {"a": "4", "b": ""}, {"a": "", "b": "x"}]
    assert len(frictionless_rules.row_faults(wrong, schema)) == 4
    assert frictionless_rules.row_faults([{"a": "1,5", "b": "x"}], schema) == ["a: '1,5' is no integer"]
    assert frictionless_rules.schema_faults({**schema, "primaryKey": ["c"]}, set()) == ["key c"]


def test_a_parquet_file_tells_what_it_holds_and_where_it_is_from(data: Layout) -> None:
    schema = pq.read_schema(data.release / "data" / "indikatorer" / "hemloshet-2024.parquet")
    about = {key.decode(): text.decode() for key, text in schema.metadata.items()}
    assert about["version"] == "2024.1"
    assert about["note"] == "Syntetiska data: alla uppgifter är påhittade."
    assert {"source", "licence", "disclosure", "publisher", "issued", "title"} <= set(about)
    assert all(field.metadata[b"description"] for field in schema)
    trend = pq.read_schema(data.release / "data" / "trender.parquet").field("slope")
    assert trend.metadata[b"unit"].decode() == "enheter per år"


def test_a_file_of_an_earlier_time_does_not_stay(data: Layout) -> None:
    stray = data.release / "data" / "indikator" / "ao-borttagen.csv"
    stray.write_text("x", encoding="utf-8")
    open_data._remove_others(data, {path for path in (data.release / "data").rglob("*") if path != stray})
    assert not stray.exists()
    assert (data.release / "data" / "katalog.csv").is_file()


def test_grades_and_findings_are_open_and_point_to_their_cells(data: Layout) -> None:
    grades = read(data.release / "data" / "kvalitet.csv")
    assert set(grades["year"]) == {2023, 2024}
    assert set(grades["grade"].dropna()) <= set("ABCD")
    assert grades["title"].notna().all()
    findings = read(data.release / "data" / "avvikelser.csv")
    assert len(findings) > 20
    assert findings[["indicator", "year", "region", "region_name", "text"]].notna().all(axis=None)
    assert not findings.duplicated(["indicator", "year", "region", "sex", "check"]).any()


def test_who_has_not_answered_is_open_for_each_area_year_and_survey(data: Layout) -> None:
    rows = read(data.release / "data" / "bortfall.csv")
    assert set(rows["area"]) == set(AREA_IDS)
    assert set(rows["year"]) == {2023, 2024}
    assert not rows.duplicated(["area", "year", "survey", "question"]).any()
    assert set(rows["verdict"]) <= {"skiljer_sig", "ingen_skillnad", "for_fa"}
    tested = rows["p_value"].notna()
    assert (rows["verdict"] == "for_fa").equals(~tested)


def test_every_kommun_has_its_own_rows_and_the_notebooks_come_along(data: Layout) -> None:
    assert {path.parent.name for path in data.release.glob("kommuner/*/data.csv")} == {one.slug for one in SOME}
    own = read(data.release / "kommuner" / "0180-stockholm" / "data.csv")
    assert set(own["region"]) == {"0180"}
    assert set(own["kommun"]) == {"Stockholm"}
    assert len(list(data.release.glob("notebooks/*/*/*.ipynb"))) == 10 * 2 * 4


def test_no_withheld_cell_has_a_figure_in_the_open_data(world: Layout, data: Layout) -> None:
    rows = read_released(world.released, areas=["aldreomsorg"], years=[2024])
    withheld = rows[(rows["status"] == "sekretess") & (rows["level"] == "kommun")]
    keys = set(zip(withheld["indicator"], withheld["region"], withheld["sex"], strict=True))
    assert keys
    published = read(data.release / "data" / "indikatorer" / "aldreomsorg-2024.csv")
    published = published[published["level"] == "kommun"]
    published = published[[key in keys for key in published[["indicator", "region", "sex"]].itertuples(index=False)]]
    assert len(published) == len(keys)
    assert published[["value", "numerator", "denominator"]].isna().all(axis=None)


def test_a_second_time_writes_the_same_bytes(data: Layout, contents: Callable[[Path], dict[str, bytes]]) -> None:
    before = contents(data.release)
    shutil.rmtree(data.release)
    write_open_data(data)
    assert contents(data.release) == before


def test_a_unit_that_looks_like_a_formula_is_written_harmless(data: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    evil = tuple(replace(one, unit_text="=cmd|'/c calc'!A1") for one in load_catalogue().indicators)
    monkeypatch.setattr(results, "load_catalogue", lambda: Catalogue(indicators=evil))
    content = csv_bytes(results.figures_of(data, "hemloshet", 2024))
    units = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")["unit"]
    assert units.str.startswith("'=cmd").all()


def test_a_source_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="Did you mean demo"):
        write_open_data(Layout(root=tmp_path, source="demmo", year=2024))
