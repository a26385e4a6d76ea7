"""Documents and projects for the tests of publishing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[2] / "shared" / "quarto-example"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the small project with every construct of the supported subset."""
    return shutil.copytree(HERE / "project", tmp_path / "project")


@pytest.fixture
def quarto_example(tmp_path: Path) -> Path:
    """Return a copy of the project that Quarto 1.10.18 renders whole, or skip where it is absent."""
    if not EXAMPLE.is_dir():
        pytest.skip("the example project (../shared/quarto-example) is not on this machine")
    copy = shutil.copytree(EXAMPLE, tmp_path / "quarto-example")
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return copy


@pytest.fixture
def write_document(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a document (body, optional front matter) into a project of its own."""

    def write(body: str, front: str = "title: Prov\nlang: sv\nexecute: {echo: false}", name: str = "prov.qmd") -> Path:
        folder = tmp_path / "doc"
        folder.mkdir(exist_ok=True)
        (folder / "_quarto.yml").touch()
        path = folder / name
        path.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
        return path

    return write
