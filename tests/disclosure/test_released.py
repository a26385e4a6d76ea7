"""What is behind the gate carries no figure that the gate withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.disclosure.released import read_released, released_years
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.publishing.layout import Layout

FIGURES = ["value", "numerator", "denominator", "n_answers", "n_asked"]


def test_a_withheld_cell_has_its_status_and_no_figure(world: Layout) -> None:
    rows = read_released(world.released)
    withheld = rows[rows["status"] == "sekretess"]
    assert len(withheld) > 100
    assert withheld[FIGURES].isna().all(axis=None)
    assert (rows["status"] == "ok").sum() > 10_000


def test_areas_and_years_are_chosen(world: Layout) -> None:
    assert released_years(world.released, "aldreomsorg") == [2023, 2024]
    rows = read_released(world.released, areas=["aldreomsorg"], years=[2023])
    assert set(rows["year"]) == {2023}
    assert rows["indicator"].str.startswith("ao-").all()


def test_what_is_not_imported_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="Run: make"):
        read_released(tmp_path)
    with pytest.raises(ParameterError, match="aldreomsorg"):
        released_years(tmp_path, "aldreomsorgen")
