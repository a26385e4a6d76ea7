"""Pages of the website: an executed notebook, or Markdown without code cells."""

from __future__ import annotations

import nbformat
import yaml
from nbformat import NotebookNode

from lagesbild.publishing.embedded.markdown import front_matter
from lagesbild.publishing.engines import with_metadata
from lagesbild.publishing.front_matter import split_front_matter
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.release_metadata import common_metadata


def page_notebook(notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook as a page's: HTML alone, and it no longer tells which document it came from."""
    own = split_front_matter(front_matter(notebook), "notebook")[0].get("format")
    html = own.get("html") if isinstance(own, dict) else None
    toc = bool(html.get("toc", True)) if isinstance(html, dict) else True
    page = with_metadata(notebook, {"format": {"html": {"toc": toc, "toc-depth": 2}}})
    page.metadata.get("lagesbild", {}).pop("file", None)
    return page


def page_text(notebook: NotebookNode) -> str:
    """Return an executed notebook as the file of a page; see `page_notebook`."""
    return notebook_text(page_notebook(notebook))


def notebook_text(page: NotebookNode) -> str:
    """Return a page's notebook as its file."""
    return f"{nbformat.writes(page)}\n"


def plain_page(layout: Layout, title: str, body: str, *, toc: bool = True, **metadata: object) -> str:
    """Return a page without code cells as its ``.qmd``.

    Parameters
    ----------
    layout
        Decides the source and the mark of invented data.
    title, body
        Markdown; text from data is escaped by the caller (`presentation.escape`).
    toc
        Whether the page lists its headings.
    metadata
        More front matter: ``subtitle``, ``description``, ``lang``.
    """
    front = {"title": title, **metadata, **common_metadata(layout), "format": {"html": {"toc": toc, "toc-depth": 2}}}
    return f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)}---\n\n{body.strip()}\n"
