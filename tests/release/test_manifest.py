"""The manifest names every file with its hash and leads from each product back to raw files."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest
from built import Built

from lagesbild.files import sha256
from lagesbild.provenance.manifest import BESIDE, NAME, SUM, outdated

#: Kinds of files that hold no figure: what the website's programs and letters are.
WITHOUT_FIGURES = {"script", "font", "style sheet"}


@pytest.fixture(scope="module")
def manifest(built: Built) -> dict[str, Any]:
    """Return the manifest."""
    content: dict[str, Any] = json.loads((built.folder / NAME).read_text(encoding="utf-8"))
    return content


def test_it_lists_exactly_the_files_with_their_hashes(built: Built, manifest: dict[str, Any]) -> None:
    listed = {one["path"]: one["sha256"] for one in manifest["products"]}
    assert len(listed) == len(manifest["products"])
    on_disk = {built.named(path): sha256(path) for path in built.files if built.named(path) not in BESIDE}
    assert sorted(listed) == sorted(on_disk)
    assert [path for path, digest in listed.items() if on_disk[path] != digest] == []


def test_its_own_hash_stands_beside_it(built: Built) -> None:
    assert (built.folder / SUM).read_text(encoding="utf-8") == f"{sha256(built.folder / NAME)}  {NAME}\n"


def test_every_product_says_what_it_was_made_from(built: Built, manifest: dict[str, Any]) -> None:
    assert manifest["synthetic"] is built.synthetic
    told = ("kind", "document", "document_sha256", "parameters", "engine", "inputs")
    assert [one["path"] for one in manifest["products"] if not all(one.get(name) for name in told)] == []


def test_no_product_is_of_another_build(manifest: dict[str, Any]) -> None:
    assert outdated(manifest) == {}


def test_every_figure_leads_back_to_raw_files(manifest: dict[str, Any]) -> None:
    nodes = manifest["nodes"]

    @functools.cache
    def from_raw(name: str) -> bool:
        return name.startswith("raw/") or any(from_raw(one) for one in nodes[name].get("inputs", ()))

    lost = [
        one["path"]
        for one in manifest["products"]
        if one["kind"] not in WITHOUT_FIGURES and not any(from_raw(name) for name in one["inputs"])
    ]
    assert [path for path in lost if path != "site/ikon.svg"] == []


def test_every_node_is_named_by_something_and_names_only_nodes(manifest: dict[str, Any]) -> None:
    nodes = manifest["nodes"]
    named = {one for node in nodes.values() for one in node.get("inputs", ())}
    assert named <= set(nodes)
    for product in manifest["products"]:
        assert set(product["inputs"]) <= set(nodes), product["path"]


def test_of_the_gate_it_tells_rules_and_what_was_released_only(manifest: dict[str, Any]) -> None:
    assert sorted(manifest["gate"]) == ["released", "rules", "solver"]
    assert len(manifest["gate"]["released"]) == 10
    told = {"path", "sha256", "keyed", "bytes", "origin", "licence", "retrieved", "address"}
    assert manifest["raw"]
    assert all(set(one) == told for one in manifest["raw"])
    assert {one["path"] for one in manifest["raw"] if one["keyed"]} >= {"egna/stadsdelar.csv", "analytiker/mal.csv"}
