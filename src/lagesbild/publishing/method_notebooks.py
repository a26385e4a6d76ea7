"""The method pages, run once: the website shows them, and the metodbok gathers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.catalogue.resources import project_root
from lagesbild.files import write_atomic
from lagesbild.publishing.analysis_digests import analysis_digests
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.code_digests import code_digests, source_digest
from lagesbild.publishing.jobs import Job, run_jobs
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_pages import method_pages
from lagesbild.publishing.records import Record

#: The page Metod itself, whose text is the book's first chapter.
BASICS = "grunder"


@dataclass(frozen=True, kw_only=True)
class _Page:
    """A method page to run: its document, parameters, and where the executed notebook lands below the root."""

    document: str
    year: int
    source: str
    notebook: str


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
    shared = code_digests()
    jobs = [
        _job(layout, name, document, read, shared)
        for name, document in documents().items()
        if chosen is None or name in chosen
    ]
    return run_jobs(_run, jobs, root=layout.root, title="Metodsidor", cores=cores)


def _job(layout: Layout, name: str, document: str, read: dict[str, str], shared: dict[str, str]) -> Job:
    notebook = method_notebook(layout, name).relative_to(layout.root).as_posix()
    return Job(
        name=name,
        task=_Page(document=document, year=layout.year, source=layout.source, notebook=notebook),
        wanted=Record(
            document=document,
            kind="metodsida",
            parameters={"year": layout.year, "source": layout.source},
            engine="",
            inputs={**read, **source_digest(document), **shared},
            outputs={},
        ),
        record=(layout.records / "metod" / f"{name}.json").relative_to(layout.root).as_posix(),
        reads=tuple(read),
        writes=(notebook,),
    )


def _run(page: _Page, root: Path) -> None:
    # Only where there is something to run: shells and renderers take long to import.
    from lagesbild.publishing.run_document import run_document  # noqa: PLC0415
    from lagesbild.publishing.site_page import notebook_text  # noqa: PLC0415

    notebook = run_document(project_root() / page.document, {"year": page.year, "source": page.source}, workdir=root)
    write_atomic(root / page.notebook, notebook_text(notebook))
