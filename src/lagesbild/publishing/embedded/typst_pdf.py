"""From an executed notebook to Typst source and an accessible PDF (PDF/UA-1)."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst
from nbformat import NotebookNode

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError
from lagesbild.presentation.font_files import font_folder
from lagesbild.publishing.embedded.document import Prepared, prepare
from lagesbild.publishing.embedded.pandoc import convert
from lagesbild.publishing.embedded.project import Format, Project

TEMPLATE = Path(__file__).with_name("document.typ")
PDF_STANDARD: Literal["ua-1"] = "ua-1"

#: After so many documents Typst forgets what it has laid out.
REMEMBERED = 10

_TOP_HEADING = re.compile(r"^# \S")


@dataclass(frozen=True)
class Pdf:
    """A compiled document.

    Parameters
    ----------
    content
        The PDF's bytes.
    source
        The Typst it was compiled from, for ``keep-typ``.
    """

    content: bytes
    source: str


def render_pdf(notebook: NotebookNode, *, project: Project, choice: Format, folder: Path | None = None) -> Pdf:
    """Return an executed notebook as PDF/UA-1.

    Parameters
    ----------
    notebook
        Executed.
    project
        The project whose settings hold.
    choice
        The Typst format, with its template partials.
    folder
        Where the notebook was run; images named by relative paths are looked for there first.

    Raises
    ------
    DocumentError
        For anything outside the supported subset, or if Typst refuses the document; names file and line.
    """
    document = prepare(notebook, project=project, choice=choice, folder=folder)
    with tempfile.TemporaryDirectory(prefix="lagesbild-") as name:
        scratch = Path(name)
        source = _source(document, choice, scratch)
        return Pdf(_compile(source, scratch, document.file), source)


def _source(document: Prepared, choice: Format, scratch: Path) -> str:
    """Return the document as Typst; its images are put into `scratch`."""
    template = scratch / "template" / TEMPLATE.name
    template.parent.mkdir()
    shutil.copyfile(TEMPLATE, template)
    for partial in choice.partials or _own_partials():
        shutil.copyfile(partial, template.parent / partial.name)
    document.write_media(scratch)
    # Quarto's rule: the title is the document's heading, so `##` is the first level, unless there is a `#`.
    shift = not any(_TOP_HEADING.match(line.text) for line in document.lines)
    return convert(
        document.lines,
        target="typst",
        # The template is always ours here; Quarto's plain format lacks it, and the filter must know.
        metadata={**document.metadata, "lagesbild-mall": True},
        template=template,
        settings={**document.settings(scratch), "shift_headings": shift},
        scratch=scratch,
        filters=choice.filters,
    )


def _compile(source: str, scratch: Path, file: str) -> bytes:
    compiler = _compiler()
    try:
        content, warnings = compiler.compile_with_warnings(
            input=source.encode("utf-8"), root=scratch, format="pdf", pdf_standards=[PDF_STANDARD], timestamp=0
        )
    except typst.TypstError as error:
        hints = ". ".join(error.hints)
        raise DocumentError(file, None, f"Typst refuses the document: {error.message}", hints) from error
    for warning in warnings:
        if "font" in warning.message:
            raise DocumentError(file, None, f"Typst: {warning.message}", "Use a font that comes with a package")
    if not isinstance(content, bytes):
        raise DocumentError(file, None, "Typst gave no PDF")
    return content


def _compiler() -> typst.Compiler:
    """Return the process's compiler, which remembers nothing of the documents before.

    Typst keeps what it has laid out until so many documents later, 40 MB for a long report, and finds next to nothing
    of it in the next one. Empty documents cost nothing and let it forget.
    """
    if _warm_compiler.cache_info().currsize:
        with tempfile.TemporaryDirectory(prefix="lagesbild-") as nothing:
            for _ in range(REMEMBERED):
                _warm_compiler().compile(input=b"", root=nothing, format="pdf", timestamp=0)
    return _warm_compiler()


@lru_cache(maxsize=1)
def _warm_compiler() -> typst.Compiler:
    """Return a compiler with its fonts read.

    They are those of packages: Source Sans Pro, and those inside Typst. The system's own are not read.
    """
    folder = font_folder()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    # Documents import no packages of Typst's; a folder that is not there keeps it from looking for any.
    nowhere = folder / "no-packages"
    return typst.Compiler(font_paths=fonts, package_path=nowhere, package_cache_path=nowhere)


def _own_partials() -> tuple[Path, ...]:
    extension = project_root() / "_extensions" / "lagesbild"
    return extension / "typst-template.typ", extension / "typst-show.typ"
