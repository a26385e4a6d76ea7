"""From an executed notebook to a document for Word (DOCX), by Pandoc with the document's reference document.

For those who write and review a lägesrapport: real headings, tables with header rows, pictures with their words.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypandoc
import yaml
from nbformat import NotebookNode

from lagesbild.errors import DocumentError
from lagesbild.publishing.docx_file import finished_document
from lagesbild.publishing.embedded.document import Prepared, prepare
from lagesbild.publishing.embedded.pptx_slides import reference_of
from lagesbild.publishing.embedded.project import Format, Project
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.office_pictures import with_pictures

FILTER = Path(__file__).with_name("docx.lua")
_FAULT_MARK = "LAGESBILD "
#: Options of the format, which Pandoc would take for metadata.
_OPTIONS = ("reference-doc", "toc", "toc-depth", "number-sections")


def render_docx(notebook: NotebookNode, *, project: Project, choice: Format, folder: Path | None = None) -> bytes:
    """Return an executed notebook as a document for Word.

    Parameters
    ----------
    notebook, project, choice, folder
        See `typst_pdf.render_pdf`; the format is ``docx``, its option ``reference-doc`` stands beside the document.

    Raises
    ------
    DocumentError
        For a construct outside the subset, a missing reference document, or if Pandoc fails.
    """
    pictured, pictures = with_pictures(notebook)
    document = prepare(pictured, project=project, choice=choice, folder=folder)
    content = _pandoc(document, reference_of(document, choice), pictures, [*choice.filters, FILTER])
    return finished_document(content, document.metadata)


def _pandoc(document: Prepared, reference: Path | None, pictures: dict[str, bytes], filters: Sequence[Path]) -> bytes:
    metadata = {key: value for key, value in document.metadata.items() if key not in _OPTIONS}
    header = yaml.safe_dump(metadata, allow_unicode=True, sort_keys=True, width=10_000)
    markdown = f"---\n{header}---\n\n" + "\n".join(line.text for line in document.lines) + "\n"
    settings = {
        "words": {**words(document.language), "toc-title": words(document.language)["toc-document"]},
        "toc": bool(document.metadata.get("toc")),
        "toc_depth": int(document.metadata.get("toc-depth", 2)),
    }
    with tempfile.TemporaryDirectory(prefix="lagesbild-") as name:
        scratch = Path(name)
        document.write_media(scratch)
        for picture, content in pictures.items():
            (scratch / picture).write_bytes(content)
        told = scratch / "docx-settings.json"
        told.write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
        # Images that the document itself names stand beside it.
        beside = [str(one) for one in (document.folder, document.project.folder / Path(document.file).parent) if one]
        command = [
            str(Path(pypandoc.__file__).parent / "files" / "pandoc"), "--from=markdown", "--to=docx", "--output=-",
            f"--resource-path={os.pathsep.join(['.', *beside])}",
            *([f"--reference-doc={reference}"] if reference else []),
            *(f"--lua-filter={path}" for path in filters),
        ]  # fmt: skip
        environment = {"LAGESBILD_ENGINE": str(told), "LC_ALL": "C.UTF-8", "HOME": name, "SOURCE_DATE_EPOCH": "0"}
        environment |= {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
        done = subprocess.run(
            command, input=markdown.encode(), capture_output=True, check=False, env=environment, cwd=scratch
        )
    message = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode and _FAULT_MARK in message:
        fault = json.loads(message.split(_FAULT_MARK, 1)[1])[0]
        raise DocumentError(document.file, _line(document, str(fault["key"])), fault["what"], fault.get("action") or "")
    if done.returncode or "could not fetch resource" in message.lower():
        raise DocumentError(document.file, None, f"Pandoc failed: {message or done.returncode}")
    return done.stdout


def _line(document: Prepared, key: str) -> int | None:
    """Return the line of the source where a fault's words stand."""
    return next((line.line for line in document.lines if key and key in line.text), None)
