"""One picture of where in the country: the kommuner by öppna jämförelsers colours and the län shaded by value."""

from __future__ import annotations

from collections.abc import Mapping

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Colour
from lagesbild.presentation import palette, wording
from lagesbild.presentation.fonts import text_width
from lagesbild.presentation.geometry import INSETS, SWEDEN, label_points, lan_names, paths
from lagesbild.presentation.lan_map import SHADES, shade
from lagesbild.presentation.maps import SIZE, SMALL, WIDTH, kommun_view, map_colour, map_entries, map_patterns, swatch
from lagesbild.presentation.numbers import cell, is_missing, with_unit
from lagesbild.presentation.svg import SYNTHETIC_NOTE, Figure, coordinate, document, tag, text

_TOP = 52.0
#: The maps are drawn a little smaller than alone, so that text has room on their page.
_SCALE = 0.74
_HEIGHT = _TOP + SWEDEN.height * _SCALE + 22
_INSET_LEFT = 170.0
_LAN_LEFT = 300.0
#: Shorter than this the printed value has room in the smallest län.
_ROOM = 12.0
_VALUE = 6.4  # size of the values in the län


def maps_together(
    indicator: Indicator,
    kommuner: Mapping[str, str | None],
    lan: Mapping[str, float],
    *,
    source: str,
    synthetic: bool,
) -> Figure:
    """Return both maps side by side, with the metropolitan areas enlarged between them.

    Parameters
    ----------
    indicator
        Gives unit and kind.
    kommuner
        Kommun code to colour, or to answer, as in `maps.kommun_map`.
    lan
        Län code to the unweighted mean of its kommuner.
    source, synthetic
        As in `maps.kommun_map`.
    """
    known = paths("kommun", SWEDEN)
    colours = {code: map_colour(kommuner.get(code), indicator) for code in known}
    body = map_patterns() + _placed(kommun_view("kommun", SWEDEN, colours, x=0, y=0), 2, _TOP)
    for number, (name, window) in enumerate(INSETS):
        y = _TOP + 10 + number * 112 * _SCALE
        body += text(_INSET_LEFT, y - 3, name, size=SMALL, fill=palette.GREY_TEXT)
        body += _placed(
            kommun_view("kommun", window, colours, x=0, y=number + 1), _INSET_LEFT, y - (number + 1) * _SCALE
        )
        width, height = window.width * _SCALE, window.height * _SCALE
        edge = (
            f"M{coordinate(_INSET_LEFT)} {coordinate(y)}h{coordinate(width)}v{coordinate(height)}h{coordinate(-width)}z"
        )
        body += tag("path", d=edge, fill="none", stroke=palette.GREY_LINE, stroke_width="0.7")
    counts = {c: sum(colour == c for colour in colours.values()) for c in (*Colour, None)}
    body += _kommun_key(indicator, counts) + _lan(indicator, lan)
    foot = _HEIGHT - 4
    body += text(0, foot, f"Källa: {source}", size=SMALL, fill=palette.GREY_TEXT)
    if synthetic:
        body += text(WIDTH, foot, SYNTHETIC_NOTE, size=SIZE, fill=palette.INK, bold=True, anchor="end")
    alt = _told(indicator, counts, lan, synthetic)
    body = body.replace("karta-", f"kartor-{indicator.id}-")
    return Figure(svg=document(WIDTH, _HEIGHT, body, alt, physical="pt"), alt=alt)


def _placed(drawn: str, x: float, y: float) -> str:
    return tag("g", drawn, transform=f"translate({coordinate(x)} {coordinate(y)}) scale({_SCALE})")


def _kommun_key(indicator: Indicator, counts: Mapping[Colour | None, int]) -> str:
    body = text(0, 12, "Kommunerna", size=10, fill=palette.INK, bold=True)
    for number, (colour, symbol, word, count) in enumerate(map_entries(counts, indicator)):
        x, y = (number % 2) * 158.0, 20 + (number // 2) * 15.0
        body += swatch(x, y, 16, 10, colour)
        if colour:
            body += text(x + 20, y + 8.5, symbol, size=SIZE, fill=palette.tone(colour).text, bold=True)
        body += text(x + 32, y + 8.5, f"{word}, {cell_count(count)}", size=SIZE, fill=palette.INK)
    return body


def cell_count(count: int) -> str:
    """Return a count for a key: "73 kommuner", "1 kommun"."""
    return f"{count} {'kommun' if count == 1 else 'kommuner'}"


def _lan(indicator: Indicator, values: Mapping[str, float]) -> str:
    known = {code: float(v) for code, v in values.items() if not is_missing(v)}
    printed = {code: cell(value, indicator.scale) for code, value in known.items()}
    wide = any(text_width(words, _VALUE, 700) > _ROOM for words in printed.values())
    shades = {code: shade(value, list(known.values())) for code, value in known.items()}
    body = text(_LAN_LEFT, 12, "Länen", size=10, fill=palette.INK, bold=True)
    unit = "andel kommuner som svarar ja, procent" if indicator.is_answer else wording.unit_heading(indicator)
    body += text(_LAN_LEFT, 23, unit, size=SMALL, fill=palette.GREY_TEXT)
    body += _lan_key(known, indicator)
    drawn = "".join(
        tag("path", d=data, fill=shades.get(code, palette.GREY_FILL), stroke=palette.WHITE, stroke_width="0.6")
        for code, data in paths("lan", SWEDEN).items()
    )
    left = _LAN_LEFT + 30
    body += _placed(drawn, left, _TOP)
    for code, (x, y) in label_points("lan", SWEDEN).items():
        ground = shades.get(code, palette.GREY_FILL)
        ink = palette.WHITE if ground == SHADES[-1] else palette.INK
        if not wide or code not in known:
            words = printed.get(code, "–")
            at = (left + x * _SCALE, _TOP + y * _SCALE + 2.2)
            body += text(*at, words, size=_VALUE, fill=ink, bold=True, anchor="middle", halo=ground)
    return body


def _lan_key(known: Mapping[str, float], indicator: Indicator) -> str:
    """Return the shades with the lowest and the highest value and whose they are."""
    if not known:
        return ""
    names = lan_names()
    low, high = min(known, key=lambda code: (known[code], code)), max(known, key=lambda code: (known[code], code))
    body = ""
    for number, tint in enumerate(SHADES):
        body += tag("rect", x=_LAN_LEFT + number * 14, y=29, width=14, height=9, fill=tint)
    ends = [f"{cell(known[code], indicator.scale)} {names[code]}" for code in (low, high)]
    body += text(_LAN_LEFT + 60, 33.5, f"lägst {ends[0]}", size=6.8, fill=palette.INK)
    return body + text(_LAN_LEFT + 60, 42, f"högst {ends[1]}", size=6.8, fill=palette.INK)


def _told(indicator: Indicator, counts: Mapping[Colour | None, int], lan: Mapping[str, float], synthetic: bool) -> str:
    said = []
    for colour in Colour:
        if counts[colour]:
            tone = palette.tone(colour)
            word = f"svarar {tone.answer_word.lower()}" if indicator.is_answer else wording.colour_words(colour)
            said.append(f"{wording.antal(counts[colour], 'kommun', 'kommuner')} {word}")
    if counts[None]:
        said.append(f"{wording.antal(counts[None], 'kommun', 'kommuner')} utan resultat")
    names = lan_names()
    order = sorted((code for code, v in lan.items() if not is_missing(v)), key=lambda code: (-lan[code], code))
    by_lan = "; ".join(f"{names[code]} {with_unit(lan[code], indicator)}" for code in order) or "uppgift saknas"
    note = f" {SYNTHETIC_NOTE}." if synthetic else ""
    where = f"Kommunerna: {wording.joined(said)}. Länen, högst värde först: {by_lan}."
    return f"Två kartor: {indicator.short_title}. {where}{note}"
