"""File patterns as ``_quarto.yml`` writes them: ``*`` within a folder, ``**`` across folders, ``!`` takes away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path


def matching(folder: Path, patterns: Sequence[str]) -> list[str]:
    """Return the files under `folder` that patterns match, each once, in the order of patterns and then of names.

    Parameters
    ----------
    folder
        Top folder; names are relative to it, with ``/``.
    patterns
        A pattern that begins with ``!`` takes what it matches away from those before it. As in Quarto, files
        and folders whose names begin with ``_`` or ``.`` match no wildcard, only their own name.
    """
    found: dict[str, None] = {}
    names = sorted(_files(folder))
    for pattern in patterns:
        taken_away = pattern.startswith("!")
        wanted = pattern.lstrip("!").removeprefix("/")
        if wanted.endswith("/"):
            wanted += "**"
        expression = re.compile(_expression(wanted))
        for name in names:
            hidden = any(part[0] in "_." for part in name.split("/")) and name != wanted
            if hidden or not expression.fullmatch(name):
                continue
            if taken_away:
                found.pop(name, None)
            else:
                found[name] = None
    return list(found)


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _expression(pattern: str) -> str:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(meaning.get(part, re.escape(part)) for part in parts)
