"""Text from data, made literal in Markdown, HTML and Typst.

A title or a name from outside may hold any character. In a document it must come out as the same
characters, and never as a cross-reference, a tag, a formula, a shortcode or a table border.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

# Pandoc lets any ASCII punctuation be escaped by a backslash. Escaping nearly all of it is easier to be
# sure of than knowing which characters mean something where: lists ("1.", "a)", "-"), smart quotes and
# dashes, "@fig-", "{{< meta >}}", "$x$", ":::" and more. Comma, semicolon, slash, question mark and per
# cent mean nothing inside a line.
_MARKDOWN = re.compile(r"([!\"#$&'()*+\-.:<=>@\[\\\]^_`{|}~])")
_LINE_START = re.compile(r"^(%)")

_NO_BREAK = "\u00a0\u202f\u2007"
# Nearly all text: Latin letters, digits, signs, dashes, arrows and the spaces that are kept. None of it is changed.
_PLAIN = re.compile(r"[ -~\u00a0-\u02ff\u2007\u2010-\u2027\u202f\u2030-\u205e\u2190-\u27bf]*").fullmatch
_SPACES = re.compile("  +")

# The same words, numbers and colours stand in a report hundreds of times.
_REMEMBERED = 8192


@lru_cache(maxsize=_REMEMBERED)
def one_line(text: str) -> str:
    """Return `text` on one line: breaks, tabs and runs of spaces become one space, control characters go.

    No-break spaces are kept: they belong to the text ("12 345").
    """
    if not _PLAIN(text):
        text = "".join(_kept(character) for character in text)
    return _SPACES.sub(" ", text).strip(" ")


def _kept(character: str) -> str:
    """Return what stands for a character in text on one line."""
    if character in _NO_BREAK:
        return character
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") else character


@lru_cache(maxsize=_REMEMBERED)
def markdown_text(text: str) -> str:
    """Return `text` for a paragraph, heading, list item or table cell of Pandoc Markdown, made literal.

    The result is one line (`one_line`).
    """
    return _LINE_START.sub(r"\\\1", _MARKDOWN.sub(r"\\\1", one_line(text)))


def markdown_attribute(text: str) -> str:
    """Return `text` for a quoted attribute (``fig-alt="..."``), without the quotes.

    Shortcode braces are spaced apart, as Quarto reads shortcodes before it reads attributes; Pandoc reads
    character references in attributes too.
    """
    line = one_line(text).replace("{{", "{ {").replace("}}", "} }")
    return line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


@lru_cache(maxsize=_REMEMBERED)
def html_text(text: str) -> str:
    """Return `text` for HTML and SVG, between tags or in a quoted attribute; safe inside raw Markdown too.

    Backtick, pipe and braces become character references: the raw HTML stands inside a code span, perhaps
    in a pipe table, and Quarto looks for shortcodes everywhere.
    """
    escaped = html.escape(one_line(text), quote=True)
    for character in "`|{}":
        escaped = escaped.replace(character, f"&#{ord(character)};")
    return escaped


def typst_string(text: str) -> str:
    """Return `text` as a Typst string literal with its quotes; safe inside raw Markdown too.

    Backtick, pipe and braces are written as escapes, for the reason given in `html_text`.
    """
    escaped = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[`|{}]", lambda found: f"\\u{{{ord(found[0]):x}}}", escaped) + '"'
