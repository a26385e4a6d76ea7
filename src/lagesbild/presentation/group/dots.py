"""A small picture of a group's kommuner as dots, on the scale of all kommuner of the country."""

from __future__ import annotations

from lagesbild.presentation import palette, svg
from lagesbild.presentation.group.view import GroupResult
from lagesbild.presentation.marks import Mark
from lagesbild.presentation.numbers import is_missing, number, row_decimals, with_unit

WIDTH, _HEIGHT, _PAD, _MIDDLE = 138.0, 18.0, 5.0, 9.0


def dots(result: GroupResult) -> Mark:
    """Return the group's kommuner as dots; a bar is the middle half of the country's kommuner, a tick riket.

    The line spans all kommuner of the country from left (lowest) to right (highest), whatever is good. Dots are one
    path, so that a large group costs as little as a small one.
    """
    values = [value for value, _ in result.values]
    spread = result.spread
    alt = _words(result)
    if not values or spread is None:
        return Mark(svg=svg.document(WIDTH, _HEIGHT, "", alt), alt=alt, width=WIDTH)
    riket = None if result.riket is None or is_missing(result.riket) else result.riket
    ends = [spread.lowest, spread.highest, *values, *([] if riket is None else [riket])]
    low, high = min(ends), max(ends)

    def x_of(value: float) -> float:
        return _PAD + (WIDTH - 2 * _PAD) * ((value - low) / (high - low) if high > low else 0.5)

    body = svg.line(x_of(spread.lowest), _MIDDLE, x_of(spread.highest), _MIDDLE, palette.GREY_LINE)
    left, half = x_of(spread.p25), x_of(spread.p75) - x_of(spread.p25)
    body += svg.tag("rect", x=left, y=_MIDDLE - 4, width=max(half, 1), height=8, fill=palette.GREY_BAR)
    # A stroke of almost no length with round ends is a dot.
    path = "".join(f"M{svg.coordinate(x_of(value))} {svg.coordinate(_MIDDLE)}h.1" for value in values)
    body += svg.tag(
        "path", d=path, stroke=palette.ACCENT, stroke_width="5", stroke_linecap="round", stroke_opacity="0.65"
    )
    if riket is not None:
        body += svg.line(x_of(riket), 1, x_of(riket), _HEIGHT - 1, palette.INK, width="1.4")
    return Mark(svg=svg.document(WIDTH, _HEIGHT, body, alt), alt=alt, width=WIDTH)


def _words(result: GroupResult) -> str:
    if not result.values:
        return "Ingen av kommunerna har ett resultat som kan visas."
    values = [value for value, _ in result.values]
    decimals = row_decimals(result.indicator.scale, values)
    (lowest, first), (highest, last) = result.values[0], result.values[-1]
    middle = (
        values[len(values) // 2] if len(values) % 2 else (values[len(values) // 2 - 1] + values[len(values) // 2]) / 2
    )
    said = f"Lägst {number(lowest, decimals)} ({first.namn}), median {number(middle, decimals)}, "
    said += f"högst {with_unit(highest, result.indicator, decimals)} ({last.namn})."
    if result.riket is None or is_missing(result.riket):
        return said
    return f"{said} Riket {number(result.riket, decimals)}."
