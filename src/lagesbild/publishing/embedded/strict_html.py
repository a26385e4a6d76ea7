"""A page that needs no inline style: style attributes become classes, or attributes of the drawing.

The website's content security policy allows styles from its own files alone. Pandoc writes column widths and alignment
as styles, matplotlib colours and line widths; both have another form that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.picture_files import set_aside

_TAG = re.compile(r'<[A-Za-z][\w:-]*(?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|\'[^\']*\'|[^\s"\'>]+))?)*\s*/?>')
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')
_WIDTH = re.compile(r"([\d.]+)%")
_DRAWING = re.compile(r"<svg\b|</svg>")
_DEFAULTS = re.compile(r'<defs>\s*<style type="text/css">\*\{([^}]*)\}</style>\s*</defs>')

#: Properties that SVG has as attributes too.
_DRAWN = re.compile(
    r"fill|stroke|opacity|color|clip|font|stop|image-rendering|text-anchor|paint-order|visibility|dominant-baseline"
)
#: What the style sheet says of these elements anyway.
_SAID = frozenset({("max-width", "100%"), ("height", "auto")})
_ALIGNED = {"left": "", "right": "hoger", "center": "mitten"}


def strict(page: str, file: str, stem: str) -> tuple[str, dict[str, bytes]]:
    """Return an HTML page without style attributes and without style elements, and the large drawings' own files.

    Parameters
    ----------
    page
        The page.
    file
        Its source, for messages.
    stem
        Its name without suffix, for the files beside it.

    Raises
    ------
    DocumentError
        For a style that has no other form here: it should be a class.
    """
    parts = []
    files: dict[str, bytes] = {}
    for part, drawn in _parts(page):
        if not drawn:
            parts.append(_text(part, file))
            continue
        stays, beside = set_aside(_drawing(part, file), stem)
        parts.append(stays)
        files |= beside
    return "".join(parts), files


def _parts(page: str) -> Iterator[tuple[str, bool]]:
    """Yield the page in pieces, each with whether it is a whole drawing; a drawing may have others in it."""
    end = start = depth = 0
    for found in _DRAWING.finditer(page):
        if found[0].startswith("</"):
            depth -= 1
            if depth == 0:
                yield page[start : found.end()], True
                end = found.end()
        else:
            if depth == 0:
                yield page[end : found.start()], False
                start = found.start()
            depth += 1
    yield page[end:], False


def _text(part: str, file: str) -> str:
    return _TAG.sub(lambda tag: _plain(tag[0], file), part) if " style=" in part else part


def _drawing(part: str, file: str) -> str:
    for found in _DEFAULTS.finditer(part):
        part = part.replace("<svg", f"<svg{_attributes(found[1], file)}", 1)
    part = _DEFAULTS.sub("", part)
    return _STYLE.sub(lambda style: _attributes(style[1], file), part)


@lru_cache(maxsize=4096)
def _attributes(style: str, file: str) -> str:
    """Return a drawing's style as attributes."""
    written = ""
    for name, value in _declared(style):
        if (name, value) in _SAID or (name, value) == ("width", "100%"):
            continue
        if not _DRAWN.match(name):
            raise _unknown(name, value, file)
        written += f' {name}="{value}"'
    return written


def _plain(tag: str, file: str) -> str:
    style = _STYLE.search(tag)
    if style is None:
        return tag
    bare = tag.replace(style[0], "", 1)
    names = _classes(style[1], file)
    if not names:
        return bare
    there = _CLASS.search(bare)
    if there:
        return bare.replace(there[0], f' class="{there[1]} {names}"', 1)
    return re.sub(r"^<[\w:-]+", rf'\g<0> class="{names}"', bare, count=1)


@lru_cache(maxsize=1024)
def _classes(style: str, file: str) -> str:
    """Return the classes of the style sheet that mean the same as a style."""
    names = []
    for name, value in _declared(style):
        if name == "text-align" and value in _ALIGNED:
            names.append(_ALIGNED[value])
        elif name == "width" and (found := _WIDTH.fullmatch(value)):
            names.append(f"b-{round(float(found[1]))}")
        elif name != "flex-basis" and (name, value) not in _SAID:
            raise _unknown(name, value, file)
    return " ".join(filter(None, names))


def _declared(style: str) -> list[tuple[str, str]]:
    pairs = (one.partition(":") for one in style.split(";") if one.strip())
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def _unknown(name: str, value: str, file: str) -> DocumentError:
    return DocumentError(
        file, None, f"the style {name}: {value} stands in the page itself", "Give the element a class of lagesbild.css"
    )
