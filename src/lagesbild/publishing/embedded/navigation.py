"""The navigation bar and the footer of a website's pages, with links that are right for each page."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from lagesbild.errors import DocumentError

_ELSEWHERE = re.compile(r"^([a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def relative_link(address: str, page: str, pages: frozenset[str]) -> str:
    """Return the link from one page to another, or to a file, of the project.

    Parameters
    ----------
    address
        Path from the project's top, or an address elsewhere, which stays as it is.
    page
        Source path of the page that has the link.
    pages
        Source paths of all pages.

    Raises
    ------
    DocumentError
        If a link to a document leads to no page.
    """
    if _ELSEWHERE.match(address):
        return address
    path, mark, rest = address.lstrip("/").partition("#")
    if path.endswith((".qmd", ".ipynb")):
        if path not in pages:
            raise DocumentError("_quarto.yml", None, f"the link to {path} leads to no page of this project")
        path = str(PurePosixPath(path).with_suffix(".html"))
    return posixpath.relpath(path, PurePosixPath(page).parent.as_posix()) + mark + rest


def navbar(website: Mapping[str, Any], page: str, pages: frozenset[str], words: Mapping[str, str]) -> str:
    """Return the navigation bar; empty where the website has none.

    Raises
    ------
    DocumentError
        For a link that leads nowhere or an item of an unknown kind.
    """
    settings = website.get("navbar")
    if not settings:
        return ""
    brand = settings.get("title", website.get("title", "")) if isinstance(settings, Mapping) else ""
    home = next((name for name in ("index.qmd", "index.ipynb") if name in pages), None)
    start = relative_link(home, page, pages) if home else relative_link("index.html", page, pages)
    parts = [f'<a class="navbar-brand" href="{html.escape(start)}">{html.escape(str(brand))}</a>']
    for side, name in (("left", "me-auto"), ("right", "ms-auto")):
        items = settings.get(side) or []
        if items:
            entries = "\n".join(_item(item, page, pages) for item in items)
            parts.append(f'<ul class="navbar-nav {name}">\n{entries}\n</ul>')
    inner = "\n".join(parts)
    return f'<nav class="navbar" aria-label="{html.escape(words["navigation"])}">\n{inner}\n</nav>'


def footer(settings: Any, page: str, pages: frozenset[str]) -> str:
    """Return the footer from ``page-footer``: a text, or texts for left, center and right, with Markdown links."""
    if not settings:
        return ""
    texts = {"center": settings} if isinstance(settings, str) else settings
    parts = []
    for side in ("left", "center", "right"):
        value = texts.get(side)
        if value is None:
            continue
        if isinstance(value, list):
            content = " ".join(_link(item, page, pages) for item in value)
        else:
            content = _text_with_links(str(value), page, pages)
        parts.append(f'<div class="nav-footer-{side}"><p>{content}</p></div>')
    return "\n".join(parts)


def _item(item: Any, page: str, pages: frozenset[str]) -> str:
    if isinstance(item, Mapping) and "menu" in item:
        entries = "".join(_item(entry, page, pages) for entry in item["menu"])
        text = html.escape(str(item.get("text", "")))
        return f'<li class="nav-item"><details><summary>{text}</summary><ul>{entries}</ul></details></li>'
    return f'<li class="nav-item">{_link(item, page, pages, "nav-link")}</li>'


def _link(item: Any, page: str, pages: frozenset[str], name: str = "") -> str:
    if isinstance(item, str):
        item = {"href": item, "text": PurePosixPath(item).stem}
    if not isinstance(item, Mapping) or "href" not in item:
        raise DocumentError("_quarto.yml", None, f"a navigation item without href: {item}")
    address = str(item["href"])
    current = ' aria-current="page"' if address.lstrip("/") == page else ""
    kind = f' class="{name}"' if name else ""
    target = html.escape(relative_link(address, page, pages))
    return f'<a{kind} href="{target}"{current}>{html.escape(str(item.get("text", address)))}</a>'


def _text_with_links(text: str, page: str, pages: frozenset[str]) -> str:
    parts = []
    end = 0
    for match in _LINK.finditer(text):
        parts.append(html.escape(text[end : match.start()]))
        parts.append(_link({"text": match.group(1), "href": match.group(2)}, page, pages))
        end = match.end()
    return "".join(parts) + html.escape(text[end:])
