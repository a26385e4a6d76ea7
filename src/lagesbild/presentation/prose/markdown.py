"""Analysts' prose as Markdown of a document: everything literal but what the prose's own language means."""

from __future__ import annotations

from collections.abc import Mapping

from lagesbild.catalogue.comment_text import Link
from lagesbild.catalogue.prose_parts import Broken, Claim, Emphasised, Piece, Prose, ProseBlock, Value
from lagesbild.methods.prose_figures import ProseFigures
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.prose.values import value_text

#: What a draft's marks begin with: seen without colour, in every format.
DRAFT_SIGN = "⚠"

#: Heading of the computed text after prose that has headings of its own.
_COMPUTED = "Uppgifterna"


def prose_markdown(prose: Prose, figures: ProseFigures, *, level: int, marks: Mapping[int, str] | None = None) -> str:
    """Return a file of prose as Markdown.

    Parameters
    ----------
    prose
        The prose.
    figures
        The released figures that it names.
    level
        Level of its headings.
    marks
        For a draft: what is wrong with a piece, by the piece's identity (`id`). What is wrong is told in the text,
        after the words that it is wrong with.
    """
    writer = _Writer(figures, marks or {})
    parts = [writer.block(block, level) for block in prose.blocks]
    # The computed text that follows is no part of the analyst's last section.
    if any(block.kind == "heading" for block in prose.blocks):
        parts.append(f"{'#' * level} {_COMPUTED}")
    return "\n\n".join(parts)


class _Writer:
    def __init__(self, figures: ProseFigures, marks: Mapping[int, str]) -> None:
        self._figures = figures
        self._marks = marks

    def block(self, block: ProseBlock, level: int) -> str:
        lines = [self.line(line) for line in block.lines]
        if block.kind == "heading":
            return f"{'#' * level} {lines[0]}"
        if block.kind == "paragraph":
            return lines[0]
        return "\n".join(f"{'-' if block.kind == 'bullets' else f'{n}.'} {line}" for n, line in enumerate(lines, 1))

    def line(self, pieces: tuple[Piece, ...], claim: Claim | None = None) -> str:
        return "".join(self._piece(piece, claim) for piece in pieces)

    def _piece(self, piece: Piece, claim: Claim | None) -> str:
        mark = piece.what if isinstance(piece, Broken) else self._marks.get(id(piece))
        told = "" if mark is None else f" **{markdown_text(f'[{DRAFT_SIGN} {mark}]')}**"
        words = self._words(piece, claim)
        # The mark stands at the words, before the space that parts them from the next.
        return f"{words.rstrip(' ')}{told}{' ' if words.endswith(' ') else ''}" if told else words

    def _words(self, piece: Piece, claim: Claim | None) -> str:
        if isinstance(piece, Value):
            return markdown_text(value_text(piece, self._figures, claim) or "saknas")
        if isinstance(piece, Claim):
            return self.line(piece.pieces, piece)
        if isinstance(piece, Emphasised):
            around = "**" if piece.strong else "*"
            return f"{around}{self.line(piece.pieces, claim)}{around}"
        if isinstance(piece, Link):
            return f"[{_literal(piece.text)}]({piece.address})"
        return _literal(piece if isinstance(piece, str) else piece.text)


def _literal(text: str) -> str:
    """Return text made literal, with the spaces at its ends, which belong to the words around a value."""
    inner = markdown_text(text)
    return f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[-1:] == ' ' and inner else ''}"
