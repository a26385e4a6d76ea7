"""Make one kommun's slides: run the document, render it.

Apart from `presentations`, so that a command that finds everything up to date imports no notebook, shell or renderer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lagesbild.catalogue.key_indicators import load_key_indicators
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.priority_weights import load_weights
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.resources import project_root
from lagesbild.publishing.engines import Document, choose_engine, with_metadata
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.run_document import run_document
from lagesbild.publishing.slide_documents import presentation_metadata

if TYPE_CHECKING:
    from lagesbild.publishing.presentations import Task


def make_presentation(task: Task, root: Path, *, engine: str) -> None:
    """Make one kommun's slides under `root` (here, or in a cluster worker's own folder)."""
    from lagesbild.publishing.presentations import DOCUMENT, FILE  # noqa: PLC0415 - it imports this module in turn

    _warm()
    layout = Layout(root=root, source=task.source, year=task.year)
    kommun = kommun_called(task.kommun)
    parameters = {"kommun": task.kommun, "year": task.year, "source": task.source}
    notebook = run_document(project_root() / DOCUMENT, parameters, workdir=root)
    notebook = with_metadata(notebook, presentation_metadata(layout, kommun))
    target = layout.kommun_folder(kommun.slug) / FILE
    choose_engine(engine).render_documents(
        [Document(notebook=notebook, outputs={"pptx": target})], project=project_root()
    )


def _warm() -> None:
    """Read what every document reads before a child is forked for one, so that a worker pays for it once."""
    load_catalogue()
    kommuner()
    load_key_indicators()
    load_weights()
