"""The little of SCSS that a Quarto theme file of a project needs: variables and plain rules."""

from __future__ import annotations

import re
from pathlib import Path

from lagesbild.errors import DocumentError

_SECTION = re.compile(r"/\*--\s*scss:(\w+)\s*--\*/")
_VARIABLE = re.compile(r"^\s*(\$[\w-]+)\s*:\s*(.*?)\s*(!default)?\s*;\s*$", re.MULTILINE)
_USE = re.compile(r"\$[\w-]+")
_BEYOND = re.compile(r"@(use|import|mixin|include|extend|function|if|each|for)\b")


def theme_css(path: Path, file: str) -> str:
    """Return a theme file as CSS; its ``$primary`` becomes the style sheet's accent colour.

    Raises
    ------
    DocumentError
        If the file uses more of SCSS than variables and plain rules, or a variable it does not set.
    """
    text = path.read_text(encoding="utf-8")
    beyond = _BEYOND.search(text)
    if beyond:
        line = text.count("\n", 0, beyond.start()) + 1
        raise DocumentError(file, line, f"SCSS beyond variables and rules: @{beyond.group(1)}", "Use a css file")
    variables = {name: value for name, value, _ in _VARIABLE.findall(text)}
    rules = _VARIABLE.sub("", _SECTION.sub("", text)).strip()

    def value(match: re.Match[str]) -> str:
        name = str(match.group(0))
        if name not in variables:
            raise DocumentError(file, None, f"the variable {name} is not set in this file")
        return str(variables[name])

    accent = variables.get("$primary")
    head = f":root {{ --lb-accent: {accent}; }}\n" if accent else ""
    return head + _USE.sub(value, rules) + "\n"
