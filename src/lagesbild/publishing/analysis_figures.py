"""What the analytic notebooks draw: one figure each, the same bytes every time."""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Mapping
from html import escape
from typing import Any

import matplotlib as mpl
import matplotlib.backends.backend_svg  # paid here, once, not in each forked notebook
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.transforms import blended_transform_factory

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.font_files import FAMILY
from lagesbild.presentation.fonts import MATPLOTLIB_FAMILY, register_fonts
from lagesbild.presentation.palette import GREY_BAR, GREY_GRID, GREY_TEXT, INK, tone
from lagesbild.publishing.analysis_display import show_bundle, source_note
from lagesbild.publishing.analysis_io import AnalysisRun

#: Fills of the trend labels, in the order they are stacked: what got better first, what got worse last.
TREND_FILLS = {
    "sakerstalld_forbattring": tone("gron").fill,
    "sakerstalld_okning": "#7fa8c9",
    "mojlig_forbattring": "#b5d9c4",
    "mojlig_okning": "#c9dbe8",
    "stabil": GREY_BAR,
    "slump": GREY_GRID,
    "mojlig_minskning": "#98a9ba",
    "mojlig_forsamring": "#efc4b5",
    "sakerstalld_minskning": "#3f5f7f",
    "sakerstalld_forsamring": tone("rod").fill,
}

_WIDTH = 7.2  # inches
_ROW = 0.3  # height of one bar with its label
_BAR = 0.7  # of that is the bar
_LEFT = 2.5  # room for labels
_BELOW = 0.75  # room for the scale, its name and the source
_LEGEND_LINE = 0.2
_LEGEND_COLUMNS = 3
_LABEL_WIDTH = 38  # characters
_SALT = "lagesbild"


def prepare() -> None:
    """Load once, in the process that forks notebooks, what every analytic notebook uses."""
    load_catalogue()
    kommuner()
    kommungrupper()
    register_fonts()


def wrapped(labels: pd.Series) -> pd.Series:
    """Return labels broken over lines so that they leave the drawing most of its width."""
    return labels.map({label: "\n".join(textwrap.wrap(label, _LABEL_WIDTH)) for label in labels.unique()})


def drawing(rows: int) -> tuple[Figure, Axes]:
    """Return an empty figure with one axes, high enough for `rows` horizontal bars.

    Not made by pyplot, which would keep it alive and, in a Jupyter kernel, show it a second time. Its margins are
    fixed, as wide as the labels can be: fitting them would draw every figure twice.
    """
    mpl.rcParams.update(
        {
            "font.family": register_fonts(),
            "font.size": 9,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": GREY_GRID,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.color": GREY_TEXT,
            "ytick.color": INK,
            "ytick.major.size": 0,
            "grid.color": GREY_GRID,
            "legend.frameon": False,
            "svg.hashsalt": _SALT,
            "svg.fonttype": "none",
        }
    )
    figure = Figure()
    axes = figure.subplots()
    _fit(figure, rows, over=1)
    return figure, axes


def _fit(figure: Figure, rows: int, *, over: int) -> None:
    """Make the figure as high as its rows of bars, and the lines of a legend over them, ask for."""
    top = 0.15 + _LEGEND_LINE * over
    height = top + _ROW * rows + _BELOW
    figure.set_size_inches(_WIDTH, height)
    figure.subplots_adjust(left=_LEFT / _WIDTH, right=1 - 0.15 / _WIDTH, top=1 - top / height, bottom=_BELOW / height)


def stacked(counts: pd.DataFrame, axes: Axes, *, columns: Mapping[str, tuple[str, str]]) -> None:
    """Draw one bar per row of `counts`, split by `columns`, with a legend above.

    Parameters
    ----------
    counts
        A column ``titel`` and one column of counts per part of a bar.
    axes
        Where to draw.
    columns
        Column to (word in the legend, fill), in stacking order. The order, the white edges and a
        pattern on the first part tell the parts apart without colour.
    """
    parts = counts[list(columns)].to_numpy(dtype=float)
    ends = parts.cumsum(axis=1)
    keys = []
    # One collection a part: matplotlib takes a millisecond for each bar that is a patch of its own.
    for number, (words, fill) in enumerate(columns.values()):
        look: dict[str, Any] = {"facecolor": fill, "edgecolor": "white", "hatch": None if number else "////"}
        bars = zip(ends[:, number] - parts[:, number], ends[:, number], range(len(counts)), strict=True)
        axes.add_collection(PolyCollection([_bar(*bar) for bar in bars if bar[0] < bar[1]], **look))
        keys.append(Patch(label=words, **look))
    axes.set_xlim(0, ends.max(initial=1.0) * 1.05)
    axes.set_yticks(range(len(counts)), wrapped(counts["titel"]))
    axes.set_ylim(len(counts) - 0.5, -0.5)
    figure = axes.get_figure(root=True)
    if figure is None:
        return
    _fit(figure, len(counts), over=math.ceil(len(columns) / _LEGEND_COLUMNS))
    axes.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(0.01, 1),
        bbox_transform=blended_transform_factory(figure.transFigure, axes.transAxes),
        ncols=_LEGEND_COLUMNS,
        borderaxespad=0.2,
    )


def _bar(start: float, end: float, row: int) -> list[tuple[float, float]]:
    """Return the corners of a horizontal bar."""
    above, below = row - _BAR / 2, row + _BAR / 2
    return [(start, above), (end, above), (end, below), (start, below)]


def show(figure: Figure, run: AnalysisRun, *, alt: str) -> None:
    """Show a figure as SVG with its source note and a text alternative.

    Parameters
    ----------
    figure
        As `drawing` returns it, drawn upon.
    run
        Whose figure it is.
    alt
        What the figure shows, in words.
    """
    figure.supxlabel(source_note(run), x=0.01, ha="left", fontsize=8, color=GREY_TEXT)
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    drawn = buffer.getvalue().replace(MATPLOTLIB_FAMILY, FAMILY)
    drawn = drawn[drawn.index("<svg") :]
    labelled = f'<svg role="img" aria-label="{escape(alt, quote=True)}"'
    show_bundle({"image/svg+xml": labelled + drawn.removeprefix("<svg"), "text/plain": alt})
