"""Many small line panels in one drawing: every numeric series of a report's section, own line against riket.

Written as SVG directly: a hundred series per kommun don't fit in the time that matplotlib takes. On paper
the panels stand in three columns, 170 mm wide; the HTML form is one drawing per panel in a grid that
narrows to one column.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation import palette, wording
from lagesbild.presentation.escape import html_text
from lagesbild.presentation.fonts import text_width, wrapped
from lagesbild.presentation.measuring_plan import next_time
from lagesbild.presentation.numbers import cell, row_decimals, with_unit
from lagesbild.presentation.series import Points, axis_bounds, axis_note, bridges, known, runs
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure, coordinate, document, line, tag, text

#: Vertical place of a value.
_Vertical = Callable[[float], float]

#: 170 mm in points: the text width of the reports' A4 page.
WIDTH = 482.0
_GUTTER = 16.0
_TITLE, _SMALL, _LABEL = 8.5, 7.2, 8.0  # text sizes in points
_TITLE_LINE = 10.0
_PLOT = 46.0  # height of the plotting area
_LEGEND = 20.0
_ROW_GAP = 8.0

#: Why the last value is missing, short enough for a panel.
_SHORT_REASON = {
    Status.BORTFALL: "inget svar",
    Status.EJ_TILLAMPLIG: "inte aktuellt",
    Status.SEKRETESS: "visas inte, sekretess",
    Status.SAKNAS: "uppgift saknas",
}


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One series of a kommun with riket's.

    Parameters
    ----------
    indicator
        Gives title, unit and scale.
    own, riket, similar
        (year, value) in year order: the kommun's, riket's, and the mean of similar kommuner. A null value is a gap,
        which is dashed over; leave out the years in which the indicator wasn't measured at all, they are no gaps.
    status
        Status of the report year's own value; anything but "ok" is said in the panel.
    """

    indicator: Indicator
    own: Points
    riket: Points = field(default=())
    similar: Points = field(default=())
    status: str = Status.OK


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """Where things stand in one panel, shared by all panels of a figure so that their axes align."""

    width: float
    left: float
    right: float
    first: int
    last: int
    year: int
    name: str

    @property
    def top(self) -> float:
        """Top of the plotting area, under two lines of title and one of unit."""
        return 2 * _TITLE_LINE + _SMALL + 9

    @property
    def height(self) -> float:
        """Height of a panel with year axis and a line for the note."""
        return self.top + _PLOT + 2 * (_SMALL + 2.5) + 4

    def x(self, year: int) -> float:
        """Return the horizontal place of a year."""
        span = self.last - self.first
        return self.left + (self.width - self.left - self.right) * ((year - self.first) / span if span else 0.5)


def small_multiples(
    panels: Sequence[Panel],
    *,
    name: str,
    years: tuple[int, int],
    synthetic: bool,
    columns: int = 3,
) -> Figure:
    """Return the panels as one figure.

    Parameters
    ----------
    panels
        In reading order; at least one.
    name
        The kommun ("Ale").
    years
        First and last year of the axis, the same for every panel. The last is the report year.
    synthetic
        Whether the data are the demo's; the figure then says so.
    columns
        On paper.

    Raises
    ------
    ValueError
        If there is no panel, or an indicator is an answer (answers are checklists, not lines).
    """
    if not panels:
        raise ValueError("small multiples need at least one panel")
    answers = [panel.indicator.id for panel in panels if panel.indicator.is_answer]
    if answers:
        raise ValueError(f"answers are shown as checklists, not as lines: {', '.join(answers)}")
    frame = _frame(panels, name=name, years=years, columns=columns)
    drawn = [_panel(panel, frame) for panel in panels]
    similar = any(known(panel.similar) for panel in panels)
    legend = _legend(name, synthetic, similar=similar)
    alt = _words(panels, name, years[1], synthetic)
    rows = []
    for start in range(0, len(panels), columns):
        row = slice(start, start + columns)
        said = _words(panels[row], name, years[1], synthetic) if len(panels) > columns else alt
        rows.append(_drawing(drawn[row], frame, columns, "" if start else legend, said))
    return Figure(
        svg=_drawing(drawn, frame, columns, legend, alt).svg,
        alt=alt,
        html=_html(panels, drawn, frame, synthetic, similar),
        rows=tuple(rows),
    )


def _drawing(drawn: Sequence[str], frame: _Frame, columns: int, legend: str, alt: str) -> Figure:
    """Return panels in columns under the legend, if there is one."""
    top, step = _LEGEND if legend else 0.0, frame.height + _ROW_GAP
    body = legend
    for position, drawing in enumerate(drawn):
        x = (position % columns) * (frame.width + _GUTTER)
        y = top + (position // columns) * step
        body += tag("g", drawing, transform=f"translate({coordinate(x)} {coordinate(y)})")
    height = top + math.ceil(len(drawn) / columns) * step - _ROW_GAP
    return Figure(svg=document(WIDTH, height, body, alt, physical="pt"), alt=alt)


def _frame(panels: Sequence[Panel], *, name: str, years: tuple[int, int], columns: int) -> _Frame:
    """Return margins wide enough for every panel's labels."""
    left = right = 0.0
    for panel in panels:
        for bound in _bounds(panel):
            left = max(left, text_width(cell(bound, panel.indicator.scale), _SMALL))
        for _, value in known(panel.own)[-1:] + known(panel.riket)[-1:]:
            words = cell(value, panel.indicator.scale, decimals=_end_decimals(panel))
            right = max(right, text_width(words, _LABEL, 700))
    width = (WIDTH - (columns - 1) * _GUTTER) / columns
    return _Frame(width=width, left=left + 4, right=right + 6, first=years[0], last=years[1], year=years[1], name=name)


def _end_decimals(panel: Panel) -> int:
    """Return the decimals of the last values, the same for the kommun and riket."""
    ends = known(panel.own)[-1:] + known(panel.riket)[-1:]
    return row_decimals(panel.indicator.scale, [value for _, value in ends])


def _bounds(panel: Panel) -> tuple[float, float]:
    return axis_bounds(panel.indicator, [v for _, v in known(panel.own) + known(panel.riket) + known(panel.similar)])


def _panel(panel: Panel, frame: _Frame) -> str:
    """Return one panel, its origin at the upper left."""
    low, high = _bounds(panel)
    scale = panel.indicator.scale

    def y(value: float) -> float:
        return frame.top + _PLOT * (1 - (value - low) / (high - low))

    body = ""
    titles = wrapped(panel.indicator.short_title, _TITLE, frame.width, lines=2, weight=700)
    for row, words in enumerate(titles):
        body += text(0, _TITLE + row * _TITLE_LINE, words, size=_TITLE, fill=palette.INK, bold=True)
    unit = wording.unit_heading(panel.indicator)
    below = _TITLE + len(titles) * _TITLE_LINE - 1
    body += text(0, below, unit, size=_SMALL, fill=palette.GREY_TEXT)
    note = axis_note(panel.indicator, (low, high))
    if note:
        body += text(frame.width, below, note, size=_SMALL, fill=palette.INK, bold=True, anchor="end")
    for value in (low, (low + high) / 2, high):
        body += line(frame.left, y(value), frame.width - frame.right, y(value), palette.GREY_GRID, width="0.7")
    for value in (low, high):
        label = cell(value, scale)
        body += text(frame.left - 3, y(value) + 2.4, label, size=_SMALL, fill=palette.GREY_TEXT, anchor="end")
    body += _years(frame)
    body += _series(panel.riket, frame, y, palette.GREY_LINE, width="1.1")
    body += _dots(panel.similar, frame, y)
    body += _series(panel.own, frame, y, palette.ACCENT, width="1.9")
    return body + _end_labels(panel, frame, y) + _note(panel, frame)


def _years(frame: _Frame) -> str:
    baseline = frame.top + _PLOT + _SMALL + 3
    grey = palette.GREY_TEXT
    body = text(frame.left, baseline, str(frame.first), size=_SMALL, fill=grey)
    if frame.last > frame.first:
        end = frame.width - frame.right
        body += text(end, baseline, str(frame.last), size=_SMALL, fill=grey, anchor="end")
    return body


def _series(points: Points, frame: _Frame, y: _Vertical, colour: str, *, width: str) -> str:
    """Return a series: solid where unbroken, dashed over gaps, dots for points that stand alone."""
    stretches = runs(points)
    body = ""
    for (a, va), (b, vb) in bridges(stretches):
        body += line(frame.x(a), y(va), frame.x(b), y(vb), colour, width="0.9", stroke_dasharray="2 2")
    for stretch in stretches:
        if len(stretch) == 1:
            year, value = stretch[0]
            body += tag("circle", cx=frame.x(year), cy=y(value), r=2, fill=colour)
        else:
            corners = " ".join(f"{coordinate(frame.x(a))},{coordinate(y(v))}" for a, v in stretch)
            body += tag(
                "polyline",
                points=corners,
                fill="none",
                stroke=colour,
                stroke_width=width,
                stroke_linejoin="round",
            )
    return body


def _dots(points: Points, frame: _Frame, y: _Vertical) -> str:
    """Return the mean of similar kommuner as open rings, which no other series has."""
    rings = known(points)
    return "".join(
        tag("circle", cx=frame.x(year), cy=y(v), r=1.7, fill=palette.WHITE, stroke=palette.INK, stroke_width="0.8")
        for year, v in rings
    )


def _end_labels(panel: Panel, frame: _Frame, y: _Vertical) -> str:
    """Return the last values beside their points, moved apart where they would cover each other."""
    own, riket = known(panel.own)[-1:], known(panel.riket)[-1:]
    labels = [(year, value, palette.ACCENT, True) for year, value in own]
    labels += [(year, value, palette.GREY_TEXT, False) for year, value in riket]
    places = [y(value) for _, value, _, _ in labels]
    same_year = len(labels) == 2 and labels[0][0] == labels[1][0]
    if same_year and abs(places[0] - places[1]) < _LABEL:
        middle, up = sum(places) / 2, 1 if places[0] <= places[1] else -1
        places = [middle - up * _LABEL / 2, middle + up * _LABEL / 2]
    decimals = _end_decimals(panel)
    body = ""
    for (year, value, colour, bold), place in zip(labels, places, strict=True):
        if bold:
            body += tag("circle", cx=frame.x(year), cy=y(value), r=2.3, fill=colour)
        words = cell(value, panel.indicator.scale, decimals=decimals)
        body += text(
            frame.x(year) + 4,
            place + 2.8,
            words,
            size=_LABEL,
            fill=colour,
            bold=bold,
            halo=palette.WHITE if year < frame.last else "",
        )
    return body


def _reason(panel: Panel, year: int) -> str | None:
    """Return why the report year has no own value, or None where it has one."""
    status = Status(panel.status)
    if status is Status.EJ_MATT:
        return next_time(panel.indicator, year)
    return None if status is Status.OK else _SHORT_REASON[status]


def _note(panel: Panel, frame: _Frame) -> str:
    """Return the line under the panel that says why the last value is missing; a panel without any.

    Larger.
    """
    reason = _reason(panel, frame.year)
    if not known(panel.own):
        words = wording.capitalised(reason or "inga värden")
        middle = (frame.left + frame.width - frame.right) / 2
        return text(
            middle,
            frame.top + _PLOT / 2 + 3,
            words,
            size=_LABEL,
            fill=palette.INK,
            anchor="middle",
            halo=palette.WHITE,
        )
    if reason is None:
        return ""
    words = f"{frame.year}: {reason}"
    return text(frame.left, frame.top + _PLOT + 2 * (_SMALL + 2), words, size=_SMALL, fill=palette.INK)


def _legend(name: str, synthetic: bool, *, similar: bool) -> str:
    """Return the line that says which series is whose, and what the data are."""
    x = 18 + text_width(name, _LABEL, 700) + 14
    body = line(0, 6, 14, 6, palette.ACCENT, width="1.9")
    body += text(18, 8.8, name, size=_LABEL, fill=palette.ACCENT, bold=True)
    body += line(x, 6, x + 14, 6, palette.GREY_LINE, width="1.1")
    body += text(x + 18, 8.8, "Riket", size=_LABEL, fill=palette.GREY_TEXT)
    if similar:
        x += 18 + text_width("Riket", _LABEL) + 16
        body += tag("circle", cx=x, cy=6, r=1.9, fill=palette.WHITE, stroke=palette.INK, stroke_width="0.8")
        body += text(x + 6, 8.8, "Liknande kommuner", size=_LABEL, fill=palette.INK)
    if synthetic:
        body += text(WIDTH, 8.8, SYNTHETIC_NOTE, size=_LABEL, fill=palette.INK, bold=True, anchor="end")
    return body


def _panel_words(panel: Panel, name: str, year: int) -> str:
    reason = _reason(panel, year)
    said = f"{panel.indicator.short_title}: {name} {wording.series_phrase(panel.own, panel.indicator)}"
    if reason:
        said += f" (senaste året: {reason})"
    riket = known(panel.riket)
    if riket:
        year, value = riket[-1]
        said += f", riket {with_unit(value, panel.indicator)} {year}"
    similar = known(panel.similar)
    if similar:
        year, value = similar[-1]
        said += f", liknande kommuner {with_unit(value, panel.indicator)} {year}"
    return f"{said}."


def _words(panels: Sequence[Panel], name: str, year: int, synthetic: bool) -> str:
    """Return the whole figure in words."""
    head = wording.capitalised(wording.antal(len(panels), "linjediagram", "små linjediagram", neuter=True))
    note = f" {SYNTHETIC_NOTE}." if synthetic else ""
    return f"{head}: {name} och riket över tid. {' '.join(_panel_words(p, name, year) for p in panels)}{note}"


def _html(panels: Sequence[Panel], drawn: Sequence[str], frame: _Frame, synthetic: bool, similar: bool) -> str:
    """Return the panels as separate drawings in a grid that fits the screen: four columns or one."""
    note = f"<strong>{SYNTHETIC_NOTE}</strong>" if synthetic else ""
    rings = "<span>○ Liknande kommuner</span> " if similar else ""
    legend = (
        f'<p class="smadiagram-forklaring">'
        f'<span class="serie-egen">━ {html_text(frame.name)}</span> '
        f'<span class="serie-riket">─ Riket</span> {rings}{note}</p>'
    )
    items = ""
    for panel, drawing in zip(panels, drawn, strict=True):
        svg = document(frame.width, frame.height, drawing, _panel_words(panel, frame.name, frame.year))
        items += svg
    return f'<div class="smadiagram">{legend}<div class="smadiagram-rutnat">{items}</div></div>'
