"""``datapackage.json``: what a folder of files holds, as Frictionless Data Package (version 1) says it.

Files with the same columns share one description of them, a file in ``scheman``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from lagesbild.publishing.datasets.files import CSV, DISCLOSURE, SYNTHETIC, Dataset, Writer, Written
from lagesbild.publishing.datasets.table import Field, Table
from lagesbild.publishing.layout import SOURCE_NAMES

#: The folder of the descriptions of columns, beside the package.
SCHEMAS = "scheman"

_KEYWORDS = ("öppna jämförelser", "socialtjänst", "kommunal hälso- och sjukvård", "kommuner", "indikatorer")
#: How the CSV files are written.
DIALECT = {"csvddfVersion": 1.2, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}


def package_of(
    writer: Writer, folder: str, title: str, datasets: Sequence[Dataset], references: bool = True
) -> list[Written]:
    """Write the package of a folder, and the descriptions of columns that it refers to.

    Parameters
    ----------
    writer
        Writes into the release.
    folder
        The folder in the release ("data").
    title
        What the folder holds.
    datasets
        What was written into it.
    references
        Whether the tables that others point to are in the package too.
    """
    schemas = {schema_name(one.table): table_schema(one.table, references=references) for one in datasets}
    files = [writer.put(f"{folder}/{name}", _json(content), "application/json") for name, content in schemas.items()]
    resources = [resource for one in datasets for resource in _resources(one, folder)]
    layout, statement = writer.layout, writer.statement
    note = f" {SYNTHETIC}" if layout.synthetic else ""
    licence: dict[str, str] = {"title": statement.licence.title, "path": statement.licence.path}
    if statement.licence.name:
        licence = {"name": statement.licence.name, **licence}
    content: dict[str, Any] = {
        "profile": "data-package",
        "name": f"lagesbild-{layout.source}-{layout.year}",
        "title": f"Öppna jämförelser {layout.year}: {title}",
        "description": f"{title}.{note} {DISCLOSURE}",
        "version": statement.version,
        **({"created": f"{statement.issued}T00:00:00Z"} if statement.issued else {}),
        "homepage": statement.base,
        "keywords": list(_KEYWORDS),
        "licenses": [licence],
        "sources": [{"title": SOURCE_NAMES[layout.source]}],
        "contributors": [
            {"title": statement.publisher, "role": "publisher", "path": statement.publisher_homepage},
            {"title": statement.contact, "role": "contributor", "email": statement.email},
        ],
        "synthetic": layout.synthetic,
        "resources": resources,
    }
    return [*files, writer.put(f"{folder}/datapackage.json", _json(content), "application/json")]


def schema_name(table: Table) -> str:
    """Return the address of a table's description of columns, from its package."""
    first = table.name.split("/", maxsplit=1)[0]
    # All files of figures have the same columns, and so have all comparisons.
    shared = {"indikatorer": "indikator"}
    return f"{SCHEMAS}/{shared.get(first, first)}.json"


def table_schema(table: Table, *, references: bool = True) -> dict[str, Any]:
    """Return the description of a table's columns as Table Schema."""
    schema: dict[str, Any] = {"fields": [field_schema(one) for one in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if references and table.references:
        schema["foreignKeys"] = [
            {"fields": one.column, "reference": {"resource": one.table, "fields": one.target}}
            for one in table.references
        ]
    return schema


def field_schema(field: Field) -> dict[str, Any]:
    """Return the description of one column."""
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.values:
        constraints["enum"] = list(field.values)
    if field.low is not None:
        constraints["minimum"] = int(field.low) if field.kind == "integer" else field.low
    if field.high is not None:
        constraints["maximum"] = int(field.high) if field.kind == "integer" else field.high
    described: dict[str, Any] = {"name": field.name, "type": field.kind, "description": field.text}
    if field.unit:
        described["unit"] = field.unit
    if field.kind == "boolean":
        described |= {"trueValues": ["True"], "falseValues": ["False"]}
    return described | ({"constraints": constraints} if constraints else {})


def _resources(dataset: Dataset, folder: str) -> list[dict[str, Any]]:
    found = []
    for written in dataset.files:
        path = PurePosixPath(written.path).relative_to(folder)
        tabular = written.kind == CSV
        resource: dict[str, Any] = {
            "profile": "tabular-data-resource" if tabular else "data-resource",
            "name": resource_name(path),
            "title": dataset.title if len(dataset.files) <= 2 else f"{dataset.title}, {path.stem.rpartition('-')[2]}",
            "description": dataset.text,
            "path": path.as_posix(),
            "format": path.suffix[1:],
            "mediatype": written.kind,
            "bytes": written.size,
            "hash": f"sha256:{written.digest}",
        }
        if tabular:
            resource |= {"encoding": "utf-8", "dialect": DIALECT, "schema": schema_name(dataset.table)}
        found.append(resource)
    return found


def resource_name(path: PurePosixPath) -> str:
    """Return a file's name among the resources: that of its table, with the format for all but CSV."""
    name = path.with_suffix("").as_posix()
    return name if path.suffix == ".csv" else f"{name}.{path.suffix[1:]}"


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
