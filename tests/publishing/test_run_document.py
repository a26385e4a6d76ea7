"""Documents run with parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.errors import DocumentError, ParameterError
from lagesbild.publishing.run_document import run_document


def _printed(notebook) -> str:
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))


def test_a_parameter_replaces_the_default(project: Path, tmp_path: Path) -> None:
    notebook = run_document(project / "reports" / "rapport.qmd", {"kommun": 180}, workdir=tmp_path / "w")
    assert r"I Stock\*holm\*" in _printed(notebook)


def test_an_unknown_parameter_is_an_error_with_a_suggestion(project: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"unknown parameter: 'komun'\. Did you mean kommun"):
        run_document(project / "reports" / "rapport.qmd", {"komun": "0180"}, workdir=tmp_path / "w")


def test_parameters_for_a_document_without_a_tagged_cell_are_refused(project: Path, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no cell is tagged"):
        run_document(project / "site" / "index.qmd", {"kommun": "0180"}, workdir=tmp_path / "w")


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="does not exist"):
        run_document(tmp_path / "borta.qmd", {}, workdir=tmp_path / "w")


@pytest.mark.slow
def test_inline_code_works_with_a_stock_kernel(project: Path, tmp_path: Path) -> None:
    path = project / "reports" / "rapport.qmd"
    assert "I Ale" in _printed(run_document(path, {}, workdir=tmp_path / "w", engine="nbclient"))
