"""A whole website: every page that ``_quarto.yml`` lists, at its mirrored path, with navigation and links.

Pages are run and rendered apart from each other, so any number of processes can share the work; what they give is
written into place afterwards.
"""

from __future__ import annotations

import html
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from nbformat import NotebookNode

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.document import front_matter_of
from lagesbild.publishing.embedded.globs import matching
from lagesbild.publishing.embedded.html_page import LIBRARIES, SCRIPT, Page, Site, render_page, style_sheets
from lagesbild.publishing.embedded.navigation import crumbs, folder_language, footer, navbar, relative_link
from lagesbild.publishing.embedded.project import Format, Project, document_formats, read_project
from lagesbild.publishing.embedded.typst_pdf import render_pdf
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.run_document import read_document, run_document
from lagesbild.publishing.scratch import BESIDE
from lagesbild.shared_work import in_processes

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
        Pages that are rendered already as they would be here, by the path of their source, with their pictures
        beside them.

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
    target.parent.mkdir(parents=True, exist_ok=True)
    # Each process writes what it renders into a folder beside the output; it is moved there when all is well.
    with tempfile.TemporaryDirectory(prefix=BESIDE, dir=target.parent) as name:
        fresh = Path(name)
        if jobs > 1 and len(wanted) > 1:
            # The costly pages first, so that no process is left with one at the end.
            wanted.sort(key=lambda one: -(folder / one).stat().st_size)
            results = in_processes(_document, ((project, one, pages, fresh) for one in wanted), jobs=jobs)
        else:
            results = [_document(project, one, pages, fresh) for one in wanted]
        for one, path in there.items():
            _take_over(path, fresh / page_address(one))
        if project.is_website:
            _shared_files(project, sources, fresh)
        for one in _resources(project):
            _copy(project.folder / one, fresh / one)
        files = sorted(path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file())
        for one in files:
            (target / one).parent.mkdir(parents=True, exist_ok=True)
            (fresh / one).replace(target / one)
    left_out = tuple(sorted((entry for result in results for entry in result), key=lambda one: sources.index(one[0])))
    return Rendered(target, tuple(files), left_out)


def pictures_of(page: Path) -> Path:
    """Return the folder of the files that belong to a rendered page alone."""
    return page.with_name(f"{page.stem}_files")


def _take_over(page: Path, target: Path) -> None:
    """Copy a page that is rendered already, with its pictures."""
    _copy(page, target)
    if pictures_of(page).is_dir():
        for path in sorted(pictures_of(page).iterdir()):
            _copy(path, pictures_of(target) / path.name)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _put(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


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


def _document(project: Project, name: str, pages: frozenset[str], output: Path) -> list[tuple[str, str]]:
    """Run one document and render it in every format it asks for; return those that this engine doesn't make."""
    folder = _run_folder(project, name)
    notebook = _executed(project.folder / name, folder)
    left_out = []
    stem = PurePosixPath(name).with_suffix("")
    for choice in document_formats(project, front_matter_of(notebook), name):
        if choice.base == "html":
            site = _site(project, name, pages) if project.is_website else None
            page = render_page(
                notebook, project=project, choice=choice, folder=folder, site=site, stem=stem.name, at=name
            )
            _put(output / f"{stem}.html", page.content.encode("utf-8"))
            for key, content in page.files.items():
                _put(output / stem.parent / key, content)
            if site is not None:
                _write_sheets(project, choice, output)
        elif choice.base == "typst":
            pdf = render_pdf(notebook, project=project, choice=choice, folder=folder)
            _put(output / f"{stem}.pdf", pdf.content)
            if choice.options.get("keep-typ"):
                _put(output / f"{stem}.typ", pdf.source.encode("utf-8"))
        else:
            left_out.append((name, choice.name))
    return left_out


def _write_sheets(project: Project, choice: Format, output: Path) -> None:
    """Write the style sheets of a format that no page before has brought."""
    for name, text in style_sheets(project, choice).items():
        if not (output / name).is_file():
            _put(output / name, text.encode("utf-8"))


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


def _shared_files(project: Project, sources: Sequence[str], output: Path) -> None:
    """Write script and style sheets, and an index that leads to the first page where there is none."""
    _put(output / LIBRARIES / SCRIPT.name, SCRIPT.read_bytes())
    for choice in document_formats(project, {}, "_quarto.yml"):
        if choice.base == "html":
            _write_sheets(project, choice, output)
    if sources and "index.html" not in map(page_address, sources):
        first = page_address(_first_page(project, sources))
        _put(output / "index.html", _redirect(first, project).encode("utf-8"))


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


def _resources(project: Project) -> list[str]:
    """Return the files that ``project.resources`` lists, which stand in the output as they are."""
    patterns = project.settings.get("project", {}).get("resources") or []
    return matching(project.folder, [patterns] if isinstance(patterns, str) else patterns)


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
