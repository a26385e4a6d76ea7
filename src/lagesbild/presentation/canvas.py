"""What all matplotlib figures share: settings that decide their bytes, source line, note and text alternative.

No pyplot: nothing is shared between figures, and nothing of the process's settings reaches one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import matplotlib as mpl
import seaborn as sns
from matplotlib.figure import Figure as Canvas

from lagesbild.presentation import palette
from lagesbild.presentation.fonts import register_fonts
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure, described, document

#: 170 mm in inches: the text width of an A4 page.
WIDTH = 170 / 25.4
POINTS = 72.0
_STYLE = re.compile(r'<style type="text/css">[^<]*</style>')
FOOT = 0.32  # inches under the axes for source and note


@contextmanager
def style() -> Iterator[None]:
    """Set everything that decides the bytes of a figure, for the time of drawing it."""
    settings = {
        **sns.axes_style("white"),
        "font.family": [register_fonts()],
        "font.size": 8.5,
        "text.color": palette.INK,
        "axes.edgecolor": palette.GREY_LINE,
        "axes.linewidth": 0.7,
        "xtick.color": palette.GREY_TEXT,
        "ytick.color": palette.GREY_TEXT,
        "xtick.labelsize": 7.5,
        "ytick.labelsize": 7.5,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "lagesbild",
        "axes.unicode_minus": True,
    }
    # A fixed start: whatever settings the process has must not reach the figure.
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(settings)
        yield


def finished(canvas: Canvas, alt: str, *, source: str, synthetic: bool) -> Figure:
    """Write source and note into the figure and return it; without a source only the note."""
    height = canvas.get_size_inches()[1]
    if source:
        canvas.text(0, 0.05 / height, f"Källa: {source}", fontsize=7.5, color=palette.GREY_TEXT, va="bottom")
    if synthetic:
        canvas.text(1, 0.05 / height, SYNTHETIC_NOTE, fontsize=8, fontweight=700, ha="right", va="bottom")
        alt = f"{alt} {SYNTHETIC_NOTE}."
    buffer = io.StringIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    canvas.savefig(buffer, format="svg", metadata=metadata)
    return Figure(svg=described(buffer.getvalue(), alt), alt=alt)


def stacked(rows: Sequence[Figure], alt: str, *, synthetic: bool) -> Figure:
    """Return finished drawings, one under another, as one figure whose `rows` they are."""
    alt = f"{alt} {SYNTHETIC_NOTE}." if synthetic else alt
    body, y, width = "", 0.0, 0.0
    for row in rows:
        head, inner = row.svg.split(">", 1)
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
        if box is None:
            raise ValueError("a drawing without a viewBox can't be stacked")
        if body:
            # What matplotlib says of all lines of a drawing holds for the whole: it is said once.
            inner = _STYLE.sub("", inner, count=1)
        width, height = max(width, float(box[1])), float(box[2])
        body += f'<svg y="{y:g}" width="{box[1]}" height="{box[2]}" viewBox="0 0 {box[1]} {box[2]}">{inner}'
        y += height
    # Matplotlib's drawings point to their parts with xlink.
    whole = document(width, y, body, alt, physical="pt")
    whole = whole.replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" ', 1)
    return Figure(svg=whole, alt=alt, rows=tuple(rows))
