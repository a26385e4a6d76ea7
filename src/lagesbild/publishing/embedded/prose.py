"""Plain paragraphs and bullet lists written straight as Typst and HTML, past Pandoc.

What is left of a report without its tables is mostly paragraphs of text, and Pandoc's reader is slow. Where every
piece of a paragraph is of the few kinds that `cell_inlines` knows, it is written here as Pandoc would have written it.
Headings, blocks with attributes and everything else stay with Pandoc; so does a document in which a paragraph may not
be what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from lagesbild.publishing.embedded.cell_inlines import html_of, inlines, typst_of
from lagesbild.publishing.embedded.holdings import KNOWN_FILTER
from lagesbild.publishing.embedded.subset import fenced_lines
from lagesbild.publishing.qmd import SourceLine

#: What lets a blank line stand inside a block: raw HTML that is kept whole, tables drawn with lines, LaTeX.
_LONG_BLOCK = re.compile(
    r"<(pre|script|style|textarea|svg|math)\b|<!--|^\s*[-=+][-=+\s|]*-{2,}[-=+\s|]*$|\\begin\{", re.I
)
_METADATA = re.compile(r"-{3} *")
_METADATA_END = re.compile(r"(-{3}|\.{3}) *")
# A letter, a figure, or something that begins a piece of text; what begins a list, a caption or a term is none.
_BEGINS = re.compile(r"(?!\(?(\w|[ivxlcdmIVXLCDM]+|\d+)[.)]\s|Table:)[\w*\[(”§▲■▼●○◆]")
_ITEM = re.compile(r"- (?=\S)(.*)")
# After these Pandoc's reader writes a space that does not break.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(Mr|Mrs|Ms|Capt|Dr|Prof|Gen|Gov|e\.g|i\.e|Sgt|St|vol|vs|Sen|Rep|Pres|Hon|Rev|Ph\.D|M\.D|M\.A|p|pp|ch"
    r"|chap|sec|cf|cp)\.\s"
)
# Blocks whose paragraphs mean something else than text: floats with their captions, and cells.
_OTHER_DIV = re.compile(r"#|lb-|\bcell\b|layout")


def write_prose(lines: Sequence[SourceLine], target: str, filters: Sequence[Path]) -> list[SourceLine]:
    """Return lines in which every paragraph and bullet list that can be is a raw block.

    Parameters
    ----------
    lines
        Markdown.
    target
        "typst" or "html".
    filters
        Lua filters that will see the document; one that is not our own may look for text anywhere.
    """
    if any(path.name != KNOWN_FILTER for path in filters):
        return list(lines)
    apart = _set_apart(lines)
    if apart is None:
        return list(lines)
    made: list[SourceLine] = []
    position = 0
    while position < len(lines):
        end = position
        while end < len(lines) and lines[end].text and not apart[end]:
            end += 1
        if end == position:
            made.append(lines[position])
            position += 1
            continue
        written = None
        if _stands_alone(lines, apart, position, end):
            written = _written([line.text for line in lines[position:end]], target)
        if written is None:
            made += lines[position:end]
        else:
            place = lines[position]
            text = (f"```{{={target}}}", "\n".join(written), "```")
            made += [SourceLine(part, place.file, place.line) for part in text]
        position = end
    return made


def _set_apart(lines: Sequence[SourceLine]) -> list[bool] | None:
    """Return for each line whether it is no text (code, metadata, in a float); null where that can't be told."""
    apart = []
    divs: list[bool] = []  # for each that is open, whether its paragraphs are something else
    metadata = False
    for number, (line, in_code) in enumerate(zip(lines, fenced_lines(lines), strict=True)):
        text = line.text
        if in_code:
            apart.append(True)
        elif metadata:
            apart.append(True)
            metadata = _METADATA_END.fullmatch(text) is None
        elif text.startswith(":::"):
            apart.append(True)
            if text.strip(": "):
                if number and lines[number - 1].text and not lines[number - 1].text.startswith(":::"):
                    return None  # no block, since a paragraph goes on here
                divs.append(_OTHER_DIV.search(text) is not None)
            elif divs:
                divs.pop()
            else:
                return None
        elif _METADATA.fullmatch(text) and number + 1 < len(lines) and lines[number + 1].text.strip():
            apart.append(True)
            metadata = True
        elif _LONG_BLOCK.search(text):
            return None
        else:
            apart.append(any(divs))
    return apart


def _stands_alone(lines: Sequence[SourceLine], apart: Sequence[bool], start: int, end: int) -> bool:
    """Return whether blank lines part the lines from all else, and neither a list nor a term goes over them."""
    if start and lines[start - 1].text and not lines[start - 1].text.startswith((":::", "```")):
        return False
    if end < len(lines) and lines[end].text and not lines[end].text.startswith(":::"):
        return False
    before = next((lines[n].text for n in range(start - 1, -1, -1) if lines[n].text), "")
    after = next((line.text for line in lines[end:] if line.text), "")
    is_list = lines[start].text.startswith("- ")
    if after.startswith((" ", "\t", "~ ", ": ")):
        return False
    return not is_list or not (_in_list(before) or _in_list(after))


def _in_list(text: str) -> bool:
    return text.startswith((" ", "\t", "-", "*", "+", "(", "#.")) or re.match(r"\w+[.)]\s", text) is not None


def _written(texts: Sequence[str], target: str) -> list[str] | None:
    """Return the lines of a paragraph or list in a format; null where only Pandoc knows them."""
    items = [_ITEM.fullmatch(text) for text in texts]
    if all(items):
        told = [_inline(item[1], target) for item in items if item]
        if None in told:
            return None
        if target == "typst":
            return [*(f"- {text}" for text in told), ""]
        return ["<ul>", *(f"<li>{text}</li>" for text in told), "</ul>"]
    if any(not _BEGINS.match(text) or text.endswith(("  ", "\\")) for text in texts):
        return None
    told = [_inline(" ".join(text.strip() for text in texts), target)]
    if told[0] is None:
        return None
    return [str(told[0]), ""] if target == "typst" else [f"<p>{told[0]}</p>"]


def _inline(text: str, target: str) -> str | None:
    if not _BEGINS.match(text) or _ABBREVIATION.search(text):
        return None
    pieces = inlines(text.strip(), target)
    if not pieces or any(one.kind == "raw" for one in pieces):
        return None
    if target == "html":
        return html_of(pieces)
    made = typst_of(pieces)
    return f"#{made};" if made.startswith('"') else made[1:-1]
