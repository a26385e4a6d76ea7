"""What a release was made from, as a graph: from each product back over the steps to raw files and code.

Two builds of one release have two such graphs. Where a product differs, the first node that differs is the one that
differs itself while nothing it was made from does: there the difference starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: Before a product's path, to tell it from the nodes it is made from.
PRODUCT = "product:"
#: Before the path of a file or folder of the code.
CODE = "code/"
#: Before the name of a part of the environment.
ENVIRONMENT = "environment/"


@dataclass(frozen=True)
class Graph:
    """Nodes by name.

    Parameters
    ----------
    hashes
        Each node's hash; for a part of the environment what it is.
    inputs
        What each node was made from.
    """

    hashes: Mapping[str, str]
    inputs: Mapping[str, frozenset[str]]

    def needed(self, name: str) -> frozenset[str]:
        """Return every node that a node was made from, by way of others too."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            for one in self.inputs.get(waiting.pop(), frozenset()) - found:
                found.add(one)
                waiting.append(one)
        return frozenset(found)


def graph_of(manifest: Mapping[str, Any]) -> Graph:
    """Return the graph that a manifest tells of."""
    hashes: dict[str, str] = {}
    inputs: dict[str, frozenset[str]] = {}

    def add(name: str, node: Mapping[str, Any]) -> None:
        from_ = node.get("inputs", ())
        inputs[name] = frozenset(from_)
        if isinstance(from_, Mapping):
            for one, digest in from_.items():
                hashes.setdefault(one, str(digest))
        if "sha256" in node:
            hashes[name] = str(node["sha256"])

    for product in manifest.get("products", ()):
        add(PRODUCT + product["path"], product)
    for name, node in manifest.get("nodes", {}).items():
        add(name, node)
    for raw in manifest.get("raw", ()):
        hashes[f"raw/{raw['path']}"] = str(raw["sha256"])
    for name, value in _flat(manifest.get("environment", {})):
        hashes[ENVIRONMENT + name] = value
    return Graph(hashes, inputs)


def first_differences(
    stated: Graph, made: Graph, name: str, known: dict[str, frozenset[str]] | None = None
) -> tuple[str, ...]:
    """Return the nodes where the difference of a node starts, in order; none if it doesn't differ.

    Parameters
    ----------
    stated, made
        The two graphs.
    name
        The node. It is among those returned if nothing it was made from differs.
    known
        Holds what was found of other nodes, for the next call with the same graphs.
    """
    return tuple(sorted(_first(stated, made, name, {} if known is None else known)))


def environment_differences(stated: Graph, made: Graph) -> tuple[str, ...]:
    """Return the parts of the environment that differ, in order."""
    names = {name for graph in (stated, made) for name in graph.hashes if name.startswith(ENVIRONMENT)}
    return tuple(sorted(name for name in names if stated.hashes.get(name) != made.hashes.get(name)))


def _first(stated: Graph, made: Graph, name: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    if stated.hashes.get(name) == made.hashes.get(name):
        return frozenset()
    if name not in known:
        known[name] = frozenset()  # a graph without an end would otherwise be walked for ever
        before = stated.inputs.get(name, frozenset()) | made.inputs.get(name, frozenset())
        found = frozenset(one for input_ in before for one in _first(stated, made, input_, known))
        known[name] = found or frozenset([name])
    return known[name]


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}/")
        else:
            yield f"{before}{key}", str(value)
