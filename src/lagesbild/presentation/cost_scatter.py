"""The kommuner's costs across and their results upwards: how the two go together in the country."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation import palette, wording
from lagesbild.presentation.canvas import FOOT, WIDTH, finished, style
from lagesbild.presentation.numbers import cell, with_unit
from lagesbild.presentation.svg import Figure

_HEIGHT = 2.5


def cost_scatter(
    points: pd.DataFrame, *, cost: Indicator, quality: Indicator, said: str, source: str, synthetic: bool
) -> Figure:
    """Return a dot for each kommun, with the medians of both as lines.

    Parameters
    ----------
    points
        Columns ``cost`` and ``quality``, a row per kommun that has both.
    cost, quality
        Give titles and units.
    said
        How the two go together, in a sentence; stands in the text alternative.
    source, synthetic
        As in `development.development`.
    """
    with style():
        canvas = Canvas(figsize=(WIDTH, _HEIGHT))
        axes = canvas.add_axes((0.07, (FOOT + 0.34) / _HEIGHT, 0.9, 1 - (FOOT + 0.64) / _HEIGHT))
        sns.scatterplot(
            x=points["cost"],
            y=points["quality"],
            ax=axes,
            color=palette.ACCENT,
            s=11,
            alpha=0.55,
            linewidth=0,
            zorder=3,
        )
        medians = {name: float(points[name].median()) for name in ("cost", "quality")}
        axes.axvline(medians["cost"], color=palette.GREY_LINE, linewidth=1.0, zorder=2)
        axes.axhline(medians["quality"], color=palette.GREY_LINE, linewidth=1.0, zorder=2)
        axes.annotate(
            f"median {cell(medians['cost'], cost.scale)}",
            (medians["cost"], 1), xycoords=("data", "axes fraction"), xytext=(3, -2), textcoords="offset points",
            va="top", fontsize=7.5, color=palette.GREY_TEXT,
        )  # fmt: skip
        axes.annotate(
            f"median {cell(medians['quality'], quality.scale)}",
            (1, medians["quality"]), xycoords=("axes fraction", "data"), xytext=(0, 2), textcoords="offset points",
            ha="right", va="bottom", fontsize=7.5, color=palette.GREY_TEXT,
        )  # fmt: skip
        for axis, indicator in ((axes.xaxis, cost), (axes.yaxis, quality)):
            axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
            limits = axes.get_xlim() if axis is axes.xaxis else axes.get_ylim()
            ticks = [float(tick) for tick in axis.get_majorticklocs() if limits[0] <= tick <= limits[1]]
            axis.set_ticks(ticks, labels=[cell(tick, indicator.scale) for tick in ticks])
        axes.tick_params(length=2, pad=2)
        axes.set(xlabel="", ylabel="")
        canvas.text(0.0, 1 - 0.04 / _HEIGHT, _axis_words(quality), fontsize=8, va="top")
        canvas.text(0.97, (FOOT + 0.02) / _HEIGHT, _axis_words(cost), fontsize=8, ha="right", va="bottom")
        alt = (
            f"{_axis_words(quality)} mot {_axis_words(cost)} i {len(points)} kommuner. Medianen är "
            f"{with_unit(medians['quality'], quality)} och {with_unit(medians['cost'], cost)}. {said}"
        )
        return finished(canvas, alt, source=source, synthetic=synthetic)


def _axis_words(indicator: Indicator) -> str:
    unit = wording.unit_heading(indicator)
    return indicator.short_title if not unit or unit in indicator.short_title else f"{indicator.short_title}, {unit}"
