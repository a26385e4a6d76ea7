"""``lagesbild audit`` prints the comparison with Riksrevisionen's marks and claims from a source's released figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS
from lagesbild.cli.app import app
from lagesbild.methods.audit_comparison import user_survey_rows
from lagesbild.observations.schema import DTYPES
from lagesbild.observations.store import write_store


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with released figures of the six rows, made up, in eighty kommuner and riket."""
    rng = np.random.default_rng(6)
    places = [("rike", "0000"), *(("kommun", one.kod) for one in kommuner()[:80])]
    rows = [
        {"indicator": row.indicators[0], "year": year, "level": level, "region": region, "sex": "T", "status": "ok"}
        for row in user_survey_rows()
        for year in range(2016, 2020)
        for level, region in places
    ]
    frame = pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS))
    frame = frame.assign(unit="", source="kolada", revision="1", value=rng.normal(85, 3, len(rows)).round())
    write_store(frame.astype(DTYPES), tmp_path / "_work" / "kolada" / "released", load_catalogue())
    return tmp_path


def test_marks_are_set_beside_the_printed_ones(root: Path) -> None:
    result = CliRunner().invoke(app, ["audit", "marks", "--root", str(root)])
    assert result.exit_code == 0, result.output
    assert "of 24 marks agree" in result.output
    assert "ombytta_rader" in result.output and "share_at_least" in result.output


def test_claims_are_set_beside_the_figures(root: Path) -> None:
    result = CliRunner().invoke(app, ["audit", "claims", "--root", str(root)])
    assert result.exit_code == 0, result.output
    assert "haller_inte" in result.output and "kan_inte_provas" in result.output


def test_without_an_import_it_says_what_to_do(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["audit", "marks", "--root", str(tmp_path)])
    assert result.exit_code == 1
    assert "is not built yet" in result.output
