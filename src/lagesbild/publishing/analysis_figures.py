"""What the analytic notebooks draw: one seaborn figure each, the same bytes every time."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from html import escape

import matplotlib as mpl
import matplotlib.backends.backend_svg  # paid here, once, not in each forked notebook
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.fonts import FAMILY, MATPLOTLIB_FAMILY, register_fonts
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
    return labels.map(lambda label: "\n".join(textwrap.wrap(label, _LABEL_WIDTH)))


def drawing(rows: int) -> tuple[Figure, Axes]:
    """Return an empty figure with one axes, high enough for `rows` horizontal bars.

    Not made by pyplot, which would keep it alive and, in a Jupyter kernel, show it a second time.
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
    figure = Figure(figsize=(_WIDTH, 1.3 + _ROW * rows), layout="constrained")
    return figure, figure.subplots()


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
    long = counts.assign(etikett=wrapped(counts["titel"])).melt("etikett", list(columns), "del", "antal")
    long["del"] = long["del"].map({name: words for name, (words, _) in columns.items()})
    order = [words for words, _ in columns.values()]
    sns.histplot(
        long,
        y="etikett",
        weights="antal",
        hue="del",
        hue_order=order[::-1],  # seaborn stacks the last one first
        palette=dict(columns.values()),
        multiple="stack",
        discrete=True,
        shrink=0.7,
        alpha=1,
        edgecolor="white",
        ax=axes,
    )
    sns.move_legend(axes, "lower left", bbox_to_anchor=(0, 1), ncols=3, title=None, reverse=True, borderaxespad=0.2)
    legend = axes.get_legend()
    if legend is None:
        return
    keys = zip(legend.legend_handles, legend.texts, strict=True)
    first = [handle for handle, label in keys if handle is not None and label.get_text() == order[0]]
    for patch in [*(axes.containers[0] if axes.containers else ()), *first]:
        patch.set(hatch="////", edgecolor="white")


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
