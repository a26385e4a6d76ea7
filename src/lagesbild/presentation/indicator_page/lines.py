"""Charts over time: riket among the kommuner, and women and men."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation import palette
from lagesbild.presentation.fonts import text_width
from lagesbild.presentation.indicator_page.chart import (
    GROUND,
    SECOND,
    SIZE,
    SMALL,
    WIDTH,
    Axis,
    Place,
    finished,
    grid,
    left_margin,
    value_axis,
)
from lagesbild.presentation.indicator_page.view import Result
from lagesbild.presentation.numbers import cell, row_decimals, with_unit
from lagesbild.presentation.svg import Figure, coordinate, line, tag, text
from lagesbild.presentation.wording import series_phrase, unit_heading

_TOP, _PLOT, _FOOT = 42.0, 150.0, 22.0

#: A series of figures by year, and the middle half of the kommuner by year.
Series = Mapping[int, Result]
Middle = Mapping[int, tuple[float, float]]


def riket_chart(
    indicator: Indicator, riket: Series, middle: Middle, *, breaks: Collection[int], synthetic: bool
) -> tuple[Figure, Axis]:
    """Return riket's series with its intervals before the middle half of the kommuner, and the axis.

    Parameters
    ----------
    indicator
        Gives unit and scale.
    riket
        Known figures by year.
    middle
        Lower and upper quartile of the kommuner by year.
    breaks
        First years of a changed question or method: the line begins anew there.
    synthetic
        Whether the figures are invented.
    """
    values = [one.value for one in riket.values() if one.value is not None]
    ends = [end for one in riket.values() for end in (one.lower, one.upper) if end is not None]
    axis = value_axis(indicator, [*values, *ends, *(end for pair in middle.values() for end in pair)])
    years = sorted({*riket, *middle})
    last = max(riket)
    label = cell(values[-1], indicator.scale)
    x, y, left, right = _places(axis, years, text_width(label, SIZE, 700) + 8)
    body = _head(
        indicator, [("Riket", palette.ACCENT, ""), *([("Hälften av kommunerna", "", GROUND)] if middle else [])]
    )
    body += _band(middle, x, y, breaks) + grid(axis, y, left, right) + _year_axis(years, x)
    body += _breaks(years, breaks, x)
    for year, one in riket.items():
        if one.lower is not None and one.upper is not None:
            body += tag(
                "path",
                d=f"M{coordinate(x(year) - 3)} {coordinate(y(one.upper))}h6M{coordinate(x(year))} "
                f"{coordinate(y(one.upper))}V{coordinate(y(one.lower))}M{coordinate(x(year) - 3)} "
                f"{coordinate(y(one.lower))}h6",
                stroke=palette.ACCENT,
                stroke_width="1.2",
                fill="none",
            )
    body += _line(riket, x, y, palette.ACCENT, breaks)
    body += text(x(last) + 7, y(values[-1]) + 4, label, size=SIZE, fill=palette.ACCENT, bold=True, halo=palette.WHITE)
    said = f"Linjediagram. Riket {series_phrase([(year, one.value) for year, one in riket.items()], indicator)}."
    if last in middle:
        low, high = middle[last]
        places = row_decimals(indicator.scale, [low, high])
        said += f" Hälften av kommunerna har {last} mellan {cell(low, indicator.scale, decimals=places)} och "
        said += f"{with_unit(high, indicator, places)}."
    return finished(body, _TOP + _PLOT + _FOOT, said, synthetic=synthetic), axis


def sexes_chart(
    indicator: Indicator, women: Series, men: Series, *, breaks: Collection[int], synthetic: bool
) -> Figure:
    """Return riket's series of women and men, told apart by colour, dashes and form of the points."""
    values = [one.value for series in (women, men) for one in series.values() if one.value is not None]
    axis = value_axis(indicator, values, most=4)
    years = sorted({*women, *men})
    ends = [(name, series[max(series)]) for name, series in (("Kvinnor", women), ("Män", men))]
    places = row_decimals(indicator.scale, [one.value for _, one in ends])
    labels = [cell(one.value or 0.0, indicator.scale, decimals=places) for _, one in ends]
    x, y, left, right = _places(axis, years, max(text_width(words, SIZE, 700) for words in labels) + 8)
    body = _head(indicator, [("Kvinnor", palette.ACCENT, ""), ("Män", SECOND, "")])
    body += grid(axis, y, left, right) + _year_axis(years, x) + _breaks(years, breaks, x)
    body += _line(women, x, y, palette.ACCENT, breaks) + _line(men, x, y, SECOND, breaks, dashed=True)
    tops = _apart([y(one.value or 0.0) for _, one in ends])
    for words, (name, _), top, colour, series in zip(
        labels, ends, tops, (palette.ACCENT, SECOND), (women, men), strict=True
    ):
        body += text(
            x(max(series)) + 7, top + 4, words, size=SIZE, fill=colour, bold=name == "Kvinnor", halo=palette.WHITE
        )
    said = " ".join(
        f"{name} {series_phrase([(year, one.value) for year, one in series.items()], indicator)}."
        for name, series in (("Kvinnor", women), ("Män", men))
    )
    return finished(body, _TOP + _PLOT + _FOOT, f"Linjediagram. {said}", synthetic=synthetic)


def _places(axis: Axis, years: Sequence[int], room: float) -> tuple[Place, Place, float, float]:
    left, right = left_margin(axis), WIDTH - room
    first, span = years[0], years[-1] - years[0]

    def x(year: float) -> float:
        return left + 6 + (right - left - 12) * ((year - first) / span if span else 0.5)

    def y(value: float) -> float:
        return _TOP + _PLOT * (1 - (value - axis.low) / (axis.high - axis.low))

    return x, y, left, right


def _head(indicator: Indicator, named: Sequence[tuple[str, str, str]]) -> str:
    """Return the lines over the plot: unit, and what each line or ground is."""
    unit = "Procent av kommunerna som svarat ja" if indicator.is_answer else unit_heading(indicator)
    body, left = text(0, 12, unit[:1].upper() + unit[1:], size=SMALL, fill=palette.GREY_TEXT), 0.0
    for name, stroke, ground in named:
        if ground:
            body += tag("rect", x=left, y=20, width=18, height=11, fill=ground)
        else:
            dashes = {"stroke_dasharray": "5 3"} if stroke == SECOND else {}
            body += line(left, 26, left + 18, 26, stroke, width="2.4", **dashes)
        body += text(left + 23, 30, name, size=SIZE, fill=stroke or palette.INK)
        left += 23 + text_width(name, SIZE) + 16
    return body


def _year_axis(years: Sequence[int], x: Place) -> str:
    """Return the years under the plot: all where there is room, else first, last and every other."""
    room = (x(years[-1]) - x(years[0])) / max(years[-1] - years[0], 1)
    each = 1 if room > 34 else 2 if room > 18 else 4
    shown = [year for year in years if (years[-1] - year) % each == 0]
    baseline = _TOP + _PLOT + 16
    return "".join(
        text(x(year), baseline, str(year), size=SMALL, fill=palette.GREY_TEXT, anchor="middle") for year in shown
    )


def _stretches(years: Sequence[int], breaks: Collection[int]) -> list[list[int]]:
    """Return the years parted where a series begins anew."""
    parts: list[list[int]] = []
    for year in years:
        anew = not parts or any(parts[-1][-1] < one <= year for one in breaks)
        parts.append([year]) if anew else parts[-1].append(year)
    return parts


def _line(series: Series, x: Place, y: Place, colour: str, breaks: Collection[int], *, dashed: bool = False) -> str:
    body = ""
    for part in _stretches(list(series), breaks):
        corners = " ".join(f"{coordinate(x(year))},{coordinate(y(series[year].value or 0.0))}" for year in part)
        extra = {"stroke_dasharray": "5 3"} if dashed else {}
        body += tag("polyline", points=corners, fill="none", stroke=colour, stroke_width="2.2", **extra)
        for year in part:
            across, up = x(year), y(series[year].value or 0.0)
            if dashed:
                body += tag("rect", x=across - 3, y=up - 3, width=6, height=6, fill=colour)
            else:
                body += tag("circle", cx=across, cy=up, r=3, fill=colour)
    return body


def _band(middle: Middle, x: Place, y: Place, breaks: Collection[int]) -> str:
    body = ""
    for part in _stretches(sorted(middle), breaks):
        if len(part) == 1:
            low, high = middle[part[0]]
            body += tag("rect", x=x(part[0]) - 6, y=y(high), width=12, height=max(y(low) - y(high), 1), fill=GROUND)
            continue
        upper = [f"{coordinate(x(year))} {coordinate(y(middle[year][1]))}" for year in part]
        lower = [f"{coordinate(x(year))} {coordinate(y(middle[year][0]))}" for year in reversed(part)]
        body += tag("path", d=f"M{'L'.join([*upper, *lower])}z", fill=GROUND)
    return body


def _breaks(years: Sequence[int], breaks: Collection[int], x: Place) -> str:
    body = ""
    for one in sorted(breaks):
        if years[0] < one <= years[-1]:
            across = x(one - 0.5)
            body += line(across, _TOP, across, _TOP + _PLOT, palette.GREY_TEXT, stroke_dasharray="2 3")
            body += text(across + 3, _TOP + 10, "Seriebrott", size=SMALL, fill=palette.GREY_TEXT, halo=palette.WHITE)
    return body


def _apart(tops: Sequence[float]) -> list[float]:
    """Return two labels' places moved apart where one would cover the other."""
    first, second = tops
    if abs(first - second) >= SIZE:
        return [first, second]
    middle, up = (first + second) / 2, -1 if first <= second else 1
    return [middle + up * SIZE / 2, middle - up * SIZE / 2]
