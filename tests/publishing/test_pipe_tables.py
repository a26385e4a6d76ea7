"""Tables written past Pandoc are those that Pandoc and the engine's filter would have written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lagesbild.presentation.marks import Mark
from lagesbild.presentation.tables import Cell, Column, Markup, answer_cell, captioned_table, colour_cell, table
from lagesbild.publishing.embedded import pandoc
from lagesbild.publishing.embedded.cell_inlines import inlines, plain_of, typst_of
from lagesbild.publishing.embedded.pipe_tables import write_tables
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.qmd import SourceLine

_COLUMNS = [Column(head="Indikator | del", width=3), Column(head="Ale, %", align="right"), Column(head="Läge")]
_ROWS: list[list[Cell]] = [
    ["Nöjda | helt", "12\u202f345", colour_cell("gron")],
    [Markup("**Trygga** och *lugna*"), "..", answer_cell("nej")],
    [Markup("[Hemlöshet](#sec-a)"), "<0,1 & mer", Mark(svg="<svg></svg>", alt="Ett \\ streck", width=9)],
]
_LUA = Path(pandoc.__file__).parents[4] / "_extensions" / "lagesbild" / "lagesbild.lua"


def _lines(text: str) -> list[SourceLine]:
    return [SourceLine(line, "f.qmd", n) for n, line in enumerate(text.split("\n"), 1)]


def _converted(text: str, target: str, tmp_path: Path) -> str:
    template = tmp_path / f"template.{target}"
    template.write_text("$body$", encoding="utf-8")
    settings: dict[str, Any] = {
        "target": target, "words": words("sv"), "scratch": str(tmp_path), "project": str(tmp_path), "folders": [],
        "folder_in_project": "", "to_top": "", "shift_headings": False, "number_sections": False, "pages": None,
    }  # fmt: skip
    return pandoc.convert(
        _lines(text), target=target, metadata={"lang": "sv"}, template=template, settings=settings, scratch=tmp_path,
        filters=[_LUA],
    )  # fmt: skip


def _bare(output: str) -> str:
    """Return output without what the two ways write differently for the same thing."""
    output = re.sub(r' scope="(row|col)"| style="width:100%;"', "", output)
    output = re.sub(r'#?"((?:[^"\\]|\\.)*)";?(?=[\],#])', r"\1", output) if "#table(" in output else output
    return re.sub(r"[\[\]\\]|\n\s*", "", output).replace("~", "\u00a0").replace("\n", "")


@pytest.mark.parametrize("target", ["typst", "html"])
def test_a_table_is_the_one_that_pandoc_writes(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = captioned_table(_COLUMNS, _ROWS, caption="Läget *nu*, @tbl-b", label="tbl-a")
    text = f"# A {{#sec-a}}\n\n{drawn}\n\n{captioned_table(_COLUMNS, _ROWS, caption='Igen', label='tbl-b')}"
    fast = _converted(text, target, tmp_path)
    monkeypatch.setattr(pandoc, "write_tables", lambda lines, *_: list(lines))
    slow = _converted(text, target, tmp_path)
    assert "Nöjda | helt" in fast
    if target == "html":
        fast = fast.replace('aria-label="Tabell"', 'aria-label="Läget nu, Tabell 2"')
        slow = re.sub(r'aria-label="Läget nu, [^"]*"', 'aria-label="Läget nu, Tabell 2"', slow)
        assert fast.count('scope="row"') == 6
    assert _bare(fast) == _bare(slow)


def test_what_only_pandoc_knows_is_left_to_it() -> None:
    for cell in ("`kod`", "x^2^", "a -- b", "[sida](a.qmd)", "'ord'", "![b](c.png)", "<b>", "**a", "{{< meta >}}"):
        assert inlines(cell, "html") is None, cell
        text = table(_COLUMNS, [["a", Markup(cell), "b"]])
        assert [line.text for line in write_tables(_lines(text), "html", "Tabell")] == text.split("\n")


def test_a_cell_of_text_is_a_string_and_data_never_become_typst() -> None:
    assert typst_of(inlines('a\\"b\\#c', "typst") or []) == '"a\\"b#c"'
    assert typst_of(inlines("**a\\#b** c", "typst") or []) == '[#strong[#"a#b";]#" c";]'
    assert plain_of(inlines("**a** [b]{.gul}", "html") or []) == "a b"


def test_code_and_tables_with_chosen_widths_are_left_alone() -> None:
    drawn = table(_COLUMNS, _ROWS)
    for text in (f"```\n\n{drawn}```", f'::: {{#tbl-a tbl-colwidths="[1,1,1]"}}\n\n{drawn}\nText\n\n:::'):
        assert [line.text for line in write_tables(_lines(text), "html", "Tabell")] == text.split("\n")
