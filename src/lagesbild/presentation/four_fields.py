"""The four-field picture: costs across, results upwards, the others' medians as axes, the fields named in words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.methods.cost_quality import Field, FourFields, Together
from lagesbild.presentation import palette, wording
from lagesbild.presentation.canvas import FOOT, POINTS, WIDTH, finished, style
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.fonts import text_width
from lagesbild.presentation.numbers import cell, is_missing, number, with_unit
from lagesbild.presentation.svg import Figure
from lagesbild.presentation.tables import Cell, Column, captioned_table

#: What must stand beside every picture of costs and results.
WARNING = (
    "Bilden visar inget orsakssamband. Kostnaden beror på behoven, befolkningen och hur verksamheten är ordnad, och "
    "det gör resultatet också. En låg kostnad kan vara god hushållning eller för lite stöd; en hög kan vara stora "
    "behov, satsningar eller dyra lösningar."
)

#: Names of more kommuner than this would lie on each other; then only the kommun itself is named.
MOST_NAMED = 14

_WORDS = {
    Field.LAGRE_BATTRE: "Lägre kostnad, bättre resultat",
    Field.HOGRE_BATTRE: "Högre kostnad, bättre resultat",
    Field.LAGRE_SAMRE: "Lägre kostnad, sämre resultat",
    Field.HOGRE_SAMRE: "Högre kostnad, sämre resultat",
    Field.PA_GRANSEN: "På gränsen",
}
#: Behind words, so that no line runs through them.
_PAPER = {"facecolor": palette.WHITE, "edgecolor": "none", "pad": 0.6}
#: Corner of each field in the axes' own coordinates.
_CORNERS = {
    Field.LAGRE_BATTRE: (0.01, 0.985),
    Field.HOGRE_BATTRE: (0.99, 0.985),
    Field.LAGRE_SAMRE: (0.01, 0.015),
    Field.HOGRE_SAMRE: (0.99, 0.015),
}


def four_field_figure(
    found: FourFields, *, cost: Indicator, quality: Indicator, names: Mapping[str, str], source: str, synthetic: bool
) -> Figure:
    """Return the picture; up is always better, also where a low value is good.

    Parameters
    ----------
    found
        As `lagesbild.methods.cost_quality.four_fields` returns it.
    cost, quality
        The two indicators.
    names
        Kommun code to name.

    Raises
    ------
    ValueError
        If no kommun has both figures, or too few others have.
    """
    if found.points.empty or is_missing(found.cost):
        raise ValueError("a four-field picture needs a kommun and others with both figures")
    height = 4.1 + FOOT
    with style():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.add_axes((0.105, (FOOT + 0.5) / height, 0.875, 1 - (FOOT + 0.78) / height))
        points = found.points
        _limits(axes, found, quality)
        axes.axvline(found.cost, color=palette.GREY_LINE, linewidth=1.1, zorder=1)
        axes.axhline(found.quality, color=palette.GREY_LINE, linewidth=1.1, zorder=1)
        for field, (x, y) in _CORNERS.items():
            axes.text(
                x,
                y,
                _WORDS[field],
                transform=axes.transAxes,
                ha="left" if x < 0.5 else "right",
                va="top" if y > 0.5 else "bottom",
                fontsize=8,
                color=palette.GREY_TEXT,
                bbox=_PAPER,
                zorder=2,
            )
        own = points["own"].to_numpy(dtype=bool)
        others = points[~own]
        sns.scatterplot(x=others["cost"], y=others["quality"], ax=axes, color=palette.GREY_TEXT, s=34, zorder=3)
        sns.scatterplot(
            x=points.loc[own, "cost"],
            y=points.loc[own, "quality"],
            ax=axes,
            color=palette.ACCENT,
            s=75,
            marker="D",
            zorder=4,
        )
        _labels(axes, found, names)
        _ticks(axes, cost, quality)
        canvas.text(0.01, 1 - 0.06 / height, _axis_words(quality, "bättre uppåt"), fontsize=8, va="top")
        canvas.text(0.98, (FOOT + 0.08) / height, _axis_words(cost, ""), fontsize=8, ha="right", va="bottom")
        return finished(canvas, _told(found, cost, quality, names), source=source, synthetic=synthetic)


def _axis_words(indicator: Indicator, more: str) -> str:
    unit = "" if indicator.is_answer else wording.unit_heading(indicator)
    head = indicator.short_title if not unit or unit in indicator.short_title else f"{indicator.short_title}, {unit}"
    return f"{head} ({more})" if more else head


def _limits(axes: Axes, found: FourFields, quality: Indicator) -> None:
    """Set limits with room for the names and the words in the corners; a low good value turns the axis."""
    for name, median, place in (("cost", found.cost, axes.set_xlim), ("quality", found.quality, axes.set_ylim)):
        values = np.append(found.points[name].to_numpy(dtype=np.float64), median)
        spread = float(np.ptp(values)) or abs(median) * 0.1 or 1.0
        low, high = float(values.min()) - 0.18 * spread, float(values.max()) + 0.18 * spread
        place(low, high)
    if quality.direction is Direction.LAG:
        axes.invert_yaxis()


def _labels(axes: Axes, found: FourFields, names: Mapping[str, str]) -> None:
    """Name each point, to its right or, where that would leave the picture or meet a name, elsewhere."""
    to_points = axes.transData
    box = axes.get_window_extent()
    scale = POINTS / axes.figure.dpi
    taken: list[tuple[float, float, float, float]] = []
    rows = found.points.sort_values(["own", "region"], ascending=[False, True])
    if len(rows) > MOST_NAMED:
        rows = rows[rows["own"]]
    for row in rows.to_dict("records"):
        name, own = names.get(str(row["region"]), str(row["region"])), bool(row["own"])
        x, y = (float(v) * scale for v in to_points.transform((float(row["cost"]), float(row["quality"]))))
        width = text_width(name, 8.5 + own)
        options = [(7, -3, "left"), (-7, -3, "right"), (0, 7, "center"), (0, -14, "center")]
        for dx, dy, align in options:
            left = x + dx - {"left": 0, "right": width, "center": width / 2}[align]
            area = (left, y + dy, left + width, y + dy + 9)
            inside = box.x0 * scale <= area[0] and area[2] <= box.x1 * scale
            if inside and not any(_meet(area, other) for other in taken):
                break
        taken.append(area)
        axes.annotate(
            name,
            (float(row["cost"]), float(row["quality"])),
            xytext=(dx, dy),
            textcoords="offset points",
            ha=align,
            fontsize=8.5,
            fontweight=700 if own else 400,
            color=palette.ACCENT if own else palette.INK,
            bbox=_PAPER,
            zorder=2.5,
        )


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _ticks(axes: Axes, cost: Indicator, quality: Indicator) -> None:
    for axis, indicator, limits in ((axes.xaxis, cost, axes.get_xlim()), (axes.yaxis, quality, axes.get_ylim())):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        ticks = [float(tick) for tick in axis.get_majorticklocs() if min(limits) <= tick <= max(limits)]
        words = [cell(tick, indicator.scale) for tick in ticks]
        kept = [(t, w) for n, (t, w) in enumerate(zip(ticks, words, strict=True)) if w not in words[:n]]
        axis.set_ticks([t for t, _ in kept], labels=[w for _, w in kept])
    axes.tick_params(length=2, pad=2)
    axes.set(xlabel="", ylabel="")


def _told(found: FourFields, cost: Indicator, quality: Indicator, names: Mapping[str, str]) -> str:
    """Return the picture in words: the medians, then the kommuner field by field."""
    told = []
    for field in Field:
        rows = found.points[found.points["field"] == field]
        if len(rows) and len(found.points) > MOST_NAMED:
            told.append(f"{_WORDS[field]}: {wording.antal(len(rows), 'kommun', 'kommuner')}.")
        elif len(rows):
            who = [
                f"{names.get(str(r['region']), str(r['region']))} ({cell(r['cost'], cost.scale)} och "
                f"{cell(r['quality'], quality.scale)})"
                for r in rows.to_dict("records")
            ]
            told.append(f"{_WORDS[field]}: {wording.joined(who)}.")
    medians = f"{with_unit(found.cost, cost)} och {with_unit(found.quality, quality)}"
    return (
        f"{cost.short_title} och {quality.short_title[0].lower()}{quality.short_title[1:]} {found.year}. "
        f"Medianen för de andra kommunerna är {medians}. {' '.join(told)}"
    )


def placed_words(
    found: FourFields, *, kommun: str, names: Mapping[str, str], cost: Indicator, quality: Indicator
) -> str:
    """Return one kommun's place in words, with the medians, or why none can be told."""
    own = found.points[found.points["own"]]
    name = markdown_text(names.get(kommun, kommun))
    if own.empty:
        return f"{name} saknar antingen kostnad eller resultat för {found.year}, och kan inte placeras."
    if is_missing(found.cost):
        return "För få av de andra kommunerna har båda uppgifterna. Därför visas inga fält."
    row = own.iloc[0]
    many = len(found.points) - 1
    said = (
        f"{name}: {_WORDS[Field(str(row['field']))].lower()}, jämfört med medianen för "
        f"{wording.antal(many, 'annan kommun', 'andra kommuner')}. "
        f"Kostnaden är {with_unit(float(row['cost']), cost)} (medianen {cell(found.cost, cost.scale)}) och resultatet "
        f"{with_unit(float(row['quality']), quality)} (medianen {cell(found.quality, quality.scale)})."
    )
    if found.without:
        missing = wording.joined([markdown_text(names.get(code, code)) for code in found.without])
        said += f" Uppgift saknas för {missing}."
    return said


def together_words(found: Together) -> str:
    """Return how cost and quality go together in the country, in a sentence that promises no cause."""
    if is_missing(found.correlation):
        return "För få kommuner har båda uppgifterna för att säga något om landet i stort."
    r, low, high = (number(part, 2) for part in (found.correlation, found.lower, found.upper))
    if found.lower <= 0 <= found.upper:
        said = "Bland landets kommuner finns inget säkerställt samband mellan kostnad och resultat"
    else:
        word = "bättre" if found.correlation > 0 else "sämre"
        said = f"Bland landets kommuner har de med högre kostnad oftare {word} resultat"
    return f"{said} (rangkorrelation {r}; 95 procents intervall {low} till {high}; {number(found.n)} kommuner)."


def right_field_table(found: pd.DataFrame) -> str:
    """Return `lagesbild.methods.cost_simulation.right_field` as a table, in percent."""
    columns = [
        Column(head="Avstånd från mitten, standardavvikelser", align="right"),
        Column(head="Rätt fält, procent", align="right"),
    ]
    rows: list[list[Cell]] = [
        [number(far, 1), number(100 * right)] for far, right in found.itertuples(index=False, name=None)
    ]
    return captioned_table(
        columns, rows, caption="Hur ofta fältet är rätt, med slumpade liknande kommuner", label="tbl-ratt-falt"
    )
