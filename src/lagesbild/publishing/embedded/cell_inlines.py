"""The inline Markdown that table cells use, read and written without Pandoc.

Text with escapes, strong and emphasised text, marked spans, links inside the document or to the web, and raw inlines.
`inlines` gives null for a cell with anything else, which is then Pandoc's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

#: Classes of spans that the extension draws in print.
_MARKS = ("gron", "gul", "rod", "dampad", "nowrap", "syntetisk", "sparkod")

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)(?P<raw>[^`]+)(?P=ticks)\{=(?P<format>html|typst)\}"
    r"|\*\*(?P<strong>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<emph>(?:\\.|[^*\\ ])(?:\\.|[^*\\])*)\*"
    r"|\[(?P<content>(?:\\.|[^\[\]\\])*)\](?:\{\.(?P<name>[a-z]+)\}|\((?P<address>[^()\s\\\"<>]+)\))"
    r"|(?P<text>[^\\`*\[\]!\"'<>@^~$_{}&|.\-]+|[.\-])"
)
_DASHES = re.compile(r"(?<!\\)(--|\.\.\.)")
_PAGE = re.compile(r"\.(qmd|ipynb)([?#]|$)")


@dataclass(frozen=True)
class Inline:
    """A piece of a cell: `kind` is "text", "raw", "strong", "emph", "span" or "link".

    Parameters
    ----------
    kind
        What it is.
    text
        Its text, for "text" and "raw".
    inside
        Its content, for the others.
    name
        A span's class or a link's address.
    """

    kind: str
    text: str = ""
    inside: tuple[Inline, ...] = ()
    name: str = ""


def inlines(markdown: str, target: str) -> list[Inline] | None:
    """Return a cell's inlines for one format; null where it holds anything that only Pandoc knows."""
    found = _parsed(markdown, target)
    return None if found is None else list(found)


@lru_cache(maxsize=8192)
def _parsed(markdown: str, target: str) -> tuple[Inline, ...] | None:
    if _DASHES.search(markdown):
        return None
    pieces: list[Inline] = []
    position = 0
    while position < len(markdown):
        match = _TOKEN.match(markdown, position)
        if match is None:
            return None
        position = match.end()
        piece = _piece(match, target)
        if piece is None:
            return None
        if piece.kind == "text" and pieces and pieces[-1].kind == "text":
            pieces[-1] = Inline("text", pieces[-1].text + piece.text)
        elif piece.kind != "raw" or piece.text:
            pieces.append(piece)
    return tuple(pieces)


def _piece(match: re.Match[str], target: str) -> Inline | None:
    kind = match.lastgroup
    if kind == "text":
        return Inline("text", re.sub(" +", " ", match["text"]))
    if kind == "escaped":
        return Inline("text", match["escaped"])
    if kind == "format":
        return Inline("raw", match["raw"] if match["format"] == target else "")
    inside = _parsed(match[kind if kind in ("strong", "emph") else "content"], target)
    if inside is None or _PAGE.search(match["address"] or ""):
        return None
    if kind in ("strong", "emph"):
        return Inline(str(kind), inside=inside)
    return Inline("span" if match["name"] else "link", inside=inside, name=match["name"] or match["address"])


def plain_of(pieces: Sequence[Inline]) -> str:
    """Return inlines as bare text, drawings left out."""
    return "".join(one.text if one.kind == "text" else plain_of(one.inside) for one in pieces)


def html_of(pieces: Sequence[Inline]) -> str:
    """Return inlines as HTML."""
    return "".join(_html(one) for one in pieces)


def _html(one: Inline) -> str:
    if one.kind == "text":
        return escape(one.text, quote=False)
    if one.kind == "raw":
        return one.text
    inside = html_of(one.inside)
    if one.kind == "span":
        return f'<span class="{one.name}">{inside}</span>'
    if one.kind == "link":
        return f'<a href="{escape(one.name)}">{inside}</a>'
    tag = "em" if one.kind == "emph" else one.kind
    return f"<{tag}>{inside}</{tag}>"


def typst_of(pieces: Sequence[Inline]) -> str:
    """Return inlines as a Typst value: a string where they are text alone, else content."""
    if not pieces:
        return "[]"
    if len(pieces) == 1 and pieces[0].kind == "text":
        return _typst_string(pieces[0].text)
    return f"[{''.join(_typst(one) for one in pieces)}]"


def _typst(one: Inline) -> str:
    if one.kind == "text":
        return f"#{_typst_string(one.text)};"
    if one.kind == "raw":
        return one.text
    inside = "".join(_typst(piece) for piece in one.inside)
    if one.kind == "span":
        return f'#lagesbild-mark("{one.name}")[{inside}]' if one.name in _MARKS else inside
    if one.kind == "link":
        return f"#link({f'<{one.name[1:]}>' if one.name.startswith('#') else _typst_string(one.name)})[{inside}]"
    return f"#{one.kind}[{inside}]"


def _typst_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
