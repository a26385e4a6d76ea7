"""Spårkoder: what an id is made of, where it is written, and that nothing else of a text changes."""

from __future__ import annotations

import re

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagesbild.presentation.svg import Figure
from lagesbild.presentation.tables import Column, captioned_table
from lagesbild.publishing.embedded.pipe_tables import write_tables
from lagesbild.publishing.qmd import SourceLine
from lagesbild.publishing.trace_ids import (
    ALPHABET,
    floats_of,
    id_text,
    notebook_floats,
    notebook_with_ids,
    product_of,
    read_id,
    trace_id,
    with_ids,
    without_ids,
)

PRODUCT = "kommuner/1440-ale/kommunrapport.pdf"
EXPECTED = "9CV6-FX7W"
TABLE = captioned_table(
    [Column(head="Indikator"), Column(head="Ale")], [["Nöjda", "80"]], caption="Ale 2024.", label="tbl-a"
)
FIGURE = Figure(svg="<svg>\n\n</svg>", alt="Tre staplar").block_markdown("Utveckling: Ale.", "fig-b")
PAGE = f"Ingress.\n\n{TABLE}\n\nText om @tbl-a och @fig-b.\n\n{FIGURE}\n\nSlut.\n"


def test_an_id_is_forty_bits_of_the_hash_of_product_and_label() -> None:
    # sha256sum begins 4b3667f4fc; base64.b32encode gives JM3GP5H4, and the same values in Crockford's signs are these.
    assert trace_id(PRODUCT, "tbl-a") == EXPECTED
    assert trace_id(PRODUCT, "tbl-b") != EXPECTED != trace_id("omraden/a/faktablad.pdf", "tbl-a")


@given(st.text(max_size=40), st.text(max_size=20))
def test_an_id_is_read_however_it_is_typed(product: str, label: str) -> None:
    made = trace_id(product, label)
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", made)
    assert {read_id(made), read_id(made.lower()), read_id(made.replace("-", ""))} == {made}
    assert read_id(made.replace("0", "O").replace("1", "l")) == made


@pytest.mark.parametrize("text", ["", "K7Q2", "K7Q2-F3MX-A", "K7Q2-F3MU", "aldreomsorg"])
def test_what_can_be_no_id_is_none(text: str) -> None:
    assert read_id(text) is None


def test_every_caption_ends_with_its_id_and_nothing_else_changes() -> None:
    made = with_ids(PAGE, PRODUCT)
    table, figure = (f"[{id_text(PRODUCT, label)}]{{.sparkod}}" for label in ("tbl-a", "fig-b"))
    assert f"\n: Ale 2024. {table} {{#tbl-a}}\n" in made
    assert f"\n\nUtveckling\\: Ale\\. {figure}\n\n:::\n" in made
    assert made.count("{.sparkod}") == 2
    assert without_ids(made) == PAGE
    assert [one.label for one in floats_of(made)] == ["tbl-a", "fig-b"]
    assert [one.id for one in floats_of(made)] == [trace_id(PRODUCT, "tbl-a"), trace_id(PRODUCT, "fig-b")]


def test_a_text_without_labels_stays_as_it_is() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Utan märkning\n\n::: {.ladda-ner}\n\nx\n\n:::\n"
    assert with_ids(text, PRODUCT) == text


def test_english_pages_say_it_in_english() -> None:
    assert id_text("site/en/data/index.html", "tbl-files").startswith("Trace code\u00a0")


def test_a_notebook_shows_ids_in_what_its_cells_print_and_in_no_code() -> None:
    code = f"print({PAGE!r})"
    printed = nbformat.v4.new_output("stream", name="stdout", text=PAGE)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, outputs=[printed])])
    made = notebook_with_ids(notebook, PRODUCT)
    assert made.cells[0].source == code
    assert [(number, one.label) for number, one in notebook_floats(made)] == [(1, "tbl-a"), (1, "fig-b")]


def test_a_screen_reader_names_the_table_without_its_id() -> None:
    lines = [SourceLine(line, "a.qmd", 1) for line in with_ids(TABLE, PRODUCT).split("\n")]
    written = "\n".join(line.text for line in write_tables(lines, "html", "Tabell"))
    assert 'aria-label="Ale 2024."' in written
    assert written.count(trace_id(PRODUCT, "tbl-a")) == 1


def test_a_product_is_told_by_its_place_in_the_release() -> None:
    assert product_of("_release/demo-2024/kommuner/1440-ale/kommunrapport.pdf") == PRODUCT
