"""What a release is to be built from, held against its manifest before anything is built: manifest, raw files, code.

Raw files are told by name and hash alone: figures that were withheld stand in them.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lagesbild.files import sha256
from lagesbild.provenance.code_files import FOLDERS, PACKAGE, kind_of_code
from lagesbild.provenance.manifest import NAME as MANIFEST
from lagesbild.provenance.manifest import SUM
from lagesbild.provenance.material import Material
from lagesbild.provenance.verdict import Finding


def given_findings(material: Material, code: Path, raw: Mapping[str, str]) -> list[Finding]:
    """Return what isn't the release's own of what it is to be built from.

    Parameters
    ----------
    material
        Holds what the manifest states.
    code
        The folder of the code: the material's own, or the copy.
    raw
        Hash of each raw file that is there; empty where the build makes them.
    """
    return [
        *_manifest(material),
        *_environment(material.manifest),
        *_previous(material),
        *_raw(material.manifest, raw),
        *_code(material, code),
    ]


def overwritten(raw: Mapping[str, str], folder: Path) -> list[Finding]:
    """Return the raw files that a build has written over, so that it wasn't made from those that were given.

    Parameters
    ----------
    raw
        Hash of each raw file that was given.
    folder
        Where they were copied to.
    """
    now = {name: sha256(folder / name) if (folder / name).is_file() else None for name in raw}
    what = "raw file was written over by the build, which so was not made from the one that was given"
    return [Finding(name=f"raw/{name}", what=what) for name in raw if now[name] != raw[name]]


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


def _previous(material: Material) -> Iterator[Finding]:
    stated = material.manifest.get("nodes", {}).get("previous", {}).get("sha256")
    path = None if material.previous is None else material.previous / MANIFEST
    there = sha256(path) if path is not None and path.is_file() else None
    what = _unlike("release before", stated, there)
    if what:
        yield Finding(name="PREVIOUS", what=what)


def _raw(manifest: Mapping[str, Any], there: Mapping[str, str]) -> Iterator[Finding]:
    if not there:
        return
    for one in manifest.get("earlier", ()):
        gone = "a raw file of an earlier import, whose figures the release still holds; its folder has others by now"
        yield Finding(name=f"raw/{one['path']}", what=gone)
    stated = {str(one["path"]): str(one["sha256"]) for one in manifest.get("raw", ())}
    for name in sorted(stated.keys() | there.keys()):
        what = _unlike("raw file", stated.get(name), there.get(name))
        if what:
            yield Finding(name=f"raw/{name}", what=what)


def _code(material: Material, root: Path) -> Iterator[Finding]:
    stated: Mapping[str, str] = material.manifest.get("code", {})
    if not stated:
        return
    # A file that is new counts where it may decide something.
    deciding = tuple(f"{folder}/" for folder in (*FOLDERS, PACKAGE))
    new = {name for name in material.code_files if name.startswith(deciding)}
    for name in sorted(stated.keys() | new):
        digest = sha256(root / name) if name in material.code_files else None
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
    return f"{kind} is not the one that the release was made from (stated {stated[:12]}…, found {there[:12]}…)"
