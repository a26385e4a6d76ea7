"""The method site: a page for each method, hand-written in ``reports/site/metod`` and listed on the page Metod."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lagesbild.catalogue.resources import project_root
from lagesbild.errors import DocumentError
from lagesbild.publishing.front_matter import split_front_matter

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SWEDISH = str.maketrans("åäö", "{|}")


@dataclass(frozen=True, kw_only=True)
class MethodPage:
    """A page of the method site.

    Parameters
    ----------
    slug
        Its file's name without suffix, and its address: ``/metod/<slug>/``.
    title, description
        From its front matter, in Markdown: its name, and in one sentence what the method answers.
    """

    slug: str
    title: str
    description: str

    @property
    def document(self) -> str:
        """The page's file, from the project's top."""
        return f"reports/site/metod/{self.slug}.qmd"

    @property
    def address(self) -> str:
        """Where the page lands in the staged website, without suffix."""
        return f"metod/{self.slug}/index"


def method_pages(folder: Path | None = None) -> tuple[MethodPage, ...]:
    """Return the method site's pages, by title in Swedish order.

    Parameters
    ----------
    folder
        Where the pages are; the project's own if not given.

    Raises
    ------
    DocumentError
        If a file's name can't be an address, or its front matter lacks title or description.
    """
    where = folder or project_root() / "reports" / "site" / "metod"
    pages = [_page(path) for path in sorted(where.glob("*.qmd"))]
    return tuple(sorted(pages, key=lambda page: page.title.lower().translate(_SWEDISH)))


def _page(path: Path) -> MethodPage:
    if not _SLUG.fullmatch(path.stem):
        raise DocumentError(path.name, None, "a method page's name is its address", "Use a-z, 0-9 and hyphens")
    metadata, _ = split_front_matter(path.read_text(encoding="utf-8"), path.name)
    title, description = (str(metadata.get(key) or "").strip() for key in ("title", "description"))
    if not title or not description:
        raise DocumentError(path.name, 1, "a method page needs `title` and `description` in its front matter")
    return MethodPage(slug=path.stem, title=title, description=description)


def method_list(pages: tuple[MethodPage, ...] | None = None, *, up: str = "") -> str:
    """Return a list of links to the method pages, each with what it answers.

    Parameters
    ----------
    pages
        The pages; the project's own if not given.
    up
        Path from the page that has the list to the website's folder ``metod``.
    """
    return "".join(
        f"- [{page.title}]({up}{page.slug}/index.html): {page.description}\n"
        for page in (method_pages() if pages is None else pages)
    )
