"""The charts of the page that compares: Vega-Lite without data, which a script on the page fills in.

Up to six places are told apart by colour, dash and symbol, and named where their lines end. Everything that depends on
the choice (years, ends of the axis, room for the names) is a parameter of the chart.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from lagesbild.presentation import palette
from lagesbild.presentation.font_files import FAMILY
from lagesbild.presentation.numbers import MINUS, THIN_SPACE

#: How many places one chart tells apart.
MOST_PLACES = 6

_DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [12, 4])
_SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
_NUMBERS = list(range(MOST_PLACES))
_ANSWERS = ("ja", "delvis", "nej", "percent", "other")

#: Grounds of the answers on a dark page: the palette's colours, deep enough for light text.
_DARK_ANSWERS = {"ja": "#0d564f", "delvis": "#634700", "nej": "#7c261b"}

#: Swedish numbers and dates, as Vega takes them.
NUMBER_LOCALE = {
    "decimal": ",",
    "thousands": THIN_SPACE,
    "grouping": [3],
    "currency": ["", f"{THIN_SPACE}kr"],
    "percent": f"{THIN_SPACE}%",
    "minus": MINUS,
}
TIME_LOCALE = {
    "dateTime": "%A den %-d %B %Y %H.%M.%S",
    "date": "%Y-%m-%d",
    "time": "%H.%M.%S",
    "periods": ["fm", "em"],
    "days": ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
    "shortDays": ["sön", "mån", "tis", "ons", "tor", "fre", "lör"],
    "months": [
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ],
    "shortMonths": ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
}


def chart_file() -> dict[str, Any]:
    """Return the page's charts, looks and locales: ``lines`` (years), ``dots`` (one year), ``answers``."""
    return {
        "charts": {"lines": lines(), "dots": dots(), "answers": answers()},
        "looks": {"light": _look(dark=False), "dark": _look(dark=True)},
        "numbers": NUMBER_LOCALE,
        "times": TIME_LOCALE,
    }


def lines() -> dict[str, Any]:
    """Return the chart of series over years, with bounds where they are known and a name at each line's end.

    Data ``points``: ``nr`` (0-5), ``run`` (unbroken stretch), ``x``, ``value``, ``lower``, ``upper``.
    Data ``names``: ``nr``, ``x``, ``y``, ``name``.
    """
    params = [
        *(alt.param(name=name, value=value) for name, value in (("first", 2016), ("last", 2024))),
        *(alt.param(name=name, value=value) for name, value in (("lowest", 0), ("highest", 100), ("room", 110))),
        alt.param(name="years", value=[2016, 2024]),
    ]
    x = alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(
            domainMin=alt.ExprRef("first"), domainMax=alt.ExprRef("last"), nice=False, zero=False, range=_x_range()
        ),
        axis=alt.Axis(
            values=alt.ExprRef("years"),
            format="d",
            labelExpr="format(datum.value, 'd')",
            grid=False,
            labelOverlap=True,
            labelFlush=False,
        ),
    )
    y = alt.Y("value:Q", title=None, scale=_value_scale(), axis=_value_axis())
    base = alt.Chart(alt.NamedData("points")).encode(x=x, color=_colour())
    line = base.mark_line(strokeWidth=2, clip=True).encode(
        y=y, detail="run:N", strokeDash=alt.StrokeDash("nr:N", legend=None, scale=_by_number(list(_DASHES)))
    )
    bounds = base.mark_rule(strokeWidth=1.2, opacity=0.7, clip=True).encode(y=alt.Y("lower:Q"), y2="upper:Q")
    points = base.mark_point(filled=True, size=46, opacity=1).encode(
        y=y, shape=alt.Shape("nr:N", legend=None, scale=_by_number(list(_SHAPES)))
    )
    names = (
        alt.Chart(alt.NamedData("names"))
        .mark_text(align="left", baseline="middle", dx=8, limit=alt.ExprRef("room"))
        .encode(x=x, y=alt.Y("y:Q"), text="name:N", color=_colour())
    )
    return _plain(alt.layer(bounds, line, points, names), params)


def dots() -> dict[str, Any]:
    """Return the chart of one year: a dot a place, its bounds where they are known, and its figure.

    Data ``points``: ``nr``, ``place``, ``value``, ``lower``, ``upper``, ``text``.
    """
    params = [alt.param(name=name, value=value) for name, value in (("lowest", 0), ("highest", 100), ("room", 110))]
    x = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(
            domainMin=alt.ExprRef("lowest"),
            domainMax=alt.ExprRef("highest"),
            nice=False,
            zero=False,
            range=_dot_range(),
        ),
        axis=_value_axis(),
    )
    y = alt.Y(
        "place:N",
        title=None,
        sort=None,
        axis=alt.Axis(labelLimit=alt.ExprRef("room"), ticks=False, domain=False, grid=True),
    )
    base = alt.Chart(alt.NamedData("points")).encode(y=y, color=_colour())
    bounds = base.mark_rule(strokeWidth=2, clip=True).encode(x=alt.X("lower:Q"), x2="upper:Q")
    points = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=x, shape=alt.Shape("nr:N", legend=None, scale=_by_number(list(_SHAPES)))
    )
    figures = base.mark_text(align="left", dx=9, dy=-9).encode(x=x, text="text:N")
    return _plain(alt.layer(bounds, points, figures), params)


def answers() -> dict[str, Any]:
    """Return the chart of answers: a square a place and year, with symbol and word, or the percent that said yes.

    Data ``points``: ``place``, ``year``, ``answer`` (ja, delvis, nej, percent, other), ``text``.
    """
    base = alt.Chart(alt.NamedData("points")).encode(
        x=alt.X(
            "year:O", title=None, scale=_apart(), axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)
        ),
        y=alt.Y(
            "place:N",
            title=None,
            sort=None,
            scale=_apart(),
            axis=alt.Axis(labelLimit=alt.ExprRef("room"), ticks=False, domain=False),
        ),
    )
    squares = base.mark_rect(cornerRadius=2, stroke=None).encode(color=_answer_colour("ground_"))
    words = base.mark_text().encode(text="text:N", color=_answer_colour("text_"))
    layered = alt.layer(squares, words).resolve_scale(color="independent")
    params = [alt.param(name=name, value="#000000") for name in _answer_names()]
    return _plain(layered, [*params, alt.param(name="room", value=110)])


def _apart() -> alt.Scale:
    """Return the scale of squares with a thin ground between them."""
    return alt.Scale(paddingInner=0.06, paddingOuter=0)


def _answer_names() -> list[str]:
    return [f"{kind}{name}" for kind in ("ground_", "text_") for name in _ANSWERS]


def _answer_colour(kind: str) -> alt.Color:
    """Return the colour of an answer's ground (``ground_``) or text: a parameter, since it differs by look."""
    test = (
        " : ".join(f"datum.answer === '{name}' ? {kind}{name}" for name in _ANSWERS[:-1]) + f" : {kind}{_ANSWERS[-1]}"
    )
    return alt.Color(value=alt.ExprRef(test))


def _x_range() -> list[Any]:
    return [0, alt.ExprRef("width - room")]


def _dot_range() -> list[Any]:
    return [0, alt.ExprRef("width - 56")]


def _value_scale() -> alt.Scale:
    return alt.Scale(domainMin=alt.ExprRef("lowest"), domainMax=alt.ExprRef("highest"), nice=False, zero=False)


def _value_axis() -> alt.Axis:
    return alt.Axis(tickCount=5, ticks=False, domain=False, grid=True, labelExpr="format(datum.value, ',~f')")


def _by_number(values: list[Any]) -> alt.Scale:
    return alt.Scale(domain=_NUMBERS, range=values)


def _colour() -> alt.Color:
    """Return the colour of a place; the colours themselves belong to the look."""
    return alt.Color("nr:N", legend=None, scale=alt.Scale(domain=_NUMBERS, range="category"))


def _look(*, dark: bool) -> dict[str, Any]:
    """Return the configuration of a colour scheme, and its values of the charts' colour parameters."""
    ink, quiet, grid, ground = (
        ("#e8edf1", "#b4c0ca", "#3a4650", "transparent")
        if dark
        else (palette.INK, palette.GREY_TEXT, palette.GREY_GRID, "transparent")
    )
    axis = {"labelColor": quiet, "gridColor": grid, "domainColor": quiet, "tickColor": quiet, "labelFontSize": 13}
    config = {
        "font": f"{FAMILY}, system-ui, sans-serif",
        "background": ground,
        "view": {"stroke": None},
        "aria": False,
        "axis": axis | {"labelPadding": 6},
        "axisY": {"labelColor": ink} if dark else {"labelColor": palette.GREY_TEXT},
        "title": {
            "color": ink,
            "subtitleColor": quiet,
            "anchor": "start",
            "fontSize": 15,
            "subtitleFontSize": 13,
            "frame": "group",
            "offset": 12,
        },
        "text": {"fontSize": 13.5, "fontWeight": 600},
        "range": {"category": list(palette.SERIES_DARK if dark else palette.SERIES)},
    }
    return {"config": config, "params": _answer_colours(dark=dark, ink=ink)}


def _answer_colours(*, dark: bool, ink: str) -> dict[str, str]:
    found = {}
    for answer in ("ja", "delvis", "nej"):
        tone = palette.answer_tone(answer)
        found[f"ground_{answer}"] = _DARK_ANSWERS[answer] if dark else tone.tint
        found[f"text_{answer}"] = ink if dark else tone.text
    return found | {
        "ground_percent": "#2b3640" if dark else "#eef2f6",
        "text_percent": ink,
        "ground_other": "transparent",
        "text_other": "#b4c0ca" if dark else palette.GREY_TEXT,
    }


def _plain(chart: Any, params: list[Any]) -> dict[str, Any]:
    """Return a chart without Altair's own configuration; the script says how large it is."""
    found: dict[str, Any] = chart.add_params(*params).to_dict()
    found.pop("config", None)
    return found
