"""Cell options: the ``#|`` lines that a code cell begins with, as Quarto reads them."""

from __future__ import annotations

import difflib
import re
from typing import Any

from lagesbild.errors import DocumentError
from lagesbild.publishing.front_matter import parse_yaml

#: The options both engines give the same meaning.
KNOWN_OPTIONS = frozenset(
    {
        "echo",
        "fig-alt",
        "fig-cap",
        "include",
        "label",
        "layout-ncol",
        "output",
        "tags",
        "tbl-cap",
        "tbl-colwidths",
        "warning",
    }
)

_OPTION_LINE = re.compile(r"#\| ?(.*)")
_KEY = re.compile(r"#\|\s*([^\s:]+)\s*:")


def option_lines(source: str) -> list[str]:
    """Return the leading ``#|`` lines of a cell (blank lines before them are skipped)."""
    lines = source.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = start
    while end < len(lines) and lines[end].startswith("#|"):
        end += 1
    return lines[start:end]


def cell_options(source: str, file: str, line: int) -> dict[str, Any]:
    """Return the options of a code cell.

    Parameters
    ----------
    source
        The cell's source.
    file, line
        Where the source begins, for messages.

    Raises
    ------
    DocumentError
        If the options are no YAML or one of them is outside the supported subset; names its line.
    """
    lines = option_lines(source)
    if not lines:
        return {}
    first = line + source.split("\n").index(lines[0])
    matches = [_OPTION_LINE.fullmatch(text) for text in lines]
    options = parse_yaml("\n".join(match.group(1) if match else "" for match in matches), file, first)
    for key in options:
        if key not in KNOWN_OPTIONS:
            close = difflib.get_close_matches(str(key), KNOWN_OPTIONS, n=1)
            action = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(sorted(KNOWN_OPTIONS))}"
            at = next((n for n, text in enumerate(lines) if _key(text) == str(key)), 0)
            raise DocumentError(file, first + at, f"unknown cell option {key!r}", action)
    return options


def without_options(source: str) -> str:
    """Return the source of a cell without its option lines."""
    options = option_lines(source)
    if not options:
        return source
    lines = source.split("\n")
    start = lines.index(options[0])
    return "\n".join(lines[start + len(options) :]).lstrip("\n")


def _key(line: str) -> str | None:
    match = _KEY.match(line)
    return match.group(1) if match else None
