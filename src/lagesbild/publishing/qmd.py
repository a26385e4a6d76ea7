"""Read a ``.qmd`` document as a notebook, as Quarto itself does before it runs one.

The front matter becomes the first (raw) cell, ``{python}`` blocks become code cells with their ``#|`` options left
in the source, and what stands between becomes Markdown cells. Every cell remembers in its metadata
(``lagesbild: {file, line}``) where it came from, so that later errors can name the place.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from lagesbild.errors import DocumentError
from lagesbild.publishing.cell_options import cell_options
from lagesbild.publishing.front_matter import split_front_matter
from lagesbild.publishing.inline_code import INLINE, inline_cell

_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$")
_CODE = re.compile(r"\{([A-Za-z][\w+-]*)\s*([^}]*)\}")
_INCLUDE = re.compile(r"^\s*\{\{<\s*include\s+(\S+)\s*>\}\}\s*$")
_BOUNDARY = re.compile(r"^\s*(:{3,}.*)?$")


@dataclass(frozen=True)
class SourceLine:
    """One line of a document, with the file (relative to the project) and line it came from."""

    text: str
    file: str
    line: int


def project_folder(path: Path) -> Path:
    """Return the nearest folder at or above `path` with a ``_quarto.yml``, else the folder of `path`."""
    start = path.resolve() if path.is_dir() else path.resolve().parent
    for folder in (start, *start.parents):
        if (folder / "_quarto.yml").is_file():
            return folder
    return start


def read_qmd(path: Path) -> NotebookNode:
    """Return the document at `path` as a notebook of format 4.5, not run.

    Raises
    ------
    DocumentError
        For a missing file or include, front matter or cell options that are no YAML, a cell in another language
        than Python, a block that is not closed or inline code that is no expression; names file and line.
    """
    root = project_folder(path)
    file = _name(path, root)
    text = _text(path, file, None)
    _, skipped = split_front_matter(text, file)
    front_matter = "\n".join(text.split("\n")[:skipped])
    return copy.deepcopy(_notebook(file, front_matter, tuple(_resolved(path, root, ()))))


# Hundreds of notebooks come from one document, and its cells' options and their validation take longer than reading it.
@lru_cache(maxsize=16)
def _notebook(file: str, front_matter: str, lines: tuple[SourceLine, ...]) -> NotebookNode:
    builder = _Builder()
    if front_matter:
        builder.add("raw", front_matter, file, 1)
    position = 0
    while position < len(lines):
        position = _next_block(lines, position, builder)
    builder.flush()
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=builder.cells)
    notebook.nbformat_minor = 5
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "lagesbild": {"file": file},
        }
    )
    nbformat.validate(notebook)
    return notebook


class _Builder:
    """Collects cells; Markdown lines gather until something else follows or their file changes."""

    def __init__(self) -> None:
        self.cells: list[NotebookNode] = []
        self._pending: list[SourceLine] = []

    def markdown(self, line: SourceLine) -> None:
        if self._pending and self._pending[-1].file != line.file:
            self.flush()
        self._pending.append(line)

    def flush(self) -> None:
        lines, self._pending = self._pending, []
        while lines and not lines[0].text.strip():
            lines.pop(0)
        while lines and not lines[-1].text.strip():
            lines.pop()
        if lines:
            self.add("markdown", "\n".join(line.text for line in lines), lines[0].file, lines[0].line)

    def add(self, kind: str, source: str, file: str, line: int) -> None:
        self.flush()
        make = getattr(nbformat.v4, f"new_{kind}_cell")
        cell = make(source=source, id=f"cell-{len(self.cells) + 1:03d}")
        cell.metadata["lagesbild"] = {"file": file, "line": line}
        if kind == "code":
            tags = cell_options(source, file, line).get("tags", [])
            if tags:
                cell.metadata["tags"] = [tags] if isinstance(tags, str) else [str(tag) for tag in tags]
        self.cells.append(cell)


def _next_block(lines: Sequence[SourceLine], start: int, builder: _Builder) -> int:
    """Hand one fenced block, or one block of Markdown lines, to the builder; return where the next begins."""
    first = lines[start]
    fence = _FENCE.match(first.text)
    if fence:
        end = _closing(lines, start, fence.group(2))
        info = fence.group(3)
        language = _CODE.fullmatch(info)
        if language is None:
            for line in lines[start : end + 1]:
                builder.markdown(line)
        else:
            _check_cell(first, fence.group(1), language.group(1), language.group(2))
            source = "\n".join(line.text for line in lines[start + 1 : end])
            builder.add("code", source, first.file, first.line + 1)
        return end + 1
    end = start
    while end < len(lines) and not _BOUNDARY.match(lines[end].text) and not _FENCE.match(lines[end].text):
        if lines[end].file != first.file:
            break
        end += 1
    if end == start:
        builder.markdown(first)
        return start + 1
    block = lines[start:end]
    if any(INLINE.search(line.text) for line in block):
        source = inline_cell([line.text for line in block], first.file, first.line)
        builder.add("code", source, first.file, first.line)
        builder.cells[-1].metadata["lagesbild"]["inline"] = True
    else:
        for line in block:
            builder.markdown(line)
    return end


def _closing(lines: Sequence[SourceLine], start: int, fence: str) -> int:
    for n in range(start + 1, len(lines)):
        text = lines[n].text.strip()
        if len(text) >= len(fence) and set(text) == {fence[0]}:
            return n
    first = lines[start]
    raise DocumentError(first.file, first.line, f"the block is not closed, expected {fence}")


def _check_cell(first: SourceLine, indent: str, language: str, rest: str) -> None:
    if language != "python":
        raise DocumentError(first.file, first.line, f"a cell in {language}", "Only Python cells are run")
    if indent:
        raise DocumentError(first.file, first.line, "a code cell that is indented", "Begin it at the margin")
    if rest:
        raise DocumentError(first.file, first.line, f"cell options in the fence: {rest}", "Write them as #| lines")


def _resolved(path: Path, root: Path, trail: tuple[Path, ...]) -> Iterator[SourceLine]:
    """Yield the body lines of `path` with its includes in place."""
    file = _name(path, root)
    text = _text(path, file, None)
    _, skipped = split_front_matter(text, file)
    fence = ""
    for number, line in enumerate(text.split("\n")[skipped:], skipped + 1):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark.group(2)
        elif fence and len(line.strip()) >= len(fence) and set(line.strip()) == {fence[0]}:
            fence = ""
        include = None if fence else _INCLUDE.match(line)
        if include is None:
            yield SourceLine(line, file, number)
            continue
        name = include.group(1).strip("\"'")
        target = root / name.lstrip("/") if name.startswith("/") else path.parent / name
        if target.resolve() in (*trail, path.resolve()):
            raise DocumentError(file, number, f"{name} includes itself")
        if not target.is_file():
            raise DocumentError(file, number, f"the included file {name} does not exist")
        yield SourceLine("", file, number)
        yield from _resolved(target, root, (*trail, path.resolve()))
        yield SourceLine("", file, number)


def _text(path: Path, file: str, line: int | None) -> str:
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n").removeprefix("\ufeff")
    except FileNotFoundError as error:
        raise DocumentError(file, line, "the document does not exist") from error
    except UnicodeDecodeError as error:
        raise DocumentError(file, line, "the document is not UTF-8", "Save it as UTF-8") from error


def _name(path: Path, root: Path) -> str:
    """Return the path as messages and metadata show it: never a machine's own folders."""
    resolved = path.resolve()
    return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else path.name
