"""SVG written by hand, for marks, small multiples and maps, and what a figure is.

Numbers are written with fixed decimals and attributes in the order given, so equal input gives equal bytes.
Nothing has an id unless a pattern needs one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lagesbild.presentation.escape import html_text, markdown_text, typst_string
from lagesbild.presentation.font_files import FAMILY
from lagesbild.presentation.traced import Subject, record

#: Stands in every figure made of the demo's generated data.
SYNTHETIC_NOTE = "Syntetiska data"

# In a page, a figure made for paper shrinks with the screen.
_FLUID = "max-width:100%;height:auto"


def coordinate(value: float) -> str:
    """Return a coordinate with at most one decimal: "12", "12.5", never "-0"."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def tag(name: str, *children: str, **attributes: float | str) -> str:
    """Return an element. Attribute names have `_` for `-`; numbers become coordinates, text is escaped.

    Children are markup already; escape text for them with `escape.html_text`.
    """
    written = "".join(
        [f'{_attribute(key)}{html_text(v) if isinstance(v, str) else coordinate(v)}"' for key, v in attributes.items()]
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


@cache
def _attribute(key: str) -> str:
    return f' {key.rstrip("_").replace("_", "-")}="'


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    fill: str,
    bold: bool = False,
    anchor: str = "start",
    halo: str = "",
) -> str:
    """Return a line of text with its baseline at `y`; `halo` is a colour to set it off with."""
    extra: dict[str, float | str] = {}
    if bold:
        extra["font_weight"] = "700"
    if anchor != "start":
        extra["text_anchor"] = anchor
    if halo:
        extra |= {
            "paint_order": "stroke",
            "stroke": halo,
            "stroke_width": "2.5",
            "stroke_linejoin": "round",
        }
    return tag("text", html_text(words), x=x, y=y, font_size=size, fill=fill, **extra)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: str = "1", **more: str) -> str:
    """Return a straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, **more)


def document(width: float, height: float, body: str, alt: str, *, physical: str = "") -> str:
    """Return a whole ``<svg>`` with its text alternative.

    Parameters
    ----------
    width, height
        Size of the drawing in its own unit (points for figures, pixels for marks).
    physical
        Unit of the size on paper ("pt"); without it the drawing's units are pixels.
    """
    size = f'width="{coordinate(width)}{physical}" height="{coordinate(height)}{physical}"'
    size += f' style="{_FLUID}"' if physical else ""
    box = f"0 0 {coordinate(width)} {coordinate(height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{box}" role="img" '
        f'aria-label="{html_text(alt)}" font-family="{FAMILY}, sans-serif">{body}</svg>'
    )


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure with its text alternative; the last line of a notebook cell can be one.

    Parameters
    ----------
    svg
        The whole drawing, a `<svg>` element with `role="img"` and the text alternative in `aria-label`.
    alt
        What the figure shows, in words.
    html
        The same figure as HTML that adapts to narrow screens, where it has such a form.
    rows
        The same figure as drawings one under another, where a page may end between them in print: a tall figure
        that must stay whole leaves half a page empty before it.
    """

    svg: str
    alt: str
    html: str | None = None
    rows: tuple[Figure, ...] = ()

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Return the figure for a notebook: SVG, HTML where there is one, the alternative as text."""
        bundle = {"image/svg+xml": self.svg, "text/plain": self.alt}
        if self.html is not None:
            bundle["text/html"] = self.html
        return bundle, {"image/svg+xml": {"alt": self.alt}}

    def save(self, path: Path) -> Path:
        """Write the SVG file and return its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.svg + "\n", encoding="utf-8", newline="\n")
        return path

    def block_markdown(
        self, caption: str | None = None, label: str | None = None, about: Sequence[Subject] = ()
    ) -> str:
        """Return the figure as raw HTML and raw Typst in one, with no file beside it.

        The text alternative travels with the data, which a cell option written beforehand can't. With a
        `label` ("fig-karta") it is a figure that can be referred to; then it needs a caption. `about` says to those who
        trace it what its parts show, in their order.
        """
        blocks = f"```{{=html}}\n{self.html or self.svg}\n```\n\n```{{=typst}}\n{self.typst()}\n```"
        if label is None:
            return f"{blocks}\n\n{markdown_text(caption)}\n" if caption else f"{blocks}\n"
        made = f"::: {{#{label}}}\n\n{blocks}\n\n{markdown_text(caption or '')}\n\n:::\n"
        record(made, label=label, about=about)
        return made

    def typst(self, width: str = "100%") -> str:
        """Return the Typst calls that draw the figure; the last drawing stays on the page of what follows it."""
        *first, last = self.rows or (self,)
        calls = [f"#block(above: 0pt, below: 0pt, {row._image(width)})" for row in first]
        return "\n\n".join([*calls, f"#block(above: 0pt, sticky: true, {last._image(width)})"])

    def _image(self, width: str) -> str:
        # A drawing by matplotlib has lines; set on one line it needs no looking through sign by sign.
        drawing = f'bytes({typst_string(self.svg.replace(chr(10), " "))}), format: "svg"'
        words = typst_string(self.alt).replace("<", "\\u{3c}")
        return f"image({drawing}, alt: {words}, width: {width})"


def described(svg: str, alt: str) -> str:
    """Return an SVG that another program drew, as one `<svg>` element with the text alternative in it.

    Its ids, which it refers to by, get a prefix made from its content: two figures in one page would share them.
    """
    element = svg[svg.index("<svg") :].strip()
    prefix = "f" + hashlib.sha256(f"{alt}{element}".encode()).hexdigest()[:8]
    element = re.sub(r'(\bid="|\bhref="#|\burl\(#)', rf"\g<1>{prefix}-", element)
    return re.sub(r"^<svg ", f'<svg role="img" aria-label="{html_text(alt)}" style="{_FLUID}" ', element, count=1)
