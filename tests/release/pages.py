"""The website's pages as parsed HTML."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

#: Attributes through which a page makes the browser fetch something.
_FETCHED = (
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("image", "href"),
)


@dataclass(frozen=True)
class Page:
    """One HTML file."""

    path: Path
    tree: html.HtmlElement

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def english(self) -> bool:
        """Whether the page is in the folder of the English pages."""
        return "en" in self.path.parts[self.path.parts.index("site") :]

    @cached_property
    def ids(self) -> list[str]:
        return [str(value) for value in self.tree.xpath("//@id")]

    @cached_property
    def links(self) -> list[str]:
        """Addresses of plain links."""
        return [str(value) for value in self.tree.xpath("//a/@href")]

    @cached_property
    def fetched(self) -> list[str]:
        """Addresses of what the browser fetches with the page."""
        found = [str(value) for tag, name in _FETCHED for value in self.tree.xpath(f"//{tag}/@{name}")]
        return [address for address in found if not address.startswith("data:")]

    def target(self, address: str) -> tuple[Path, str]:
        """Return the file that an address on this page means, and the fragment in it."""
        path, fragment = _parts(address)
        return (_meant(str(self.path.parent), path) if path else self.path), fragment


@cache
def _parts(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return unquote(parts.path), unquote(parts.fragment)


# Hundreds of thousands of links lead to some thousand files.
@cache
def _meant(folder: str, path: str) -> Path:
    return _file(os.path.normpath(os.path.join(folder, path)))  # noqa: PTH118 - no look at the disk for each link


@cache
def _file(path: str) -> Path:
    found = Path(path)
    return found / "index.html" if found.is_dir() else found


@cache
def is_outside(address: str) -> bool:
    """Return whether an address names another host, or another scheme than the web's."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def read_pages(site: Path) -> list[Page]:
    """Return every page of a website, in order."""
    parser = html.HTMLParser(encoding="utf-8")
    return [Page(path, html.parse(path, parser).getroot()) for path in sorted(site.rglob("*.html"))]
