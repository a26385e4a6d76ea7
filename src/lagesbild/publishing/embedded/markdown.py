"""From an executed notebook to the Markdown that Quarto would hand to Pandoc.

Each line keeps the file and line it came from, so that a fault found later can be named where its author wrote it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from lagesbild.errors import DocumentError
from lagesbild.publishing.cell_options import cell_options, without_options
from lagesbild.publishing.cell_places import cell_place
from lagesbild.publishing.qmd import SourceLine

_IMAGES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_ORDER = {
    "typst": (*_IMAGES, "text/markdown", "text/html", "text/plain"),
    "html": (*_IMAGES, "text/markdown", "text/html", "text/plain"),
    "pptx": (*_IMAGES, "text/markdown", "text/html", "text/plain"),
    "docx": (*_IMAGES, "text/markdown", "text/html", "text/plain"),
}
_RAW_FORMATS = {"text/html": "html", "text/x-typst": "typst", "html": "html", "typst": "typst"}
# What matplotlib's calls return ("[<matplotlib.lines.Line2D at 0x0>]"), which says nothing to a reader.
_PLOT_RESULT = re.compile(r"\[?(<(matplotlib|seaborn|Figure|Axes)|Text\()")


@dataclass
class Assembled:
    """A document's Markdown and the images it shows.

    Parameters
    ----------
    lines
        Markdown, line by line, with its places.
    media
        Name (``media/...``) and bytes of every image that a cell has shown.
    """

    lines: list[SourceLine] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)

    def add(self, text: str, file: str, line: int | None, *, advance: bool = False) -> None:
        """Add text from one place; with `advance`, its lines are the lines of the source."""
        for n, part in enumerate(text.split("\n")):
            self.lines.append(SourceLine(part, file, (line or 1) + (n if advance else 0)))

    def text(self) -> str:
        """Return the whole as one string."""
        return "\n".join(line.text for line in self.lines) + "\n"


def assemble(notebook: NotebookNode, target: str, execute: Mapping[str, Any]) -> Assembled:
    """Return the Markdown of an executed notebook.

    Parameters
    ----------
    notebook
        Executed; its first raw cell, the front matter, is left out.
    target
        "typst" or "html".
    execute
        The document's execution options (``echo``, ``output``, ``warning``, ``include``), as Quarto has them.

    Raises
    ------
    DocumentError
        For an unknown cell option, a labelled cell without caption, a figure without alt text, or an output that
        the format can't hold; names file and line.
    """
    assembled = Assembled()
    for number, cell in enumerate(notebook.cells, 1):
        file, line = cell_place(notebook, cell)
        if cell.cell_type == "code":
            _Cell(
                cell,
                number=number,
                place=(file, line),
                target=target,
                execute=execute,
                assembled=assembled,
            ).write()
        elif cell.cell_type == "markdown":
            assembled.add(cell.source, file, line, advance=True)
        elif number > 1 or not cell.source.startswith("---"):
            _raw_cell(cell, file, line, assembled)
        assembled.add("", file, line)
    return assembled


def front_matter(notebook: NotebookNode) -> str:
    """Return the source of the notebook's front matter cell, empty where there is none."""
    first = notebook.cells[0] if notebook.cells else None
    if first is not None and first.cell_type in ("raw", "markdown") and first.source.startswith("---"):
        return str(first.source)
    return ""


def _raw_cell(cell: NotebookNode, file: str, line: int | None, assembled: Assembled) -> None:
    kind = cell.metadata.get("raw_mimetype") or cell.metadata.get("format")
    if kind in _RAW_FORMATS:
        assembled.add(_fenced(cell.source, f"{{={_RAW_FORMATS[kind]}}}"), file, line)
    else:
        assembled.add(cell.source, file, line, advance=True)


class _Cell:
    """One code cell on its way to Markdown."""

    def __init__(
        self,
        cell: NotebookNode,
        *,
        number: int,
        place: tuple[str, int | None],
        target: str,
        execute: Mapping[str, Any],
        assembled: Assembled,
    ) -> None:
        self.cell, self.number, self.target, self.assembled = cell, number, target, assembled
        self.file, self.line = place[0], place[1] or 1
        own = cell_options(cell.source, self.file, self.line)
        self.options = {"echo": True, "output": True, "warning": True, "include": True, **execute, **own}
        self.label = str(own.get("label", ""))
        self.kind = "tbl" if self.label.startswith("tbl-") or "tbl-cap" in own else "fig"
        self.floats = self.label.startswith(("fig-", "tbl-"))
        self.images = 0

    def write(self) -> None:
        """Add what the cell shows."""
        options = self.options
        if not options["include"] or "injected-parameters" in self.cell.metadata.get("tags", []):
            return
        if options["echo"] and not self.cell.metadata.get("lagesbild", {}).get("inline"):
            self._add(_fenced(without_options(self.cell.source), "python"))
        if options["output"] is False:
            return
        shown = list(self._outputs())
        caption = options.get(f"{self.kind}-cap")
        if self.floats and not caption:
            raise self._error(f"the cell {self.label} has no caption", f"Add #| {self.kind}-cap")
        if not shown:
            if self.floats:
                raise self._error(f"the cell {self.label} shows nothing", "Show a figure or table, or drop the label")
            return
        if caption:
            identifier = f"#{self.label}" if self.floats else ".lb-float"
            self._add(f"::: {{{identifier} .cell{self._attributes()}}}\n")
            self._add("\n\n".join(shown))
            self._add(f"\n::: {{.lb-caption}}\n{caption}\n:::\n\n:::")
        elif "layout-ncol" in options:
            self._add(f"::: {{.cell{self._attributes()}}}\n")
            self._add("\n\n".join(f"::: {{.cell-output}}\n{text}\n:::" for text in shown))
            self._add("\n:::")
        else:
            self._add("\n\n".join(shown))

    def _attributes(self) -> str:
        text = f' data-place="{self.file}:{self.line}" data-kind="{self.kind}"'
        for key in ("layout-ncol", "tbl-colwidths"):
            if key in self.options:
                text += f' {key}="{self.options[key]}"'
        return text

    def _outputs(self) -> Iterator[str]:
        outputs = self.cell.get("outputs", [])
        has_image = any(set(output.get("data", {})) & set(_IMAGES) for output in outputs)
        for position, output in enumerate(outputs, 1):
            if output.output_type == "stream":
                text = self._stream(output)
            else:
                text = self._display(output, position, has_image)
            if text:
                yield text

    def _stream(self, output: NotebookNode) -> str:
        if output.name == "stderr":
            return _fenced(output.text.rstrip("\n"), "") if self.options["warning"] else ""
        text = str(output.text)
        return text.rstrip("\n") if self.options["output"] == "asis" else _fenced(text.rstrip("\n"), "")

    def _display(self, output: NotebookNode, position: int, has_image: bool) -> str:
        data = output.data
        kind = next((kind for kind in _ORDER[self.target] if kind in data), None)
        if kind in _IMAGES:
            return self._image(kind, data[kind], position)
        if kind == "text/markdown":
            return str(data[kind])
        if kind == "text/html":
            if self.target == "html":
                return _fenced(str(data[kind]), "{=html}")
            raise self._error("the cell shows HTML, which a PDF can't hold", "Show it as Markdown")
        text = str(data.get("text/plain", ""))
        if has_image and _PLOT_RESULT.match(text):
            return ""
        return _fenced(text, "") if text else ""

    def _image(self, kind: str, content: str, position: int) -> str:
        name = f"media/cell-{self.number}-output-{position}.{_IMAGES[kind]}"
        self.assembled.media[name] = content.encode("utf-8") if kind == "image/svg+xml" else base64.b64decode(content)
        alt = self.options.get("fig-alt")
        if isinstance(alt, list):
            alt = alt[self.images] if self.images < len(alt) else None
        self.images += 1
        if not alt or not str(alt).strip():
            raise self._error(
                "a figure without alt text", "Add #| fig-alt: what the figure shows, in a sentence or two"
            )
        return f'![]({name}){{fig-alt="{_attribute(str(alt))}"}}'

    def _add(self, text: str) -> None:
        self.assembled.add(text, self.file, self.line)

    def _error(self, what: str, action: str) -> DocumentError:
        return DocumentError(self.file, self.line, what, action)


def _fenced(text: str, info: str) -> str:
    """Return text as a fenced block whose fence does not occur in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text}\n{fence}"


def _attribute(text: str) -> str:
    """Return text as the value of a Markdown attribute holds it."""
    escaped = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return " ".join(escaped.split())
