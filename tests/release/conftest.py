"""The built release under test: given by LAGESBILD_RELEASE, else every check skips and says so."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# The checks share small modules in this folder, which importlib mode does not put on the path.
sys.path.insert(0, str(Path(__file__).parent))

from browser import launched, served
from built import Built
from pages import Page, read_pages
from pdfs import PdfFacts, read_pdfs


@pytest.fixture(scope="session")
def built() -> Built:
    """Return the release under test, or skip."""
    folder = os.environ.get("LAGESBILD_RELEASE")
    if not folder:
        pytest.skip("LAGESBILD_RELEASE names no built release to check")
    return Built.at(Path(folder))


@pytest.fixture(scope="session")
def pdfs(built: Built) -> list[PdfFacts]:
    """Return the facts of every PDF of the release, each file read once."""
    return read_pdfs(built.pdfs)


@pytest.fixture(scope="session")
def pages(built: Built) -> list[Page]:
    """Return every page of the website, each parsed once."""
    return read_pages(built.site)


@pytest.fixture(scope="session")
def address(built: Built) -> Iterator[str]:
    """Return where the release is served."""
    with served(built.folder) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return the system's browser."""
    with launched() as running:
        yield running
