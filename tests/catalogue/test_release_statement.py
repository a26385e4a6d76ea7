"""What a release says of itself is read from a reviewed file, whose faults are all told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.catalogue.release_statement import FILE, release_statement
from lagesbild.catalogue.resources import registers_folder
from lagesbild.errors import CatalogueError


def test_the_project_states_its_releases_and_names_no_real_publisher_by_default() -> None:
    demo = release_statement("demo", 2024)
    assert (demo.version, demo.issued, demo.licence.name) == ("2024.1", "2024-12-31", "CC0-1.0")
    assert demo.base.startswith("https://example.org/")
    kolada = release_statement("kolada", 2020)
    assert (kolada.version, kolada.issued) == ("2020.1", None)
    assert "källa" in kolada.licence.words
    assert release_statement("kolada", 2019).version == "2019.1"


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = (registers_folder() / FILE).read_text(encoding="utf-8")
    text = text.replace("https://example.org/lagesbild/", "example.org").replace('"2024.1"', "2024.1")
    text = text.replace("issued: 2024-12-31", "issued: snart").replace("  email:", "  telefon: 08\n  mejl:")
    path = tmp_path / FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        release_statement("demo", 2024, path=path)
    said = str(caught.value)
    for part in ("base is no address", "version is no text", "issued is no date", "contact lacks email"):
        assert part in said
    assert all(fault.file == FILE and fault.row for fault in caught.value.faults)
    with pytest.raises(CatalogueError, match="lacks demmo"):
        release_statement("demmo", 2024)
