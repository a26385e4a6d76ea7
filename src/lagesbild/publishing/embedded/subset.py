"""The stated subset of Quarto's Markdown: what is outside it is refused, with its file and line.

What Pandoc's own Markdown means is always in the subset. Quarto adds classes, attributes and labels; those not
listed here would come out as plain text or not at all, and an author should hear of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lagesbild.errors import DocumentError
from lagesbild.publishing.qmd import SourceLine

#: Classes by which Quarto marks a construct, with what to write instead.
REFUSED_CLASSES = {
    "aside": "Write a callout",
    "column": "Use layout-ncol",
    "columns": "Use layout-ncol",
    "fragment": "",
    "incremental": "",
    "landscape": "",
    "list-table": "Write a pipe table",
    "panel-fill": "",
    "panel-input": "",
    "panel-sidebar": "",
    "theorem": "",
}

#: Of those, what slides may have.
SLIDE_CLASSES = frozenset({"column", "columns"})

#: Attributes by which Quarto marks a construct.
REFUSED_ATTRIBUTES = {
    "layout": "Use layout-ncol",
    "layout-nrow": "Use layout-ncol",
    "layout-valign": "",
    "when-meta": "Use when-format",
    "unless-meta": "Use unless-format",
    "when-profile": "Use when-format",
    "unless-profile": "Use unless-format",
    "group": "",
    "appearance": "",
}

#: Labels of floats and blocks that Quarto numbers, beside fig-, tbl- and sec-.
REFUSED_LABELS = ("cau", "cnj", "cor", "def", "eq", "exm", "exr", "imp", "lem", "lst", "nte", "prp", "rem", "sol",
                  "thm", "tip", "wrn")  # fmt: skip

CALLOUTS = ("note", "tip", "warning", "important", "caution")

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_ATTRIBUTES = re.compile(r"\{([^{}]*)\}")
_DIV_WORD = re.compile(r"^\s*:{3,}\s+([\w-]+)\s*:*\s*$")
_CLASS = re.compile(r"(?:^|\s)\.([\w-]+)")
_IDENTIFIER = re.compile(r"(?:^|\s)#([\w-]+)")
_KEY = re.compile(r"(?:^|\s)([\w-]+)=")
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"' + r"|'(?:\\.|[^'\\])*'")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


def fenced_lines(lines: Sequence[SourceLine]) -> Iterator[bool]:
    """Yield for each line whether it is part of a fenced code or raw block."""
    fence = ""
    for line in lines:
        if fence:
            yield True
            # The cheap question first: most lines are asked this, several times over.
            if fence in line.text and set(line.text.strip()) == {fence[0]}:
                fence = ""
            continue
        match = _FENCE.match(line.text) if "```" in line.text or "~~~" in line.text else None
        if match and "`" not in line.text.strip().lstrip("`"):
            fence = match.group(1)
        yield match is not None and fence != ""


def check(lines: Sequence[SourceLine], *, target: str = "html") -> None:
    """Refuse a construct outside the subset.

    Slides ("pptx") may have ``.columns`` in which each ``.column`` stands; a page has ``layout-ncol``.

    Raises
    ------
    DocumentError
        Names file, line and construct.
    """
    for line, in_code in zip(lines, fenced_lines(lines), strict=True):
        if in_code:
            continue
        word = _DIV_WORD.match(line.text)
        if word:
            _check_classes([word.group(1)], line, target)
        if "{" in line.text:
            text = _QUOTED.sub('""', _CODE_SPAN.sub("", line.text))
            for group in _ATTRIBUTES.findall(text):
                _check_attributes(group, line, target)


def _check_attributes(group: str, line: SourceLine, target: str) -> None:
    _check_classes(_CLASS.findall(group), line, target)
    for key in _KEY.findall(group):
        if key in REFUSED_ATTRIBUTES:
            raise DocumentError(line.file, line.line, f"the attribute {key}", REFUSED_ATTRIBUTES[key])
    for identifier in _IDENTIFIER.findall(group):
        if identifier.split("-")[0] in REFUSED_LABELS and "-" in identifier:
            raise DocumentError(
                line.file, line.line, f"the label #{identifier}", "Only fig-, tbl- and sec- are numbered"
            )


def _check_classes(classes: Iterable[str], line: SourceLine, target: str) -> None:
    for name in classes:
        if target == "pptx" and name in SLIDE_CLASSES:
            continue
        if name in REFUSED_CLASSES or name.startswith("column-"):
            action = REFUSED_CLASSES.get(name, "Leave it in the text column")
            raise DocumentError(line.file, line.line, f"the class .{name}", action)
        kind = name.removeprefix("callout-")
        if kind != name and kind not in CALLOUTS:
            raise DocumentError(line.file, line.line, f"unknown callout .{name}", f"Known: {', '.join(CALLOUTS)}")
        if name.startswith("panel-") and name != "panel-tabset":
            raise DocumentError(line.file, line.line, f"the class .{name}")
