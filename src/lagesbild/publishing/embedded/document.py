"""What both formats need of a document before Pandoc sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from nbformat import NotebookNode

from lagesbild.publishing.embedded.markdown import assemble, front_matter
from lagesbild.publishing.embedded.project import Format, Project, document_metadata, execute_options
from lagesbild.publishing.embedded.shortcodes import expand
from lagesbild.publishing.embedded.subset import check
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.front_matter import split_front_matter
from lagesbild.publishing.qmd import SourceLine


@dataclass(frozen=True)
class Prepared:
    """A document as Markdown lines, checked, with its metadata and images.

    Parameters
    ----------
    file
        The source document, for messages.
    at
        Where the document stands in the project being rendered, for its links and images.
    target
        "typst" or "html".
    lines, media
        See `markdown.Assembled`.
    metadata
        The document's metadata, its project's and its format's.
    project, folder
        See `typst_pdf.render_pdf`.
    """

    file: str
    at: str
    target: str
    lines: list[SourceLine]
    media: dict[str, bytes]
    metadata: dict[str, Any]
    project: Project
    folder: Path | None

    @property
    def language(self) -> str:
        """The document's language tag."""
        return str(self.metadata["lang"])

    def write_media(self, scratch: Path) -> None:
        """Write the images that cells have shown."""
        (scratch / "media").mkdir(exist_ok=True)
        for name, content in self.media.items():
            (scratch / name).write_bytes(content)

    def settings(self, scratch: Path) -> dict[str, Any]:
        """Return what ``engine.lua`` needs to know of the document."""
        inside = PurePosixPath(self.at).parent.as_posix()
        own = self.project.folder / inside
        return {
            "target": self.target,
            "words": words(self.language),
            "number_sections": bool(self.metadata.get("number-sections")),
            "scratch": str(scratch),
            "project": str(self.project.folder),
            "folders": [str(folder) for folder in (self.folder, own) if folder is not None],
            "folder_in_project": "" if inside == "." else inside,
            "to_top": "../" * (len(PurePosixPath(self.at).parts) - 1),
        }


def notebook_file(notebook: NotebookNode) -> str:
    """Return the path in its project of the document a notebook was made from."""
    return str(notebook.metadata.get("lagesbild", {}).get("file", "notebook.ipynb"))


def front_matter_of(notebook: NotebookNode) -> dict[str, Any]:
    """Return the metadata of a notebook's front matter."""
    return split_front_matter(front_matter(notebook), notebook_file(notebook))[0]


def prepare(
    notebook: NotebookNode,
    *,
    project: Project,
    choice: Format,
    folder: Path | None = None,
    at: str | None = None,
) -> Prepared:
    """Return an executed notebook as checked Markdown for one format.

    Parameters
    ----------
    notebook, project, choice, folder
        See `typst_pdf.render_pdf`.
    at
        Where it stands in the project; where its source stood if null.

    Raises
    ------
    DocumentError
        For a construct outside the supported subset; names file and line.
    """
    front: Mapping[str, Any] = front_matter_of(notebook)
    metadata = document_metadata(project, front, choice)
    assembled = assemble(notebook, choice.base, execute_options(project, front))
    lines = expand(assembled.lines, target=choice.base, metadata=metadata, variables=project.variables)
    check(lines, target=choice.base)
    file = notebook_file(notebook)
    return Prepared(file, at or file, choice.base, lines, assembled.media, metadata, project, folder)
