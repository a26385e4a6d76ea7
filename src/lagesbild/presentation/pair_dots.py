"""Two values each of several indicators on one axis: women and men, or this measuring and the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation import palette
from lagesbild.presentation.canvas import FOOT, POINTS, WIDTH, finished, style
from lagesbild.presentation.fonts import wrapped
from lagesbild.presentation.numbers import cell, row_decimals, with_unit
from lagesbild.presentation.svg import Figure

#: Room at the left for the titles, as a share of the width.
_LEFT = 0.36


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One row: the value that is told first (a dot), and the one it is held against (a ring).

    Parameters
    ----------
    indicator
        A percentage or an answer, so that all rows share one axis.
    value, other
        The two values.
    note
        A word beside the row ("säkerställd"), for what the picture alone doesn't say.
    """

    indicator: Indicator
    value: float
    other: float
    note: str = ""


def pair_dots(pairs: Sequence[Pair], *, names: tuple[str, str], title: str, source: str, synthetic: bool) -> Figure:
    """Return the rows as one figure, dots and rings joined by a line, with both values beside them.

    Parameters
    ----------
    pairs
        In reading order; at least one.
    names
        What dot and ring are ("kvinnor", "män").
    title
        What the text alternative begins with.
    source, synthetic
        As in `development.development`.

    Raises
    ------
    ValueError
        If there is no row, or an indicator is no percentage.
    """
    if not pairs:
        raise ValueError("dots in pairs need at least one row")
    wrong = [
        one.indicator.id for one in pairs if not one.indicator.is_answer and one.indicator.scale is not Scale.PROCENT
    ]
    if wrong:
        raise ValueError(f"pairs share an axis of percentages; these are other scales: {', '.join(wrong)}")
    height = 0.27 * len(pairs) + 0.58 + FOOT
    with style():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((_LEFT, (FOOT + 0.24) / height, 0.87 - _LEFT, 1 - (FOOT + 0.58) / height))
        rows = range(len(pairs))
        for row, one in enumerate(pairs):
            axes.plot([one.value, one.other], [row, row], color=palette.GREY_LINE, linewidth=1.6, zorder=2)
            _labels(axes, row, one)
        sns.scatterplot(x=[one.value for one in pairs], y=rows, ax=axes, color=palette.ACCENT, s=38, zorder=4)
        axes.plot(
            [one.other for one in pairs],
            rows,
            "o",
            mfc=palette.WHITE,
            mec=palette.INK,
            mew=1.2,
            markersize=5.5,
            zorder=3,
        )
        titles = [
            "\n".join(wrapped(one.indicator.short_title, 8, (_LEFT - 0.02) * WIDTH * POINTS, lines=2)) for one in pairs
        ]
        axes.set_yticks(rows, titles, color=palette.INK, fontsize=8, ha="left", linespacing=0.95)
        axes.tick_params(axis="y", length=0, pad=_LEFT * WIDTH * POINTS)
        low, high = _ends(pairs)
        axes.set(xlim=(low, high), ylim=(len(pairs) - 0.4, -0.6), xlabel="", ylabel="")
        ticks = [low + (high - low) * step / 4 for step in range(5)]
        axes.set_xticks(
            ticks, [cell(tick, Scale.PROCENT) for tick in ticks[:-1]] + [f"{cell(high, Scale.PROCENT)} procent"]
        )
        axes.grid(axis="x", color=palette.GREY_GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.tick_params(axis="x", length=2, pad=2)
        axes.spines["left"].set_visible(False)
        _key(canvas, names, height)
        said = [
            f"{one.indicator.short_title}: {names[0]} {with_unit(one.value, one.indicator)}, "
            f"{names[1]} {with_unit(one.other, one.indicator)}{f' ({one.note})' if one.note else ''}."
            for one in pairs
        ]
        return finished(canvas, f"{title}. {' '.join(said)}", source=source, synthetic=synthetic)


def _ends(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the axis: 0 to 100, or shorter where all rows lie low."""
    most = max(max(one.value, one.other) for one in pairs)
    return 0.0, next(top for top in (20.0, 40.0, 100.0) if most <= 0.95 * top or top == 100.0)


def _labels(axes: Axes, row: int, one: Pair) -> None:
    """Write both values on the outer sides of their marks, and the note at the end of the row."""
    decimals = row_decimals(one.indicator.scale, [one.value, one.other])
    right = one.value >= one.other
    for value, own in ((one.value, True), (one.other, False)):
        outward = right == own
        axes.annotate(
            cell(value, one.indicator.scale, decimals=decimals),
            (value, row),
            xytext=(6 if outward else -6, 0),
            textcoords="offset points",
            ha="left" if outward else "right",
            va="center_baseline",
            fontsize=8,
            fontweight=700 if own else 400,
            color=palette.ACCENT if own else palette.GREY_TEXT,
            annotation_clip=False,
        )
    if one.note:
        axes.annotate(
            one.note,
            (1, row),
            xycoords=("axes fraction", "data"),
            xytext=(0.13 * WIDTH * POINTS - 2, 0),
            textcoords="offset points",
            ha="right",
            va="center_baseline",
            fontsize=7.5,
            color=palette.INK,
            annotation_clip=False,
        )


def _key(canvas: Canvas, names: tuple[str, str], height: float) -> None:
    """Say above the rows what dot and ring are."""
    top = 1 - 0.13 / height
    key = canvas.add_axes((_LEFT, top - 0.06 / height, 0.5, 0.14 / height))
    key.set(xlim=(0, 10), ylim=(-1, 1))
    key.set_axis_off()
    key.plot([0.15], [0], "o", color=palette.ACCENT, markersize=6)
    key.annotate(names[0], (0.4, 0), va="center_baseline", fontsize=8, fontweight=700, color=palette.ACCENT)
    key.plot([3.6], [0], "o", mfc=palette.WHITE, mec=palette.INK, mew=1.2, markersize=5.5)
    key.annotate(names[1], (3.85, 0), va="center_baseline", fontsize=8, color=palette.GREY_TEXT)
