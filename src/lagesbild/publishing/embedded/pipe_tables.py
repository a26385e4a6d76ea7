"""Pipe tables written straight as Typst and HTML, past Pandoc.

A report is mostly tables, and reading a pipe table takes Pandoc most of its time. The tables of `presentation.tables`
use a handful of inline constructs, so they are written here as Pandoc and the engine's filters would have written them.
A table that holds anything else is left to Pandoc.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import count

from lagesbild.publishing.embedded.cell_inlines import Inline, html_of, inlines, plain_of, typst_of
from lagesbild.publishing.embedded.subset import fenced_lines
from lagesbild.publishing.qmd import SourceLine
from lagesbild.publishing.trace_ids import without_ids

_RULE = re.compile(r"\|(:?-+:?)(\|:?-+:?)*\|")
_BORDER = re.compile(r"(?<!\\)\|")
_CAPTION = re.compile(r": (.*?)(?: \{#(tbl-[\w-]+)\})?")
# Pandoc takes the dashes for relative widths only where a line is longer than its column width.
_COLUMN_WIDTH = 72


def write_tables(lines: Sequence[SourceLine], target: str, word: str) -> list[SourceLine]:
    """Return lines in which every table that can be is a raw block, in its float where it has a caption.

    Parameters
    ----------
    lines
        Markdown.
    target
        "typst" or "html".
    word
        What a table without caption is called by a screen reader ("Tabell").
    """
    if any("tbl-colwidths" in line.text for line in lines):
        return list(lines)
    in_code = list(fenced_lines(lines))
    made: list[SourceLine] = []
    position = written_to = 0
    while position < len(lines):
        end = _end_of_table(lines, in_code, position, written_to)
        written = _written(lines, position, end, target, word) if end else None
        if written is None:
            made.append(lines[position])
            position += 1
        else:
            text, position = written
            written_to = position
            place = lines[position - 1]
            made += [SourceLine(part, place.file, place.line) for part in text]
    return made


def _end_of_table(lines: Sequence[SourceLine], in_code: Sequence[bool], start: int, written_to: int) -> int:
    """Return the position after the table that begins at `start`, 0 where none does.

    A caption may stand before its table, unless it is that of the table which ended at `written_to`.
    """
    if in_code[start] or not lines[start].text.startswith("|") or start + 2 >= len(lines):
        return 0
    if start and lines[start - 1].text.strip():
        return 0
    rule = lines[start + 1].text
    if len(rule) <= _COLUMN_WIDTH or not _RULE.fullmatch(rule):
        return 0
    before = next((lines[n].text for n in range(start - 1, written_to - 1, -1) if lines[n].text.strip()), "")
    if before.startswith(": ") or (before.startswith(":::") and ("#tbl-" in before or "data-kind" in before)):
        return 0
    return next(n for n in count(start + 2) if n == len(lines) or not lines[n].text.startswith("|"))


def _written(lines: Sequence[SourceLine], start: int, end: int, target: str, word: str) -> tuple[list[str], int] | None:
    """Return the lines that stand for a table, and the position after it and its caption; null to leave it."""
    if end == start + 2 or (end < len(lines) and lines[end].text.strip()):
        return None
    caption, label, after = "", "", end
    if end + 1 < len(lines) and lines[end + 1].text.startswith(":") and not lines[end + 1].text.startswith("::"):
        found = _CAPTION.fullmatch(lines[end + 1].text)
        if not found or (end + 2 < len(lines) and lines[end + 2].text.strip()):
            return None
        caption, label, after = found.group(1), found.group(2) or "", end + 2
    rule = lines[start + 1].text.strip("|").split("|")
    rows: list[list[list[Inline]]] = []
    for line in (lines[start], *lines[start + 2 : end]):
        text = line.text.rstrip()
        cells = [inlines(cell.strip(), target) for cell in _BORDER.split(text)[1:-1]]
        if not text.endswith("|") or len(cells) != len(rule) or any(cell is None for cell in cells):
            return None
        rows.append([cell for cell in cells if cell is not None])
    drawn = _typst(rule, rows) if target == "typst" else _html(rule, rows, _name(caption, word))
    # One line to those who read on, since nothing in it concerns them.
    block = [f"```{{={target}}}", "\n".join(drawn), "```"]
    if caption or label:
        opened = f"::: {{#{label}}}" if label else '::: {.lb-float data-kind="tbl"}'
        block = [opened, "", *block, "", "::: {.lb-caption}", caption, ":::", "", ":::"]
    return block, after


def _name(caption: str, word: str) -> str:
    """Return what a screen reader calls the part of the page that a table scrolls in."""
    found = inlines(without_ids(caption), "html") if caption else None
    return plain_of(found) if found else word


def _alignment(part: str) -> str:
    if part.endswith(":"):
        return "center" if part.startswith(":") else "right"
    return "left" if part.startswith(":") else "auto"


def _typst(rule: Sequence[str], rows: Sequence[Sequence[Sequence[Inline]]]) -> list[str]:
    total = sum(map(len, rule))
    widths = ", ".join(f"{round(100 * len(part) / total, 2):g}%" for part in rule)
    aligned = "".join(f"{_alignment(part)}," for part in rule)
    head, *body = ([typst_of(cell) for cell in row] for row in rows)
    return [
        "#table(",
        f"  columns: ({widths}),",
        f"  align: ({aligned}),",
        f"  table.header({', '.join(head)},),",
        "  table.hline(),",
        *(f"  {', '.join(row)}," for row in body),
        ")",
    ]


def _html(rule: Sequence[str], rows: Sequence[Sequence[Sequence[Inline]]], name: str) -> list[str]:
    total = sum(map(len, rule))
    styles = ["" if (one := _alignment(part)) == "auto" else f' style="text-align: {one};"' for part in rule]
    head, *body = ([html_of(cell) for cell in row] for row in rows)
    lines = [
        f'<div class="table-responsive" role="region" tabindex="0" aria-label="{escape(name)}">',
        '<table class="caption-top table" style="width:100%;">',
        "<colgroup>",
        *(f'<col style="width: {100 * len(part) // total}%" />' for part in rule),
        "</colgroup>",
        "<thead>",
        "<tr>",
        *(f'<th scope="col"{style}>{cell}</th>' for style, cell in zip(styles, head, strict=True)),
        "</tr>",
        "</thead>",
        "<tbody>",
    ]
    for row in body:
        cells = [f"<td{style}>{cell}</td>" for style, cell in zip(styles[1:], row[1:], strict=True)]
        lines += ["<tr>", f'<th scope="row"{styles[0]}>{row[0]}</th>', *cells, "</tr>"]
    return [*lines, "</tbody>", "</table>", "</div>"]
