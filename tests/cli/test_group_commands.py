"""Reports of groups, districts and chosen areas: what is asked wrongly is told with a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lagesbild.cli import app


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lan", "Västra Götalans län"], "Did you mean Västra Götalands län"),
        (["lan", "Hallands län"], "lagesbild analyse"),
        (["grupp"], "--kommuner"),
        (["grupp", "Nätverket"], "egna_grupper.csv"),
        (["grupp", "--kommuner", "Aale,Kungälv"], "Did you mean Ale"),
        (["grupp", "--kommuner", "Ale,Kungälv", "--areas", "aldromsorg"], "Did you mean aldreomsorg"),
        (["kommun", "Ale", "--areas", "aldromsorg"], "Did you mean aldreomsorg"),
        (["kommun", "--stadsdel", "Södermalm"], "one kommun"),
        (["kommun", "Ale", "--stadsdel", "Södermalm"], "stadsdelar"),
    ],
)
def test_what_cannot_be_made_is_told(tmp_path: Path, arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, [*arguments, "--root", str(tmp_path)])
    assert result.exit_code == 1
    assert words in " ".join(result.stderr.split())
