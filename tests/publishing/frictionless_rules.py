"""The rules of Frictionless Data Package 1.0 that our packages are held against, typed from the specifications.

From "Data Package", "Data Resource", "Tabular Data Resource" and "Table Schema" (specs.frictionlessdata.io, version 1).
"""

from __future__ import annotations

import csv
import re
from itertools import islice
from pathlib import Path
from typing import Any

NAME = re.compile(r"[-a-z0-9._/]+")
#: A date and time as RFC 3339 writes it, which "created" shall be.
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
#: Kinds of columns, and how their cells look ("Table Schema", Types and Formats).
CELLS = {
    "string": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"[+-]?\d+"),
    "number": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"),
    "boolean": re.compile("True|False"),
}


def package_faults(package: dict[str, Any]) -> list[str]:
    """Return what a package's description breaks."""
    faults = []
    if not package.get("resources"):
        faults.append("a package has at least one resource")
    if not NAME.fullmatch(package["name"]):
        faults.append(f"name {package['name']!r}")
    if "created" in package and not MOMENT.fullmatch(package["created"]):
        faults.append(f"created {package['created']!r}")
    faults += ["a licence has a name or a path" for one in package["licenses"] if not {"name", "path"} & one.keys()]
    faults += ["a source has a title" for one in package["sources"] if not one.get("title")]
    faults += ["a contributor has a title" for one in package["contributors"] if not one.get("title")]
    names = [one["name"] for one in package["resources"]]
    faults += [f"resource {name} stands twice" for name in {one for one in names if names.count(one) > 1}]
    for one in package["resources"]:
        faults += [f"{one.get('name')}: {fault}" for fault in _resource_faults(one)]
    return faults


def _resource_faults(resource: dict[str, Any]) -> list[str]:
    faults = []
    if not NAME.fullmatch(resource["name"]):
        faults.append("name")
    path = resource["path"]
    if path.startswith(("/", "http")) or ".." in Path(path).parts:
        faults.append(f"path {path!r} leaves the package")
    if not re.fullmatch(r"(md5|sha1|sha256|sha512):[0-9a-f]+", resource["hash"]):
        faults.append("hash")
    if not isinstance(resource["bytes"], int) or resource["bytes"] <= 0:
        faults.append("bytes")
    if resource["profile"] not in ("data-resource", "tabular-data-resource"):
        faults.append("profile")
    if resource["profile"] == "tabular-data-resource" and "schema" not in resource:
        faults.append("a tabular resource has a schema")
    return faults


def schema_faults(schema: dict[str, Any], resources: set[str]) -> list[str]:
    """Return what a table's schema breaks; `resources` are the names that foreign keys may point to."""
    names = [field["name"] for field in schema["fields"]]
    faults = ["two columns of one name"] if len(set(names)) < len(names) else []
    faults += [f"type {field['type']}" for field in schema["fields"] if field["type"] not in CELLS]
    for field in schema["fields"]:
        known = {"required", "unique", "minimum", "maximum", "minLength", "maxLength", "pattern", "enum"}
        faults += [f"constraint {name}" for name in set(field.get("constraints", {})) - known]
    faults += [f"key {name}" for name in schema.get("primaryKey", []) if name not in names]
    for key in schema.get("foreignKeys", []):
        if key["fields"] not in names or key["reference"]["resource"] not in resources:
            faults.append(f"foreign key {key}")
    return faults


def rows_of(path: Path, most: int | None = None) -> list[dict[str, str]]:
    """Return a CSV file's rows, or the first of them, as a plain reader sees them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(islice(csv.DictReader(file), most))


def row_faults(rows: list[dict[str, str]], schema: dict[str, Any]) -> list[str]:
    """Return which cells are no cells of their column, and whether the primary key tells every row from the others."""
    faults: set[str] = set()
    missing = set(schema["missingValues"])
    for field in schema["fields"]:
        name, rules = field["name"], field.get("constraints", {})
        cells = [row[name] for row in rows]
        there = [cell for cell in cells if cell not in missing]
        if rules.get("required") and len(there) < len(cells):
            faults.add(f"{name} lacks cells")
        known = {cell for cell in set(there) if not CELLS[field["type"]].fullmatch(cell)}
        faults |= {f"{name}: {cell!r} is no {field['type']}" for cell in known}
        if "enum" in rules:
            faults |= {f"{name}: {cell!r} is no word of it" for cell in set(there) - set(rules["enum"])}
        if field["type"] in ("integer", "number") and not known:
            numbers = [float(cell) for cell in there]
            if "minimum" in rules and min(numbers, default=rules["minimum"]) < rules["minimum"]:
                faults.add(f"{name} goes below {rules['minimum']}")
            if "maximum" in rules and max(numbers, default=rules["maximum"]) > rules["maximum"]:
                faults.add(f"{name} goes above {rules['maximum']}")
    key = schema.get("primaryKey", [])
    if key and len({tuple(row[name] for name in key) for row in rows}) < len(rows):
        faults.add(f"rows share their key {key}")
    return sorted(faults)
