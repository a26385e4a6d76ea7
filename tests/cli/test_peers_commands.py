"""``lagesbild peers``: what is asked wrongly is told, what isn't imported says how it is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lagesbild.cli import app


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "or --agreement"),
        (["Alle"], "Did you mean Ale"),
        (["Ale"], "lagesbild import --source kolada"),
        (["--agreement"], "lagesbild import --source kolada"),
    ],
)
def test_what_cannot_be_answered_is_told(tmp_path: Path, arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, ["peers", *arguments, "--source", "kolada", "--root", str(tmp_path)])
    assert result.exit_code != 0
    assert words in result.stderr
