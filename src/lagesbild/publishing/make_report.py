"""Make one report: run its document, render it, keep the executed notebook.

Apart from `reports`, so that a command that finds everything up to date imports no notebook, shell or renderer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import project_root
from lagesbild.files import write_atomic
from lagesbild.publishing.engines import Document, choose_engine, with_metadata
from lagesbild.publishing.rendered_pages import keep_page
from lagesbild.publishing.run_document import run_document
from lagesbild.publishing.site_page import notebook_text, page_notebook

if TYPE_CHECKING:
    from lagesbild.publishing.reports import Report


def make_report(report: Report, root: Path, *, engine: str) -> None:
    """Make one report under `root`, to which its paths are relative (here, or in a cluster worker's own folder)."""
    _warm()
    source = project_root() / report.document
    notebook = with_metadata(run_document(source, report.parameters, workdir=root), report.metadata)
    outputs = {"typst": root / report.pdf}
    if report.docx is not None:
        outputs["docx"] = root / report.docx
    choose_engine(engine).render_documents([Document(notebook=notebook, outputs=outputs)], project=project_root())
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
