"""From an executed notebook to a presentation (PPTX), by Pandoc with the document's reference document.

The subset for slides is small: headings, paragraphs, lists, two columns, speaker notes, conditional content and raw
OpenXML (tables and drawings, `lagesbild.presentation.slides.shapes`). Pandoc's own pictures have no text alternative in
a slide and its tables no widths, so they are refused, with their file and line, like all else.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import yaml
from nbformat import NotebookNode

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.document import Prepared, prepare
from lagesbild.publishing.embedded.pandoc_process import pandoc_path
from lagesbild.publishing.embedded.project import Format, Project
from lagesbild.publishing.embedded.subset import fenced_lines
from lagesbild.publishing.pptx_file import created_date, finished
from lagesbild.publishing.qmd import SourceLine

FILTER = Path(__file__).with_name("slides.lua")

#: What a line of a slide can't hold, with what to write instead.
_REFUSED = (
    (re.compile(r"!\[[^\]]*\]\("), "a picture in a slide", "Draw it with lagesbild.presentation.slides.shapes"),
    (re.compile(r"^\s*\|.*\|\s*$"), "a Markdown table in a slide", "Write it with slides.shapes.Table"),
    (
        re.compile(r"^:{3,}.*[{ ](\.callout-|panel-tabset|\.panel-tabset)"),
        "a callout or tabset in a slide",
        "Write text",
    ),
    (re.compile(r"layout-ncol"), "layout-ncol in a slide", "Write ::: {.columns}"),
    (re.compile(r"(?<![\w\\`])@(fig|tbl|sec)-"), "a cross-reference in a slide", "Name the slide by its title"),
    (re.compile(r"^#{3,} "), "a heading below the slide's title", "Begin a slide of its own with ##"),
)


def render_slides(notebook: NotebookNode, *, project: Project, choice: Format, folder: Path | None = None) -> bytes:
    """Return an executed notebook as a presentation.

    Parameters
    ----------
    notebook, project, choice, folder
        See `typst_pdf.render_pdf`; the format is ``pptx``, its option ``reference-doc`` stands beside the document.

    Raises
    ------
    DocumentError
        For a construct outside the subset (names file and line), a missing reference document, or if Pandoc fails.
    """
    document = prepare(notebook, project=project, choice=choice, folder=folder)
    _check(document.lines)
    content = _pandoc(document, reference_of(document, choice), [*choice.filters, FILTER])
    return finished(content, created=created_date(document.metadata))


def _check(lines: Sequence[SourceLine]) -> None:
    for line, in_code in zip(lines, fenced_lines(lines), strict=True):
        if in_code:
            continue
        for pattern, what, action in _REFUSED:
            if pattern.search(line.text):
                raise DocumentError(line.file, line.line, what, action)


def reference_of(document: Prepared, choice: Format) -> Path | None:
    """Return the reference document that a document's format names, null where it names none.

    Raises
    ------
    DocumentError
        If it isn't there.
    """
    name = choice.options.get("reference-doc")
    if name is None:
        return None
    beside = Path(document.file).parent
    for top in (document.project.folder, project_root()):
        for candidate in (top / beside / str(name), top / str(name)):
            if candidate.is_file():
                return candidate
    raise DocumentError(document.file, None, f"there is no reference-doc {name}", "Make it with `make mall`")


def _pandoc(document: Prepared, reference: Path | None, filters: Sequence[Path]) -> bytes:
    # Pandoc would take the options of the format for metadata.
    metadata = {key: value for key, value in document.metadata.items() if key not in ("reference-doc", "slide-level")}
    header = yaml.safe_dump(metadata, allow_unicode=True, sort_keys=True, width=10_000)
    markdown = f"---\n{header}---\n\n" + "\n".join(line.text for line in document.lines) + "\n"
    command = [
        str(pandoc_path()), "--from=markdown", "--to=pptx", "--slide-level=2", "--output=-",
        *([f"--reference-doc={reference}"] if reference else []),
        *(f"--lua-filter={path}" for path in filters),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="lagesbild-") as scratch:
        environment = {"LC_ALL": "C.UTF-8", "HOME": scratch, "SOURCE_DATE_EPOCH": "0"}
        environment |= {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
        done = subprocess.run(
            command, input=markdown.encode(), capture_output=True, check=False, env=environment, cwd=scratch
        )
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise DocumentError(document.file, None, f"Pandoc failed: {message or done.returncode}")
    return done.stdout
