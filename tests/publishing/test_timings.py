"""Seconds of each step, kept outside the release."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lagesbild.publishing.layout import Layout
from lagesbild.publishing.timings import seconds_of, timed


def test_the_parts_of_a_step_are_summed_and_a_step_run_again_replaces_its_time(tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    assert seconds_of(layout, "analyse") == 0
    for part in ("a", "b", "b"):
        with timed(layout.work, "analyse", part):
            time.sleep(0.02)
    assert 0.04 <= seconds_of(layout, "analyse") < 1
    assert {path.name for path in (layout.work / "timings").iterdir()} == {"analyse-a", "analyse-b"}


def test_a_step_that_failed_has_no_time(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), timed(tmp_path, "import"):
        raise ZeroDivisionError
    assert not (tmp_path / "timings").exists()
