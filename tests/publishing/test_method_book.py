"""The metodbok: every method page is a chapter, with labels and links of its own; pages are run once."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import sha256_tree, write_atomic
from lagesbild.publishing import method_notebooks
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_book import MethodBook
from lagesbild.publishing.method_notebooks import documents, method_notebook, run_method_pages
from lagesbild.publishing.method_pages import method_pages

PAGE = """Se [trender](../trender/index.html), [betygen](../index.html#sakerhet), [filen](../../../data/farger.csv) och
[källan](https://example.org/a), @tbl-tal och [nedan](#sec-mer).

## Mer {#sec-mer}

```text
## ingen rubrik {#sec-orörd}
```
"""


@pytest.fixture
def book(tmp_path: Path) -> MethodBook:
    """Return a book whose pages all say the same."""
    layout = Layout(root=tmp_path, source="demo", year=2024)
    cell = nbformat.v4.new_code_cell("print(1)")
    front, table = "---\nfotnot: a\n---\n", "| A |\n|---|\n| 1 |\n\n: Tal {#tbl-tal}\n"
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text) for text in (front, table)]
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(PAGE), cell])
    for name in documents():
        write_atomic(method_notebook(layout, name), nbformat.writes(page))
    return MethodBook(layout)


def test_a_chapter_is_a_level_down_with_labels_and_links_of_its_own(book: MethodBook) -> None:
    text = book.chapter("skillnader")
    assert text.startswith("## Skillnader och färger {#sec-skillnader}\n")
    assert "### Mer {#sec-skillnader-mer}" in text
    assert "[nedan](#sec-skillnader-mer)" in text
    assert "@tbl-skillnader-tal" in text
    assert ": Tal {#tbl-skillnader-tal}" in text
    assert "\n## ingen rubrik {#sec-orörd}\n" in text
    assert "fotnot" not in text


def test_links_lead_to_chapters_and_outside_but_not_to_other_files(book: MethodBook) -> None:
    text = book.chapter("skillnader")
    assert "[trender](#sec-trender)" in text
    assert "[betygen](#grunder-sakerhet)" in text
    assert ", filen och" in text
    assert "[källan](https://example.org/a)" in text


def test_no_method_page_is_left_out(book: MethodBook) -> None:
    first, rest = book.chapter("trender"), book.rest()
    heads = [line for line in (first + rest).split("\n") if line.startswith("## ") and "{#sec-" in line]
    assert len([head for head in heads if "orörd" not in head]) == len(method_pages()) + 1
    assert "{#sec-trender}" not in rest


def test_unknown_and_unrun_pages_are_errors_that_tell_what_to_do(book: MethodBook, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="trender"):
        book.chapter("trend")
    with pytest.raises(NotBuiltError, match="lagesbild metodbok"):
        MethodBook(Layout(root=tmp_path / "none", source="demo", year=2024)).chapter("trender")


def _analysed(layout: Layout, area: str, content: bytes) -> None:
    """Let an area have been analysed, with one file."""
    path = layout.analysis(area, 2024) / "indikatorer.parquet"
    write_atomic(path, content)
    digest = sha256_tree([path], layout.analysis(area))
    write_atomic(layout.analysis(area).parent / f"{area}.digest", f"{digest}\n")


def test_a_page_is_run_once_and_again_when_an_area_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    for area in AREA_IDS:
        _analysed(layout, area, b"0")
    monkeypatch.setattr(method_notebooks, "code_digests", dict)
    assert run_method_pages(layout, ["grunder"]).made == 1
    assert run_method_pages(layout, ["grunder"]).current == 1
    assert "Tre typer av indikatorer" in method_notebook(layout, "grunder").read_text(encoding="utf-8")
    _analysed(layout, "krisberedskap", b"1")
    assert run_method_pages(layout, ["grunder"]).made == 1
