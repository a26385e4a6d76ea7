"""What has become better and worse in riket, in a faktablad."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, Tier
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.fact_sheet.fitting import bullet_lines
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import antal, count_word, trend_phrase

#: Of each direction at most this many are named, on this many lines.
MOST_NAMED, MOST_LINES = 2, 3

_WAYS = (("sakerstalld_forbattring", "Bättre"), ("sakerstalld_forsamring", "Sämre"))


def trend_lines(view: NationalView, area: Area) -> str:
    """Return the secured trends of riket, for the better and for the worse, of quality."""
    numbers = [one for one in view.measured(area.id, answers=False) if of_quality(one)]
    tested = [one for one in numbers if view.trend(one) not in (None, "for_fa")]
    if not tested:
        return (
            "Ingen serie är lång nog för att prövas: en trend behöver minst tre mätningar i siffror. Svar från "
            "kommunerna prövas inte för riket."
        )
    lines = []
    for label, word in _WAYS:
        found = sorted((one for one in tested if view.trend(one) == label), key=lambda one: one.tier is not Tier.BAS)
        if not found:
            lines.append(f"- **{word}:** ingen serie är säkerställd.\n")
            continue
        head = f"**{word}** ({count_word(len(found))} av {count_word(len(tested))} prövade serier): "
        phrases = [_phrase(view, one) for one in found[:MOST_NAMED]]
        told = [head + _named(phrases[:n], len(found) - n) for n in range(len(phrases), 0, -1)]
        lines.append(f"- {next((text for text in told if bullet_lines(text) <= MOST_LINES), told[-1])}\n")
    return "".join(lines)


def _named(phrases: list[str], more: int) -> str:
    rest = f"; och {antal(more, 'indikator', 'indikatorer')} till" if more > 0 else ""
    return f"{'; '.join(phrases)}{rest}."


def _phrase(view: NationalView, indicator: Indicator) -> str:
    ends, slope = view.trend_ends(indicator), view.slope(indicator)
    title = f"*{markdown_text(indicator.short_title)}*"
    if ends is None:
        return title
    year, first, last = ends
    return f"{title} {trend_phrase(first, last, year, indicator, slope)}"
