"""The release's manifest: every product with its hash and what it was made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lagesbild import __version__
from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.release_statement import FILE as STATEMENT
from lagesbild.catalogue.release_statement import release_statement
from lagesbild.catalogue.resources import project_root, registers_folder
from lagesbild.errors import NotBuiltError
from lagesbild.files import remove_unfinished, sha256, write_atomic
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import read_record

NAME = "manifest.json"


def released_files(layout: Layout) -> list[Path]:
    """Return the files of the release, in order, without the manifest itself."""
    files = (path for path in layout.release.rglob("*") if path.is_file())
    return sorted(path for path in files if path != layout.release / NAME)


def manifest(layout: Layout) -> dict[str, Any]:
    """Return the manifest: versions of the release and the package, source, and each product's path, hash and origin.

    A product that a record describes (the reports) names its document, parameters, engine and inputs.
    """
    statement = release_statement(layout.source, layout.year)
    origin = {}
    for path in sorted(layout.records.rglob("*.json")):
        record = read_record(path)
        if record is not None:
            for output in record.outputs:
                origin[output] = record
    products = []
    for path in released_files(layout):
        entry: dict[str, Any] = {"path": path.relative_to(layout.release).as_posix(), "sha256": sha256(path)}
        name = path.relative_to(layout.root).as_posix()
        record = origin.get(name)
        # A record tells of the file that it was written for, not of one that came later.
        if record is not None and record.outputs[name] == entry["sha256"]:
            entry |= {
                "kind": record.kind,
                "document": record.document,
                "parameters": dict(record.parameters),
                "engine": record.engine,
                "inputs": dict(record.inputs),
            }
        else:
            entry |= made_from(layout, path.relative_to(layout.release))
        products.append(entry)
    return {
        "name": f"{layout.source}-{layout.year}",
        "version": statement.version,
        **({"issued": statement.issued} if statement.issued else {}),
        "lagesbild": __version__,
        "synthetic": layout.synthetic,
        **({"note": "Syntetiska data: alla uppgifter är påhittade."} if layout.synthetic else {}),
        "products": products,
    }


def made_from(layout: Layout, product: Path) -> dict[str, Any]:
    """Return the document and inputs of a product that has no record of its own: data, notebooks and pages.

    Parameters
    ----------
    layout
        Where things are.
    product
        Path in the release.
    """
    parts = product.parts
    origin: dict[str, Any] = {}
    sources: list[Path] = []
    if parts[0] == "notebooks":
        area, year, step = parts[1], int(parts[2]), product.stem
        origin = {
            "kind": "notebook",
            "document": f"analysis/{step}.ipynb",
            "parameters": {"area": area, "year": year, "source": layout.source, "report_year": layout.year},
        }
        sources = [project_root() / "analysis" / product.name, layout.released / f"{area}.digest"]
    elif parts[0] == "data":
        origin = {"kind": "data"}
        sources = _sources(layout, product)
    elif parts[0] == "revideringar":
        origin = {"kind": "diff"}
        sources = [layout.yearly / "previous.txt"]
    elif parts[0] == "kommuner":
        origin = {"kind": "data"}
        sources = [layout.underlag / f"{parts[1][:4]}.parquet"]
    elif parts[0] == "site" and product.suffix == ".html":
        origin = {"kind": "page"}
        sources = [(layout.site_project / Path(*parts[1:])).with_suffix(".ipynb")]
    return {**origin, "inputs": {_named(layout, path): sha256(path) for path in sources if path.is_file()}}


def _sources(layout: Layout, product: Path) -> list[Path]:
    """Return what a file of open data was made from: areas' analyses, and the reviewed statement of the release."""
    folder, stem = product.parts[1], product.stem
    statement = registers_folder() / STATEMENT
    if folder == "indikatorer":
        area, _, year = stem.rpartition("-")
        return [layout.analysis(area, int(year)) / "indikatorer.parquet", statement]
    if folder == "jamforelser":
        return [layout.analysis(stem, layout.year) / "jamforelser.parquet", statement]
    if folder == "indikator":
        areas: tuple[str, ...] = (load_catalogue().by_id(stem).area,)
    else:
        areas = AREA_IDS
    return [*(layout.yearly / "analysis" / f"{area}.digest" for area in areas), statement]


def _named(layout: Layout, path: Path) -> str:
    """Return a path relative to the root, or to the project for the project's own files."""
    base = layout.root if path.is_relative_to(layout.root) else project_root()
    return path.relative_to(base).as_posix()


def write_manifest(layout: Layout) -> Path:
    """Write the manifest into the release and return its path.

    Raises
    ------
    NotBuiltError
        If the release has no product.
    """
    remove_unfinished(layout.release)
    if not released_files(layout):
        command = f"make SOURCE={layout.source} YEAR={layout.year}"
        raise NotBuiltError(f"the release {layout.release.name}", command)
    path = layout.release / NAME
    write_atomic(path, json.dumps(manifest(layout), ensure_ascii=False, indent=1) + "\n")
    return path
