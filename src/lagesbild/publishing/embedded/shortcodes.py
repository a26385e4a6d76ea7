"""Quarto's shortcodes: ``meta``, ``var`` and ``pagebreak`` (``include`` is resolved when the document is read)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.subset import fenced_lines
from lagesbild.publishing.qmd import SourceLine

_SHORTCODE = re.compile(r"\{\{<\s*(\S+)\s*(.*?)\s*>\}\}")
_PAGE_BREAK = {
    "typst": "```{=typst}\n#pagebreak(weak: true)\n```",
    "docx": '```{=openxml}\n<w:p><w:r><w:br w:type="page"/></w:r></w:p>\n```',
    "html": '```{=html}\n<div class="pagebreak"></div>\n```',
}


def expand(
    lines: Sequence[SourceLine], *, target: str, metadata: Mapping[str, Any], variables: Mapping[str, Any]
) -> list[SourceLine]:
    """Return the lines with their shortcodes put in.

    Parameters
    ----------
    lines
        Markdown with its places; code blocks are left alone.
    target
        "typst" or "html".
    metadata, variables
        What ``meta`` and ``var`` look up; dots lead into nested values.

    Raises
    ------
    DocumentError
        For another shortcode, or a name that is not there; names file and line.
    """
    expanded: list[SourceLine] = []
    for line, in_code in zip(lines, fenced_lines(lines), strict=True):
        if in_code or "{{<" not in line.text:
            expanded.append(line)
            continue
        text = _SHORTCODE.sub(
            lambda match, line=line: _value(match, line, target, metadata, variables),  # type: ignore[misc]
            line.text,
        )
        expanded += [SourceLine(part, line.file, line.line) for part in text.split("\n")]
    return expanded


def _value(
    match: re.Match[str],
    line: SourceLine,
    target: str,
    metadata: Mapping[str, Any],
    variables: Mapping[str, Any],
) -> str:
    name, argument = match.group(1), match.group(2).strip("\"'")
    if name == "pagebreak":
        if match.group(0) != line.text.strip():
            raise DocumentError(line.file, line.line, "a page break within text", "Put it on a line of its own")
        return _PAGE_BREAK[target]
    if name not in ("meta", "var"):
        raise DocumentError(line.file, line.line, f"unknown shortcode {name}", "Known: include, meta, pagebreak, var")
    value: Any = metadata if name == "meta" else variables
    for key in argument.split("."):
        if not isinstance(value, Mapping) or key not in value:
            where = "the metadata" if name == "meta" else "_variables.yml"
            raise DocumentError(line.file, line.line, f"{argument!r} is not in {where}")
        value = value[key]
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
