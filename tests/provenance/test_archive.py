"""An archive holds what it takes to build a release anew, is the same each time, and freezes nothing changed."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tarfile
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lagesbild.cli import app
from lagesbild.errors import InputError
from lagesbild.files import sha256
from lagesbild.provenance.archive import check_version, write_archive
from lagesbild.provenance.material import archive_material, repository_material, unpacking_folder
from lagesbild.provenance.reproduce import Attempt, reproduce
from lagesbild.publishing.layout import Layout


def frozen(root: Path, folder: Path) -> Path:
    return write_archive(repository_material(Layout(root=root, source="demo", year=2024)), folder)[0]


def test_a_release_is_built_anew_from_its_archive_on_another_machine(
    project: Path, tmp_path: Path, build: tuple[str, ...]
) -> None:
    archive = frozen(project, tmp_path / "arkiv")
    shutil.rmtree(project)
    material = archive_material(archive, unpacking_folder(archive, tmp_path / "annan"))
    verdict = reproduce(material, Attempt(folder=tmp_path / "ny", jobs=1, build=build))
    assert verdict.text() == "7 of 7 identical"


def test_an_archive_holds_what_was_compared_of_the_release_before(
    project: Path, tmp_path: Path, build: tuple[str, ...]
) -> None:
    before = project / "foregaende"
    for name in ("manifest.json", "data/katalog.csv", "data/indikatorer/aldreomsorg-2023.parquet", "stor.pdf"):
        (before / name).parent.mkdir(parents=True, exist_ok=True)
        (before / name).write_text("{}")
    subprocess.run(build, cwd=project, check=True)
    archive = frozen(project, tmp_path / "arkiv")
    material = archive_material(archive, unpacking_folder(archive, tmp_path / "annan"))
    assert material.previous is not None
    names = {path.name for path in material.previous.rglob("*") if path.is_file()}
    assert names == {"manifest.json", "katalog.csv", "aldreomsorg-2023.parquet"}
    assert reproduce(material, Attempt(folder=tmp_path / "ny", jobs=1, build=build)).good


def test_an_archive_says_first_what_it_is_and_holds_the_raw_files_for_its_owner_alone(
    project: Path, tmp_path: Path
) -> None:
    archive = frozen(project, tmp_path / "arkiv")
    assert archive.name == "demo-2024-2024.1.tar.gz"
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as packed:
        members = packed.getmembers()
        first = packed.extractfile(members[0])
        assert first is not None
        text = first.read().decode()
    assert members[0].name == "demo-2024-2024.1/LÄSMIG.txt"
    assert "ARKIVET FÅR INTE PUBLICERAS" in text
    assert "Syntetiska data" in text
    assert sha256(project / "_release/demo-2024/manifest.json") in text
    assert max(len(line) for line in text.splitlines()) <= 120
    names = {member.name.removeprefix("demo-2024-2024.1/") for member in members}
    assert {"Makefile", "_work/demo/raw/kolada/tal.csv", "_release/demo-2024/manifest.sha256"} <= names
    assert not any("released" in name or ".git/" in name for name in names)


def test_an_archive_has_the_same_bytes_whenever_and_by_whomever_it_is_made(project: Path, tmp_path: Path) -> None:
    first = frozen(project, tmp_path / "ett")
    other = tmp_path / "kopia"
    shutil.copytree(project, other)
    for path in sorted(other.rglob("*"), reverse=True):
        os.utime(path, (1e9, 1e9))
    old = os.umask(0o077)
    try:
        time.sleep(0.01)
        assert frozen(other, tmp_path / "två").read_bytes() == first.read_bytes()
    finally:
        os.umask(old)


def test_an_archive_is_never_written_over_with_others(project: Path, tmp_path: Path) -> None:
    path = frozen(project, tmp_path)
    material = repository_material(Layout(root=project, source="demo", year=2024))
    assert write_archive(material, tmp_path) == (path, True)
    path.write_bytes(gzip.compress(b"another"))
    with pytest.raises(InputError, match="is there already, with other content"):
        frozen(project, tmp_path)
    assert gzip.decompress(path.read_bytes()) == b"another"
    assert [one.name for one in tmp_path.glob(".*.tmp")] == []


@pytest.mark.parametrize(
    "changed",
    [
        "_release/demo-2024/data/indikatorer/aldreomsorg-2024.csv",
        "_release/demo-2024/manifest.json",
        "_work/demo/raw/kolada/tal.csv",
        "data/catalogue/rules/troskel.yml",
    ],
)
def test_what_the_manifest_does_not_state_is_not_frozen(project: Path, tmp_path: Path, changed: str) -> None:
    with (project / changed).open("a") as file:
        file.write("\n")
    with pytest.raises(InputError, match=Path(changed).name):
        frozen(project, tmp_path / "arkiv")
    assert list((tmp_path / "arkiv").glob("*")) == []


def test_a_file_that_is_no_archive_is_refused_with_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "a.tar.gz"
    broken.write_bytes(b"no")
    with pytest.raises(InputError, match="Fetch the archive again"):
        archive_material(broken, tmp_path / "ett")
    with tarfile.open(broken, "w:gz") as made:
        made.add(Path(__file__), "fil.py")
    with pytest.raises(InputError, match="holds no release"):
        archive_material(broken, tmp_path / "två")


def test_nothing_of_an_archive_is_written_outside_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as made:
        made.add(Path(__file__), "../utanför.py")
    with pytest.raises(InputError):
        archive_material(path, tmp_path / "ett")
    assert not (tmp_path / "utanför.py").exists()


def test_the_version_is_that_of_the_reviewed_statement(tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    check_version(layout, "2024.1", None)
    with pytest.raises(InputError, match=r"demo-2024 is version 2024.1, not 2024.7.*make release VERSION=2024.1"):
        check_version(layout, "2024.7", tmp_path)
    with pytest.raises(InputError, match="PREVIOUS=<folder of the version before>"):
        check_version(layout, "2024.2", None)
    with pytest.raises(InputError, match="is no release"):
        check_version(layout, "2024.1", tmp_path)


def test_the_commands_tell_what_is_missing(tmp_path: Path) -> None:
    run = CliRunner()
    at = ["--root", str(tmp_path)]
    assert run.invoke(app, ["freeze", "--version", "2024.1", "--check", *at]).exit_code == 0
    for command in (["freeze", "--version", "2024.1"], ["reproduce"]):
        assert run.invoke(app, [*command, *at]).exit_code == 1
