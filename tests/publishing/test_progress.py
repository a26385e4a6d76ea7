"""Progress tells how many, how fast and how long yet: a bar on a terminal, a few lines elsewhere."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from lagesbild.publishing import progress
from lagesbild.publishing.batch import Outcome
from lagesbild.publishing.progress import pace, shown

SETTLED = [(n, Outcome(name=str(n), error="no" if n == 7 else None)) for n in range(290)]


def test_the_pace_in_words() -> None:
    assert pace(58, 290, 0, 12.6) == "4.6 documents/s, about 50 s left"
    assert pace(29, 290, 1, 60) == "1 failed, 29 documents/min, about 9 min left"
    assert pace(290, 290, 0, 58) == "5.0 documents/s"
    assert pace(0, 290, 0, 0) == ""


def test_without_a_terminal_a_large_batch_prints_few_lines_with_rate_and_time_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert list(shown(iter(SETTLED), 290, "Rapporter")) == SETTLED
    lines = capsys.readouterr().err.splitlines()
    assert 5 <= len(lines) <= 15
    assert re.fullmatch(r"Rapporter: 29/290, 1 failed, [0-9.]+ documents/s(, about \d+ s left)?", lines[0])
    assert lines[-1].startswith("Rapporter: 290/290, 1 failed, ")


def test_a_terminal_gets_a_bar_with_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(progress, "Console", lambda **_: Console(file=written, force_terminal=True, width=100))
    assert list(shown(iter(SETTLED), 290, "Rapporter")) == SETTLED
    assert "290/290" in written.getvalue()
    assert "documents/s" in written.getvalue()
