"""Charts of all kommuner at once: how many have which value, and how many gave which answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.presentation import palette
from lagesbild.presentation.fonts import text_width
from lagesbild.presentation.indicator_page.chart import GROUND, SIZE, SMALL, WIDTH, finished, value_axis
from lagesbild.presentation.indicator_page.classes import QUARTERS
from lagesbild.presentation.indicator_page.view import quantile
from lagesbild.presentation.numbers import cell, number, row_decimals, with_unit
from lagesbild.presentation.svg import Figure, line, tag, text
from lagesbild.presentation.wording import antal, unit_heading

_TOP, _PLOT = 50.0, 110.0
_BINS = 24
_ROW = 24.0


def histogram(indicator: Indicator, values: Sequence[float], riket: float | None, *, synthetic: bool) -> Figure:
    """Return how many kommuner have which value, with the quartiles and riket marked.

    Parameters
    ----------
    indicator
        Gives unit and scale.
    values
        The kommuner's values, sorted; at least two.
    riket
        Riket's value, or None.
    synthetic
        Whether the figures are invented.
    """
    axis = value_axis(indicator, [*values, *([riket] if riket is not None else [])], most=6)
    width = (axis.high - axis.low) / _BINS
    counts = [0] * _BINS
    for value in values:
        counts[min(int((value - axis.low) / width), _BINS - 1)] += 1
    tallest = max(counts)

    def x(value: float) -> float:
        return 18 + (WIDTH - 36) * (value - axis.low) / (axis.high - axis.low)

    low, middle, high = (quantile(values, share) for share in (0.25, 0.5, 0.75))
    body = text(0, 12, f"Antal kommuner, som mest {tallest}", size=SMALL, fill=palette.GREY_TEXT)
    body += tag("rect", x=x(low), y=_TOP, width=max(x(high) - x(low), 1), height=_PLOT, fill=GROUND)
    for place, count in enumerate(counts):
        if count:
            tall = _PLOT * count / tallest
            left, right = x(axis.low + place * width), x(axis.low + (place + 1) * width)
            body += tag(
                "rect", x=left + 0.5, y=_TOP + _PLOT - tall, width=right - left - 1, height=tall, fill=QUARTERS[2]
            )
    body += line(18, _TOP + _PLOT, WIDTH - 18, _TOP + _PLOT, palette.GREY_LINE)
    body += _marked(x(middle), 28, "Median", palette.INK)
    if riket is not None:
        body += _marked(x(riket), 42, "Riket", palette.ACCENT, dashes="5 3")
    for value, words in axis.ticks:
        body += text(x(value), _TOP + _PLOT + 16, words, size=SMALL, fill=palette.GREY_TEXT, anchor="middle")
    body += text(WIDTH, _TOP + _PLOT + 32, unit_heading(indicator), size=SMALL, fill=palette.GREY_TEXT, anchor="end")
    places = row_decimals(indicator.scale, [values[0], low, middle, high, values[-1]])
    alt = (
        f"Stapeldiagram över {antal(len(values), 'kommun', 'kommuner')}. Lägst "
        f"{cell(values[0], indicator.scale, decimals=places)}, hälften mellan "
        f"{cell(low, indicator.scale, decimals=places)} och {cell(high, indicator.scale, decimals=places)}, median "
        f"{cell(middle, indicator.scale, decimals=places)}, högst {with_unit(values[-1], indicator, places)}."
    )
    return finished(body, _TOP + _PLOT + 36, alt, synthetic=synthetic)


def _marked(across: float, top: float, words: str, colour: str, *, dashes: str = "") -> str:
    """Return an upright line with its name beside its upper end, on the side where there is room."""
    end = across + text_width(words, SIZE, 700) + 4 > WIDTH
    extra = {"stroke_dasharray": dashes} if dashes else {}
    body = line(across, top - 9, across, _TOP + _PLOT, colour, width="2", **extra)
    anchor = "end" if end else "start"
    return body + text(across + (-4 if end else 4), top, words, size=SIZE, fill=colour, bold=True, anchor=anchor)


# Dark text that stays dark in dark mode, where these two fills stay light.
_DARK = "#10181f"
_TONES = {
    "ja": (palette.answer_tone("ja").fill, _DARK),
    "delvis": (palette.answer_tone("delvis").fill, _DARK),
    "nej": (palette.answer_tone("nej").fill, palette.WHITE),
}


def answer_bars(answers: Mapping[int, Mapping[str, int]], *, synthetic: bool) -> Figure:
    """Return the shares of kommuner with each answer, a bar for each year, the latest first.

    Parameters
    ----------
    answers
        Number of kommuner by year and answer; years without answers are left out by the caller.
    synthetic
        Whether the figures are invented.
    """
    given = [str(answer) for answer in Answer if any(counts[answer] for counts in answers.values())]
    left, right = 40.0, WIDTH - 44.0
    body, x = "", left
    for answer in given:
        tone = palette.answer_tone(answer)
        body += tag("rect", x=x, y=4, width=16, height=12, fill=_TONES[answer][0])
        words = f"{tone.answer_symbol} {tone.answer_word}"
        body += text(x + 21, 14, words, size=SIZE, fill=palette.INK)
        x += 21 + text_width(words, SIZE) + 16
    body += text(WIDTH, 14, "Antal svar", size=SMALL, fill=palette.GREY_TEXT, anchor="end")
    said = []
    for row, year in enumerate(sorted(answers, reverse=True)):
        top, counts = 26 + row * _ROW, answers[year]
        total = sum(counts.values())
        body += text(0, top + 14, str(year), size=SIZE, fill=palette.INK, bold=row == 0)
        body += text(WIDTH, top + 14, number(total), size=SMALL, fill=palette.GREY_TEXT, anchor="end")
        start, parts = left, []
        for answer in given:
            share = counts[answer] / total
            wide = (right - left) * share
            fill, ink = _TONES[answer]
            body += tag("rect", x=start, y=top, width=max(wide - 1, 0), height=_ROW - 5, fill=fill)
            words = f"{number(100 * share)}\u00a0%"
            if wide > text_width(words, SMALL, 700) + 4:
                body += text(start + wide / 2, top + 14, words, size=SMALL, fill=ink, bold=True, anchor="middle")
            start += wide
            parts.append(f"{answer} {words}")
        said.append(f"{year}: {', '.join(parts)}")
    height = 26 + math.ceil(len(answers)) * _ROW
    return finished(body, height, f"Liggande staplar med andelen svar per år. {'; '.join(said)}.", synthetic=synthetic)
