"""Raw inlines set aside while Pandoc works, and put back unchanged."""

from __future__ import annotations

from lagesbild.publishing.embedded.raw_inlines import put_back, set_aside
from lagesbild.publishing.qmd import SourceLine


def _lines(text: str) -> list[SourceLine]:
    return [SourceLine(line, "f", n) for n, line in enumerate(text.split("\n"), 1)]


def _text(lines: list[SourceLine]) -> str:
    return "\n".join(line.text for line in lines)


def test_the_targets_own_comes_back_and_the_others_go() -> None:
    lines, kept = set_aside(_lines("a `<b>`{=html}`#strong[x]`{=typst} c"), "typst")
    assert kept == ["#strong[x]"]
    assert "<b>" not in _text(lines)
    assert put_back(_text(lines), kept) == "a `#strong[x]`{=typst} c"


def test_a_fenced_block_and_plain_code_are_left_alone() -> None:
    text = "```\n`x`{=html}\n```\n\nKod `y` och ``z ` z``{=html}"
    lines, kept = set_aside(_lines(text), "html")
    assert kept == ["z ` z"]
    assert [line.text for line in lines[:3]] == ["```", "`x`{=html}", "```"]
    assert "Kod `y` och" in lines[4].text


def test_a_long_table_line_stays_long_enough_for_relative_widths() -> None:
    lines, _ = set_aside(_lines(f"| x | `{'s' * 80}`{{=html}}`{'t' * 80}`{{=typst}} |"), "html")
    assert 72 < len(lines[0].text) < 100
