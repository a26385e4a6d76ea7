"""The menu, the way back and the footer of a website's pages, with links that are right for each page."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from lagesbild.errors import DocumentError

#: Folders whose pages are in the language that they are named by, where the project's is another.
_TWINS = frozenset({"en"})
_ELSEWHERE = re.compile(r"^([a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def folder_language(name: str) -> str:
    """Return the language of the folder that a page is in ("en" of "en/areas/index.qmd"), else nothing."""
    first, inside, _ = name.partition("/")
    return first if inside and first in _TWINS else ""


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


def navbar(
    website: Mapping[str, Any], page: str, pages: frozenset[str], words: Mapping[str, str], *, search: str = ""
) -> str:
    """Return the head of a page: the website's name, its menu and the search form; empty where it has no menu.

    Parameters
    ----------
    website
        The project's settings of that name.
    page, pages
        See `relative_link`.
    words
        The engine's own words in the page's language.
    search
        Source of the page that searches; a form leads there.

    Raises
    ------
    DocumentError
        For a link that leads nowhere or an item of an unknown kind.
    """
    settings = website.get("navbar")
    if not settings:
        return ""
    brand = settings.get("title", website.get("title", "")) if isinstance(settings, Mapping) else ""
    start = relative_link(_home(website, pages), page, pages)
    lists = []
    for side, name in (("left", "me-auto"), ("right", "ms-auto")):
        items = settings.get(side) or []
        if items:
            entries = "\n".join(_item(item, page, pages) for item in items)
            lists.append(f'<ul class="navbar-nav {name}">\n{entries}\n</ul>')
    form = _search(relative_link(search, page, pages), words) if search else ""
    return (
        '<div class="sidhuvud">\n'
        f'<a class="navbar-brand" href="{html.escape(start)}">{html.escape(str(brand))}</a>\n'
        '<button type="button" class="meny-knapp" aria-expanded="false" aria-controls="meny">'
        f"{words['menu']}</button>\n"
        f'<nav class="navbar" id="meny" aria-label="{html.escape(words["navigation"])}">\n'
        + "\n".join(lists)
        + f"\n</nav>\n{form}</div>"
    )


def crumbs(website: Mapping[str, Any], page: str, pages: frozenset[str], words: Mapping[str, str]) -> str:
    """Return the way from the start page to a page that is deeper than the menu's own pages; else nothing.

    Raises
    ------
    DocumentError
        See `navbar`.
    """
    settings = website.get("navbar") or {}
    home = _home(website, pages)
    for item in settings.get("left") or []:
        if not isinstance(item, Mapping) or "href" not in item:
            continue
        section = PurePosixPath(str(item["href"]).lstrip("/"))
        inside = section.parent.as_posix()
        if inside == "." or section.as_posix() in (page, home) or not page.startswith(f"{inside}/"):
            continue
        links = [_link({"href": home, "text": words["start"]}, page, pages), _link(item, page, pages)]
        entries = "".join(f"<li>{link}</li>" for link in links)
        return f'<nav class="brodsmulor" aria-label="{html.escape(words["crumbs"])}"><ol>{entries}</ol></nav>'
    return ""


def _home(website: Mapping[str, Any], pages: frozenset[str]) -> str:
    """Return the source of the start page, or its address where no page is one."""
    names = [str(website["home"])] if "home" in website else ["index.qmd", "index.ipynb"]
    return next((name for name in names if name in pages), "index.html")


def _search(address: str, words: Mapping[str, str]) -> str:
    return (
        f'<form class="sokfalt" role="search" action="{html.escape(address)}" method="get">'
        f'<label for="sok-i-huvudet">{words["search-label"]}</label>'
        '<input type="search" id="sok-i-huvudet" name="q" autocomplete="off">'
        f'<button type="submit">{words["search"]}</button></form>\n'
    )


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
            content = f"<ul>{''.join(f'<li>{_link(item, page, pages)}</li>' for item in value)}</ul>"
        else:
            content = f"<p>{_text_with_links(str(value), page, pages)}</p>"
        parts.append(f'<div class="nav-footer-{side}">{content}</div>')
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
    current = ""
    if address.lstrip("/") == page:
        current = ' aria-current="page"'
    elif name == "nav-link" and (inside := PurePosixPath(address.lstrip("/")).parent.as_posix()) != ".":
        # A page of the menu is where its own pages are.
        current = ' aria-current="true"' if page.startswith(f"{inside}/") else ""
    kind = f' class="{name}"' if name else ""
    language = folder_language(address.lstrip("/"))
    if language != folder_language(page):
        kind += f' lang="{language}" hreflang="{language}"' if language else ' lang="sv" hreflang="sv"'
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
