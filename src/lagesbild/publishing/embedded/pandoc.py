"""One call of Pandoc: Markdown in, Typst or HTML out, faults as errors with their place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded.holdings import holds
from lagesbild.publishing.embedded.pandoc_process import ask_pandoc
from lagesbild.publishing.embedded.pipe_tables import write_tables
from lagesbild.publishing.embedded.prose import write_prose
from lagesbild.publishing.embedded.raw_inlines import put_back, set_aside
from lagesbild.publishing.qmd import SourceLine

_TAB_STOP = 4


def convert(
    lines: Sequence[SourceLine],
    *,
    target: str,
    metadata: Mapping[str, Any],
    template: Path,
    settings: Mapping[str, Any],
    scratch: Path,
    filters: Sequence[Path] = (),
    options: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
) -> str:
    """Return Markdown converted.

    Parameters
    ----------
    lines
        The document's Markdown with its places.
    target
        "typst" or "html".
    metadata
        The document's metadata; text in it is Markdown.
    template
        Pandoc template.
    settings
        What ``engine.lua`` needs to know.
    scratch
        Folder for the files of the call.
    filters
        Lua filters that run before the engine's own.
    options
        More of Pandoc's writer options, as its Lua has them.
    variables
        Template variables, taken as they are.

    Raises
    ------
    DocumentError
        For faults that the filter found, or if Pandoc fails.
    """
    header = yaml.safe_dump(dict(metadata), allow_unicode=True, sort_keys=True, width=10_000)
    tables = write_tables(lines, target, str(settings["words"]["tbl"]))
    shortened, kept = set_aside(write_prose(tables, target, filters), target)
    markdown = f"---\n{header}---\n\n" + "\n".join(line.text for line in shortened) + "\n"
    asked = {
        "target": target,
        "template": str(template),
        "template_text": template.read_text(encoding="utf-8"),
        "variables": {name: value for name, value in (variables or {}).items() if value != []},
        "options": {"wrap_text": "none", **(options or {})},
        "filters": [str(path) for path in filters],
        "settings": {**settings, "scratch": str(scratch), "holds": holds(markdown, filters)},
    }
    # As Pandoc does with a file: its reader knows no other ends of lines and no tabs.
    kind, text = ask_pandoc(asked, markdown.replace("\r", "").expandtabs(_TAB_STOP))
    if kind == "done":
        return put_back(text, kept)
    if kind == "faults":
        raise _first_fault(json.loads(text), lines)
    raise DocumentError(lines[0].file if lines else "document", None, f"Pandoc failed: {text.strip()}")


def _first_fault(faults: Sequence[Mapping[str, str]], lines: Sequence[SourceLine]) -> DocumentError:
    """Return the fault that stands first in the document, with the count of the others."""
    placed = sorted((_place(fault, lines) for fault in faults), key=lambda place: place[0])
    order, file, line = placed[0]
    fault = next(fault for fault in faults if _place(fault, lines)[0] == order)
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return DocumentError(file, line, fault["what"] + more, fault.get("action") or "")


def _place(fault: Mapping[str, str], lines: Sequence[SourceLine]) -> tuple[int, str, int | None]:
    """Return the position, file and line of a fault: as it says itself, or where its key stands."""
    file, _, number = fault.get("place", "").rpartition(":")
    if file:
        position = next((n for n, line in enumerate(lines) if (line.file, line.line) == (file, int(number))), 0)
        return position, file, int(number)
    key = fault.get("key", "")
    pattern = re.compile(rf"{re.escape(key)}(?![\w-])" if key[-1:].isalnum() else re.escape(key))
    for position, line in enumerate(lines):
        if key and pattern.search(line.text):
            return position, line.file, line.line
    return len(lines), lines[0].file if lines else "document", None
