"""The picture of the first spread: where the kommun stands among all in each key indicator, on one common axis.

Every row has the same axis, from the worst kommun to the best: the share of kommuner with a worse result. So days,
percentages and counts can be seen together, and a mark to the right is always good. Drawn as SVG directly, in one
form for paper and wide screens and one for narrow screens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Scale
from lagesbild.catalogue.vocabulary import Colour, Status
from lagesbild.presentation import palette
from lagesbild.presentation.fonts import text_width, wrapped
from lagesbild.presentation.kommun.quality import warned
from lagesbild.presentation.kommun.standing_rows import AreaRows, StandingRow, answered
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import HARD_SPACE, number, row_decimals, status_text
from lagesbild.presentation.quality_words import MARK
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure, coordinate, document, line, tag, text
from lagesbild.presentation.wording import colour_words, unit_heading

#: Why a row has no mark, short enough to stand where its place would.
_REASONS = {
    Status.BORTFALL: ("för få svar", "eller inget svar"),
    Status.EJ_TILLAMPLIG: ("gäller inte", "kommunen"),
    Status.SEKRETESS: ("visas inte,", "sekretess"),
    Status.SAKNAS: ("uppgift saknas", "i källan"),
    Status.EJ_MATT: ("mäts inte", "i år"),
}
_BANDS = ((0.0, 25.0, Colour.ROD), (25.0, 75.0, Colour.GUL), (75.0, 100.0, Colour.GRON))
_BAND_WORDS = {Colour.ROD: "sämsta 25 %", Colour.GUL: "i mitten", Colour.GRON: "bästa 25 %"}
#: How far the name of a reference mark reaches past the mark.
_OVERHANG = 4.0


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand in a row, and how large the text is.

    Parameters
    ----------
    width
        Of the whole drawing.
    names
        Width of the column of names.
    value
        Right end of the value.
    axis
        Left and right end of the axis.
    place
        Left end of the words for the place.
    size, small
        Sizes of text.
    stacked
        Whether the name stands above its axis instead of beside it.
    """

    width: float
    names: float
    value: float
    axis: tuple[float, float]
    place: float
    size: float
    small: float
    stacked: bool = False

    def x(self, place: float) -> float:
        """Return the horizontal point of a place from 0 to 100."""
        left, right = self.axis
        return left + (right - left) * place / 100

    @property
    def row(self) -> float:
        """Height of a row beside the lines of its name."""
        return 2 * self.small + 3.8


#: For paper (the text width of the page in points) and wide screens.
WIDE = Layout(width=465, names=140, value=190, axis=(200, 384), place=393, size=8.2, small=7.5)
#: For a telephone: the name above the axis. There the font may be another and wider one, so there is room to spare.
NARROW = Layout(width=340, names=300, value=58, axis=(68, 214), place=223, size=12.8, small=10.8, stacked=True)


def standing_picture(view: KommunView, areas: Sequence[AreaRows]) -> Figure:
    """Return the picture.

    Parameters
    ----------
    view
        The kommun.
    areas
        What is shown (`lagesbild.presentation.kommun.standing_rows.standing_rows`); at least one area.

    Raises
    ------
    ValueError
        If there is nothing to show.
    """
    if not areas:
        raise ValueError("a picture of where the kommun stands needs at least one area")
    alt = standing_words(view, areas)
    wide, narrow = (_drawing(view, areas, layout, alt) for layout in (WIDE, NARROW))
    html = f'<div class="laget bred">{wide}</div><div class="laget smal">{narrow}</div>'
    return Figure(svg=wide, alt=alt, html=html)


def _drawing(view: KommunView, areas: Sequence[AreaRows], layout: Layout, alt: str) -> str:
    labelled = _labelled(areas, layout)
    head = layout.small * (2.6 if not layout.stacked else 3.4)
    y, body, bands = head, "", ""
    for area in areas:
        y, drawn = _heading(area, layout, y)
        body += drawn
        for row in area.rows:
            top = y
            y, drawn, axis_top = _row(row, layout, y, names=row is labelled)
            body += drawn
            bands += _bands(layout, axis_top if layout.stacked else top, y)
    note = ""
    if view.synthetic:
        y += layout.small + 3
        note = text(layout.width, y - 2, SYNTHETIC_NOTE, size=layout.small, fill=palette.INK, bold=True, anchor="end")
    body = _head(view.kommun.namn, layout) + bands + body + note
    return document(layout.width, y + 1, body, alt, physical="" if layout.stacked else "pt")


def _labelled(areas: Sequence[AreaRows], layout: Layout) -> StandingRow | None:
    """Return the row in which riket's and the similar kommuner's marks are named: the first where both names fit."""
    rows = [row for area in areas for row in area.rows if row.riket is not None]
    both = [row for row in rows if row.liknande is not None]
    fit = [row for row in both if _fits(row, layout)]
    return next(iter([*fit, *both, *rows]), None)


def _fits(row: StandingRow, layout: Layout) -> bool:
    """Return whether the names fit side by side above the marks, one before the other."""
    (first, one), (second, other) = _named_marks(row)
    left, right = layout.axis
    room = layout.x(second) - layout.x(first) > 2 * _OVERHANG + 2
    before = layout.x(first) - left >= text_width(one, layout.small) - _OVERHANG
    return room and before and right - layout.x(second) >= text_width(other, layout.small) - _OVERHANG


def _named_marks(row: StandingRow) -> list[tuple[float, str]]:
    """Return the places of the row's reference marks with their names, from the left."""
    marks = ((row.riket, "riket"), (row.liknande, "liknande"))
    return sorted((place, name) for place, name in marks if place is not None)


def _head(name: str, layout: Layout) -> str:
    """Return the line above the rows: which marks are the kommun's, and what the three parts of the axis are."""
    baseline, size, x = layout.small + 1, layout.small, 0.0
    body = ""
    for tone in palette.tones():
        body += text(x, baseline, tone.symbol, size=size, fill=tone.text, bold=True)
        x += 1.2 * text_width(tone.symbol, size, 700) + 1
    body += text(x + 2, baseline, name, size=size, fill=palette.INK, bold=True)
    x += 1.15 * text_width(name, size, 700) + 10
    body += line(x, baseline - size * 0.3, x + 14, baseline - size * 0.3, palette.GREY_LINE, width="2.4")
    body += text(x + 17, baseline, "osäkerhet", size=size, fill=palette.INK)
    head = "plats av antal" if layout.stacked else "Plats bland alla"
    if layout.stacked:
        baseline += size * 1.6
    body += text(layout.place, baseline, head, size=size, fill=palette.INK)
    for low, high, colour in _BANDS:
        tone = palette.tone(colour)
        middle = (layout.x(low) + layout.x(high)) / 2
        # The outer parts are narrow: their words begin and end with the axis.
        anchor, at = {0.0: ("start", layout.axis[0]), 75.0: ("end", layout.axis[1])}.get(low, ("middle", middle))
        words = _BAND_WORDS[colour].removesuffix(" 25 %") if layout.stacked else _BAND_WORDS[colour]
        body += text(at, baseline, words, size=size, fill=tone.text, bold=True, anchor=anchor)
    return body


def _bands(layout: Layout, top: float, bottom: float) -> str:
    """Return the three parts of the axis as tints behind one row."""
    body = ""
    for low, high, colour in _BANDS:
        x = layout.x(low)
        body += tag("rect", x=x, y=top, width=layout.x(high) - x, height=bottom - top, fill=palette.tone(colour).tint)
    return body


def _heading(area: AreaRows, layout: Layout, y: float) -> tuple[float, str]:
    """Return the lower edge of an area's heading, and the heading: its name, and the answers of its checklist."""
    height = layout.size + 4
    baseline = y + height - 2.2
    body = line(0, y + 1, layout.width, y + 1, palette.GREY_BAR, width="0.6")
    body += text(0, baseline, area.area.name, size=layout.size, fill=palette.ACCENT, bold=True)
    told = answered(area)
    if told:
        told = told.removesuffix(" frågor") if layout.stacked else told
        body += text(layout.width, baseline, told, size=layout.small, fill=palette.GREY_TEXT, anchor="end")
    return y + height, body


def _row(row: StandingRow, layout: Layout, y: float, *, names: bool) -> tuple[float, str, float]:
    """Return the lower edge of a row, the row, and the upper edge of its axis."""
    result = row.result
    lines = _balanced(_title(result), layout)
    step = layout.size + 1.3
    room = layout.small + 1.5 if names else 0.0
    height = layout.row + room
    body = ""
    if layout.stacked:
        for nth, words in enumerate(lines):
            body += text(0, y + layout.size + nth * step, words, size=layout.size, fill=palette.INK)
        y += len(lines) * step + 3
        middle = y + room + layout.row / 2
    else:
        middle = y + room + layout.row / 2
        first = middle + layout.size * 0.34 - (len(lines) - 1) * step / 2
        for nth, words in enumerate(lines):
            body += text(0, first + nth * step, words, size=layout.size, fill=palette.INK)
    body += line(layout.axis[0], middle, layout.axis[1], middle, palette.GREY_BAR, width="0.6")
    body += _value(result, layout, middle) + _place(row, layout, middle) + _marks(row, layout, middle)
    if names:
        body += _names(row, layout, middle)
    return y + height, body, y


def _balanced(title: str, layout: Layout) -> list[str]:
    """Return a name on one line, or on two of about the same length."""
    lines = wrapped(title, layout.size, layout.names, lines=2)
    if len(lines) == 1:
        return lines
    length = min(text_width(title, layout.size), layout.names / 0.72)
    tried = (wrapped(title, layout.size, share * length, lines=3) for share in (0.54, 0.6, 0.66, 0.72))
    return next((even for even in tried if len(even) == 2), lines)


def _title(result: Result) -> str:
    """Return the indicator's name, with its unit where the value doesn't carry it."""
    indicator = result.indicator
    carried = indicator.scale in (Scale.PROCENT, Scale.DAGAR)
    unit = "" if carried else unit_heading(indicator)
    return (
        f"{indicator.short_title}, {unit}"
        if unit and unit not in indicator.short_title.lower()
        else indicator.short_title
    )


def _value(result: Result, layout: Layout, middle: float) -> str:
    words = value_text(result)
    bold = result.value is not None
    fill = palette.INK if bold else palette.GREY_TEXT
    return text(layout.value, middle + layout.size * 0.34, words, size=layout.size, fill=fill, bold=bold, anchor="end")


def value_text(result: Result) -> str:
    """Return the value as the picture prints it: "94 %", "45 dagar", "2 503"; the mark of its status where none."""
    if result.value is None:
        return "" if result.status in (Status.SAKNAS, Status.EJ_MATT, Status.OK) else status_text(result.status)
    printed = number(result.value, row_decimals(result.indicator.scale, (result.value, result.riket)))
    unit = {Scale.PROCENT: "%", Scale.DAGAR: "dag" if printed == "1" else "dagar"}.get(result.indicator.scale, "")
    return HARD_SPACE.join(filter(None, [printed, unit, *signs(result)]))


def signs(result: Result) -> list[str]:
    """Return the sign of a figure that a check has questioned, and the letter of an indicator with uncertain data."""
    return [*([MARK] if result.finding else []), *([result.quality] if warned(result) else [])]


def _place(row: StandingRow, layout: Layout, middle: float) -> str:
    """Return the words for the place: the colour's symbol and word, and the rank; or why there is none."""
    result = row.result
    first, second = middle - 1.2, middle + layout.small
    if row.place is None or result.colour is None:
        above, below = _REASONS.get(Status(result.status), ("kan inte", "jämföras"))
        return "".join(
            text(layout.place, y, words, size=layout.small, fill=palette.GREY_TEXT)
            for y, words in ((first, above), (second, below))
        )
    tone = palette.tone(result.colour)
    words = f"{tone.symbol} {colour_words(result.colour)}"
    body = text(layout.place, first, words, size=layout.small, fill=tone.text, bold=True)
    return body + text(layout.place, second, rank_text(result), size=layout.small, fill=palette.GREY_TEXT)


def rank_text(result: Result) -> str:
    """Return "12 av 187", "12–15 av 187" where kommuner share the ranks, with "(få)" where few stand behind it."""
    rank = result.rank or 0
    last = rank + result.n_same_rank - 1
    ranks = f"{rank}–{last}" if last > rank else f"{rank}"
    return f"{ranks} av {result.n_reporting}{' (få)' if result.small_base else ''}"


def _marks(row: StandingRow, layout: Layout, middle: float) -> str:
    """Return the marks on the axis: interval, riket, similar kommuner, and the kommun's own on top."""
    body, scale = "", layout.small / 7.5
    tone = palette.tone(row.result.colour) if row.result.colour else None
    if row.low is not None and row.high is not None and tone:
        body += line(
            layout.x(row.low), middle, layout.x(row.high), middle, tone.fill,
            width=coordinate(2.4 * scale), stroke_linecap="round",
        )  # fmt: skip
    if row.riket is not None:
        x, half = layout.x(row.riket), 6.2 * scale
        body += line(x, middle - half, x, middle + half, palette.INK, width=coordinate(1.3 * scale))
    if row.liknande is not None:
        body += tag(
            "circle", cx=layout.x(row.liknande), cy=middle, r=3.1 * scale, fill=palette.WHITE, stroke=palette.INK,
            stroke_width=coordinate(1.1 * scale),
        )  # fmt: skip
    if row.place is not None and tone:
        hollow = row.result.small_base
        body += _shape(row.result.colour or "", layout.x(row.place), middle, 4.6 * scale, hollow=hollow)
    return body


def _shape(colour: str, x: float, y: float, r: float, *, hollow: bool) -> str:
    """Return the kommun's mark: the colour's symbol; only its outline where few stand behind the result."""
    tone = palette.tone(colour)
    corners = {
        Colour.GRON: ((0, -1), (1, 0.85), (-1, 0.85)),
        Colour.GUL: ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
        Colour.ROD: ((0, 1), (1, -0.85), (-1, -0.85)),
    }[Colour(colour)]
    points = " ".join(f"{coordinate(x + r * dx)},{coordinate(y + r * dy)}" for dx, dy in corners)
    fill = palette.WHITE if hollow else tone.fill
    return tag("polygon", points=points, fill=fill, stroke=tone.text, stroke_width="1")


def _names(row: StandingRow, layout: Layout, middle: float) -> str:
    """Return the names of the two reference marks, above them in one row."""
    y = middle - layout.row / 2 - 0.5
    left, right = layout.axis
    marks = _named_marks(row)
    body, end = "", left
    for nth, (place, name) in enumerate(marks):
        width, x = text_width(name, layout.small), layout.x(place)
        # Two names side by side: one ends at its mark, the other begins there.
        start = x - width / 2 if len(marks) == 1 else (x - width + _OVERHANG if nth == 0 else x - _OVERHANG)
        start = max(min(start, right - width), end)
        body += text(start, y, name, size=layout.small, fill=palette.INK)
        end = start + width + _OVERHANG
    return body


def standing_words(view: KommunView, areas: Sequence[AreaRows]) -> str:
    """Return what the picture shows, in sentences."""
    name = view.kommun.namn
    said = [f"{name} bland alla kommuner {view.year}, område för område. En plats längre åt höger är bättre."]
    for area in areas:
        parts = [_said(row) for row in area.rows]
        told = answered(area)
        parts += [told[0].lower() + told[1:]] if told else []
        said.append(f"{area.area.name}: {'; '.join(parts)}.")
    if view.synthetic:
        said.append(f"{SYNTHETIC_NOTE}.")
    return " ".join(said)


def _said(row: StandingRow) -> str:
    result = row.result
    title = result.indicator.short_title
    if row.place is None or result.colour is None:
        above, below = _REASONS.get(Status(result.status), ("kan inte", "jämföras"))
        return f"{title}: {above} {below}"
    words = f"{title}: {value_text(result)}, {colour_words(result.colour)}, plats {rank_text(result)}"
    if row.riket is not None and row.riket != row.place:
        words += f", till {'höger' if row.place > row.riket else 'vänster'} om riket"
    return words
