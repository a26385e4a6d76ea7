"""Inline code: ```{python} expression``` within a paragraph.

Quarto runs such expressions itself when it renders a ``.qmd``. A notebook has no inline code, so `qmd` turns
the paragraph into a cell that prints it with the values put in. The cell works with any kernel.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from lagesbild.errors import DocumentError

INLINE = re.compile(r"(?<!`)`\{python\}\s+([^`\n]+)`(?!`)")

# Pandoc lets any ASCII punctuation be escaped; an escaped letter or space would mean something else.
_PUNCTUATION = re.compile(r"""([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])""")


def markdown_text(value: object) -> str:
    """Return a value as Markdown that shows just that text: no character of it can become markup.

    An ``IPython.display.Markdown`` object is markup on purpose and passes as it is.

    Raises
    ------
    ValueError
        If the value is None: a reader should never meet the word "None".
    """
    if value is None:
        raise ValueError("the value of an inline expression is None")
    data = getattr(value, "data", None)
    if type(value).__name__ == "Markdown" and isinstance(data, str):
        return data
    return _PUNCTUATION.sub(r"\\\1", " ".join(str(value).split("\n")))


def show(*parts: object) -> None:
    """Print a paragraph: at even places its own Markdown, at odd places values, as inline cells call it."""
    pieces = [part if n % 2 == 0 else markdown_text(part) for n, part in enumerate(parts)]
    print("".join(str(piece) for piece in pieces))  # noqa: T201 - the cell's output is what it prints


def inline_cell(lines: list[str], file: str, line: int) -> str:
    """Return the source of the cell that shows a block of Markdown with inline code in it.

    Parameters
    ----------
    lines
        The block's lines, at least one of them with inline code.
    file, line
        Where the block begins, for messages.

    Raises
    ------
    DocumentError
        If an expression is no Python expression; names its line.
    """
    arguments: list[str] = []
    text = "\n".join(lines)
    end = 0
    for match in INLINE.finditer(text):
        expression = match.group(1).strip()
        at = line + text.count("\n", 0, match.start())
        _check(expression, file, at)
        arguments += [repr(text[end : match.start()]), f"({expression})"]
        end = match.end()
    arguments.append(repr(text[end:]))
    body = "\n".join(f"    {argument}," for argument in arguments)
    return (
        "#| echo: false\n#| output: asis\n"
        "from lagesbild.publishing.inline_code import show as _show_inline\n\n"
        f"_show_inline(\n{body}\n)"
    )


def _check(expression: str, file: str, line: int) -> Any:
    try:
        return ast.parse(expression, mode="eval")
    except SyntaxError as error:
        raise DocumentError(file, line, f"inline code is no Python expression: {expression}") from error
