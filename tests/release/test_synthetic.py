"""Invented figures say so in every product and on every page; real ones never do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from built import SYNTHETIC, Built
from pages import Page
from pdfs import PdfFacts

from lagesbild.catalogue.regions import kommuner

#: Tables of the open data that hold what is typed by hand and no figure: true whatever the figures are.
REGISTERS = {f"data/{name}.csv" for name in ("katalog", "kommuner", "kommungrupper", "lan", "matplan", "omraden")}

#: Files whose text a reader may see.
TEXTS = (".html", ".csv", ".json", ".ipynb", ".svg", ".rdf", ".txt", ".xml")


@pytest.fixture
def invented(built: Built) -> Built:
    if not built.synthetic:
        pytest.skip("the release holds real figures")
    return built


def test_every_page_of_every_pdf(invented: Built, pdfs: list[PdfFacts]) -> None:
    silent = [
        f"{invented.named(one.path)} page {number}"
        for one in pdfs
        for number, text in enumerate(one.pages, start=1)
        if SYNTHETIC not in text
    ]
    assert silent == []


def test_every_web_page_says_so_where_it_is_seen(invented: Built, pages: list[Page]) -> None:
    """The words stand in the page's body, not only in a comment or in metadata."""
    assert pages
    silent = [invented.named(page.path) for page in pages if SYNTHETIC not in page.tree.find("body").text_content()]
    assert silent == []


def test_every_data_file_and_notebook(invented: Built) -> None:
    files = [path for path in invented.files if path.suffix in (".csv", ".ipynb") or path.name == "datapackage.json"]
    files = [path for path in files if _holds_rows(path) and invented.named(path) not in REGISTERS]
    assert len(files) > len(kommuner())
    assert [invented.named(path) for path in files if SYNTHETIC.encode() not in path.read_bytes()] == []


def _holds_rows(path: Path) -> bool:
    """Return whether a file has more than a head: what has changed in a first release has none."""
    return path.suffix != ".csv" or path.read_bytes().count(b"\n") > 1


def test_every_row_of_the_data(invented: Built) -> None:
    """A row that is copied out of its file still says it."""
    silent = []
    for path in invented.files:
        if path.suffix == ".csv" and invented.named(path) not in REGISTERS:
            rows = path.read_text(encoding="utf-8-sig").splitlines()[1:]
            if not all(SYNTHETIC in row for row in rows):
                silent.append(invented.named(path))
    assert silent == []


def test_every_executed_notebook_shows_it(invented: Built) -> None:
    """The words stand in an output, not only in the code."""
    silent = []
    for path in invented.files:
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            outputs = json.dumps([cell.get("outputs", []) for cell in cells], ensure_ascii=False)
            if SYNTHETIC not in outputs:
                silent.append(invented.named(path))
    assert silent == []


def test_every_figure_of_the_site(invented: Built, pages: list[Page]) -> None:
    """A figure that is cut out of its page still says it: in the drawing, or beside small ones of a group."""
    silent = []
    for page in pages:
        # Small series in a table's cells are the table's; what is cut out is the table, whose page says it.
        for figure in page.tree.xpath("//figure[.//svg and not(.//table)]"):
            # Some figures draw their letters as outlines; then the label is what tells them in words.
            words = [*figure.itertext(), *figure.xpath(".//svg/@aria-label")]
            if SYNTHETIC not in " ".join(str(word) for word in words):
                silent.append(f"{invented.named(page.path)} {figure.getparent().get('id')}")
        for picture in page.tree.xpath("//img"):
            path, _ = page.target(picture.get("src"))
            if path.suffix == ".svg" and SYNTHETIC not in _text_of(path.read_text(encoding="utf-8")):
                silent.append(f"{invented.named(page.path)} {picture.get('src')}")
    assert silent == []


def _text_of(svg: str) -> str:
    return " ".join([*re.findall(r'aria-label="([^"]*)"', svg), *re.findall(r">([^<]+)<", svg)])


def test_real_figures_are_nowhere_called_invented(built: Built, pdfs: list[PdfFacts]) -> None:
    if built.synthetic:
        pytest.skip("the release holds invented figures")
    word = re.compile(rb"syntetiska|p\xc3\xa5hittad", re.IGNORECASE)
    # The pages on methods, and the book of them, show simulations too: invented figures in any release, that say so.
    simulated = built.site / "metod"
    book = built.folder / "metod" / "metodbok.pdf"
    read = [path for path in built.files if path.suffix in TEXTS and simulated not in path.parents]
    wrong = [built.named(path) for path in read if word.search(path.read_bytes())]
    wrong += [built.named(one.path) for one in pdfs if one.path != book and word.search(" ".join(one.pages).encode())]
    assert wrong == []
