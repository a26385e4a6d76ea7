"""How kommungrupper and kommuner differ: dots for the groups, strips of dots for all kommuner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation import palette, wording
from lagesbild.presentation.canvas import FOOT, POINTS, WIDTH, finished, style
from lagesbild.presentation.fonts import text_width, wrapped
from lagesbild.presentation.numbers import cell, is_missing, with_unit
from lagesbild.presentation.svg import Figure

_GOLDEN = 0.6180339887  # steps of the golden ratio spread dots evenly without chance


def group_dots(
    indicator: Indicator,
    groups: Sequence[tuple[str, float | None]],
    *,
    riket: float | None,
    source: str,
    synthetic: bool,
    few: Collection[str] = (),
    intervals: Mapping[str, tuple[float, float]] | None = None,
) -> Figure:
    """Return a dot for each kommungrupp, sorted by value, with riket as a line.

    Parameters
    ----------
    indicator
        Gives unit and the text alternative.
    groups
        Name and value, null where the group has no result (named last, without dot).
    riket
        Riket's value, null where there is none.
    few
        Names of the groups whose mean is of few kommuner: a ring instead of a dot, and "få kommuner" beside the value.
    intervals
        By name: the 95 percent interval of the group's value, drawn as a line through its dot.
    """
    shown = sorted(
        ((name, float(v)) for name, v in groups if v is not None and not is_missing(v)),
        key=lambda item: (-item[1], item[0]),
    )
    without = [name for name, v in groups if v is None or is_missing(v)]
    names = [name for name, _ in shown] + without
    height = 0.205 * max(len(names), 1) + 0.57 + FOOT
    with style():
        canvas = Canvas(figsize=(WIDTH, height))
        left = max((text_width(name, 8.5) for name in names), default=0) / POINTS / WIDTH + 0.025
        axes = canvas.add_axes((left, (FOOT + 0.32) / height, 0.94 - left, 1 - (FOOT + 0.57) / height))
        frame = pd.DataFrame(shown, columns=["group", "value"])
        if riket is not None and not is_missing(riket):
            axes.axvline(riket, color=palette.GREY_LINE, linewidth=1.1, zorder=1)
            axes.annotate(
                f"Riket {cell(riket, indicator.scale)}",
                (riket, 1),
                xycoords=("data", "axes fraction"),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                color=palette.GREY_TEXT,
            )
        sns.scatterplot(x=frame["value"], y=range(len(frame)), ax=axes, color=palette.ACCENT, s=34, zorder=3)
        held = {name: ends for name, ends in (intervals or {}).items() if name not in few}
        for row, (name, value) in enumerate(shown):
            if name in held:
                axes.plot(held[name], [row, row], color=palette.ACCENT, linewidth=1.6, alpha=0.45, zorder=2.5)
            if name in few:
                axes.plot([value], [row], "o", mfc=palette.WHITE, mec=palette.ACCENT, mew=1.3, markersize=6, zorder=4)
            axes.annotate(
                cell(value, indicator.scale) + (" (få kommuner)" if name in few else ""),
                (max(value, held[name][1]) if name in held else value, row),
                xytext=(7, 0),
                textcoords="offset points",
                va="center_baseline",
                fontweight=400 if name in few else 700,
                color=palette.ACCENT,
                bbox={"facecolor": palette.WHITE, "edgecolor": "none", "pad": 0.6},
                zorder=2,
            )
        for row in range(len(shown), len(names)):
            axes.annotate(
                "uppgift saknas",
                (0, row),
                xycoords=("axes fraction", "data"),
                va="center",
                color=palette.GREY_TEXT,
            )
        axes.set_yticks(range(len(names)), names, color=palette.INK, fontsize=8.5)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.grid(axis="y", color=palette.GREY_GRID, linewidth=0.7)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        ends = [end for name, _ in shown for end in held.get(name, ())]
        _horizontal_axis(
            axes,
            indicator,
            [*(v for _, v in shown), *ends, *([riket] if riket is not None else [])],
            0.28 if few else 0.14,
        )
        said = [
            f"{name} {with_unit(value, indicator)}{' (få kommuner)' if name in few else ''}" for name, value in shown
        ]
        said += [f"{name} uppgift saknas" for name in without]
        alt = f"{indicator.short_title} i kommungrupperna, högst värde först: {'; '.join(said)}."
        if riket is not None and not is_missing(riket):
            alt += f" Riket {with_unit(riket, indicator)}."
        return finished(canvas, alt, source=source, synthetic=synthetic)


def _horizontal_axis(axes: Axes, indicator: Indicator, values: Sequence[float], room: float) -> None:
    """Set a value axis that shows the differences: a little wider than the values, not from zero.

    Dots allow that. `room` is left for words to the right of the highest value, as a share of the spread.
    """
    known_values = [v for v in values if not is_missing(v)]
    if known_values:
        spread = max(known_values) - min(known_values) or abs(known_values[0]) * 0.1 or 1.0
        low, high = min(known_values) - 0.08 * spread, max(known_values) + room * spread
        axes.set_xlim(low, high)
    ticks = [float(t) for t in axes.get_xticks() if axes.get_xlim()[0] <= t <= axes.get_xlim()[1]]
    labels = [cell(tick, indicator.scale) for tick in ticks]
    # Ticks closer than the scale's decimals would print the same number twice.
    kept = [(t, w) for n, (t, w) in enumerate(zip(ticks, labels, strict=True)) if w not in labels[:n]]
    axes.set_xticks([t for t, _ in kept], [w for _, w in kept])
    axes.tick_params(length=2, pad=2)
    unit = "procent av kommunerna svarar ja" if indicator.is_answer else wording.unit_heading(indicator)
    axes.annotate(
        unit,
        (1, 0),
        xycoords="axes fraction",
        xytext=(0, -15),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=7.5,
        color=palette.GREY_TEXT,
    )
    axes.set(xlabel="", ylabel="")


def distribution_strip(
    rows: Sequence[tuple[Indicator, Sequence[float], float | None]],
    *,
    source: str,
    synthetic: bool,
) -> Figure:
    """Return how the kommuner spread: a strip of dots for each indicator, all on one percentage axis.

    Parameters
    ----------
    rows
        Indicator (scale procent), the kommuner's results, and riket's value or null.

    Raises
    ------
    ValueError
        If there is no row, or an indicator isn't a percentage.
    """
    if not rows:
        raise ValueError("a distribution needs at least one indicator")
    wrong = [i.id for i, _, _ in rows if i.scale is not Scale.PROCENT]
    if wrong:
        raise ValueError(f"strips share an axis of percentages; these are other scales: {', '.join(wrong)}")
    height = 0.4 * len(rows) + 0.45 + FOOT
    with style():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0.3, (FOOT + 0.2) / height, 0.54, 1 - (FOOT + 0.4) / height))
        said = []
        for row, (indicator, values, riket) in enumerate(rows):
            said.append(_strip(axes, row, indicator, values, riket))
        titles = ["\n".join(wrapped(i.short_title, 8.5, 0.28 * WIDTH * POINTS, lines=2)) for i, _, _ in rows]
        axes.set_yticks(range(len(rows)), titles, color=palette.INK, fontsize=8.5, ha="left")
        axes.tick_params(axis="y", length=0, pad=0.3 * WIDTH * POINTS)
        axes.set(ylim=(len(rows) - 0.45, -0.6), xlim=(0, 100), xlabel="", ylabel="")
        axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100 procent"])
        axes.get_xticklabels()[-1].set_horizontalalignment("right")
        axes.tick_params(axis="x", length=2, pad=2)
        axes.grid(axis="x", color=palette.GREY_GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.spines["left"].set_visible(False)
        canvas.text(
            0.3,
            1 - 0.02 / height,
            "Prick: en kommun. Tjockt streck: medianen. Tunn linje: riket.",
            fontsize=7.5,
            color=palette.GREY_TEXT,
            ha="left",
            va="top",
        )
        for away, words in ((22, "median"), (70, "mitthälften")):
            axes.annotate(
                words,
                (1, 1),
                xycoords="axes fraction",
                xytext=(away, 2),
                textcoords="offset points",
                ha="right",
                va="bottom",
                fontsize=7.5,
                color=palette.GREY_TEXT,
            )
        return finished(canvas, " ".join(said), source=source, synthetic=synthetic)


def _strip(axes: Axes, row: int, indicator: Indicator, values: Sequence[float], riket: float | None) -> str:
    """Draw one strip and return what it shows in words."""
    results = pd.Series(sorted(float(v) for v in values if not is_missing(v)), dtype="float64")
    if results.empty:
        axes.text(50, row, "Inga värden", ha="center", va="center", color=palette.GREY_TEXT)
        return f"{indicator.short_title}: inga värden."
    jitter = [row + ((n * _GOLDEN) % 1 - 0.5) * 0.42 for n in range(len(results))]
    sns.scatterplot(x=results, y=jitter, ax=axes, color=palette.ACCENT, s=7, alpha=0.45, linewidth=0, zorder=2)
    median = float(results.median())
    ends = [row - 0.3, row + 0.3]
    axes.plot([median] * 2, ends, color=palette.ACCENT, linewidth=4, zorder=3, solid_capstyle="butt")
    quartiles = [float(results.quantile(q)) for q in (0.25, 0.75)]
    middle = "–".join(cell(value, indicator.scale) for value in quartiles)
    axes.annotate(
        cell(median, indicator.scale),
        (1, row),
        xycoords=("axes fraction", "data"),
        xytext=(22, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontweight=700,
        color=palette.ACCENT,
        annotation_clip=False,
    )
    axes.annotate(
        middle,
        (1, row),
        xycoords=("axes fraction", "data"),
        xytext=(70, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        color=palette.GREY_TEXT,
        annotation_clip=False,
    )
    lowest, highest = (
        cell(float(results.iloc[0]), indicator.scale),
        with_unit(float(results.iloc[-1]), indicator),
    )
    said = (
        f"{indicator.short_title}: {wording.antal(len(results), 'kommun', 'kommuner')} mellan {lowest} "
        f"och {highest}, median {with_unit(median, indicator)}"
    )
    half = f"Hälften av kommunerna: {middle}."
    if riket is None or is_missing(riket):
        return f"{said}. {half}"
    axes.plot([riket] * 2, [row - 0.38, row + 0.38], color=palette.INK, linewidth=1.2, zorder=4)
    return f"{said}, riket {with_unit(riket, indicator)}. {half}"
