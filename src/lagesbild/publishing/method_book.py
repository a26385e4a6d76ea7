"""The metodbok: the website's method pages, one chapter each, with the limits that the calculations use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import nbformat
from nbformat import NotebookNode

from lagesbild.errors import NotBuiltError, ParameterError
from lagesbild.files import sha256
from lagesbild.presentation.method_limits import limits_table
from lagesbild.publishing.batch import BatchResult
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.method_notebooks import BASICS, documents, method_notebook, run_method_pages
from lagesbild.publishing.method_pages import method_pages
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block
from lagesbild.publishing.reports import Report, make_reports

DOCUMENT = "reports/metod/metodbok.qmd"

_FENCE = re.compile(r"^(`{3,}|:{3,})")
_LABEL = re.compile(r"(?<=[#@])(sec|tbl|fig)-(?=[a-z0-9])")
_ANCHOR = re.compile(r"\{#(?!(?:sec|tbl|fig)-)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\((?!#|https?:|mailto:)([^()\s]*)\)")


@dataclass
class MethodBook:
    """The book as its document asks for it; each method returns Markdown.

    Parameters
    ----------
    layout
        Where the executed method pages are.
    """

    layout: Layout
    _told: list[str] = field(default_factory=list)

    def chapter(self, name: str) -> str:
        """Return the chapter of one method page, or of the page Metod (``grunder``).

        Raises
        ------
        ParameterError
            For an unknown page; suggests the nearest.
        NotBuiltError
            If the page has not been run.
        """
        if name not in self._titles:
            raise ParameterError("method page", name, list(self._titles))
        path = method_notebook(self.layout, name)
        if not path.is_file():
            here = self.layout
            raise NotBuiltError(
                f"the method page {name}", f"lagesbild metodbok --source {here.source} --year {here.year}"
            )
        self._told.append(name)
        title, description = self._titles[name]
        notebook = nbformat.read(path, as_version=4)
        body = "\n\n".join(part for part in _parts(notebook) if part)
        head = f"## {title} {{#sec-{name}}}"
        return "\n\n".join([head, *([f"*{description}*"] if description else []), self._in_book(body, name)]) + "\n"

    def rest(self) -> str:
        """Return the chapters that have not been asked for by name, so that no method page can be forgotten."""
        return "\n\n".join(self.chapter(name) for name in self._titles if name not in self._told)

    def limits(self) -> str:
        """Return the limits and numbers that the calculations use, read from the methods themselves."""
        return limits_table()

    @cached_property
    def _titles(self) -> dict[str, tuple[str, str]]:
        """Return title and description of each chapter, in Markdown."""
        return {
            BASICS: ("Grunder", ""),
            **{page.slug: (page.title, page.description) for page in method_pages()},
        }

    def _in_book(self, body: str, name: str) -> str:
        """Return a page's text a level down, its labels its own, and its links to pages as links to chapters."""
        lines, fence = [], ""
        for line in body.split("\n"):
            found = _FENCE.match(line)
            if found and found[1].startswith("`"):
                fence = "" if fence and line.strip() == fence else fence or found[1]
            if not fence and line.startswith("#"):
                line = f"#{line}"  # noqa: PLW2901 - the line as it stands in the book
            if not fence:
                line = _LABEL.sub(rf"\1-{name}-", _ANCHOR.sub(f"{{#{name}-", line))  # noqa: PLW2901
                line = _LINK.sub(lambda link: self._link(link[1], link[2], name), line)  # noqa: PLW2901
            lines.append(line)
        return "\n".join(lines)

    def _link(self, words: str, address: str, name: str) -> str:
        """Return a link to a chapter; a place that is not in the book is named by its words alone."""
        page, _, anchor = address.partition("#")
        parts = [part for part in page.split("/") if part not in ("", ".", "..", "index.html")]
        up = page.startswith("..") and not page.startswith("../../")
        within = name == BASICS and not page.startswith("..")
        if parts == [] and (up or not page):
            return f"[{words}](#{BASICS}-{anchor})" if anchor else f"[{words}](#sec-{BASICS})"
        if len(parts) == 1 and parts[0] in self._titles and (up or within):
            return f"[{words}](#sec-{parts[0]})"
        return words


def _parts(notebook: NotebookNode) -> Iterator[str]:
    """Yield a run page's Markdown: its text, and what its cells printed but for front matter."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source.strip()
        for output in cell.get("outputs", []):
            text = output.get("text", "") if output.output_type == "stream" else output.data.get("text/markdown", "")
            if not text.lstrip().startswith("---\n"):
                yield text.strip("\n")


def book_metadata(layout: Layout) -> dict[str, object]:
    """Return the front matter of the metodbok."""
    return {
        "title": f"Metodbok {layout.year}",
        "subtitle": "Hur resultaten i öppna jämförelser räknas, prövas och visas",
        **common_metadata(layout),
    }


def book_front_matter(*, year: int | str, source: str) -> str:
    """Return the front matter of the metodbok as a block that a cell prints."""
    return metadata_block(book_metadata(layout_of(source, year)))


def book_document(*, year: int | str, source: str) -> MethodBook:
    """Return the metodbok for its document.

    Raises
    ------
    ParameterError
        For an unknown source, or a year that is none.
    """
    return MethodBook(layout_of(source, year))


def make_method_book(layout: Layout, *, cores: int = 1, engine: str | None = None) -> BatchResult:
    """Run the method pages that are not up to date, and make the metodbok of them.

    Raises
    ------
    NotBuiltError
        If an area has not been analysed.
    BatchError
        If a method page fails.
    """
    run_method_pages(layout, cores=cores).raise_failures()
    files = [method_notebook(layout, name) for name in documents()]
    report = Report(
        name="metodbok",
        kind="metodbok",
        document=DOCUMENT,
        parameters={"year": layout.year, "source": layout.source},
        metadata=book_metadata(layout),
        inputs={path.relative_to(layout.root).as_posix(): sha256(path) for path in files},
        pdf=layout.release / "metod" / "metodbok.pdf",
        twin=layout.variants / "metodbok" / "index.ipynb",
        record=layout.records / "metodbok.json",
    )
    return make_reports(layout, [report], title="Metodbok", cores=1, engine=engine)
