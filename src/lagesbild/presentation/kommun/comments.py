"""The kommun's or the analyst's own comments, each in a box that says whose it is."""

from __future__ import annotations

from collections.abc import Iterable

from lagesbild.catalogue.comment_text import Emphasis, Link, Piece, blocks_of
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.additions import Comment

#: What the box is headed, by author.
_HEADS = {"kommunen": "Kommentar från kommunen", "analytikern": "Kommentar från analytikern"}


def comments_on(comments: Iterable[Comment], area: str) -> list[str]:
    """Return the boxes of the comments on an area (on the whole report where `area` is empty)."""
    return [_box(one) for one in comments if one.area == area]


def _box(comment: Comment) -> str:
    blocks = []
    for block in blocks_of(comment.text):
        lines = ["".join(_written(piece) for piece in line) for line in block.lines]
        if block.kind == "paragraph":
            blocks.append(" ".join(lines))
        else:
            marks = ["-"] * len(lines) if block.kind == "bullets" else [f"{n}." for n in range(1, len(lines) + 1)]
            blocks.append("\n".join(f"{mark} {line}" for mark, line in zip(marks, lines, strict=True)))
    body = "\n\n".join(blocks)
    return f'::: {{.callout-note title="{_HEADS[comment.author]}" icon=false}}\n\n{body}\n\n:::'


def _written(piece: Piece) -> str:
    """Return a piece as Markdown in which all that isn't meant as markup is escaped."""
    if isinstance(piece, Emphasis):
        sign = "**" if piece.strong else "*"
        return f"{sign}{markdown_text(piece.text)}{sign}"
    if isinstance(piece, Link):
        return f"[{markdown_text(piece.text)}](<{piece.address}>)"
    # One line of spaces at its ends is kept: the words around emphasis stand apart.
    inner = markdown_text(piece)
    return f"{' ' if piece[:1] == ' ' else ''}{inner}{' ' if piece[-1:] == ' ' and inner else ''}"
