"""An archive of a release: all that is needed to build it anew and compare, in one file with the same bytes each time.

It unpacks to a repository with the raw files and the release in it. Raw files hold what was withheld, so it is not for
publication, and says so first of all.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from lagesbild.catalogue.release_statement import FILE as STATEMENT
from lagesbild.catalogue.release_statement import release_statement
from lagesbild.errors import Fault, InputError
from lagesbild.files import UNFINISHED, sha256
from lagesbild.provenance.archive_words import read_me
from lagesbild.provenance.given import given_findings
from lagesbild.provenance.manifest import BESIDE
from lagesbild.provenance.manifest import NAME as MANIFEST
from lagesbild.provenance.material import PREVIOUS, READ_ME, Material
from lagesbild.provenance.same_files import compare, release_hashes
from lagesbild.provenance.scratch_build import raw_folder
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_diff import compared_files

#: Where archives are kept, beside ``_release``; for the owner alone.
FOLDER = "_archive"
#: All files are of one date, so that the same content gives the same bytes: 1 January 1980, which every tool can tell.
_TIME = 315532800


def write_archive(material: Material, folder: Path) -> tuple[Path, bool]:
    """Write the archive of a release and return its path, and whether it was there already.

    Parameters
    ----------
    material
        The release and what it was built from.
    folder
        Where archives are kept.

    Raises
    ------
    InputError
        If the release, its raw files or the code aren't what the manifest states, or an archive of this version with
        other content is there.
    """
    _check(material)
    name = f"{material.name}-{material.manifest['version']}"
    path = folder / f"{name}.tar.gz"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    beside = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        with beside.open("wb") as stream:
            beside.chmod(0o600)
            _write(material, name, stream)
        there = path.is_file()
        if there and sha256(path) != sha256(beside):
            fault = Fault(
                what="is there already, with other content",
                file=path.name,
                action="A version is frozen once: give the release a new one in data/registers/utgava.yml",
            )
            raise InputError("release not frozen", [fault])
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path, there


def check_version(layout: Layout, version: str, previous: Path | None) -> None:
    """Refuse to freeze a version that isn't the one that the reviewed statement of the release states.

    Raises
    ------
    InputError
        Saying what to do.
    """
    stated = release_statement(layout.source, layout.year).version
    faults = []
    if version != stated:
        faults.append(
            Fault(
                what=f"{layout.release.name} is version {stated}, not {version}",
                file=f"data/registers/{STATEMENT}",
                action=f'Write version: "{version}" there, or run make release VERSION={stated}',
            )
        )
    if not version.endswith(".1") and previous is None:
        faults.append(
            Fault(
                what=f"{version} is not the first version of its year, and no release before it is named",
                action="Name its folder: PREVIOUS=<folder of the version before>",
            )
        )
    elif previous is not None and not (previous / MANIFEST).is_file():
        faults.append(Fault(what=f"PREVIOUS={previous.name} is no release", expected=f"a folder with {MANIFEST}"))
    if faults:
        raise InputError("release not frozen", faults)


def _write(material: Material, name: str, stream: io.BufferedWriter) -> None:
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=6) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        _add(archive, f"{name}/{READ_ME}", read_me(material).encode(), executable=False)
        for inside, path in members(material):
            _add(archive, f"{name}/{inside}", path.read_bytes(), executable=bool(path.stat().st_mode & 0o100))


def members(material: Material) -> Iterator[tuple[str, Path]]:
    """Yield what is in an archive after the text for its reader: the path in it, and the file."""
    for name in material.code_files:
        yield name, material.root / name
    layout = material.layout(material.root)
    if material.raw is not None:
        inside = raw_folder(layout).relative_to(layout.root).as_posix()
        for name in material.raw_files:
            yield f"{inside}/{name}", material.raw / name
    if material.previous is not None:
        for path in compared_files(material.previous):
            yield f"{PREVIOUS}/{path.relative_to(material.previous).as_posix()}", path
    for path in sorted(one for one in layout.release.rglob("*") if one.is_file()):
        yield path.relative_to(layout.root).as_posix(), path


def _add(archive: tarfile.TarFile, name: str, content: bytes, *, executable: bool) -> None:
    """Add a file without anything of the machine: no user, no date, the same rights everywhere."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mtime = _TIME
    member.mode = 0o755 if executable else 0o644
    archive.addfile(member, io.BytesIO(content))


def _check(material: Material) -> None:
    """Refuse to freeze what its own manifest doesn't state."""
    layout = material.layout(material.root)
    stated = {str(one["path"]): str(one["sha256"]) for one in material.manifest["products"]}
    published = {name: digest for name, digest in release_hashes(layout.release).items() if name not in BESIDE}
    found = compare(stated, published)
    faults = [Fault(what="is not as the manifest states", file=name) for name in found.different]
    faults += [Fault(what="is stated in the manifest but not there", file=name) for name in found.only_first]
    faults += [Fault(what="is not stated in the manifest", file=name) for name in found.only_second]
    given = given_findings(material, material.root, material.raw_hashes())
    faults += [Fault(what=one.what, file=one.name) for one in given]
    if faults:
        raise InputError("release not frozen: run make, and freeze what it builds", faults)
