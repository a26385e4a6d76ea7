"""The Quarto command line as one of the render engines.

Quarto starts slowly and renders fast: a document alone takes about two seconds, ten executed notebooks in one
project half a second each. So documents are gathered in a scratch project that is rendered once. Two renders in
one project overwrite each other's files; each call here has a project of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import yaml

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError, NotBuiltError, ParameterError
from lagesbild.files import write_atomic
from lagesbild.publishing.docx_file import finished_document
from lagesbild.publishing.embedded.document import front_matter_of, notebook_file
from lagesbild.publishing.engines import FORMATS, Document, with_metadata
from lagesbild.publishing.front_matter import parse_yaml
from lagesbild.publishing.office_pictures import with_pictures
from lagesbild.publishing.pptx_file import created_date, finished

#: What a product's format is called in the scratch project, and the extension of what comes out.
_QUARTO_FORMATS = {
    "typst": ("lagesbild-typst", ".pdf"),
    "html": ("html", ".html"),
    "pptx": ("pptx", ".pptx"),
    "docx": ("docx", ".docx"),
}

# Settings that belong to the project's own pages and not to a document rendered by itself.
_LEFT_BEHIND = ("project", "website", "format", "filters")


class QuartoEngine:
    """Renders with the ``quarto`` command.

    Parameters
    ----------
    command
        The command; the one on PATH where null.

    Raises
    ------
    NotBuiltError
        If there is none.
    """

    name = "quarto"

    def __init__(self, command: Path | None = None) -> None:
        found = str(command) if command else shutil.which("quarto")
        if found is None:
            raise NotBuiltError("Quarto", "pip install 'lagesbild[quarto]', or choose the embedded engine")
        self._command = found

    def render_documents(self, documents: Sequence[Document], *, project: Path) -> None:
        """Render all documents in one scratch project; see `engines.RenderEngine`.

        Raises
        ------
        ParameterError
            If a document asks for an unknown format.
        DocumentError
            If Quarto fails, or a product is not there afterwards.
        """
        with tempfile.TemporaryDirectory(prefix="lagesbild-") as name, tempfile.TemporaryDirectory() as drawn:
            scratch = Path(name)
            documents = [part for document in documents for part in _by_need(document, Path(drawn))]
            _write_project(scratch, project, documents)
            self._render(scratch)
            for number, document in enumerate(documents):
                for base, path in document.outputs.items():
                    product = scratch / "_output" / f"{_stem(number)}{_QUARTO_FORMATS[base][1]}"
                    if not product.is_file():
                        file = notebook_file(document.notebook)
                        raise DocumentError(file, None, f"Quarto gave no {base} of the document")
                    write_atomic(path, _settled(product.read_bytes(), base, document))

    def render_project(
        self, folder: Path, *, output: Path, jobs: int = 1, rendered: Mapping[str, Path] | None = None
    ) -> None:
        """Render the project in `folder`; Quarto shares its work among processes as it likes, and renders all.

        Raises
        ------
        DocumentError
            If Quarto fails.
        """
        with tempfile.TemporaryDirectory(prefix="lagesbild-") as name:
            # Quarto wants its output folder inside the project and leaves its own files there: give it a copy.
            copy = Path(name) / "project"
            shutil.copytree(
                folder, copy, ignore=shutil.ignore_patterns(".quarto", "_site", "_work", "_release", ".git")
            )
            self._render(copy, "--output-dir", "_lagesbild")
            shutil.copytree(copy / "_lagesbild", output, dirs_exist_ok=True)

    def _render(self, folder: Path, *arguments: str) -> None:
        environment = {**os.environ, "QUARTO_PYTHON": sys.executable}
        done = subprocess.run(
            [self._command, "render", str(folder), *arguments, "--no-execute-daemon"],
            capture_output=True, text=True, encoding="utf-8", errors="replace", check=False, env=environment,
        )  # fmt: skip
        if done.returncode:
            lines = [line for line in done.stderr.strip().split("\n") if line.strip()]
            raise DocumentError(
                "quarto render", None, f"failed with exit code {done.returncode}: {' / '.join(lines[-5:])}"
            )


def _by_need(document: Document, drawn: Path) -> list[Document]:
    """Return a document as those that Quarto is given: what becomes a Word document has pictures for drawings."""
    if "docx" not in document.outputs:
        return [document]
    notebook, pictures = with_pictures(document.notebook)
    for name, content in pictures.items():
        (drawn / name).write_bytes(content)
    others = {base: path for base, path in document.outputs.items() if base != "docx"}
    parts = [replace(document, outputs=others)] if others else []
    return [*parts, replace(document, notebook=notebook, outputs={"docx": document.outputs["docx"]}, folder=drawn)]


def _settled(content: bytes, base: str, document: Document) -> bytes:
    """Return a product as it is released: Office's files as the embedded engine finishes them too."""
    if base == "docx":
        return finished_document(content, front_matter_of(document.notebook))
    if base != "pptx":
        return content
    return finished(content, created=created_date(front_matter_of(document.notebook)))


def _write_project(scratch: Path, project: Path, documents: Sequence[Document]) -> None:
    """Write a project with the settings of `project` that holds the documents as executed notebooks."""
    config = project / "_quarto.yml"
    settings = parse_yaml(config.read_text(encoding="utf-8"), config.name) if config.is_file() else {}
    formats = settings.get("format") if isinstance(settings.get("format"), dict) else {}
    kept: dict[str, Any] = {key: value for key, value in settings.items() if key not in _LEFT_BEHIND}
    kept["project"] = {"type": "default", "output-dir": "_output"}
    kept["filters"] = settings.get("filters", [])
    (scratch / "_quarto.yml").write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    for extensions in (project / "_extensions", project_root() / "_extensions"):
        if extensions.is_dir():
            shutil.copytree(extensions, scratch / "_extensions")
            break
    for number, document in enumerate(documents):
        _write_document(scratch, project, number, document, formats or {})


def _write_document(scratch: Path, project: Path, number: int, document: Document, formats: dict[str, Any]) -> None:
    unknown = [base for base in document.outputs if base not in FORMATS]
    if unknown:
        raise ParameterError("format", unknown[0], FORMATS)
    own = front_matter_of(document.notebook).get("format")
    own = own if isinstance(own, dict) else {}
    wanted: dict[str, Any] = {}
    for base in document.outputs:
        name = _QUARTO_FORMATS[base][0]
        options = {**_mapping(formats.get(name)), **_mapping(own.get(name))}
        if base == "html":
            options["embed-resources"] = True
            options = _rooted(options, project)
        if "reference-doc" in options:
            beside = project / Path(notebook_file(document.notebook)).parent
            options["reference-doc"] = str(beside / str(options["reference-doc"]))
        wanted[name] = options or "default"
    notebook = with_metadata(document.notebook, {"format": wanted})
    nbformat.write(notebook, scratch / f"{_stem(number)}.ipynb")
    if document.folder is not None and document.folder.is_dir():
        for path in sorted(document.folder.iterdir()):
            if path.is_file() and path.suffix.lower() in (".svg", ".png", ".jpg", ".jpeg"):
                shutil.copyfile(path, scratch / path.name)


def _rooted(options: dict[str, Any], project: Path) -> dict[str, Any]:
    """Return HTML options with their files named from where they are, outside the scratch project."""
    rooted = dict(options)
    for key in ("css", "theme"):
        entries = options.get(key)
        if entries is None:
            continue
        entries = entries if isinstance(entries, list) else [entries]
        rooted[key] = [str(project / entry) if (project / str(entry)).is_file() else entry for entry in entries]
    return rooted


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _stem(number: int) -> str:
    return f"document-{number:04d}"
