"""The Markdown that analysts' prose is written in: what a comment may hold, headings, inline values and claims.

An inline value is ``{{< varde ao-hemtjanst-nojdhet riket 2024 >}}``, a claim ``[Andelen har ökat]{.pastaende ...}``
and a number that is no figure of ours ``[290]{.fast skal="..."}``. A typed number is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lagesbild.catalogue.comment_text import ADDRESS, Link, comment_faults
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.prose_numbers import contradicts, typed_numbers
from lagesbild.catalogue.prose_options import Options
from lagesbild.catalogue.prose_parts import Broken, Emphasised, Fixed, Piece, Prose, ProseBlock
from lagesbild.catalogue.prose_pieces import CLAIM_OPTIONS, VALUE_OPTIONS, read_claim, read_value
from lagesbild.errors import Fault

#: The longest file of prose: some eight pages.
MOST_CHARACTERS = 20_000

#: What a draft says of pieces that could not be read.
TYPED = "talet är skrivet för hand"
UNREADABLE = "märkningen kan inte läsas"

_REVIEW = re.compile(r"att granska\b.*", re.IGNORECASE)
_HEADING = re.compile(r"## +(?=\S)")
_BULLET = re.compile(r"[-*] +(?=\S)")
_NUMBER = re.compile(r"\d{1,2}[.)] +(?=\S)")

_VALUE = r"\{\{<(?P<value>[^<>]*)>\}\}"
_SPAN = r"\[(?P<span>[^\[\]]+)\]\{(?P<options>[^{}]*)\}"
_EMPHASIS = r"\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*|\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*"
_PIECES = re.compile(rf"{_VALUE}|{_SPAN}|\[(?P<label>[^\[\]]+)\]\((?P<address>{ADDRESS})\)|{_EMPHASIS}")
_Kind = Literal["heading", "paragraph", "bullets", "numbers"]


def read_prose(text: str, *, file: str, catalogue: Catalogue) -> tuple[Prose, list[Fault]]:
    """Return a file of prose and what is wrong with it.

    Parameters
    ----------
    text
        The whole file. A first line that begins with "Att granska" says that nobody has read it yet.
    file
        Its path, for messages.
    catalogue
        The indicators that it may name.

    Returns
    -------
    tuple of Prose, and list of Fault
        The prose is whole even where faults were found, with `Broken` pieces in it, so that a draft can show it.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    review = bool(_REVIEW.match(lines[0]))
    if review:
        lines[0] = ""
    reader = _Reader(file=file, catalogue=catalogue)
    blocks = tuple(reader.blocks(lines))
    # What is ours is masked; what is left has to be such as a comment may be.
    masked = _PIECES.sub(_mask, "\n".join(_HEADING.sub("", line) for line in lines))
    strange = comment_faults(masked, file=file, called="prose", longest=MOST_CHARACTERS)
    faults = sorted([*reader.faults, *strange], key=lambda fault: fault.row or 0)
    if not any(line.strip() for line in lines):
        faults.append(Fault(what="the file is empty", file=file, action="Fill it in or remove it"))
    return Prose(file=file, blocks=blocks, review=review), faults


def _mask(found: re.Match[str]) -> str:
    """Return what stands for a piece while the text around it is looked through: its words, on as many lines."""
    if found["value"] is not None:
        return "x" + "\n" * found[0].count("\n")
    if found["span"] is not None:
        return _PIECES.sub(_mask, found["span"]) + "\n" * found["options"].count("\n")
    return found[0]


@dataclass(kw_only=True)
class _Reader:
    file: str
    catalogue: Catalogue
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, what: str, *, expected: str | None = None, action: str | None = None) -> None:
        self.faults.append(Fault(what=what, file=self.file, row=line, expected=expected, action=action))

    def blocks(self, lines: list[str]) -> Iterator[ProseBlock]:
        """Yield the blocks; a list may follow a paragraph without an empty line between."""
        kind: _Kind = "paragraph"
        items: list[tuple[int, str]] = []
        for at, line in enumerate(map(str.strip, lines), start=1):
            of_line, marked = _kind(line, kind if items else "paragraph")
            if items and (not line or of_line != kind or of_line == "heading"):
                yield self._block(kind, items)
                items = []
                of_line, marked = _kind(line, "paragraph")
            if not line:
                continue
            kind = of_line
            if marked is not None or not items:
                items.append((at, line[marked.end() :] if marked else line))
            else:
                items[-1] = (items[-1][0], f"{items[-1][1]}\n{line}")
        if items:
            yield self._block(kind, items)

    def _block(self, kind: _Kind, items: list[tuple[int, str]]) -> ProseBlock:
        return ProseBlock(kind=kind, lines=tuple(tuple(self.pieces(text, at)) for at, text in items))

    def pieces(self, text: str, line: int, *, level: str | None = None) -> Iterator[Piece]:
        """Yield the pieces of a text that begins on a line of the file."""
        at = 0
        for found in _PIECES.finditer(text):
            yield from self.plain(text[at : found.start()], line + text.count("\n", 0, at), level=level)
            yield self.piece(found, line + text.count("\n", 0, found.start()), level=level)
            at = found.end()
        yield from self.plain(text[at:], line + text.count("\n", 0, at), level=level)

    def plain(self, text: str, line: int, *, level: str | None) -> Iterator[Piece]:
        """Yield text without markup, with its typed numbers noted."""
        typed = typed_numbers(text.replace("\n", " "), claimed=level is not None)
        typed = [number for number in typed if number != level]
        for number in typed:
            where = line + text.count("\n", 0, max(text.find(number), 0))
            what = f"the typed number {number!r}"
            action = "Write an inline value ({{< varde ... >}}), or [" + number + ']{.fast skal="why it is fixed"}'
            self.fault(
                where, what, expected="no figures in prose but years, dates and references to law", action=action
            )
        flat = text.replace("\n", " ")
        if typed:
            yield Broken(line=line, text=flat, what=TYPED)
        elif flat:
            yield flat

    def piece(self, found: re.Match[str], line: int, *, level: str | None) -> Piece:
        if found["value"] is not None:
            return self.value(found[0], found["value"], line)
        if found["label"] is not None:
            list(self.plain(found["label"], line, level=level))
            return Link(text=found["label"].replace("\n", " "), address=found["address"])
        if found["span"] is not None:
            return self.span(found["span"], found["options"], line)
        strong = found["bold"] is not None
        inner = found["bold"] if strong else found["italic"]
        return Emphasised(pieces=tuple(self.pieces(inner, line, level=level)), strong=strong)

    def value(self, whole: str, given: str, line: int) -> Piece:
        name, _, rest = given.strip().partition(" ")
        if name != "varde":
            self.fault(line, f"unknown shortcode {name!r}", expected="varde", action="Mend or remove it")
            return Broken(line=line, text=whole, what=UNREADABLE)
        options = Options(text=rest, file=self.file, line=line, catalogue=self.catalogue, known=VALUE_OPTIONS)
        value = read_value(options)
        self.faults += options.faults
        return value or Broken(line=line, text=whole, what=UNREADABLE)

    def span(self, words: str, given: str, line: int) -> Piece:
        flat = words.replace("\n", " ")
        known = ("skal",) if ".fast" in given.split() else CLAIM_OPTIONS
        options = Options(text=given, file=self.file, line=line, catalogue=self.catalogue, known=known)
        if "fast" in options.marks:
            if not options.named.get("skal") or options.faults:
                self.fault(line, f"{flat!r} is fixed without a reason", expected='{.fast skal="..."}')
                return Broken(line=line, text=flat, what=UNREADABLE)
            return Fixed(text=flat, reason=options.named["skal"])
        if "pastaende" not in options.marks:
            self.fault(line, f"the span [{flat[:40]}] is neither .pastaende nor .fast", action="Mark or unmark it")
            return Broken(line=line, text=flat, what=UNREADABLE)
        claim = read_claim(options, tuple(self.pieces(words, line, level=_level_of(given))))
        if claim is not None:
            word = contradicts(_PIECES.sub(" ", flat), claim.way)
            if word is not None:
                options.fault(f"the sentence says {word!r} but is marked {claim.way}", action="Correct one of them")
        self.faults += options.faults
        return claim if claim is not None and not options.faults else Broken(line=line, text=flat, what=UNREADABLE)


def _level_of(options: str) -> str:
    """Return the level that a claim is of, as a sentence would say it; empty where it is of none."""
    found = re.search(r"(?:^|\s)(?:over|under)=[\"']?([\d.,-]+)", options)
    return found[1].replace(".", ",") if found else ""


def _kind(line: str, before: _Kind) -> tuple[_Kind, re.Match[str] | None]:
    """Return what kind of block a line belongs to, and the mark it begins with."""
    kinds: tuple[tuple[_Kind, re.Pattern[str]], ...]
    kinds = (("heading", _HEADING), ("bullets", _BULLET), ("numbers", _NUMBER))
    for kind, pattern in kinds:
        marked = pattern.match(line)
        if marked is not None:
            return kind, marked
    return ("paragraph" if before == "heading" else before), None
