"""``lagesbild catalogue coverage`` prints both tables and writes the list."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from typer.testing import CliRunner

from lagesbild.cli.app import app


def test_the_areas_are_told_without_any_data() -> None:
    result = CliRunner().invoke(app, ["catalogue", "coverage"])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].split()[:2] == ["area", "indicators"]
    assert len(lines) == 12
    assert lines[-1].split()[0] == "summa"
    assert lines[-1].split()[-1] == "-"


def test_the_key_figures_and_their_classes_are_listed(tmp_path: Path) -> None:
    kpis, output = tmp_path / "kpi.csv", tmp_path / "classes.csv"
    text = 'id,title,description,municipality_type\nU39999,Något nytt,,K\nN31001,"Kostnad, kr/inv",,K\n'
    kpis.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["catalogue", "coverage", "--kpis", str(kpis), "--output", str(output)])
    assert result.exit_code == 0
    assert [line.split() for line in result.output.splitlines() if line.startswith("ej_granskad")] == [
        ["ej_granskad", "1", "-"]
    ]
    listed = pd.read_csv(output, dtype=str, keep_default_na=False)
    assert list(zip(listed["kpi"], listed["kpi_class"], strict=True)) == [
        ("N31001", "katalogen"),
        ("U39999", "ej_granskad"),
    ]


def test_descriptions_without_a_column_are_refused(tmp_path: Path) -> None:
    kpis = tmp_path / "kpi.csv"
    kpis.write_text("id,title\nU39999,Något\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["catalogue", "coverage", "--kpis", str(kpis)])
    assert result.exit_code == 1
    assert "column description is missing" in result.output
