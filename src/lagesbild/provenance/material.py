"""What a release is built anew from: its code, raw files, the release before, and the release itself to compare with.

It comes from the repository, or from an archive (`lagesbild.provenance.archive`), which unpacks to the same: a
repository with the raw files and the release in it.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagesbild.errors import Fault, InputError, NotBuiltError, ParameterError
from lagesbild.provenance.file_hashes import FileHashes
from lagesbild.provenance.manifest import NAME as MANIFEST
from lagesbild.provenance.raw_hashes import raw_hashes
from lagesbild.provenance.scratch_folder import fresh_folder
from lagesbild.publishing.layout import Layout

#: Where raw files that aren't the demo's, and the release before, are in an archive and in a scratch folder.
RAW, PREVIOUS = "indata", "foregaende"
#: The first file of an archive.
READ_ME = "LÄSMIG.txt"

#: What is no code of the project's, where git can't tell: what is built, kept beside, or left by tools.
_LEFT = ("_work", "_release", "_archive", "_site", "__pycache__", "dist", RAW, PREVIOUS, READ_ME)


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a release is built anew from.

    Parameters
    ----------
    root
        The repository; the release is in it.
    code_files
        Which of its files are the project's own, relative to it.
    raw
        Folder of raw files, null where they are made by the code (the demo).
    previous
        Folder of the release before, null where this is the first.
    manifest
        What the release's manifest states.
    """

    root: Path
    code_files: tuple[str, ...]
    raw: Path | None
    previous: Path | None
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        """Name of the release."""
        return str(self.manifest["name"])

    @property
    def release(self) -> Path:
        """Folder of the release."""
        return self.layout(self.root).release

    def layout(self, root: Path) -> Layout:
        """Return the release's folders under a root."""
        source, year = source_and_year(self.manifest)
        return Layout(root=root, source=source, year=year)

    @property
    def raw_files(self) -> tuple[str, ...]:
        """Paths of the raw files that the manifest names."""
        return tuple(str(one["path"]) for one in self.manifest.get("raw", ()))

    def raw_hashes(self) -> dict[str, str]:
        """Return the hash of each raw file that is there now, by its path."""
        return {} if self.raw is None else raw_hashes(self.raw, None, self.manifest.get("raw", ()), FileHashes())


def repository_material(layout: Layout, *, raw: Path | None = None, previous: Path | None = None) -> Material:
    """Return what a release is built anew from in a repository, or in the folder that an archive unpacks to.

    Parameters
    ----------
    layout
        The release; its root is the repository.
    raw
        Folder of the raw files, where they aren't the demo's own nor those of an archive.
    previous
        Folder of the release before, in the same way.

    Raises
    ------
    NotBuiltError
        If there is no repository, or no release with a manifest that names its raw files.
    ParameterError
        If the raw files aren't there.
    """
    root = layout.root
    if not (root / "Makefile").is_file():
        raise NotBuiltError(f"the repository in {root.name or 'this folder'} (there is no Makefile)", "git clone")
    raw = layout.raw if layout.synthetic else raw or root / RAW
    manifest = read_manifest(layout.release)
    if not manifest.get("raw"):
        again = f"make SOURCE={layout.source} YEAR={layout.year}"
        raise NotBuiltError(f"a manifest of {layout.release.name} that names the raw files", again)
    if not raw.is_dir() and not layout.synthetic:
        raise ParameterError("folder of raw files", raw.name, ["DATA=<the folder that the release was made from>"])
    previous = previous or told_previous(layout) or root / PREVIOUS
    return Material(
        root=root,
        code_files=project_files(root),
        raw=raw if raw.is_dir() else None,
        previous=previous if previous.is_dir() else None,
        manifest=manifest,
    )


def archive_material(archive: Path, folder: Path) -> Material:
    """Unpack an archive into a folder and return what it holds.

    Raises
    ------
    InputError
        If it can't be unpacked, or isn't an archive of a release.
    """
    try:
        with tarfile.open(archive, "r:gz") as packed:
            # Nothing is written outside of the folder, whatever the archive says.
            packed.extractall(folder, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        fault = Fault(what=f"can't be unpacked: {error}", file=archive.name, action="Fetch the archive again")
        raise InputError("archive refused", [fault]) from error
    found = [path for path in folder.glob("*/_release/*/" + MANIFEST) if (path.parents[2] / "Makefile").is_file()]
    if len(found) != 1:
        fault = Fault(
            what="holds no release",
            file=archive.name,
            expected=f"one folder with Makefile and _release/<source>-<year>/{MANIFEST}",
            action="Name a file that make release VERSION= has written",
        )
        raise InputError("archive refused", [fault])
    release = found[0].parent
    source, year = source_and_year(read_manifest(release))
    return repository_material(Layout(root=release.parents[1], source=source, year=year))


def told_previous(layout: Layout) -> Path | None:
    """Return the folder of the release before, as the build was told of it; null where there was none."""
    note = layout.yearly / "previous.txt"
    named = note.read_text(encoding="utf-8").strip() if note.is_file() else ""
    return layout.root / named if named else None


def unpacking_folder(archive: Path, beside: Path) -> Path:
    """Return the folder that an archive is unpacked to, made anew."""
    folder = beside.resolve() / f"{archive.name.partition('.tar')[0]}-arkiv"
    fresh_folder(folder)
    return folder


def source_and_year(manifest: dict[str, Any]) -> tuple[str, int]:
    """Return the source and the year of a release, from its name."""
    source, _, year = str(manifest["name"]).rpartition("-")
    return source, int(year)


def read_manifest(release: Path) -> dict[str, Any]:
    """Return what a release's manifest states.

    Raises
    ------
    NotBuiltError
        If there is none.
    InputError
        If it can't be read.
    """
    path = release / MANIFEST
    if not path.is_file():
        raise NotBuiltError(f"the manifest of {release.name}", "make")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        source, _, year = str(found["name"]).rpartition("-")
        if source and year.isdecimal():
            return dict(found)
        reason = f"name is {found['name']!r}"
    except (ValueError, KeyError, TypeError) as error:
        reason = str(error)
    fault = Fault(what=f"is no manifest: {reason}", file=path.name, action="Fetch the release again, or build it anew")
    raise InputError("manifest refused", [fault])


def project_files(root: Path) -> tuple[str, ...]:
    """Return the project's own files, relative to its folder: those that git tracks, all where git isn't there."""
    found = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--full-name"], capture_output=True, text=True, check=False
    )
    names = [name for name in found.stdout.split("\0") if name and (root / name).is_file()]
    return tuple(sorted(names)) if found.returncode == 0 and names else _files(root)


def _files(root: Path) -> tuple[str, ...]:
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return tuple(
        sorted(
            path.as_posix()
            for path in found
            if not any(
                part in _LEFT or (part.startswith(".") and part not in (".ci", ".gitignore")) for part in path.parts
            )
        )
    )
