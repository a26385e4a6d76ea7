"""Front matter: the YAML block that a document begins with."""

from __future__ import annotations

from typing import Any

import yaml

from lagesbild.errors import DocumentError


def split_front_matter(text: str, file: str) -> tuple[dict[str, Any], int]:
    """Return a document's metadata and the number of lines its front matter takes.

    Parameters
    ----------
    text
        The whole document.
    file
        Name for messages.

    Returns
    -------
    tuple
        The metadata (empty without front matter) and the count of lines before the body.

    Raises
    ------
    DocumentError
        If the block is not closed, is no YAML or is no mapping; names the line.
    """
    lines = text.split("\n")
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        raise DocumentError(file, 1, "the front matter is not closed", "Put a line with --- after it")
    return parse_yaml("\n".join(lines[1:end]), file, first_line=2), end + 1


def parse_yaml(text: str, file: str, first_line: int = 1) -> dict[str, Any]:
    """Return the mapping that `text` holds; `first_line` is where it begins in `file`.

    Raises
    ------
    DocumentError
        If `text` is no YAML or no mapping; names the line.
    """
    try:
        value = _value(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark is not None else 0)
        raise DocumentError(file, line, f"not valid YAML: {getattr(error, 'problem', error)}") from error
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DocumentError(file, first_line, "expected `key: value` lines")
    return value


def _value(text: str) -> Any:
    """Return what YAML holds, by libyaml where it is there; what that refuses is read again, for the message."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.safe_load(text)
