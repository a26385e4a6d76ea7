"""The funnel: each kommun's share by how many stand behind it, with the limits that chance alone would keep to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure as Canvas

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.methods.funnel import Funnel
from lagesbild.methods.intervals import Floats
from lagesbild.presentation import palette
from lagesbild.presentation.canvas import FOOT, WIDTH, finished, style
from lagesbild.presentation.numbers import number
from lagesbild.presentation.svg import Figure

#: Where the limits are drawn, of the widest denominator.
_STEPS = 160


def outside(points: pd.DataFrame, found: Funnel, *, level: float) -> tuple[Floats, Floats]:
    """Return which kommuner lie below and which above the funnel's limits, as 0 and 1."""
    share = points["value"].to_numpy(dtype=np.float64) / 100.0
    lower, upper = found.limits(points["denominator"].to_numpy(dtype=np.float64), level=level)
    return (share < lower).astype(np.float64), (share > upper).astype(np.float64)


def funnel_figure(points: pd.DataFrame, found: Funnel, *, indicator: Indicator, source: str, synthetic: bool) -> Figure:
    """Return the picture: a dot per kommun, riket's line, the limits of 95 (dashed) and 99.8 percent (whole).

    Parameters
    ----------
    points
        Columns ``value`` (percent) and ``denominator``, a row per kommun; at least one.
    found
        Their funnel.
    indicator
        What is measured.
    source, synthetic
        Who the figures come from, and whether they are invented.
    """
    height = 3.6 + FOOT
    with style():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0.075, (FOOT + 0.5) / height, 0.905, 1 - (FOOT + 0.8) / height))
        most = float(points["denominator"].max())
        n = np.unique(np.round(np.geomspace(max(float(points["denominator"].min()), 1.0), most * 1.05, _STEPS)))
        for level, dashes in ((95.0, (4, 2)), (99.8, (None, None))):
            for limit in found.limits(n, level=level):
                axes.plot(n, 100.0 * limit, color=palette.GREY_TEXT, linewidth=0.9, dashes=dashes, zorder=2)
        axes.axhline(100.0 * found.target, color=palette.ACCENT, linewidth=1.2, zorder=1)
        below, above = outside(points, found, level=99.8)
        far = (below + above) > 0
        inner, outer = points[~far], points[far]
        sns.scatterplot(x=inner["denominator"], y=inner["value"], ax=axes, color=palette.GREY_TEXT, s=14, zorder=3)
        sns.scatterplot(
            x=outer["denominator"], y=outer["value"], ax=axes, color=palette.ACCENT, s=34, marker="D", zorder=4
        )
        axes.set_xscale("log")
        ticks = [tick for tick in (10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000) if n[0] <= tick <= n[-1]]
        axes.set_xticks(ticks, [number(tick) for tick in ticks])
        axes.minorticks_off()
        axes.set(xlabel="", ylabel="")
        canvas.text(0.01, 1 - 0.06 / height, f"{indicator.short_title}, procent", fontsize=8, va="top")
        canvas.text(
            0.98, (FOOT + 0.08) / height, "antal personer bakom procenttalet", fontsize=8, ha="right", va="bottom"
        )
        return finished(canvas, funnel_words(points, found, indicator), source=source, synthetic=synthetic)


def funnel_words(points: pd.DataFrame, found: Funnel, indicator: Indicator) -> str:
    """Return the picture in words: riket's share, and how many kommuner lie outside the limits on each side."""
    below, above = outside(points, found, level=99.8)
    sides = ("sämre", "bättre") if indicator.direction is Direction.HOG else ("lägre", "högre")
    sides = ("bättre", "sämre") if indicator.direction is Direction.LAG else sides
    text = (
        f"{indicator.short_title}: {number(len(points))} kommuner. Riket har {number(100 * found.target)} procent. "
        f"Utanför gränsen 99,8 procent ligger {number(int(below.sum()))} kommuner under ({sides[0]}) och "
        f"{number(int(above.sum()))} över ({sides[1]})."
    )
    if found.over_dispersed:
        text += f" Gränserna är vidgade, eftersom kommunernas andelar sprider sig mer än slumpen (φ {_phi(found)})."
    return text


def _phi(found: Funnel) -> str:
    return number(found.phi, 1)
