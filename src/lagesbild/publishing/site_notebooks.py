"""The hand-written pages of the website, run once for each state of what they read and shared among processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.resources import project_root
from lagesbild.files import sha256, write_atomic
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests
from lagesbild.publishing.jobs import Job, run_jobs
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record


@dataclass(frozen=True, kw_only=True)
class _Page:
    """A page to run: its document, parameters, and where the executed notebook lands below the root."""

    document: str
    year: int
    source: str
    notebook: str


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
    shared = code_digests()
    jobs = [_job(layout, name, address, read, shared) for name, address in written_pages().items()]
    return run_jobs(_run, jobs, root=layout.root, title="Sidor", cores=cores)


def _published(layout: Layout) -> dict[str, str]:
    """Return hashes of what tells of the release's open data and its changes, made before the website is built."""
    folders = (layout.release / "data", layout.release / "revideringar")
    files = sorted(path for folder in folders for path in folder.glob("*") if path.is_file())
    return {path.relative_to(layout.root).as_posix(): sha256(path) for path in files}


def _job(layout: Layout, name: str, address: str, read: dict[str, str], shared: dict[str, str]) -> Job:
    document = f"reports/site/{name}"
    notebook = page_notebook_file(layout, address).relative_to(layout.root).as_posix()
    return Job(
        name=address,
        task=_Page(document=document, year=layout.year, source=layout.source, notebook=notebook),
        wanted=Record(
            document=document,
            kind="sida",
            parameters={"year": layout.year, "source": layout.source},
            engine="",
            inputs={**read, document: sha256(project_root() / document), **shared},
            outputs={},
        ),
        record=(layout.records / "sidor" / f"{address}.json").relative_to(layout.root).as_posix(),
        reads=tuple(read),
        writes=(notebook,),
    )


def _run(page: _Page, root: Path) -> None:
    # Only where there is something to run: shells and renderers take long to import.
    from lagesbild.publishing.run_document import run_document  # noqa: PLC0415
    from lagesbild.publishing.site_page import notebook_text  # noqa: PLC0415

    notebook = run_document(project_root() / page.document, {"year": page.year, "source": page.source}, workdir=root)
    write_atomic(root / page.notebook, notebook_text(notebook))
