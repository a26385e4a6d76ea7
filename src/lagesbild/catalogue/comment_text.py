"""The Markdown that a comment may be written in: paragraphs, lists, emphasis and links to https, nothing else.

A comment is an outside text that stands in a report with our name on it. What could run, draw or pretend to be part
of the report (HTML, Typst, code, shortcodes, headings, pictures) is refused with its line, not cleaned away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from lagesbild.errors import Fault

#: The longest comment: a report is no place for more.
MOST_CHARACTERS = 3000


@dataclass(frozen=True, kw_only=True)
class Emphasis:
    """Words in italics, or in bold where `strong`."""

    text: str
    strong: bool


@dataclass(frozen=True, kw_only=True)
class Link:
    """Words that lead to an address on the web."""

    text: str
    address: str


#: A piece of a line: plain text, emphasis or a link.
Piece: TypeAlias = str | Emphasis | Link


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph or list: its lines (items, for a list), each in pieces."""

    kind: Literal["paragraph", "bullets", "numbers"]
    lines: tuple[tuple[Piece, ...], ...]


_BULLET = re.compile(r"[-*] +(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)] +(?=\S)")
#: An address on the web.
ADDRESS = r"https://[^\s<>()\[\]{}\"'`\\]+"
_PIECES = re.compile(
    rf"\[(?P<label>[^\[\]]+)\]\((?P<address>{ADDRESS})\)|\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*"
)
#: What is refused wherever it stands, and what it is called.
_REFUSED = (
    (re.compile(r"<[/!?a-zA-Z]"), "HTML"),
    (re.compile(r"`|^\s*~~~|^\s{4,}\S|^\t"), "code"),
    (re.compile(r"\{\{|\}\}"), "a shortcode"),
    (re.compile(r"\{"), "a brace, which may set attributes or raw formats"),
    (re.compile(r"!\["), "a picture"),
    (re.compile(r"^\s{0,3}#{1,6}(\s|$)|^\s{0,3}(=+|-{2,})\s*$"), "a heading or rule: the report has its own"),
    (re.compile(r"^\s{0,3}:::"), "a box"),
    (re.compile(r"^\s{0,3}>"), "a block quote"),
    (re.compile(r"^\s*\|.*\|"), "a table"),
    (re.compile(r"\\"), "a backslash"),
    (re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]"), "a control character"),
)
_ANY_LINK = re.compile(r"\]\s*\(|\]\s*\[|^\s*\[[^\]]+\]:")


def comment_faults(
    text: str, *, file: str, first_line: int = 1, called: str = "a comment", longest: int = MOST_CHARACTERS
) -> list[Fault]:
    """Return what is wrong with a comment, line by line.

    Parameters
    ----------
    text
        The comment.
    file
        Its file, for the message.
    first_line
        Line of the file that the comment begins on.
    called, longest
        What the text is, for the message, and how many characters it may have.
    """
    allowed = "paragraphs, lists, *emphasis*, **strong** and [words](https://...)"
    faults = []
    for at, line in enumerate(text.split("\n"), start=first_line):
        faults += [
            Fault(
                what=f"{name} is not allowed in {called}",
                file=file,
                row=at,
                expected=allowed,
                action="Write it in words",
            )
            for pattern, name in _REFUSED
            if pattern.search(line)
        ]
        if _ANY_LINK.search(_PIECES.sub("", line)):
            faults.append(
                Fault(
                    what="a link that isn't to https",
                    file=file,
                    row=at,
                    expected="[words](https://...)",
                    action="Mend or remove it",
                )
            )
    if len(text) > longest:
        what = f"the comment has {len(text)} characters" if called == "a comment" else f"it has {len(text)} characters"
        faults.append(Fault(what=what, file=file, expected=f"at most {longest}", action="Shorten it"))
    return faults


def blocks_of(text: str) -> list[Block]:
    """Return a comment's paragraphs and lists; what is no markup of ours is plain text, whatever it looks like."""
    return [block for chunk in re.split(r"\n\s*\n", text.strip()) for block in _blocks(chunk.split("\n"))]


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the blocks of lines without an empty one between them: a list may follow a paragraph directly."""
    kind: Literal["paragraph", "bullets", "numbers"] = "paragraph"
    items: list[str] = []
    for line in map(str.strip, lines):
        marked = _BULLET.match(line) or _NUMBER.match(line)
        of_line = kind if marked is None else ("bullets" if line[0] in "-*" else "numbers")
        if items and of_line != kind:
            yield _block(kind, items)
            items = []
        kind = of_line
        if marked is not None:
            items.append(line[marked.end() :])
        elif items:
            items[-1] += f" {line}"
        elif line:
            items.append(line)
    if items:
        yield _block(kind, items)


def _block(kind: Literal["paragraph", "bullets", "numbers"], items: list[str]) -> Block:
    return Block(kind=kind, lines=tuple(tuple(_pieces(item)) for item in items))


def _pieces(line: str) -> Iterator[Piece]:
    at = 0
    for found in _PIECES.finditer(line):
        if found.start() > at:
            yield line[at : found.start()]
        if found["label"] is not None:
            yield Link(text=found["label"], address=found["address"])
        else:
            strong = found["bold"] is not None
            yield Emphasis(text=found["bold"] if strong else found["italic"], strong=strong)
        at = found.end()
    if at < len(line):
        yield line[at:]
