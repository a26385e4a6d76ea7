"""The release's manifest: every product with its hash and what it was made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lagesbild import __version__
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
    """Return the manifest: package version, source, year, and each product's path, hash and origin.

    A product that a record describes (the reports) names its document, parameters, engine and inputs.
    """
    origin = {}
    for path in sorted(layout.records.rglob("*.json")):
        record = read_record(path)
        if record is not None:
            for output in record.outputs:
                origin[output] = record
    products = []
    for path in released_files(layout):
        entry: dict[str, Any] = {"path": path.relative_to(layout.release).as_posix(), "sha256": sha256(path)}
        record = origin.get(path.relative_to(layout.root).as_posix())
        if record is not None:
            entry |= {
                "kind": record.kind,
                "document": record.document,
                "parameters": dict(record.parameters),
                "engine": record.engine,
                "inputs": dict(record.inputs),
            }
        products.append(entry)
    return {
        "name": f"{layout.source}-{layout.year}",
        "version": __version__,
        "synthetic": layout.synthetic,
        **({"note": "Syntetiska data: alla uppgifter är påhittade."} if layout.synthetic else {}),
        "products": products,
    }


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
