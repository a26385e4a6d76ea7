"""Every PDF is tagged, in Swedish, titled, and can be read by those who can't see it (PDF/UA-1)."""

from __future__ import annotations

from built import Built
from pdfs import PdfFacts

from lagesbild.catalogue.areas import AREA_IDS


def test_every_pdf_is_accessible(built: Built, pdfs: list[PdfFacts]) -> None:
    """Title, language, tags, headings, tables, alternative texts and links of every document."""
    assert pdfs
    faulty = {built.named(one.path): sorted(set(one.faults)) for one in pdfs if one.faults}
    assert faulty == {}


def test_a_faktablad_has_two_pages(built: Built, pdfs: list[PdfFacts]) -> None:
    pages = {built.named(one.path): len(one.pages) for one in pdfs if one.path.name == "faktablad.pdf"}
    assert len(pages) == len(AREA_IDS)
    assert set(pages.values()) == {2}, pages


def test_no_page_is_empty(built: Built, pdfs: list[PdfFacts]) -> None:
    """A page holds more than the header and footer that every page has."""
    empty = [
        f"{built.named(one.path)} page {number}"
        for one in pdfs
        for number, text in enumerate(one.pages, start=1)
        if len(text.split()) < 25
    ]
    assert empty == []
