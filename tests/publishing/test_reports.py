"""What decides whether a report is made again: the code, the templates and the registers too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lagesbild.catalogue.resources import project_root
from lagesbild.publishing import code_digests as digests
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import common_metadata


@pytest.mark.parametrize("name", ["_quarto.yml", "_extensions/lagesbild/_extension.yml", "data/registers/lan.csv"])
def test_a_changed_template_or_register_changes_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for part in ("_extensions", "data"):
        shutil.copytree(project_root() / part, tmp_path / part)
    shutil.copyfile(project_root() / "_quarto.yml", tmp_path / "_quarto.yml")
    monkeypatch.setattr(digests, "project_root", lambda: tmp_path)
    before = code_digests()
    assert code_digests() == before
    with (tmp_path / name).open("a") as handle:
        handle.write("\n")
    assert code_digests() != before


def test_every_document_names_its_source_and_the_demo_that_it_is_synthetic() -> None:
    demo = common_metadata(Layout(root=Path("/r"), source="demo", year=2024))
    real = common_metadata(Layout(root=Path("/r"), source="kolada", year=2020))
    assert demo["syntetisk"] is True
    assert "syntetisk" not in real
    assert real["fotnot"] == "Lägesbild, öppna jämförelser 2020. Källa: Kolada (RKA)."
