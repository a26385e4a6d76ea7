"""Text from data comes out of a document as the characters it was, whatever they are."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from typing import Any

import pypandoc
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from lagesbild.presentation import escape
from lagesbild.presentation.escape import html_text, markdown_attribute, markdown_text, one_line, typst_string

NASTY = [
    "@fig-karta och [@tbl-a]",
    "{{< meta title >}}",
    "<script>alert(1)</script> &amp; &",
    "$x^2$ | `kod`{=html} ~~nej~~ ^upp^ ~ned~",
    "# Rubrik",
    "1. Första",
    "a) Andra",
    "(@) exempel",
    "- punkt",
    "+ punkt",
    "> citat",
    "% titel",
    "::: {.callout}",
    "| rad",
    "Tabell: text",
    ": text",
    "[länk](http://x.se) ![bild](b.png)",
    "*a* **b** _c_ __d__",
    "\"citat\" 'enkelt' -- --- ...",
    "\\newpage \\textbf{x}",
    "t.ex. 12\u202f345 kr, 87\u00a0%",
    "e.g. Mr. Smith",
    ":smile: http://a.se a@b.se",
    "rad ett\nrad två\r\n\tindrag",
    "Malung-Sälen–Åre",
    "a\\",
    "==markerad==",
    "[x]{.gron}",
    "x^[not]",
    "[^1]",
]
# What Quarto reads, which has more extensions on than Pandoc's own default.
READERS = ["markdown", "markdown+autolink_bare_uris+emoji+mark+hard_line_breaks"]


def ast(markdown: str, reader: str = "markdown") -> list[dict[str, Any]]:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", reader, "-t", "json"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    blocks: list[dict[str, Any]] = json.loads(done.stdout)["blocks"]
    return blocks


def literal(inlines: list[dict[str, Any]]) -> str:
    """Return inlines that are nothing but text; anything else fails."""
    assert {inline["t"] for inline in inlines} <= {"Str", "Space"}, inlines
    return "".join(inline.get("c", " ") for inline in inlines)


@pytest.mark.parametrize("reader", READERS)
def test_every_special_construct_is_literal(reader: str) -> None:
    blocks = ast("\n\n".join(markdown_text(text) for text in NASTY), reader)
    assert [block["t"] for block in blocks] == ["Para"] * len(NASTY)
    assert [literal(block["c"]) for block in blocks] == [one_line(text) for text in NASTY]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.one_of(st.sampled_from(" \n\t`*_{}[]()<>#+-.!|@$~^=:&%\"'\\/1ab"), st.characters()), min_size=1),
        min_size=1,
        max_size=12,
    )
)
def test_any_text_survives_markdown(texts: list[str]) -> None:
    texts = [text for text in texts if one_line(text)]
    # Each after a first word and each alone: what means something may do so only at the start of a line.
    for prefix in ("", "ord "):
        blocks = ast("\n\n".join(prefix + markdown_text(text) for text in texts))
        assert [literal(block["c"]) for block in blocks] == [prefix + one_line(text) for text in texts]


def test_text_in_a_table_cell_and_a_heading_stays_there() -> None:
    table = ast(f"| a | b |\n|---|---|\n| {markdown_text('x | y `|`')} | 2 |\n")[0]
    row = table["c"][4][0][3][0][1]
    assert [literal(cell[4][0]["c"]) for cell in row] == ["x | y `|`", "2"]
    heading = ast(f"## {markdown_text('Del {#sec-x} ##')}")[0]
    assert literal(heading["c"][2]) == "Del {#sec-x} ##"


@pytest.mark.parametrize("text", [*NASTY, 'a "b" \\ c', "{{< x >}}"])
def test_an_attribute_keeps_the_words(text: str) -> None:
    image = ast(f'![x](b.png){{fig-alt="{markdown_attribute(text)}"}}')[0]
    inline = image["c"][0] if image["t"] == "Para" else image["c"][2][0]["c"][0]
    alt = dict(inline["c"][0][2])["fig-alt"]
    assert alt == one_line(text).replace("{{", "{ {").replace("}}", "} }")
    assert "{{<" not in markdown_attribute(text)


@given(st.text())
def test_html_reads_back_and_holds_nothing_that_ends_a_code_span(text: str) -> None:
    assert html.unescape(html_text(text)) == one_line(text)
    assert not set('`|{}<>"\n') & set(html_text(text))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Co", "Cn", "Cc")), max_size=40))
def test_typst_reads_the_string_back(text: str) -> None:
    source = f"#metadata({typst_string(text)}) <t>"
    assert not set("`|\n") & set(source)
    found = typst.query(source.encode(), "<t>", field="value", one=True)
    assert json.loads(found) == one_line(text)


def test_what_passes_as_plain_text_is_nothing_that_one_line_would_change() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    assert all(escape._kept(character) == character for character in characters if escape._PLAIN(character))
