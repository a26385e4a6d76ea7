"""The hand-written pages of the website, run once for each state of what they read and shared among processes."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.resources import project_root
from lagesbild.files import sha256
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.page_jobs import PageKind, run_pages


def written_pages() -> dict[str, str]:
    """Return the hand-written pages of ``reports/site`` but for the method pages, and where they are staged.

    ``om.qmd`` and ``om/index.qmd`` both become ``om/index``: every page's address is a folder.
    """
    top = project_root() / "reports" / "site"
    pages = {}
    for name in sorted(path.relative_to(top) for path in top.rglob("*.qmd")):
        if name.parts[0] != "metod":
            address = name.with_suffix("") if name.stem == "index" else name.with_suffix("") / "index"
            pages[name.as_posix()] = address.as_posix()
    return pages


def page_notebook_file(layout: Layout, address: str) -> Path:
    """Return where the executed notebook of a hand-written page lands."""
    return layout.twins / "sidor" / f"{address}.ipynb"


def run_written_pages(layout: Layout, *, cores: int = 1) -> BatchResult:
    """Run those of the hand-written pages that are not up to date.

    Any of them may read any area's analysis and the open data, so that a new analysis makes them all anew.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    """
    read = {**analysis_digests(layout, AREA_IDS), **_published(layout)}
    pages = PageKind(kind="sida", folder="sidor", read=read, shared=code_digests())
    jobs = []
    for name, address in written_pages().items():
        document = f"reports/site/{name}"
        own = {document: sha256(project_root() / document)}
        notebook = page_notebook_file(layout, address)
        jobs.append(pages.job(layout, address, document=document, own=own, notebook=notebook))
    return run_pages(layout, jobs, title="Sidor", cores=cores)


def _published(layout: Layout) -> dict[str, str]:
    """Return hashes of what tells of the release's open data and its changes, made before the website is built."""
    folders = (layout.release / "data", layout.release / "revideringar")
    files = sorted(path for folder in folders for path in folder.glob("*") if path.is_file())
    return {path.relative_to(layout.root).as_posix(): sha256(path) for path in files}
