"""Make one report: run its document, render it, keep the executed notebook.

Apart from `reports`, so that a command that finds everything up to date imports no notebook, shell or renderer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import project_root
from lagesbild.files import write_atomic
from lagesbild.publishing.engines import Document, choose_engine, with_metadata
from lagesbild.publishing.rendered_pages import keep_page
from lagesbild.publishing.run_document import run_document
from lagesbild.publishing.site_page import notebook_text, page_notebook
from lagesbild.publishing.trace_ids import notebook_with_ids, product_of

if TYPE_CHECKING:
    from lagesbild.publishing.reports import Report


def make_report(report: Report, root: Path, *, engine: str) -> None:
    """Make one report under `root`, to which its paths are relative (here, or in a cluster worker's own folder)."""
    _warm()
    notebook = _executed(report, root)
    choose_engine(engine).render_documents([_document(report, notebook, root)], project=project_root())
    _keep(report, notebook, root)


def make_together(reports: Sequence[Report], root: Path, *, engine: str) -> list[Exception | None]:
    """Make several reports, each notebook by itself and all rendered at once; return the error of each, or None.

    Raises
    ------
    DocumentError
        If they can't be rendered.
    """
    _warm()
    notebooks: dict[int, NotebookNode] = {}
    errors: list[Exception | None] = [None] * len(reports)
    for number, report in enumerate(reports):
        try:
            notebooks[number] = _executed(report, root)
        except Exception as error:  # one bad notebook must not stop the others
            errors[number] = error
    documents = [_document(reports[number], notebook, root) for number, notebook in notebooks.items()]
    if documents:
        choose_engine(engine).render_documents(documents, project=project_root())
    for number, notebook in notebooks.items():
        _keep(reports[number], notebook, root)
    return errors


def _executed(report: Report, root: Path) -> NotebookNode:
    source = project_root() / report.document
    executed = with_metadata(run_document(source, report.parameters, workdir=root), report.metadata)
    return notebook_with_ids(executed, product_of(report.pdf))


def _document(report: Report, notebook: NotebookNode, root: Path) -> Document:
    outputs = {"typst": root / report.pdf}
    if report.docx is not None:
        outputs["docx"] = root / report.docx
    return Document(notebook=notebook, outputs=outputs)


def _keep(report: Report, notebook: NotebookNode, root: Path) -> None:
    """Write a report's notebook, and its page of the website."""
    twin = page_notebook(notebook)
    text = notebook_text(twin)
    write_atomic(root / report.twin, text)
    if report.page is not None:
        keep_page(report, twin, text, root)


def _warm() -> None:
    """Read what every report reads before a child is forked for one, so that a worker pays for it once."""
    load_catalogue()
    kommuner()
    kommungrupper()
