"""The release holds every product, once, with the hashes it tells."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest
from built import Built

from lagesbild.catalogue.areas import AREA_IDS, STATUS_REPORTS
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.quality_declaration.products import PRODUCTS
from lagesbild.provenance.manifest import BESIDE
from lagesbild.provenance.trace_index import NAME as INDEX
from lagesbild.publishing.method_pages import method_pages
from lagesbild.publishing.open_data import NATIONAL
from lagesbild.publishing.release_diff_files import FIGURES_PARQUET
from lagesbild.publishing.release_diff_files import FILES as DIFF_FILES

#: What describes the open data.
DESCRIPTIONS = (
    *("data/datapackage.json", "data/dcat.rdf", "data/scheman/"),
    *("kommuner/datapackage.json", "kommuner/scheman/"),
)
STEPS = ("kvalitetssakring", "indikatorer", "jamforelser", "trender")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def expected(built: Built) -> dict[str, set[str]]:
    """Return kind of product to the paths it must consist of."""
    slugs = [kommun.slug for kommun in kommuner()]
    reports = [report.id for report in STATUS_REPORTS]
    stems = [f"data/indikatorer/{area}-{year}" for area in AREA_IDS for year in built.layout.years]
    return {
        "indicator CSV": {f"{stem}.csv" for stem in stems},
        "indicator Parquet": {f"{stem}.parquet" for stem in stems},
        "national tables": {f"data/{table.name}.{suffix}" for table in NATIONAL for suffix in ("csv", "parquet")},
        "comparisons": {f"data/jamforelser/{area}.{suffix}" for area in AREA_IDS for suffix in ("csv", "parquet")},
        "indicators": {f"data/indikator/{name}.csv" for name in indicators(built)},
        "changes since the release before": {
            f"revideringar/{name}" for name in (*DIFF_FILES, FIGURES_PARQUET, "sammanfattning.md", "utgavor.json")
        },
        "lägesrapporter": {f"lagesrapporter/{name}.pdf" for name in reports},
        "lägesrapporter for Word": {f"lagesrapporter/{name}.docx" for name in reports},
        "lägesrapporter as pages": {f"site/lagesrapporter/{name}/index.html" for name in reports},
        "kommunrapporter": {f"kommuner/{slug}/kommunrapport.pdf" for slug in slugs},
        "kommun slides": {f"kommuner/{slug}/presentation.pptx" for slug in slugs},
        "kommun workbooks": {f"kommuner/{slug}/arbetsbok.xlsx" for slug in slugs},
        "national workbooks": {f"omraden/{area}/{area}.xlsx" for area in AREA_IDS},
        "kommun data": {f"kommuner/{slug}/data.csv" for slug in slugs},
        "gross lists": {f"kommuner/{slug}/att-analysera.csv" for slug in slugs},
        "reviews of the indicators": {f"granskning/oversyn-{area}.pdf" for area in AREA_IDS},
        "the audit's statistics repeated": {"granskning/granskning.pdf"},
        "audit guide": {"granskning/granskningsguide.pdf", "site/granska/index.html"},
        "faktablad": {f"omraden/{area}/faktablad.pdf" for area in AREA_IDS},
        "metodbeskrivningar": {f"omraden/{area}/metodbeskrivning.pdf" for area in AREA_IDS},
        "metodbok": {"metod/metodbok.pdf"},
        "kvalitetsdeklarationer": {f"metod/kvalitetsdeklaration-{one.id}.pdf" for one in PRODUCTS},
        "pages on methods": {f"site/metod/{area}/index.html" for area in AREA_IDS},
        "pages on quality": {"site/kvalitet/index.html", *(f"site/kvalitet/{one.id}/index.html" for one in PRODUCTS)},
        "kommun pages": {f"site/kommuner/{slug}/index.html" for slug in slugs},
        "area pages": {f"site/omraden/{area}/index.html" for area in AREA_IDS},
        "site": {
            "site/index.html",
            "site/matplan/index.html",
            "site/metod/index.html",
            "site/data/index.html",
            "site/om/index.html",
            *(f"site/{page.address}.html" for page in method_pages()),
        },
        "executed notebooks": {
            f"notebooks/{area}/{year}/{step}.ipynb"
            for area in AREA_IDS
            for year in built.layout.years
            for step in STEPS
        },
    }


def indicators(built: Built) -> set[str]:
    """Return the indicators that the files by area and year tell of."""
    files = (built.folder / "data" / "indikatorer").glob("*.parquet")
    return {name for path in files for name in pd.read_parquet(path, columns=["indicator"])["indicator"].unique()}


def test_numbers_of_products(built: Built) -> None:
    wanted = expected(built)
    sizes = {kind: len(paths) for kind, paths in wanted.items()}
    assert (sizes["indicator CSV"], sizes["executed notebooks"]) == (90, 360)
    assert (sizes["kommunrapporter"], sizes["lägesrapporter"], sizes["area pages"]) == (290, 3, 10)


def test_every_product_is_there_and_not_empty(built: Built) -> None:
    absent = {
        kind: [path for path in sorted(paths) if not _holds_something(built.folder / path)]
        for kind, paths in expected(built).items()
    }
    assert {kind: paths for kind, paths in absent.items() if paths} == {}


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def test_nothing_stands_beside_the_products(built: Built) -> None:
    known = set().union(*expected(built).values())
    stray = [
        name
        for name in map(built.named, built.files)
        if name not in known and not name.startswith(("site/", *BESIDE, INDEX, *DESCRIPTIONS))
    ]
    assert not stray


@pytest.mark.parametrize("name", ["data", "kommuner"])
def test_data_package_tells_the_files_hashes_and_columns(built: Built, name: str) -> None:
    folder = built.folder / name
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {built.named(path) for path in built.files if path.suffix in (".csv", ".parquet")}
    assert {f"{name}/{one['path']}" for one in package["resources"]} == {
        path for path in tables if path.startswith(f"{name}/")
    }
    for one in package["resources"]:
        path = folder / one["path"]
        assert one["hash"] == f"sha256:{sha256(path)}", one["path"]
        assert one["bytes"] == path.stat().st_size, one["path"]
        if one["format"] == "csv":
            schema = json.loads((folder / one["schema"]).read_text(encoding="utf-8"))
            with path.open(encoding="utf-8-sig") as file:
                head = file.readline().strip().split(",")
            assert head == [field["name"] for field in schema["fields"]], one["path"]
