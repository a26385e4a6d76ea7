"""Small drawings inside table cells: a series, a place among all kommuner, answers over the years.

A mark is SVG written directly, about a thousand times faster than a matplotlib axes, with the same palette
and rules as the large figures. `Mark.markdown` gives it to HTML and Typst alike, with its text alternative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation import palette, svg, wording
from lagesbild.presentation.escape import typst_string
from lagesbild.presentation.numbers import answer_text, is_missing
from lagesbild.presentation.series import Points, bridges, known, runs

#: Where a point of a series stands in the drawing.
_Place = Callable[[tuple[int, float]], tuple[float, float]]

#: A CSS pixel in points, so that a mark has the same size in print as on screen.
_POINTS = 0.75


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A drawing for a table cell with its text alternative.

    Parameters
    ----------
    svg
        The `<svg>` element, on one line, without backtick or pipe.
    alt
        What it shows, in words.
    width
        Width in pixels.
    """

    svg: str
    alt: str
    width: float

    def typst(self) -> str:
        """Return the Typst call that draws the mark in a line of text."""
        width = svg.coordinate(self.width * _POINTS)
        drawing = f'bytes({typst_string(self.svg)}), format: "svg"'
        return f"#box(image({drawing}, alt: {typst_string(self.alt)}, width: {width}pt))"

    def markdown(self) -> str:
        """Return the mark as two raw inlines, for HTML and for Typst; other formats get nothing."""
        return f"`{self.svg}`{{=html}}`{self.typst()}`{{=typst}}"


def sparkline(
    own: Points, riket: Points, indicator: Indicator, *, name: str, width: float = 84, height: float = 18
) -> Mark:
    """Return a series as a line with riket in grey behind it, without axes.

    Parameters
    ----------
    own, riket
        (year, value) in year order, null where there is no value. A gap is bridged by a dashed line, a
        single point is a dot, and the last point of `own` has a dot.
    indicator
        Gives the unit for the text alternative.
    name
        Whose series `own` is ("Ale").
    width, height
        In pixels.

    The vertical scale is that of the two series together, and differs from row to row.
    """
    pad = 3.0
    values = [v for _, v in known(own)] + [v for _, v in known(riket)]
    years = [y for y, _ in own] + [y for y, _ in riket]
    alt = f"{name} {wording.series_phrase(own, indicator)}. Riket {wording.series_phrase(riket, indicator)}."
    if not values:
        return Mark(svg=svg.document(width, height, "", alt), alt=alt, width=width)
    low, high = min(values), max(values)
    first, last = min(years), max(years)

    def place(point: tuple[int, float]) -> tuple[float, float]:
        x = pad + (width - 2 * pad) * ((point[0] - first) / (last - first) if last > first else 0.5)
        y = height - pad - (height - 2 * pad) * ((point[1] - low) / (high - low) if high > low else 0.5)
        return x, y

    body = _line(riket, place, palette.GREY_LINE, "1") + _line(own, place, palette.ACCENT, "1.6")
    if known(own):
        x, y = place(known(own)[-1])
        body += svg.tag("circle", cx=x, cy=y, r=2.2, fill=palette.ACCENT)
    return Mark(svg=svg.document(width, height, body, alt), alt=alt, width=width)


def _line(points: Points, place: _Place, colour: str, width: str) -> str:
    """Return a series: solid where unbroken, dashed over gaps, dots for points that stand alone."""
    stretches = runs(points)
    body = ""
    for stretch in stretches:
        if len(stretch) == 1:
            x, y = place(stretch[0])
            body += svg.tag("circle", cx=x, cy=y, r=1.6, fill=colour)
        else:
            corners = " ".join(",".join(svg.coordinate(c) for c in place(point)) for point in stretch)
            body += svg.tag("polyline", points=corners, fill="none", stroke=colour, stroke_width=width)
    for start, end in bridges(stretches):
        body += svg.line(*place(start), *place(end), colour, width="0.8", stroke_dasharray="2 2")
    return body


def answer_strip(answers: Sequence[tuple[int, str | None]]) -> Mark:
    """Return answers over the years as a row of squares: full for ja, half for delvis, crossed for nej.

    A year without an answer is a small dot. Form carries the answer as well as colour.
    """
    side, gap, height = 8.0, 2.0, 12.0
    width = len(answers) * (side + gap)
    body = ""
    for position, (_, answer) in enumerate(answers):
        x, y = position * (side + gap) + gap / 2, (height - side) / 2
        if answer is None or is_missing(answer):
            body += svg.tag("circle", cx=x + side / 2, cy=height / 2, r=1.2, fill=palette.GREY_LINE)
            continue
        tone = palette.answer_tone(answer)
        frame = {"x": x, "y": y, "width": side, "height": side}
        body += svg.tag("rect", **frame, fill=palette.WHITE, stroke=tone.text, stroke_width="1")
        if answer == "ja":
            body += svg.tag("rect", **frame, fill=tone.fill)
        elif answer == "delvis":
            body += svg.tag("rect", x=x, y=height / 2, width=side, height=side / 2, fill=tone.fill)
        else:
            body += svg.line(x + 2.5, y + 2.5, x + side - 2.5, y + side - 2.5, tone.text, width="1.4")
            body += svg.line(x + 2.5, y + side - 2.5, x + side - 2.5, y + 2.5, tone.text, width="1.4")
    said = [f"{year} {answer_text(a) if isinstance(a, str) else 'inget svar'}" for year, a in answers]
    alt = f"{wording.capitalised(', '.join(said))}." if said else "Inga svar."
    return Mark(svg=svg.document(width, height, body, alt), alt=alt, width=width)
