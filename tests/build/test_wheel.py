"""An installed wheel carries the project's own files and finds them there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDERS = ("_extensions", "analysis", "reports", "data/catalogue", "data/registers", "data/demo", "data/published")

LOOK = """
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import project_root
print(project_root())
print(len(kommuner()), len({one.area for one in load_catalogue().indicators}))
"""


@pytest.mark.slow
def test_the_project_travels_with_the_wheel(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the build backend is not installed here")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(REPOSITORY)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    project = unpacked / "lagesbild" / "_project"
    assert (project / "_quarto.yml").read_bytes() == (REPOSITORY / "_quarto.yml").read_bytes()
    for folder in FOLDERS:
        tracked = subprocess.run(
            ["git", "ls-files", folder], cwd=REPOSITORY, check=True, capture_output=True, text=True
        ).stdout.splitlines()
        assert tracked
        missing = [name for name in tracked if not (project / name).is_file()]
        assert not missing
    looked = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert looked == [str(project), "290", "10"]
