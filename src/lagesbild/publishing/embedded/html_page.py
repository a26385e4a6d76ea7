"""From an executed notebook to an HTML page: by itself, or as a page of a website."""

from __future__ import annotations

import base64
import html
import mimetypes
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.document import Prepared, prepare
from lagesbild.publishing.embedded.pandoc import convert
from lagesbild.publishing.embedded.project import Format, Project
from lagesbild.publishing.embedded.strict_html import strict
from lagesbild.publishing.embedded.theme import theme_css
from lagesbild.publishing.embedded.words import words

#: Folder of a website for what no page has of its own.
LIBRARIES = "site_libs"

TEMPLATE = Path(__file__).with_name("page.html")
SCRIPT = Path(__file__).with_name("page.js")

_DESCRIPTION = re.compile(r'^(<meta name="description" content=")(.*)(">)$', re.MULTILINE)
_IMAGE_SOURCE = re.compile(r'(<img\b[^>]*?\bsrc=")(media/[^"]+)(")')


@dataclass(frozen=True, kw_only=True)
class Site:
    """What a website gives each of its pages.

    Parameters
    ----------
    title
        The site's title.
    navbar, footer
        HTML, with links that are right for the page.
    pages
        Source path of every page, for links between them.
    top
        Address of the website's top folder, seen from the page: "../../".
    crumbs
        HTML of the way from the start page to this one; empty at the top.
    alternates
        Addresses of this page and its twin by language, where it has one.
    icon
        Address of the website's icon, from its top; empty where it has none.
    """

    title: str
    navbar: str
    footer: str
    pages: frozenset[str]
    top: str
    crumbs: str = ""
    alternates: Mapping[str, str] = field(default_factory=dict)
    icon: str = ""


@dataclass(frozen=True)
class Page:
    """An HTML page.

    Parameters
    ----------
    content
        The page.
    files
        Images that stand beside it, by path relative to the page; empty where they are part of it.
    """

    content: str
    files: dict[str, bytes] = field(default_factory=dict)


def render_page(
    notebook: NotebookNode,
    *,
    project: Project,
    choice: Format,
    folder: Path | None = None,
    site: Site | None = None,
    stem: str | None = None,
    at: str | None = None,
) -> Page:
    """Return an executed notebook as an HTML page.

    Parameters
    ----------
    notebook, project, folder
        See `typst_pdf.render_pdf`.
    choice
        The HTML format.
    site
        The website that the page belongs to; without one, the page is whole by itself.
    at
        Where the document stands in the project; where its source stood if null.
    stem
        Where given, images are files in ``<stem>_files`` beside the page, else part of the page.

    Raises
    ------
    DocumentError
        For anything outside the supported subset; names file and line.
    """
    document = prepare(notebook, project=project, choice=choice, folder=folder, at=at)
    with tempfile.TemporaryDirectory(prefix="lagesbild-") as name:
        scratch = Path(name)
        document.write_media(scratch)
        content = convert(
            document.lines,
            target="html",
            # Pandoc writes the contents where the template says `toc`; metadata of that name would stand in its way.
            metadata={key: value for key, value in document.metadata.items() if key != "toc"},
            template=TEMPLATE,
            settings={**document.settings(scratch), "pages": _page_map(site)},
            scratch=scratch,
            filters=choice.filters,
            options=_options(document.metadata),
            variables=_variables(document, choice, site),
        )
        content = _DESCRIPTION.sub(_described, content, count=1)
        if stem is None:
            return Page(_IMAGE_SOURCE.sub(lambda found: _embedded(found, scratch), content))
        files: dict[str, bytes] = {}

        def beside(found: re.Match[str]) -> str:
            address = f"{stem}_files/{found.group(2).removeprefix('media/')}"
            files[address] = (scratch / found.group(2)).read_bytes()
            return f"{found.group(1)}{address}{found.group(3)}"

        content = _IMAGE_SOURCE.sub(beside, content)
    if site is not None:
        content, drawings = strict(content, at or document.file, stem)
        files |= drawings
    return Page(content, files)


def style_sheets(project: Project, choice: Format) -> dict[str, str]:
    """Return the style sheets of a format by their path in a website, in order.

    First the product's own, unless the project has a sheet of that name; the project's, where they stand in it; its
    theme's.

    Raises
    ------
    DocumentError
        If a file is not there.
    """
    base = project_root() / "reports" / "lagesbild.css"
    sheets = {f"{LIBRARIES}/{base.name}": base.read_text(encoding="utf-8")}
    for entry in _entries(choice.options.get("css")):
        path = _project_file(project, str(entry))
        if path.name == base.name:
            sheets.clear()
        sheets[str(entry).lstrip("/")] = path.read_text(encoding="utf-8")
    for entry in _entries(choice.options.get("theme")):
        if str(entry).endswith(".scss"):
            path = _project_file(project, str(entry))
            sheets[f"{LIBRARIES}/{path.stem}.css"] = theme_css(path, str(entry))
    return sheets


def _page_map(site: Site | None) -> dict[str, bool] | None:
    return None if site is None else dict.fromkeys(sorted(site.pages), True)


def _options(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "section_divs": True,
        "html_math_method": "mathml",
        "email_obfuscation": "none",
        "highlight_method": "none",
        "table_of_contents": bool(metadata.get("toc")),
        "toc_depth": int(metadata.get("toc-depth", 3)),
    }


def _variables(document: Prepared, choice: Format, site: Site | None) -> dict[str, Any]:
    own = words(document.language)
    options = choice.options
    variables: dict[str, Any] = {
        "skip": own["skip"],
        "toc-title": document.metadata.get("toc-title") or own["toc-website" if site else "toc-document"],
        "head": _included(document.project, options.get("include-in-header")),
        "after": _included(document.project, options.get("include-after-body")),
    }
    if site is None:
        variables["styles"] = list(style_sheets(document.project, choice).values())
        variables["script"] = [SCRIPT.read_text(encoding="utf-8")]
        return variables
    variables |= {
        "site-title": html.escape(site.title),
        "navbar": site.navbar,
        "footer": site.footer,
        "crumbs": site.crumbs,
        "alternates": [{"language": key, "address": html.escape(value)} for key, value in site.alternates.items()],
        "icon": [f"{site.top}{site.icon}"] if site.icon else [],
        "site": True,
        "stylesheets": [f"{site.top}{name}" for name in style_sheets(document.project, choice)],
        "scripts": [f"{site.top}{LIBRARIES}/{SCRIPT.name}"],
    }
    return variables


def _included(project: Project, value: Any) -> list[str]:
    """Return what ``include-in-header`` or ``include-after-body`` names: files, or text as it is."""
    texts = []
    for entry in _entries(value):
        if isinstance(entry, Mapping) and "text" in entry:
            texts.append(str(entry["text"]))
        else:
            path = entry["file"] if isinstance(entry, Mapping) else entry
            texts.append(_project_file(project, str(path)).read_text(encoding="utf-8"))
    return texts


def _described(found: re.Match[str]) -> str:
    """Return the page's description as an attribute: Pandoc writes it as text, with quotes and elements in it."""
    plain = html.unescape(re.sub(r"<[^>]+>", "", found[2]))
    return f"{found[1]}{html.escape(plain)}{found[3]}"


def _embedded(found: re.Match[str], scratch: Path) -> str:
    path = scratch / found.group(2)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f"{found.group(1)}data:{kind};base64,{data}{found.group(3)}"


def _project_file(project: Project, name: str) -> Path:
    path = project.folder / name.lstrip("/")
    if not path.is_file():
        raise DocumentError("_quarto.yml", None, f"the file {name} does not exist")
    return path


def _entries(value: Any) -> Sequence[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
