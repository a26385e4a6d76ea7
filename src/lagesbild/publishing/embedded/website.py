"""A whole website: every page that ``_quarto.yml`` lists, at its mirrored path, with navigation and links.

Pages are run and rendered apart from each other, so any number of processes can share the work; what they give is
written into place afterwards.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import joblib
import nbformat
from nbformat import NotebookNode

from lagesbild.errors import DocumentError
from lagesbild.files import write_atomic
from lagesbild.publishing.embedded.document import front_matter_of
from lagesbild.publishing.embedded.globs import matching
from lagesbild.publishing.embedded.html_page import LIBRARIES, SCRIPT, Page, Site, render_page, style_sheets
from lagesbild.publishing.embedded.navigation import crumbs, folder_language, footer, navbar, relative_link
from lagesbild.publishing.embedded.project import Project, document_formats, read_project
from lagesbild.publishing.embedded.typst_pdf import render_pdf
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.run_document import read_document, run_document

SOURCES = (".qmd", ".ipynb")

_KNOWN_WEBSITE = frozenset({"title", "description", "search", "site-url", "navbar", "page-footer"})


@dataclass(frozen=True)
class Rendered:
    """What came of a project.

    Parameters
    ----------
    output
        The output folder.
    files
        Every file written, relative to it, sorted.
    left_out
        Document and format, for formats that this engine does not make (Office formats: use Quarto).
    """

    output: Path
    files: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass
class _Result:
    """The files one document gives, by path in the output folder."""

    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def render_project(
    folder: Path, *, jobs: int = 1, output: Path | None = None, rendered: Mapping[str, Path] | None = None
) -> Rendered:
    """Render the project in `folder` and return what was written.

    Parameters
    ----------
    folder
        Has a ``_quarto.yml``.
    jobs
        Processes to share the documents.
    output
        Output folder; the project's ``output-dir`` where null. Files that are there already and are not among
        the results stay.
    rendered
        Pages that are rendered already as they would be here, by the path of their source. They have no other files.

    Raises
    ------
    DocumentError
        For a document or setting outside the supported subset; nothing is written then.
    NotebookError
        If a cell fails.
    """
    project = read_project(folder)
    _check_settings(project)
    sources = project_documents(project)
    target = output or project.folder / str(project.settings.get("project", {}).get("output-dir", "_site"))
    pages = frozenset(sources)
    there = {name: path for name, path in (rendered or {}).items() if name in pages}
    wanted = [name for name in sources if name not in there]
    if jobs > 1:
        results = joblib.Parallel(n_jobs=jobs)(joblib.delayed(_document)(project, name, pages) for name in wanted)
    else:
        results = [_document(project, name, pages) for name in wanted]
    files: dict[str, bytes] = {page_address(name): path.read_bytes() for name, path in there.items()}
    for result in results:
        files |= result.files
    if project.is_website:
        files |= _shared_files(project, sources, wanted)
    files |= _resources(project)
    for name in sorted(files):
        write_atomic(target / name, files[name])
    left_out = tuple(entry for result in results for entry in result.left_out)
    return Rendered(target, tuple(sorted(files)), left_out)


def project_documents(project: Project) -> list[str]:
    """Return the paths of the documents that ``project.render`` lists (all where it lists none), in order."""
    patterns = project.settings.get("project", {}).get("render") or ["**/*.qmd", "**/*.ipynb", "*.qmd", "*.ipynb"]
    return [name for name in matching(project.folder, patterns) if name.endswith(SOURCES)]


def page_address(name: str) -> str:
    """Return where in the output folder the page of a source document stands."""
    return str(PurePosixPath(name).with_suffix(".html"))


def site_page(project: Project, notebook: NotebookNode, name: str, pages: frozenset[str]) -> Page:
    """Return the page that a website has of an executed notebook, as it would stand at `name` in its project."""
    choices = document_formats(project, front_matter_of(notebook), name)
    choice = next(choice for choice in choices if choice.base == "html")
    folder = _run_folder(project, name)
    site = _site(project, name, pages)
    stem = PurePosixPath(name).stem
    return render_page(notebook, project=project, choice=choice, folder=folder, site=site, stem=stem, at=name)


def _document(project: Project, name: str, pages: frozenset[str]) -> _Result:
    """Run one document and render it in every format it asks for."""
    folder = _run_folder(project, name)
    notebook = _executed(project.folder / name, folder)
    result = _Result()
    stem = PurePosixPath(name).with_suffix("")
    for choice in document_formats(project, front_matter_of(notebook), name):
        if choice.base == "html":
            site = _site(project, name, pages) if project.is_website else None
            page = render_page(
                notebook, project=project, choice=choice, folder=folder, site=site, stem=stem.name, at=name
            )
            result.files[f"{stem}.html"] = page.content.encode("utf-8")
            result.files |= {str(stem.parent / key): content for key, content in page.files.items()}
        elif choice.base == "typst":
            pdf = render_pdf(notebook, project=project, choice=choice, folder=folder)
            result.files[f"{stem}.pdf"] = pdf.content
            if choice.options.get("keep-typ"):
                result.files[f"{stem}.typ"] = pdf.source.encode("utf-8")
        else:
            result.left_out.append((name, choice.name))
    return result


def _run_folder(project: Project, name: str) -> Path:
    """Return the folder a document runs in: its own, or the project's where ``execute-dir: project`` says so."""
    if project.settings.get("project", {}).get("execute-dir") == "project":
        return project.folder
    return (project.folder / name).parent


def _executed(path: Path, folder: Path) -> NotebookNode:
    """Return the document run, or as it is where it has been run already."""
    notebook = read_document(path)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    if not cells or any(cell.get("execution_count") for cell in cells):
        nbformat.validate(notebook)
        return notebook
    return run_document(path, {}, workdir=folder)


def _site(project: Project, name: str, pages: frozenset[str]) -> Site:
    """Return what the website gives a page, in the language of the folder that the page is in."""
    language = folder_language(name)
    more: Mapping[str, Any] = project.settings.get("lagesbild") or {}
    website = {**project.settings.get("website", {}), **(more.get("languages", {}).get(language) or {})}
    own = words(language or project.language)
    return Site(
        title=str(website.get("title", "")),
        navbar=navbar(website, name, pages, own, search=str(more.get("search", ""))),
        footer=footer(website.get("page-footer"), name, pages),
        pages=pages,
        top="../" * (len(PurePosixPath(name).parts) - 1),
        crumbs=crumbs(website, name, pages, own),
        alternates=_alternates(more.get("alternates") or {}, name, pages, project.language),
        icon=str(more.get("icon", "")),
    )


def _alternates(pairs: Mapping[str, str], name: str, pages: frozenset[str], language: str) -> dict[str, str]:
    """Return the address of a page and of its twin in another language, by language; nothing where it has none."""
    twin = pairs.get(name) or next((one for one, other in pairs.items() if other == name), None)
    if twin is None:
        return {}
    return {folder_language(one) or language: relative_link(one, name, pages) for one in sorted((name, twin))}


def _shared_files(project: Project, sources: Sequence[str], rendered: Sequence[str]) -> dict[str, bytes]:
    """Return style sheets and script, and an index that leads to the first page where there is none.

    The style sheets are those of the pages rendered here; a page taken over has the project's own.
    """
    files = {f"{LIBRARIES}/{SCRIPT.name}": SCRIPT.read_bytes()}
    for name in rendered:
        front = _front_matter(project, name)
        for choice in document_formats(project, front, name):
            if choice.base == "html":
                files |= {sheet: text.encode("utf-8") for sheet, text in style_sheets(project, choice).items()}
    if sources and "index.html" not in map(page_address, sources):
        first = page_address(_first_page(project, sources))
        files["index.html"] = _redirect(first, project).encode("utf-8")
    return files


def _front_matter(project: Project, name: str) -> dict[str, Any]:
    return front_matter_of(read_document(project.folder / name))


def _first_page(project: Project, sources: Sequence[str]) -> str:
    navbar_settings = project.settings.get("website", {}).get("navbar") or {}
    for item in navbar_settings.get("left") or []:
        address = item if isinstance(item, str) else item.get("href", "")
        if address in sources:
            return str(address)
    return sources[0]


def _redirect(address: str, project: Project) -> str:
    target = html.escape(address, quote=True)
    title = html.escape(str(project.settings.get("website", {}).get("title", "")))
    return (
        f'<!DOCTYPE html>\n<html lang="{project.language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n<link rel="canonical" href="{target}">\n</head>\n'
        f'<body>\n<p>{words(project.language)["moved"]} <a href="{target}">{target}</a>.</p>\n</body>\n</html>\n'
    )


def _resources(project: Project) -> dict[str, bytes]:
    """Return the files that ``project.resources`` lists, which stand in the output as they are."""
    patterns = project.settings.get("project", {}).get("resources") or []
    patterns = [patterns] if isinstance(patterns, str) else patterns
    return {name: (project.folder / name).read_bytes() for name in matching(project.folder, patterns)}


def _check_settings(project: Project) -> None:
    if not (project.folder / "_quarto.yml").is_file():
        raise DocumentError("_quarto.yml", None, "the folder is no project: it has no _quarto.yml")
    unknown = sorted(set(project.settings.get("website", {})) - _KNOWN_WEBSITE)
    if unknown:
        text = (project.folder / "_quarto.yml").read_text(encoding="utf-8").split("\n")
        line = next((n for n, row in enumerate(text, 1) if re.match(rf"\s+{unknown[0]}\s*:", row)), None)
        raise DocumentError(
            "_quarto.yml", line, f"website setting {unknown[0]!r}", f"Known: {', '.join(sorted(_KNOWN_WEBSITE))}"
        )
