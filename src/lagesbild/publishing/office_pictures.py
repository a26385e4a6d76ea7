"""Drawings as pictures that Office can show: SVG in an executed notebook becomes PNG, with its words.

Pandoc drops raw HTML and Typst in a Word document, and Office reads SVG only in its newest versions. A drawing's
text is set in the package's own font, whatever the machine has.
"""

from __future__ import annotations

import hashlib
import html
import re
from functools import cache

import nbformat
import vl_convert
from nbformat import NotebookNode

from lagesbild.presentation.escape import markdown_attribute
from lagesbild.presentation.font_files import font_folder

#: Dots per inch: sharp in print at the width of an A4 page's text, and a few tens of kilobytes.
DPI = 150

_BLOCK = re.compile(r"```\{=html\}\n(?P<svg><svg .*?</svg>)\n```", re.DOTALL)
_TYPST = re.compile(r"```\{=typst\}\n.*?\n```\n*", re.DOTALL)
_ALT = re.compile(r'aria-label="([^"]*)"')
_WIDTH = re.compile(r'<svg [^>]*?\bwidth="([\d.]+)pt"')
#: The text's width in Word's page, in points.
_WIDEST = 481.9


def with_pictures(notebook: NotebookNode) -> tuple[NotebookNode, dict[str, bytes]]:
    """Return a copy of a notebook in which every drawing that a cell has printed is a picture, and the pictures.

    Parameters
    ----------
    notebook
        Executed; drawings stand in it as `lagesbild.presentation.svg.Figure.block_markdown` writes them.

    Returns
    -------
    notebook, pictures
        A picture's name is the path that the notebook's Markdown has for it (``bild-<hash>.png``).
    """
    changed: NotebookNode = nbformat.from_dict(notebook)
    pictures: dict[str, bytes] = {}

    def picture(found: re.Match[str]) -> str:
        svg = found["svg"]
        content = png(svg)
        name = f"bild-{hashlib.sha256(content).hexdigest()[:16]}.png"
        pictures[name] = content
        alt = _ALT.search(svg)
        width = _WIDTH.search(svg)
        words = markdown_attribute(html.unescape(alt[1])) if alt else ""
        points = min(float(width[1]), _WIDEST) if width else _WIDEST
        return f'![]({name}){{fig-alt="{words}" width="{points / 72:.3f}in"}}'

    for cell in changed.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and "<svg " in output.text:
                output.text = _BLOCK.sub(picture, _TYPST.sub("", output.text))
    return changed, pictures


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(font_folder()))


def png(svg: str) -> bytes:
    """Return a drawing as PNG, the same bytes for the same drawing."""
    _fonts()
    return bytes(vl_convert.svg_to_png(svg, ppi=DPI))
