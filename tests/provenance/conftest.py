"""A very small release in a repository of its own, for what builds and compares releases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small" / "bygg.py"
BUILD = (sys.executable, "bygg.py")
TEXTS = {
    "data/catalogue/rules/troskel.yml": "least: 500\n",
    "analysis/steg.ipynb": '{"cells": [{"source": "2"}]}',
    "requirements.lock": "pandas==3.0\n",
    "Makefile": "release:\n\tpython bygg.py\n",
    ".gitignore": "_work/\n_release/\n",
    # 373 is below the threshold, so withheld.
    "_work/demo/raw/kolada/tal.csv": (
        "indicator,year,region,value\nao-x,2024,1440,2980\nao-x,2024,0114,373\nao-y,2024,1440,710\n"
    ),
}


@pytest.fixture
def build() -> tuple[str, ...]:
    """Return the command that builds the small release."""
    return BUILD


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with a small release that has been built and published."""
    # A make around the tests would tell those in them what it was told.
    for name in list(os.environ):
        if name.startswith("MAKE"):
            monkeypatch.delenv(name)
    root = tmp_path / "projekt"
    for name, text in TEXTS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    shutil.copyfile(SMALL, root / "bygg.py")
    for command in (["git", "init", "--quiet"], ["git", "add", "."], [*BUILD]):
        subprocess.run(command, cwd=root, check=True)
    return root
