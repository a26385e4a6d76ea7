"""An executed notebook as a page of the website."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from lagesbild.publishing.engines import with_metadata

#: The front matter of every page: HTML alone, since the PDF is made already.
PAGE = {"format": {"html": {"toc": True, "toc-depth": 2}}}


def page_notebook(notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook as a page's; it no longer tells which document it came from."""
    page = with_metadata(notebook, PAGE)
    page.metadata.get("lagesbild", {}).pop("file", None)
    return page


def page_text(notebook: NotebookNode) -> str:
    """Return an executed notebook as the file of a page; see `page_notebook`."""
    return notebook_text(page_notebook(notebook))


def notebook_text(page: NotebookNode) -> str:
    """Return a page's notebook as its file."""
    return f"{nbformat.writes(page)}\n"
