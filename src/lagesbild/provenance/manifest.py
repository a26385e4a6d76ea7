"""The release's manifest: every product with its hash, what it was made from, and the steps back to the raw files.

Nothing in it differs between two machines with the same lock file, raw files and code: no path of a machine, no clock.
Of the raw files it tells names, sizes, hashes and origins, of the disclosure run its rules and what each area was
released as; never how many cells were withheld, nor which.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lagesbild import __version__
from lagesbild.catalogue.raw_files import FILE as RAW_FILES
from lagesbild.catalogue.raw_files import RawFiles, read_raw_files
from lagesbild.catalogue.release_statement import release_statement
from lagesbild.disclosure.gate_note import read_gate_note
from lagesbild.errors import NotBuiltError
from lagesbild.files import remove_unfinished, write_atomic
from lagesbild.provenance.code_files import code_hashes, digest_of
from lagesbild.provenance.environment import environment
from lagesbild.provenance.file_hashes import FileHashes, files_below
from lagesbild.provenance.nodes import Node, code_nodes, files_of, node, notebook_nodes, work_nodes
from lagesbild.provenance.origins import FRAME, Origin, Origins
from lagesbild.provenance.ro_crate import ro_crate_text
from lagesbild.provenance.site_parts import staged_nodes
from lagesbild.publishing.handed_over import check_products
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record, read_record

NAME = "manifest.json"
#: Holds the manifest's own hash, in the form that ``sha256sum --check`` reads.
SUM = "manifest.sha256"
#: The same in the form of RO-Crate, made from the manifest (`ro_crate`).
CRATE = "ro-crate-metadata.json"
#: What tells of the products and is none of them.
BESIDE = (NAME, SUM, CRATE)


def released_files(layout: Layout) -> list[Path]:
    """Return the products of the release, in order."""
    beside = {layout.release / name for name in BESIDE}
    return [path for path in files_below(layout.release) if path not in beside]


def manifest(layout: Layout) -> dict[str, Any]:
    """Return the manifest.

    ``products`` have path, hash, kind, document with its hash, parameters, engine and inputs; the inputs are names of
    ``nodes``, which name their own inputs, back to ``raw`` files and to ``code``. ``environment`` says what all was
    built with, ``gate`` by which rules figures were withheld.
    """
    statement = release_statement(layout.source, layout.year)
    hashes = FileHashes()
    paths = released_files(layout)
    hashes.read([*paths, *files_of(layout)])
    code = code_hashes(hashes)
    raw = read_raw_files(layout.work) if (layout.work / RAW_FILES).is_file() else RawFiles(files=())
    gate = read_gate_note(layout.work) or {}
    records = [record for path in files_below(layout.records) if (record := read_record(path)) is not None]
    products = {path.relative_to(layout.release).as_posix(): hashes.of(path) for path in paths}
    check_products(layout, records, products)
    told = Origins(layout, records)
    origins = {name: told.of(name, digest) for name, digest in products.items()}
    nodes = _nodes(layout, hashes, records, origins, products, raw=raw, gate=gate, code=code)
    engines = {record.engine for record in records if record.engine}
    return {
        "name": f"{layout.source}-{layout.year}",
        "version": statement.version,
        **({"issued": statement.issued} if statement.issued else {}),
        "lagesbild": __version__,
        "synthetic": layout.synthetic,
        **({"note": "Syntetiska data: alla uppgifter är påhittade."} if layout.synthetic else {}),
        "environment": environment(code, engines),
        "gate": {
            **{name: gate[name] for name in ("rules", "solver") if name in gate},
            "released": {name[9:]: one["sha256"] for name, one in nodes.items() if name.startswith("released/")},
        },
        "raw": [asdict(one) for one in raw.files],
        "earlier": [asdict(one) for one in raw.earlier],
        "code": code,
        "nodes": {name: nodes[name] for name in sorted(nodes)},
        "products": [_entry(name, digest, origins[name], nodes, code) for name, digest in products.items()],
    }


def _entry(
    name: str, digest: str, origin: Origin, nodes: Mapping[str, Node], code: Mapping[str, str]
) -> dict[str, Any]:
    known = {one: nodes[one]["sha256"] for one in origin.inputs if one in nodes} | dict(origin.stated)
    return {
        "path": name,
        "sha256": digest,
        "kind": origin.kind,
        "document": origin.document,
        "document_sha256": code.get(origin.document) or digest_of(code, origin.document),
        "parameters": dict(origin.parameters),
        "engine": origin.engine,
        "inputs": {one: known[one] for one in sorted(known)},
    }


def _nodes(
    layout: Layout,
    hashes: FileHashes,
    records: Sequence[Record],
    origins: Mapping[str, Origin],
    products: Mapping[str, str],
    *,
    raw: RawFiles,
    gate: Mapping[str, Any],
    code: Mapping[str, str],
) -> dict[str, Node]:
    """Return all nodes that products are made from, by way of others too."""
    nodes = work_nodes(layout, hashes, raw=raw, gate=gate)
    nodes |= notebook_nodes(layout, records) | staged_nodes(layout, hashes) | _previous(layout)
    notebooks = [name for name in nodes if name.partition("/")[0] in ("twins", "varianter", "staged")]
    nodes["all/notebooks"] = node(digest_of({name: nodes[name]["sha256"] for name in notebooks}), notebooks)
    pages = {name: digest for name, digest in products.items() if name.endswith(".html")}
    nodes["all/pages"] = node(digest_of(pages), ["all/notebooks", *FRAME])
    named = {one for origin in origins.values() for one in origin.inputs}
    for name in sorted(one for one in named if one.startswith("release/")):
        own = name.removeprefix("release/")
        if own in products:
            nodes[name] = node(products[own], origins[own].inputs)
    named |= {one for name in nodes for one in nodes[name].get("inputs", ())}
    nodes |= code_nodes(layout, named, code)
    for one in nodes.values():
        if "inputs" in one:
            one["inputs"] = [name for name in one["inputs"] if name in nodes]
    return nodes


def _previous(layout: Layout) -> dict[str, Node]:
    """Return the node of the release before, known by its manifest and not by where it lies."""
    note = layout.yearly / "previous.txt"
    named = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
    path = Path(named) / NAME
    return {"previous": node(hashlib.sha256(path.read_bytes()).hexdigest())} if named and path.is_file() else {}


def manifest_text(content: Mapping[str, Any]) -> str:
    """Return the manifest as it is written: a line for each product, node and file."""
    parts = [f" {_json(name)}: {_lines(value)}" for name, value in content.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_json(one)}" for one in value) + "\n ]"
    if isinstance(value, dict) and value:
        return "{\n" + ",\n".join(f"  {_json(name)}: {_json(one)}" for name, one in value.items()) + "\n }"
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def beside_texts(text: str) -> dict[str, str]:
    """Return the text of each file that stands beside a manifest and follows from it, by the file's name."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    line = f"{digest}  {NAME}\n"
    beside = {NAME: digest, SUM: hashlib.sha256(line.encode()).hexdigest()}
    return {SUM: line, CRATE: ro_crate_text(json.loads(text), beside=beside)}


def write_manifest(layout: Layout) -> Path:
    """Write the manifest into the release, its hash and its form of RO-Crate, and return the manifest's path.

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
    text = manifest_text(manifest(layout))
    write_atomic(path, text)
    for name, told in beside_texts(text).items():
        write_atomic(layout.release / name, told)
    return path


def outdated(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the products that were made from something else than the manifest's nodes, each with those nodes."""
    nodes = content["nodes"]
    found: dict[str, list[str]] = {}
    for product in content["products"]:
        inputs: Iterable[tuple[str, str]] = product["inputs"].items()
        wrong = [name for name, digest in inputs if name in nodes and nodes[name]["sha256"] != digest]
        if wrong:
            found[product["path"]] = wrong
    return found
