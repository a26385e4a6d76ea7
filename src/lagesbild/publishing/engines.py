"""The two render engines behind one call: Quarto where it is installed, else the embedded one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import nbformat
import yaml
from nbformat import NotebookNode

from lagesbild.publishing.embedded.markdown import front_matter
from lagesbild.publishing.engine_names import engine_name
from lagesbild.publishing.front_matter import split_front_matter

#: What `outputs` may name, with the extension of its file.
FORMATS = ("typst", "html", "pptx", "docx")


@dataclass(frozen=True, kw_only=True)
class Document:
    """An executed notebook and where its products shall land.

    Parameters
    ----------
    notebook
        Executed; it is not run again.
    outputs
        Product by format: "typst" gives a PDF, "html" a page that is whole by itself, "pptx" slides, "docx"
        a document for Word.
    folder
        Where the notebook was run, for images it names by relative paths.
    """

    notebook: NotebookNode
    outputs: Mapping[str, Path]
    folder: Path | None = None


class RenderEngine(Protocol):
    """Renders executed notebooks and whole projects."""

    @property
    def name(self) -> str:
        """The engine's name in the record of products ("embedded", "quarto")."""

    def render_documents(self, documents: Sequence[Document], *, project: Path) -> None:
        """Render documents with the settings of `project`; each product is moved into place whole.

        Raises
        ------
        DocumentError
            If one can't be rendered; products of others may be in place.
        """

    def render_project(
        self, folder: Path, *, output: Path, jobs: int = 1, rendered: Mapping[str, Path] | None = None
    ) -> None:
        """Render the project in `folder` to `output`.

        Parameters
        ----------
        rendered
            Pages that are rendered already, by the path of their source in the project; they may be taken over.

        Raises
        ------
        DocumentError
            If it can't be rendered.
        """


def choose_engine(prefer: str | None = None) -> RenderEngine:
    """Return an engine: the one preferred, else Quarto if ``quarto`` is on PATH, else the embedded one.

    Raises
    ------
    ParameterError
        If there is no engine of that name.
    NotBuiltError
        If Quarto is preferred and not installed.
    """
    # The engines know this module, so it can only import them when one is asked for.
    from lagesbild.publishing.embedded.engine import EmbeddedEngine  # noqa: PLC0415
    from lagesbild.publishing.quarto_cli import QuartoEngine  # noqa: PLC0415

    return QuartoEngine() if engine_name(prefer) == "quarto" else EmbeddedEngine()


def with_metadata(notebook: NotebookNode, values: Mapping[str, Any]) -> NotebookNode:
    """Return a copy of a notebook with values set in its front matter, for what depends on parameters.

    Parameters
    ----------
    notebook
        Its front matter cell is replaced, or made if there is none.
    values
        Metadata such as ``title``, ``subtitle``, ``fotnot``, ``syntetisk``.
    """
    source = front_matter(notebook)
    file = notebook.metadata.get("lagesbild", {}).get("file", "notebook")
    merged = {**split_front_matter(source, file)[0], **values}
    text = f"---\n{yaml.safe_dump(merged, allow_unicode=True, sort_keys=False, width=10_000)}---"
    changed: NotebookNode = nbformat.from_dict(notebook)
    if source:
        changed.cells[0].source = text
    else:
        changed.cells.insert(0, nbformat.v4.new_raw_cell(text, id="front-matter"))
    return changed
