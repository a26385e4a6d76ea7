"""What a release is to be built from, held against its manifest before anything is built: manifest, raw files, code.

Raw files are told by name and hash alone: figures that were withheld stand in them.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lagesbild.files import sha256
from lagesbild.provenance.code_files import FOLDERS, PACKAGE
from lagesbild.provenance.manifest import NAME as MANIFEST
from lagesbild.provenance.manifest import SUM
from lagesbild.provenance.material import Material
from lagesbild.provenance.scratch_build import raw_folder
from lagesbild.provenance.verdict import Finding
from lagesbild.publishing.layout import Layout

#: What a file of the code is, by how its path begins.
_KINDS = (
    ("requirements.lock", "the lock file"),
    ("analysis/", "a notebook"),
    ("reports/", "a document"),
    ("data/catalogue/rules/", "a rule file"),
    ("data/catalogue/", "the catalogue"),
    ("data/registers/", "a register"),
    ("data/", "reviewed data"),
    ("_extensions/", "a template"),
    ("_quarto.yml", "a template"),
    ("Makefile", "the build graph"),
    ("src/", "code"),
)


def given_findings(material: Material, layout: Layout, raw_files: Iterable[str]) -> list[Finding]:
    """Return what isn't the release's own of what was copied to be built from.

    Parameters
    ----------
    material
        Where it was copied from; holds what the manifest states.
    layout
        The folders it was copied to.
    raw_files
        The raw files that were copied.
    """
    return [
        *_manifest(material),
        *_environment(material.manifest),
        *_raw(material, layout, raw_files),
        *_code(material, layout),
    ]


def kind_of_code(name: str) -> str:
    """Return what a file of the code is, for people."""
    return next((kind for start, kind in _KINDS if name.startswith(start)), "code")


def _manifest(material: Material) -> Iterator[Finding]:
    seal = material.release / SUM
    if not seal.is_file():
        # A manifest without a seal is that of a release from before there were any.
        if "nodes" in material.manifest:
            yield Finding(name=SUM, what="is missing, so that nothing tells whether the manifest was changed")
        return
    words = seal.read_text(encoding="utf-8", errors="replace").split()
    if not words or words[0] != sha256(material.release / MANIFEST):
        yield Finding(name=MANIFEST, what=f"the manifest was changed after it was written: {SUM} states another hash")


def _environment(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    stated = manifest.get("environment", {}).get("python")
    here = ".".join(platform.python_version_tuple()[:2])
    if stated is not None and str(stated) != here:
        yield Finding(name="Python", what=f"the release was made with {stated}, this is {here}")


def _raw(material: Material, layout: Layout, raw_files: Iterable[str]) -> Iterator[Finding]:
    folder = raw_folder(layout)
    stated = {str(one["path"]): str(one["sha256"]) for one in material.manifest.get("raw", ())}
    if not stated or material.raw is None:
        return
    for one in material.manifest.get("earlier", ()):
        what = "a raw file of an earlier import, whose figures the release still holds; its folder has others by now"
        yield Finding(name=f"raw/{one['path']}", what=what)
    copied = {name: sha256(folder / name) for name in raw_files if (folder / name).is_file()}
    for name in sorted(stated.keys() | copied.keys()):
        what = _unlike("a raw file", stated.get(name), copied.get(name))
        if what:
            yield Finding(name=f"raw/{name}", what=what)


def _code(material: Material, layout: Layout) -> Iterator[Finding]:
    stated: Mapping[str, str] = material.manifest.get("code", {})
    if not stated:
        return
    # A file that is new counts where it may decide something.
    deciding = tuple(f"{folder}/" for folder in (*FOLDERS, PACKAGE))
    new = {name for name in material.code_files if name.startswith(deciding)}
    for name in sorted(stated.keys() | new):
        digest = sha256(layout.root / name) if name in material.code_files else None
        what = _unlike(kind_of_code(name), stated.get(name), digest)
        if what:
            yield Finding(name=name, what=what, code=True)


def _unlike(kind: str, stated: str | None, there: str | None) -> str | None:
    """Return how a file differs from what the manifest states, null if it doesn't."""
    if stated == there:
        return None
    if there is None:
        return f"{kind} that the release was made from is missing"
    if stated is None:
        return f"{kind} that the release was not made from"
    return f"{kind} is not the release's (stated {stated[:12]}…, found {there[:12]}…)"
