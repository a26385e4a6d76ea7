"""Tables come out of Pandoc with the rows, alignments and words that went in."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pypandoc
import pytest

from lagesbild.presentation.tables import (
    Column,
    Markup,
    answer_cell,
    colour_cell,
    colour_legend,
    table,
)

COLUMNS = [Column(head="Indikator | del", width=3), Column(head="Ale, %", align="right"), Column(head="Läge")]


def parsed(markdown: str) -> dict[str, Any]:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "json"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    blocks = json.loads(done.stdout)["blocks"]
    assert [block["t"] for block in blocks] == ["Table"]
    found: dict[str, Any] = blocks[0]["c"]
    return found


def plain(markdown: str) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "plain", "--wrap=none"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_a_table_has_its_columns_alignments_and_widths() -> None:
    content = parsed(table(COLUMNS, [["Nöjda | helt", "87", colour_cell("gron")], ["*Trygga*", "..", "-"]]))
    aligned = [spec[0]["t"] for spec in content[2]]
    widths = [spec[1]["c"] for spec in content[2]]
    assert aligned == ["AlignLeft", "AlignRight", "AlignLeft"]
    assert widths == pytest.approx([0.6, 0.2, 0.2], abs=0.01)
    assert len(content[4][0][3]) == 2


def test_data_text_is_literal_and_colours_have_symbol_word_and_class() -> None:
    markdown = table(COLUMNS, [["Nöjda | helt", "..", colour_cell("rod")], ["*Trygga* @x", "-", answer_cell("ja")]])
    text = plain(markdown)
    for words in ("Nöjda | helt", "*Trygga* @x", " .. ", " - ", "▼\u00a0Bland de sämsta", "✓\u00a0Ja"):
        assert words in text
    assert "[▼\u00a0Bland de sämsta]{.rod}" in markdown
    assert "[✓\u00a0Ja]{.gron}" in markdown


def test_no_colour_is_no_class() -> None:
    assert colour_cell(None) == Markup("–")
    assert colour_cell(None, "87") == Markup("87")
    assert colour_cell(float("nan")) == Markup("–")  # type: ignore[arg-type]
    assert colour_cell("gul", "87 %").markdown == "[■\u00a087 %]{.gul}"
    assert answer_cell(None, "..").markdown == "\\.\\."


def test_a_table_that_would_be_broken_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        table(COLUMNS, [])
    with pytest.raises(ValueError, match="row 2 has 2 cells"):
        table(COLUMNS, [["a", "b", "c"], ["a", "b"]])
    with pytest.raises(ValueError, match="no name"):
        table(COLUMNS, [[" ", "b", "c"]])


def test_the_legend_has_symbol_and_word() -> None:
    assert "▲\u00a0Bland de bästa: den bästa fjärdedelen av kommunerna" in plain(colour_legend())
    assert "◆\u00a0Delvis" in plain(colour_legend(answers=True))
