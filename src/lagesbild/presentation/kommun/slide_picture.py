"""The picture of where a kommun stands: each key indicator's place among the kommuner, drawn as Office's own shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from lagesbild.presentation import palette
from lagesbild.presentation.kommun.slide_tables import titled
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import cell, is_missing, number, row_decimals, with_unit
from lagesbild.presentation.slides.page import RIGHT, TABLE_SIZE, Box
from lagesbild.presentation.slides.shapes import Run, drawing, shape, text_box
from lagesbild.presentation.wording import colour_words

#: Size of the figures beside the marks.
_VALUE_SIZE = 14.0
_HEAD = 28.0
_ROW = 55.0
_TRACK = 250.0
_TRACK_HEIGHT = 14.0
_MARK = 18.0
_GAP = 14.0
_KINDS = {"gron": "triangle", "gul": "rect", "rod": "triangle"}


@dataclass(frozen=True, kw_only=True)
class _Places:
    """Places from the worst kommun, 0, to the best, 100 (`lagesbild.methods.places`)."""

    own: float
    low: float | None
    high: float | None
    riket: float | None
    similar: float | None


def standing_drawing(view: KommunView, results: Sequence[Result]) -> str:
    """Return the picture; its text alternative says every place in words.

    Parameters
    ----------
    view
        The kommun.
    results
        Those of the report year with colour and place, in the order they are drawn.
    """
    shapes = [_head()]
    told = []
    for position, result in enumerate(results):
        places = _places(view, result)
        shapes += _row(result, places, RIGHT.y + _HEAD + position * _ROW, 210 + 12 * position)
        told.append(f"{result.indicator.short_title}: {_told(result)}.")
    box = Box(RIGHT.x, RIGHT.y, RIGHT.width, _HEAD + len(results) * _ROW)
    description = (
        f"{view.kommun.genitiv} plats bland kommunerna på {len(results)} mått, på en skala från den sämsta kommunen "
        f"till den bästa. {' '.join(told)}"
    )
    return drawing(box, shapes, number=200, name="Plats bland kommunerna", description=description)


def _places(view: KommunView, result: Result) -> _Places:
    rows = view.rows[result.indicator.id]
    row: Mapping[str, Any] = next(one for one in rows if one["year"] == result.year)
    own, low, high, riket, similar = (
        _number(row.get(name)) for name in ("place", "place_low", "place_high", "place_riket", "place_liknande")
    )
    if own is None:  # an underlag without places: the rank says nearly the same
        own = 100.0 * (result.n_reporting - (result.rank or 0) + 0.5) / max(result.n_reporting, 1)
    return _Places(own=own, low=low, high=high, riket=riket, similar=similar)


def _number(value: object) -> float | None:
    return None if is_missing(value) else float(value)  # type: ignore[arg-type]


def _head() -> str:
    """Return what the ends of the scale and the marks on it mean."""
    scale = Box(RIGHT.x, RIGHT.y, _TRACK, 18)
    run = partial(Run, size=_VALUE_SIZE, colour=palette.GREY_TEXT)
    x, y = RIGHT.x + _TRACK + _GAP, RIGHT.y

    def word(text: str, at: float, number: int) -> str:
        return text_box(Box(x + at, y, 80, 18), [[run(text=text)]], number=number, name=text.capitalize())

    return "".join(
        [
            text_box(scale, [[run(text="Sämst")]], number=201, name="Sämst"),
            text_box(scale, [[run(text="Bäst")]], number=202, name="Bäst", align="r"),
            _tick(x + 2, y + 2, 203),
            word("riket", 12, 204),
            shape(Box(x + 58, y + 4, 10, 10), "ellipse", palette.GREY_TEXT, number=205, name="Liknande kommuner"),
            word("liknande", 74, 206),
            shape(Box(x + 142, y + 7.5, 22, 3), "rect", palette.GREY_LINE, number=207, name="Osäkerhet"),
            word("osäkerhet", 170, 208),
        ]
    )


def _light(tone: palette.Tone) -> str:
    """Return the colour of a part of the scale: light, but strong enough for a projector."""
    parts = [(int(tone.fill[at : at + 2], 16) + 2 * int(tone.tint[at : at + 2], 16)) // 3 for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _tick(x: float, y: float, number_: int) -> str:
    return shape(Box(x - 1.5, y, 3, 14), "rect", palette.INK, number=number_, name="Riket")


def _row(result: Result, places: _Places, y: float, first: int) -> list[str]:
    def across(place: float) -> float:
        return RIGHT.x + place / 100 * _TRACK

    label = Run(text=titled(result.indicator), size=TABLE_SIZE, bold=True)
    parts = [text_box(Box(RIGHT.x, y, RIGHT.width, 20), [[label]], number=first, name="Indikator")]
    track = y + 27
    start = 0.0
    for offset, (name, share) in enumerate((("rod", 25), ("gul", 50), ("gron", 25)), 1):
        box = Box(across(start), track, _TRACK * share / 100 - 2, _TRACK_HEIGHT)
        parts.append(shape(box, "rect", _light(palette.tone(name)), number=first + offset, name="Fjärdedelar"))
        start += share
    if places.low is not None and places.high is not None:
        wide = max(across(places.high) - across(places.low), 2.0)
        box = Box(across(places.low), track + _TRACK_HEIGHT / 2 - 1.5, wide, 3)
        parts.append(shape(box, "rect", palette.GREY_LINE, number=first + 4, name="Osäkerhet"))
    if places.similar is not None:
        box = Box(across(places.similar) - 5, track + _TRACK_HEIGHT / 2 - 5, 10, 10)
        parts.append(shape(box, "ellipse", palette.GREY_TEXT, number=first + 5, name="Liknande kommuner"))
    if places.riket is not None:
        parts.append(_tick(across(places.riket), track, first + 6))
    tone = palette.tone(str(result.colour))
    x = min(max(across(places.own) - _MARK / 2, RIGHT.x), RIGHT.x + _TRACK - _MARK)
    mark = Box(x, track + (_TRACK_HEIGHT - _MARK) / 2, _MARK, _MARK)
    parts.append(
        shape(
            mark,
            _KINDS[tone.name],
            tone.fill,
            number=first + 7,
            name=tone.word,
            turned=tone.name == "rod",
            outlined=True,
        )
    )
    beside = Box(RIGHT.x + _TRACK + _GAP, track - 4, RIGHT.width - _TRACK - _GAP, 22)
    runs = [
        Run(text=_value(result), size=_VALUE_SIZE),
        Run(
            text=f"\u00a0\u00a0{tone.symbol}\u00a0{colour_words(tone.name)}",
            size=_VALUE_SIZE,
            bold=True,
            colour=tone.text,
        ),
    ]
    return [*parts, text_box(beside, [runs], number=first + 8, name="Resultat")]


def _value(result: Result) -> str:
    """Return "87 % (riket 85)"; units of other scales stand after the title."""
    decimals = row_decimals(result.indicator.scale, (result.value, result.riket))
    own = cell(result.value or 0.0, result.indicator.scale, unit=True, decimals=decimals)
    return own if result.riket is None else f"{own} (riket {number(result.riket, decimals)})"


def _told(result: Result) -> str:
    indicator = result.indicator
    decimals = row_decimals(indicator.scale, (result.value, result.riket))
    text = with_unit(result.value or 0.0, indicator, decimals)
    if result.riket is not None:
        text += f", riket {with_unit(result.riket, indicator, decimals)}"
    return f"{text}, {colour_words(str(result.colour))}, plats {result.rank} av {result.n_reporting}"
