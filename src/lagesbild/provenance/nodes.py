"""The steps between raw files and products: each with its hash, and the names of what it was made from.

A name begins with the step: ``raw/`` a raw file, ``code/`` code, a document or a register, ``gate`` the disclosure
run, ``released/`` an area's released observations, ``sammanhang`` what stands beside them, ``analysis/`` an area's
results and each frame of them, ``underlag/``, ``liknande/``, ``tillagg/`` and ``stadsdelar/`` what one kommun's report
reads, ``twins/`` and ``varianter/`` executed notebooks, ``staged/`` a generated page before it is rendered,
``release/`` a product that another is made from, ``granskningsguide`` what the audit guide counts. ``all/`` gathers a
step's nodes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.raw_files import RawFile, RawFiles
from lagesbild.catalogue.resources import project_root
from lagesbild.files import sha256_tree
from lagesbild.provenance.code_files import digest_of
from lagesbild.provenance.file_hashes import FileHashes
from lagesbild.publishing.audit_guide import guide_file
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record

#: Folders with a file for each kommun.
_PER_KOMMUN = ("underlag", "liknande", "tillagg", "stadsdelar")
#: Folders in which Python and Jupyter leave files of their own.
_CODE = ("src", "analysis")
#: What stands beside the observations, in the source's work folder.
CONTEXT = "sammanhang"

Node = dict[str, Any]


def node_name(layout: Layout, name: str) -> str:
    """Return the node that an input of a record is, from its path below the root or in the project."""
    work = layout.work.relative_to(layout.root).as_posix()
    yearly = layout.yearly.relative_to(layout.root).as_posix()
    if name.startswith(f"{yearly}/"):
        return name.removeprefix(f"{yearly}/").rpartition(".")[0]
    if name.startswith(f"{work}/released/"):
        return name.removeprefix(f"{work}/").removesuffix(".digest")
    if name.startswith(f"{work}/"):
        own = name.removeprefix(f"{work}/").removesuffix(".digest")
        return own if own == CONTEXT else f"{CONTEXT}/{own}"
    release = layout.release.relative_to(layout.root).as_posix()
    if name.startswith(f"{release}/"):
        return f"release/{name.removeprefix(f'{release}/')}"
    return f"code/{name}"


def earlier_name(one: RawFile) -> str:
    """Return the node of a raw file of an earlier import, whose place in the folder another has taken."""
    return f"raw/{one.path} ({one.sha256[:12]})"


def work_nodes(layout: Layout, hashes: FileHashes, *, raw: RawFiles, gate: Mapping[str, Any]) -> dict[str, Node]:
    """Return the nodes from raw files to what the documents read, as they are in the work folder now.

    Parameters
    ----------
    layout
        Where things are.
    hashes
        Of the files.
    raw
        What was imported.
    gate
        The note of the disclosure run; empty where there is none.
    """
    nodes: dict[str, Node] = {f"raw/{one.path}": {"sha256": one.sha256} for one in raw.files}
    earlier = [earlier_name(one) for one in raw.earlier]
    nodes |= {earlier_name(one): {"sha256": one.sha256} for one in raw.earlier}
    rules = {name: gate[name] for name in ("rules", "solver") if name in gate}
    judged_by = [f"code/{name}" for name in rules.get("rules", ())]
    nodes["gate"] = node(hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest(), judged_by)
    per_area = gate.get("raw", {})
    for area in AREA_IDS:
        digest = layout.released / f"{area}.digest"
        if digest.is_file():
            known = [f"raw/{name}" for name in per_area.get(area, ())]
            before = earlier if any("kolada" in name or "/" not in name[4:] for name in known) else []
            nodes[f"released/{area}"] = node(hashes.of(digest), [*known, *before, "gate"])
    nodes |= _context(layout, hashes, nodes)
    for area in AREA_IDS:
        nodes |= _analysis(layout, hashes, area)
    nodes["all/released"] = _gathered(nodes, [f"released/{area}" for area in AREA_IDS])
    nodes["all/analysis"] = _gathered(nodes, [f"analysis/{area}" for area in AREA_IDS])
    made_from = ["all/analysis", "all/released", CONTEXT, "code/src/lagesbild"]
    for folder in _PER_KOMMUN:
        for path in sorted((layout.yearly / folder).glob("*.*")):
            nodes[f"{folder}/{path.stem}"] = node(hashes.of(path), made_from)
    nodes["all/underlag"] = _gathered(nodes, [one for one in nodes if one.partition("/")[0] in _PER_KOMMUN])
    guide = guide_file(layout)
    if guide.is_file():
        # It counts raw files, released observations and the products that were made of them.
        counted = ["all/released", "all/analysis", "all/underlag", *(name for name in nodes if name.startswith("raw/"))]
        nodes[node_name(layout, guide.relative_to(layout.root).as_posix())] = node(hashes.of(guide), counted)
    return {name: one for name, one in nodes.items() if one["sha256"]}


def _context(layout: Layout, hashes: FileHashes, nodes: Mapping[str, Node]) -> dict[str, Node]:
    """Return the nodes of what stands beside the observations."""
    found = {}
    # Own figures and workbooks are observations and nothing else.
    sources = [
        name for name in nodes if name.startswith("raw/") and "/socialstyrelsen/" not in name and "/egna/" not in name
    ]
    for path in sorted(layout.work.glob("*.parquet")):
        found[f"{CONTEXT}/{path.name}"] = node(hashes.of(path), sources)
    digest = layout.work / f"{CONTEXT}.digest"
    if digest.is_file():
        found[CONTEXT] = node(hashes.of(digest), list(found))
    return found


def _analysis(layout: Layout, hashes: FileHashes, area: str) -> dict[str, Node]:
    """Return the nodes of an area's results."""
    folder = layout.analysis(area)
    frames = sorted(folder.rglob("*.parquet"))
    made_from = [f"released/{area}", CONTEXT, "code/analysis", "code/src/lagesbild", "code/data"]
    found = {
        f"analysis/{area}/{path.relative_to(folder).with_suffix('').as_posix()}": node(hashes.of(path), made_from)
        for path in frames
    }
    digest = folder.parent / f"{area}.digest"
    if digest.is_file():
        found[f"analysis/{area}"] = node(hashes.of(digest), list(found))
    return found


def notebook_nodes(layout: Layout, records: Iterable[Record]) -> dict[str, Node]:
    """Return the nodes of the executed notebooks that documents and pages were rendered from."""
    found = {}
    for record in records:
        inputs = [node_name(layout, name) for name in record.inputs]
        for name, digest in record.outputs.items():
            if name.endswith(".ipynb"):
                found[node_name(layout, name)] = node(digest, inputs)
    return found


def code_nodes(layout: Layout, names: Iterable[str], code: Mapping[str, str]) -> dict[str, Node]:
    """Return the nodes of code, documents and registers that others name, as they are now.

    Parameters
    ----------
    layout
        Where things are.
    names
        Names of nodes; those that aren't code are passed over.
    code
        Hash of each file of code.
    """
    shared = code_digests()
    found = {}
    for name in sorted(set(names)):
        own = name.removeprefix("code/")
        if own != name:
            digest = shared.get(own) or code.get(own) or _folder_digest(layout, own)
            found[name] = node(digest or digest_of(code, own))
    return found


def _folder_digest(layout: Layout, name: str) -> str | None:
    """Return the hash of a folder or a file that documents name, made as their records make it; null for code."""
    for root in (layout.root, project_root()):
        path = root / name
        if path.is_dir() and not name.startswith(_CODE):
            return sha256_tree([one for one in path.rglob("*") if one.is_file()], path)
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return None


def _gathered(nodes: Mapping[str, Node], names: Iterable[str]) -> Node:
    """Return a node of several, whose hash is one of theirs."""
    there = [name for name in names if name in nodes]
    return node(digest_of({name: nodes[name]["sha256"] for name in there}) if there else "", there)


def node(digest: str, inputs: Iterable[str] = ()) -> Node:
    """Return a node of its hash and the names of what it was made from."""
    made_from = sorted(set(inputs))
    return {"sha256": digest, **({"inputs": made_from} if made_from else {})}


def files_of(layout: Layout) -> list[Path]:
    """Return the files whose hashes `work_nodes` asks for, to be read at once."""
    folders = [layout.yearly / name for name in ("analysis", *_PER_KOMMUN)]
    found = [path for folder in folders for path in sorted(folder.rglob("*.*")) if path.suffix in (".parquet", ".json")]
    return [*found, *(path for path in (guide_file(layout),) if path.is_file())]
