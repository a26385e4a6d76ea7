"""The national development of several indicators, a line panel each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation import palette, wording
from lagesbild.presentation.canvas import FOOT, POINTS, WIDTH, finished, stacked, style
from lagesbild.presentation.fonts import wrapped
from lagesbild.presentation.numbers import cell
from lagesbild.presentation.series import Points, axis_bounds, axis_note, bridges, known, runs
from lagesbild.presentation.svg import Figure

#: By id of indicator and year: both ends of an interval.
Intervals = Mapping[tuple[str, int], tuple[float, float]]


def development(
    series: Sequence[tuple[Indicator, Points]],
    *,
    years: tuple[int, int],
    source: str,
    synthetic: bool,
    columns: int = 3,
    intervals: Intervals | None = None,
) -> Figure:
    """Return the national development of several indicators, a panel each.

    Parameters
    ----------
    series
        Indicator and (year, value) of riket in year order; for an answer, the per cent of kommuner that
        answered ja. A null is a gap, dashed over; leave out years in which the indicator wasn't measured.
    years
        First and last year of every panel's axis.
    source
        Where the figures come from, without "Källa".
    synthetic
        Whether the data are the demo's.
    columns
        Panels in a row.
    intervals
        By indicator and year: the 95 percent interval of the value, drawn as a band round the line.

    Raises
    ------
    ValueError
        If there is no series.
    """
    if not series:
        raise ValueError("a development figure needs at least one series")
    columns = min(columns, len(series))
    look = _Look(years=years, synthetic=synthetic, columns=columns, intervals=intervals or {})
    if len(series) <= columns:
        return _drawn(series, look, source)
    # In print a page may end between the rows: a tall drawing would leave half a page empty before it.
    parts = [series[start : start + columns] for start in range(0, len(series), columns)]
    # The source stands once, under the last row; that the data are invented must be said on every page.
    rows = [_drawn(part, look, source if part is parts[-1] else "") for part in parts]
    return stacked(rows, _alt(series, look), synthetic=synthetic)


@dataclass(frozen=True, kw_only=True)
class _Look:
    """What all panels of a figure share."""

    years: tuple[int, int]
    synthetic: bool
    columns: int
    intervals: Intervals


def _drawn(series: Sequence[tuple[Indicator, Points]], look: _Look, source: str) -> Figure:
    """Return the panels as one drawing, in columns as wide however few panels there are."""
    columns = look.columns
    rows = math.ceil(len(series) / columns)
    height = rows * 1.66 + FOOT
    with style():
        canvas = Canvas(figsize=(WIDTH, height))
        grid = canvas.subplots(rows, columns, squeeze=False)
        canvas.subplots_adjust(
            left=0.045,
            right=0.95,
            top=1 - 0.56 / height,
            bottom=(FOOT + 0.2) / height,
            wspace=0.34,
            hspace=1.0,
        )
        for axes in grid.flat[len(series) :]:
            axes.set_axis_off()
        for axes, (indicator, points) in zip(grid.flat, series, strict=False):
            _development_panel(axes, indicator, points, look)
        return finished(canvas, _alt(series, look), source=source, synthetic=look.synthetic)


def _alt(series: Sequence[tuple[Indicator, Points]], look: _Look) -> str:
    said = [f"{i.short_title}: {wording.series_phrase(points, i)}." for i, points in series]
    return f"Utveckling i riket {look.years[0]}–{look.years[1]}. {' '.join(said)}"


def _development_panel(axes: Axes, indicator: Indicator, points: Points, look: _Look) -> None:
    years, width = look.years, WIDTH / look.columns * POINTS - 14
    title = wrapped(indicator.short_title, 8.5, width, lines=2, weight=700)
    unit = "procent av kommunerna svarar ja" if indicator.is_answer else wording.unit_heading(indicator)
    low_high = axis_bounds(indicator, [v for _, v in known(points)])
    note = axis_note(indicator, low_high)
    unit = f"{unit} ({note})" if note else unit
    heads = ((20, "\n".join(title), 8.5, 700, palette.INK), (9, unit, 7.5, 400, palette.GREY_TEXT))
    for above, words, size, weight, colour in heads:
        axes.annotate(
            words,
            (0, 1),
            xycoords="axes fraction",
            xytext=(-20, above),
            textcoords="offset points",
            fontsize=size,
            fontweight=weight,
            color=colour,
        )
    axes.set_xlim(years[0] - 0.2, years[1] + 0.3)
    axes.set_xticks(sorted(set(years)))
    axes.tick_params(length=2, pad=2)
    axes.grid(axis="y", color=palette.GREY_GRID, linewidth=0.7)
    stretches = runs(points)
    _bands(axes, indicator, stretches, look.intervals)
    for number, stretch in enumerate(stretches):
        frame = pd.DataFrame(stretch, columns=["year", "value"])
        # A marker where a stretch is one point only: a line of one point can't be seen.
        marker = "o" if len(stretch) == 1 else None
        sns.lineplot(
            frame,
            x="year",
            y="value",
            ax=axes,
            color=palette.ACCENT,
            linewidth=1.8,
            marker=marker,
            errorbar=None,
        )
        if number and bridges(stretches):
            (a, va), (b, vb) = bridges(stretches)[number - 1]
            axes.plot([a, b], [va, vb], color=palette.ACCENT, linewidth=0.9, linestyle=(0, (3, 2)))
    values = [v for _, v in known(points)]
    _value_axis(axes, indicator, values)
    if values:
        year, last = known(points)[-1]
        axes.plot([year], [last], "o", color=palette.ACCENT, markersize=4, clip_on=False)
        label = cell(last, indicator.scale)
        axes.annotate(
            label,
            (year, last),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontweight=700,
            color=palette.ACCENT,
            annotation_clip=False,
        )
        if len(values) > 1:
            first_year, first = known(points)[0]
            axes.annotate(
                cell(first, indicator.scale),
                (first_year, first),
                # Where the line begins high there is no room above it.
                xytext=(1, -5 if first > sum(low_high) / 2 else 5),
                textcoords="offset points",
                va="top" if first > sum(low_high) / 2 else "bottom",
                fontsize=7.5,
                color=palette.GREY_TEXT,
            )
    else:
        axes.text(
            0.5,
            0.5,
            "Inga värden",
            transform=axes.transAxes,
            ha="center",
            va="center",
            color=palette.GREY_TEXT,
        )
    axes.set(xlabel="", ylabel="")


def _bands(
    axes: Axes, indicator: Indicator, stretches: Sequence[Sequence[tuple[int, float]]], intervals: Intervals
) -> None:
    """Draw the interval round each stretch of the line; round a point that stands alone it is an upright line."""
    for stretch in stretches:
        known_ends = [(year, intervals[indicator.id, year]) for year, _ in stretch if (indicator.id, year) in intervals]
        at = [year for year, _ in known_ends]
        low, high = ([ends[side] for _, ends in known_ends] for side in (0, 1))
        if len(at) == 1:
            axes.plot([at[0]] * 2, [low[0], high[0]], color=palette.ACCENT, linewidth=3.5, alpha=0.3)
        elif at:
            axes.fill_between(at, low, high, color=palette.ACCENT, alpha=0.22, linewidth=0)


def _value_axis(axes: Axes, indicator: Indicator, values: Sequence[float]) -> None:
    """Set the value axis with its ends and middle in Swedish numbers."""
    low, high = axis_bounds(indicator, values)
    axes.set_ylim(low, high)
    ticks = [low, (low + high) / 2, high]
    axes.set_yticks(ticks, [cell(tick, indicator.scale) for tick in ticks])
