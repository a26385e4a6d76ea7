"""The method pages, run once: the website shows them, and the metodbok gathers them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests, source_digest
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_pages import method_pages
from lagesbild.publishing.page_jobs import PageKind, run_pages

#: The page Metod itself, whose text is the book's first chapter.
BASICS = "grunder"


def documents() -> dict[str, str]:
    """Return the document of each chapter by its name: the page Metod, and every method page by its slug."""
    return {BASICS: "reports/site/metod.qmd", **{page.slug: page.document for page in method_pages()}}


def method_notebook(layout: Layout, name: str) -> Path:
    """Return where the executed notebook of a method page lands."""
    return layout.twins / "metod" / name / "index.ipynb"


def run_method_pages(layout: Layout, chosen: Sequence[str] | None = None, *, cores: int = 1) -> BatchResult:
    """Run those of the chosen method pages, or of all, that are not up to date.

    Examples on a page may come from any area, so that a new analysis of one makes them all anew.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    """
    read = analysis_digests(layout, AREA_IDS)
    pages = PageKind(kind="metodsida", folder="metod", read=read, shared=code_digests())
    jobs = [
        pages.job(layout, name, document=document, own=source_digest(document), notebook=method_notebook(layout, name))
        for name, document in documents().items()
        if chosen is None or name in chosen
    ]
    return run_pages(layout, jobs, title="Metodsidor", cores=cores)
