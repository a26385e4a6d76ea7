"""Run a page of the website once for each state of what it reads, as a job of a batch: its notebook is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.resources import project_root
from lagesbild.files import write_atomic
from lagesbild.publishing.batch import BatchResult
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


@dataclass(frozen=True, kw_only=True)
class PageKind:
    """Pages that are run alike.

    Parameters
    ----------
    kind
        What they are in the manifest ("metodsida").
    folder
        Folder of their records.
    read
        SHA-256 of the files that any of them may read, by path relative to the root.
    shared
        Hashes of what else decides them all.
    """

    kind: str
    folder: str
    read: Mapping[str, str]
    shared: Mapping[str, str]

    def job(self, layout: Layout, name: str, *, document: str, own: Mapping[str, str], notebook: Path) -> Job:
        """Return the job of one page.

        Parameters
        ----------
        name
            Its name, and its record's.
        document
            Source document, relative to the project.
        own
            Hashes of what decides this page alone.
        notebook
            Where the executed notebook lands.
        """
        path = notebook.relative_to(layout.root).as_posix()
        return Job(
            name=name,
            task=_Page(document=document, year=layout.year, source=layout.source, notebook=path),
            wanted=Record(
                document=document,
                kind=self.kind,
                parameters={"year": layout.year, "source": layout.source},
                engine="",
                inputs={**self.read, **own, **self.shared},
                outputs={},
            ),
            record=(layout.records / self.folder / f"{name}.json").relative_to(layout.root).as_posix(),
            reads=tuple(self.read),
            writes=(path,),
        )


def run_pages(layout: Layout, jobs: Sequence[Job], *, title: str, cores: int) -> BatchResult:
    """Run those of the pages that are not up to date."""
    return run_jobs(_run, jobs, root=layout.root, title=title, cores=cores)


def _run(page: _Page, root: Path) -> None:
    # Only where there is something to run: shells and renderers take long to import.
    from lagesbild.publishing.run_document import run_document  # noqa: PLC0415
    from lagesbild.publishing.site_page import notebook_text  # noqa: PLC0415

    notebook = run_document(project_root() / page.document, {"year": page.year, "source": page.source}, workdir=root)
    write_atomic(root / page.notebook, notebook_text(notebook))
