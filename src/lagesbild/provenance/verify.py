"""Whether a release is still what its manifest says: every changed, missing or added file is found and named.

Nothing is built. The manifest is held against its own hash, the release, the code and its notebooks, the raw files and
the steps between against the manifest. Who can write everything can write a manifest too: the hash that is printed is
to be compared with one from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from lagesbild.catalogue.raw_files import RawFile, RawFiles
from lagesbild.errors import NotBuiltError
from lagesbild.provenance.code_files import code_hashes, kind_of_code
from lagesbild.provenance.file_hashes import FileHashes
from lagesbild.provenance.manifest import CRATE, NAME, SUM, beside_texts, outdated, released_files
from lagesbild.provenance.nodes import files_of, work_nodes
from lagesbild.provenance.raw_hashes import raw_hashes
from lagesbild.publishing.layout import Layout

CHANGED, MISSING, ADDED = "changed", "missing", "added"

#: Nodes that are files or folders of the work folder.
_STEPS = ("released", "sammanhang", "analysis", "underlag", "liknande", "tillagg", "stadsdelar")
#: What a product is, where its kind doesn't say it already.
_WORDS = {
    ("data", ".csv"): "published CSV",
    ("data", ".parquet"): "published Parquet",
    ("notebook", ".ipynb"): "executed notebook",
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A file that is not as the manifest says.

    Parameters
    ----------
    name
        Its path in the release, in the project, or in the folder of raw files.
    kind
        What it is, for people ("published CSV", "raw file").
    what
        What has become of it.
    """

    name: str
    kind: str
    what: str

    def __str__(self) -> str:
        """Return the fault as a line."""
        return f"{self.kind} {self.name}: {self.what}"


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What `verify` found.

    Parameters
    ----------
    faults
        Everything that is not as the manifest says.
    digest
        The manifest's own hash.
    counts
        How many files of each sort were held against it.
    """

    faults: tuple[Fault, ...]
    digest: str
    counts: Mapping[str, int]


def verify(layout: Layout, *, data: Path | None = None, analyst: Path | None = None, digest: str = "") -> Verified:
    """Hold a release against its manifest.

    Parameters
    ----------
    layout
        Where the release is.
    data
        The folder of raw files; where not given and not the demo's own, they are not looked at.
    analyst
        The analyst's files, where they are not in that folder.
    digest
        The manifest's hash, from elsewhere.

    Raises
    ------
    NotBuiltError
        If the release has no manifest.
    """
    path = layout.release / NAME
    if not path.is_file():
        command = f"make SOURCE={layout.source} YEAR={layout.year}"
        raise NotBuiltError(f"the manifest of {layout.release.name}", command)
    hashes = FileHashes()
    found = hashes.of(path)
    faults = list(_seal(layout, found))
    if digest and digest.lower() != found:
        faults.append(Fault(name=NAME, kind="manifest", what=f"{CHANGED}: its SHA-256 is not {digest}"))
    try:
        text = path.read_bytes().decode()
        against, counts = _against(layout, text, hashes, data=data, analyst=analyst)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        faults.append(Fault(name=NAME, kind="manifest", what=f"{CHANGED}: it can't be read as a manifest ({error})"))
        against, counts = [], {}
    return Verified(faults=(*faults, *against), digest=found, counts=counts)


def _against(
    layout: Layout, text: str, hashes: FileHashes, *, data: Path | None, analyst: Path | None
) -> tuple[list[Fault], dict[str, int]]:
    """Return what isn't as the manifest says, and how many files of each kind were looked at."""
    content = json.loads(text)
    folder = layout.raw if data is None else data
    raw = {one["path"]: one["sha256"] for one in content["raw"]} if data is not None or folder.is_dir() else {}
    faults = [
        *_beside(layout, beside_texts(text)),
        *_products(layout, content, hashes),
        *differing(content["code"], code_hashes(hashes), kind_of_code),
        *_steps(layout, content, hashes),
        *(differing(raw, raw_hashes(folder, analyst, content["raw"], hashes), lambda _: "raw file") if raw else ()),
    ]
    counts = {"products": len(content["products"]), "files of code": len(content["code"])}
    return faults, counts | ({"raw files": len(raw)} if raw else {})


def _seal(layout: Layout, found: str) -> Iterator[Fault]:
    """Hold the manifest against its hash."""
    path = layout.release / SUM
    told = path.read_text(encoding="utf-8", errors="replace").split() if path.is_file() else []
    if not told:
        yield Fault(name=SUM, kind="the manifest's hash", what=MISSING)
    elif told != [found, NAME]:
        yield Fault(name=NAME, kind="manifest", what=f"{CHANGED}: its SHA-256 is not that in {SUM}")


def _beside(layout: Layout, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Hold what follows from the manifest against it."""
    path = layout.release / CRATE
    if not path.is_file():
        yield Fault(name=CRATE, kind="RO-Crate", what=MISSING)
    elif path.read_bytes() != texts[CRATE].encode():
        yield Fault(name=CRATE, kind="RO-Crate", what=f"{CHANGED}: it doesn't follow from the manifest")


def _products(layout: Layout, content: Mapping[str, Any], hashes: FileHashes) -> Iterator[Fault]:
    """Hold the release against the manifest, and the products in it against the steps."""
    paths = released_files(layout)
    hashes.read([*paths, *files_of(layout)])
    now = {path.relative_to(layout.release).as_posix(): hashes.of(path) for path in paths}
    kinds = {one["path"]: one["kind"] for one in content["products"]}
    stated = {one["path"]: one["sha256"] for one in content["products"]}
    yield from differing(stated, now, lambda name: product_words(kinds.get(name, ""), name))
    for name, inputs in outdated(content).items():
        what = f"made from another {' and '.join(inputs)} than the release's"
        yield Fault(name=name, kind=product_words(kinds[name], name), what=what)


def _steps(layout: Layout, content: Mapping[str, Any], hashes: FileHashes) -> Iterator[Fault]:
    """Hold the steps between raw files and products against the manifest, where they are still there."""
    if not (layout.yearly / "analysis").is_dir():
        return
    raw = RawFiles(files=tuple(RawFile(**one) for one in content["raw"]))
    now = work_nodes(layout, hashes, raw=raw, gate=content["gate"])
    yield from differing(_hashes(content["nodes"]), _hashes(now), lambda _: "step")


def _hashes(nodes: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {name: one["sha256"] for name, one in nodes.items() if name.partition("/")[0] in _STEPS}


def differing(stated: Mapping[str, str], now: Mapping[str, str], kind: Callable[[str], str]) -> Iterator[Fault]:
    """Yield what differs between stated hashes and those of now, by name; `kind` says what a name stands for."""
    for name in sorted(stated.keys() | now.keys()):
        if stated.get(name) != now.get(name):
            what = CHANGED if name in stated and name in now else MISSING if name in stated else ADDED
            yield Fault(name=name, kind=kind(name), what=what)


def product_words(kind: str, path: str) -> str:
    """Return what a product is, for people: a file that the manifest doesn't know is told by its name's end."""
    suffix = PurePosixPath(path).suffix
    if not kind:
        return f"unknown {suffix.removeprefix('.').upper() or 'file'}"
    return _WORDS.get((kind, suffix), f"{kind} ({suffix.removeprefix('.').upper()})" if suffix else kind)
