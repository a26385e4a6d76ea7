"""Raw inlines and blocks kept out of Pandoc's way.

A report has hundreds of small drawings in table cells, each once as SVG for HTML and once as Typst. They are most of
its Markdown, and Pandoc would read every character of them only to hand one half back and drop the other. A short
mark stands in for each while Pandoc works; that halves the time a report takes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lagesbild.publishing.embedded.subset import fenced_lines
from lagesbild.publishing.qmd import SourceLine

# Private-use characters: no text holds them, and no writer changes them.
_OPEN, _CLOSE, _PAD = "\ue000", "\ue001", "\ue002"
_RAW = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\1).)+?)(?<!`)\1(?!`)\{=(html|typst)\}")
_RAW_BLOCK = re.compile(r"(`{3,}) ?\{=(html|typst)\} *")
_MARK = re.compile(f"{_OPEN}(\\d+){_PAD}*{_CLOSE}")

# A pipe table has relative widths where one of its lines is longer than Pandoc's column width: keep lines long.
_COLUMN_WIDTH = 72


def set_aside(lines: Sequence[SourceLine], target: str) -> tuple[list[SourceLine], list[str]]:
    """Return lines with what is raw replaced by marks, and what the marks stand for.

    Parameters
    ----------
    lines
        Markdown; fenced code is left alone.
    target
        "typst" or "html"; what is raw for the other is taken out.
    """
    kept: list[str] = []

    def mark(match: re.Match[str]) -> str:
        if match.group(3) != target:
            return ""
        kept.append(match.group(2))
        return f"`{_OPEN}{len(kept) - 1}{_CLOSE}`{{={target}}}"

    shortened: list[SourceLine] = []
    block: list[str] | None = None
    opened = named = ""
    for line, in_code in zip(lines, fenced_lines(lines), strict=True):
        if block is not None:
            if _closes(line.text, opened):
                text = "\n".join(block)
                kept.append(text)
                if named == target:
                    shortened += [
                        SourceLine(part, line.file, line.line)
                        for part in (f"```{{={target}}}", f"{_OPEN}{len(kept) - 1}{_CLOSE}", "```")
                    ]
                block = None
            else:
                block.append(line.text)
            continue
        fence = _RAW_BLOCK.fullmatch(line.text) if in_code else None
        if fence:
            opened, named, block = fence.group(1), fence.group(2), []
            continue
        if in_code or "{=" not in line.text:
            shortened.append(line)
            continue
        text = _RAW.sub(mark, line.text)
        missing = _COLUMN_WIDTH + 1 - len(text)
        if len(line.text) > _COLUMN_WIDTH and missing > 0:
            text = text.replace(_CLOSE, _PAD * missing + _CLOSE, 1)
        shortened.append(SourceLine(text, line.file, line.line))
    return shortened, kept


def _closes(text: str, fence: str) -> bool:
    return fence in text and set(text.strip()) == {"`"}


def put_back(text: str, kept: Sequence[str]) -> str:
    """Return Pandoc's output with the raw text in the place of their marks."""
    return _MARK.sub(lambda match: kept[int(match.group(1))], text)
