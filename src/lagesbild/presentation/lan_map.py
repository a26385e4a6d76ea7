"""The map of the 21 län shaded by value, with the values themselves in it and beside it."""

from __future__ import annotations

from collections.abc import Mapping

from lagesbild.catalogue.indicators import Indicator
from lagesbild.errors import ParameterError
from lagesbild.presentation import palette, wording
from lagesbild.presentation.fonts import text_width, wrapped
from lagesbild.presentation.geometry import SWEDEN, label_points, lan_names, paths
from lagesbild.presentation.maps import HEIGHT, MAP_TOP, SIZE, WIDTH, foot
from lagesbild.presentation.numbers import cell, is_missing, with_unit
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure, document, line, tag, text

# Light to dark; the list beside the map gives the numbers themselves.
SHADES = ("#dbe8ef", "#a9c9d9", "#6ba1bc", "#2f7898")


def lan_map(
    indicator: Indicator,
    values: Mapping[str, float | None],
    *,
    year: int,
    source: str,
    synthetic: bool,
) -> Figure:
    """Return the 21 län shaded by value, with the values in the map and a list sorted by value beside it.

    Where the printed values are too wide for the small län, the map has each län's place in the list instead.

    Parameters
    ----------
    indicator
        Gives title and unit.
    values
        Län code to value in the indicator's unit; a län at null, or not there, is grey.
    year, source, synthetic
        As in `maps.kommun_map`.

    Raises
    ------
    ParameterError
        If a code is no län's.
    """
    names = lan_names()
    for code in values:
        if code not in names:
            raise ParameterError("län", code, names)
    known = {code: float(v) for code, v in values.items() if v is not None and not is_missing(v)}
    order = sorted(known, key=lambda code: (-known[code], code)) + [c for c in names if c not in known]
    shades = {code: shade(known[code], list(known.values())) for code in known}
    printed = {code: cell(value, indicator.scale) for code, value in known.items()}
    wide = any(text_width(words, 7, 700) > 13 for words in printed.values())
    body = ""
    for code, data in paths("lan", SWEDEN).items():
        fill = shades.get(code, palette.GREY_FILL)
        body += tag("path", d=data, fill=fill, stroke=palette.WHITE, stroke_width="0.6")
    for code, (x, y) in label_points("lan", SWEDEN).items():
        words = str(order.index(code) + 1) if wide else printed.get(code, "–")
        ground = shades.get(code, palette.GREY_FILL)
        fill = palette.WHITE if ground == SHADES[-1] else palette.INK
        body += text(x, y + 2.4, words, size=7, fill=fill, bold=True, anchor="middle", halo=ground)
    body = tag("g", body, transform=f"translate(2 {MAP_TOP:.0f})")
    body += _lan_list(indicator, year, order, printed, shades, numbered=wide) + foot(source, synthetic)
    said = [f"{names[code]} {with_unit(known[code], indicator)}" for code in order if code in known]
    said += [f"{names[code]} uppgift saknas" for code in order if code not in known]
    note = f" {SYNTHETIC_NOTE}." if synthetic else ""
    alt = f"Karta över länen. {indicator.short_title}, {year}, högst värde först: {'; '.join(said)}.{note}"
    return Figure(svg=document(WIDTH, HEIGHT, body, alt, physical="pt"), alt=alt)


def shade(value: float, values: list[float]) -> str:
    """Return the shade of a value: four equal steps from the lowest to the highest."""
    low, high = min(values), max(values)
    step = int((value - low) / (high - low) * len(SHADES)) if high > low else 0
    return SHADES[min(step, len(SHADES) - 1)]


def _lan_list(
    indicator: Indicator,
    year: int,
    order: list[str],
    printed: Mapping[str, str],
    shades: Mapping[str, str],
    *,
    numbered: bool,
) -> str:
    names, left, right = lan_names(), 200.0, 400.0
    body, y = "", MAP_TOP + 10
    for words in wrapped(indicator.short_title, 10, WIDTH - left, lines=2, weight=700):
        body += text(left, y, words, size=10, fill=palette.INK, bold=True)
        y += 12
    unit = "procent av kommunerna svarar ja" if indicator.is_answer else wording.unit_heading(indicator)
    body += text(left, y, ", ".join(filter(None, (str(year), unit))), size=SIZE, fill=palette.GREY_TEXT)
    for place, code in enumerate(order, start=1):
        y += 13
        body += tag("rect", x=left, y=y - 7.5, width=10, height=9, fill=shades.get(code, palette.GREY_FILL))
        name = f"{place}. {names[code]}" if numbered else names[code]
        body += text(left + 16, y, name, size=SIZE, fill=palette.INK)
        value = printed.get(code, "uppgift saknas")
        body += text(right, y, value, size=SIZE, fill=palette.INK, bold=code in printed, anchor="end")
        body += line(left + 16, y + 3.2, right, y + 3.2, palette.GREY_GRID, width="0.5")
    return body
