"""The embedded engine as one of the render engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lagesbild.errors import ParameterError
from lagesbild.files import write_atomic
from lagesbild.publishing.embedded.document import front_matter_of, notebook_file
from lagesbild.publishing.embedded.docx_text import render_docx
from lagesbild.publishing.embedded.html_page import render_page
from lagesbild.publishing.embedded.pptx_slides import render_slides
from lagesbild.publishing.embedded.project import Format, Project, document_formats, read_project
from lagesbild.publishing.embedded.typst_pdf import render_pdf
from lagesbild.publishing.embedded.website import render_project
from lagesbild.publishing.engines import FORMATS, Document


class EmbeddedEngine:
    """Renders with Pandoc and Typst from their Python packages."""

    name = "embedded"

    def render_documents(self, documents: Sequence[Document], *, project: Path) -> None:
        """Render documents one by one; see `engines.RenderEngine`."""
        settings = read_project(project)
        for document in documents:
            for base, path in document.outputs.items():
                write_atomic(path, render_one(document, base, settings))

    def render_project(
        self, folder: Path, *, output: Path, jobs: int = 1, rendered: Mapping[str, Path] | None = None
    ) -> None:
        """Render a project; see `website.render_project`."""
        render_project(folder, jobs=jobs, output=output, rendered=rendered)


def render_one(document: Document, base: str, project: Project) -> bytes:
    """Return one product of a document: a PDF, a page that is whole by itself, slides, or a document for Word.

    Raises
    ------
    ParameterError
        If `base` is none of "typst", "html", "pptx" and "docx".
    DocumentError
        For a construct outside the supported subset; names file and line.
    """
    if base not in FORMATS:
        raise ParameterError("format", base, FORMATS)
    choice = _choice(document, base, project)
    if base == "typst":
        return render_pdf(document.notebook, project=project, choice=choice, folder=document.folder).content
    if base == "pptx":
        return render_slides(document.notebook, project=project, choice=choice, folder=document.folder)
    if base == "docx":
        return render_docx(document.notebook, project=project, choice=choice, folder=document.folder)
    page = render_page(document.notebook, project=project, choice=choice, folder=document.folder)
    return page.content.encode("utf-8")


def _choice(document: Document, base: str, project: Project) -> Format:
    """Return the document's own format of that base, else the product's plain one."""
    front = front_matter_of(document.notebook)
    file = notebook_file(document.notebook)
    for choice in document_formats(project, front, file):
        if choice.base == base:
            return choice
    name = {"typst": "lagesbild-typst"}.get(base, base)
    return document_formats(project, {**front, "format": name}, file)[0]
