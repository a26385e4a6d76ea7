"""The options that commands share: a source, year or number of processes that does not exist is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.cli.options import cores, layout
from lagesbild.errors import ParameterError
from lagesbild.publishing.layout import Layout


def test_the_folders_are_those_of_source_and_year(tmp_path: Path) -> None:
    assert layout("demo", 2024, tmp_path) == Layout(root=tmp_path.resolve(), source="demo", year=2024)


def test_an_unknown_source_or_year_is_refused_with_the_nearest(world: Layout) -> None:
    with pytest.raises(ParameterError, match="Did you mean kolada"):
        layout("kolda", 2024, world.root)
    with pytest.raises(ParameterError, match=r"2042.*2024"):
        layout("demo", 2042, world.root)
    assert layout("demo", 0, world.root).source == "demo"


def test_processes_are_those_asked_for_or_one_per_core() -> None:
    assert cores(3) == 3
    assert cores(0) >= 1
