"""Riket's secured changes in words: where from, where to, how fast, and how sure that pace is."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator, Tier
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import number, round_half_up
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import trend_phrase

BETTER, WORSE = "sakerstalld_forbattring", "sakerstalld_forsamring"


def secured(view: NationalView, indicators: Sequence[Indicator], label: str) -> list[Indicator]:
    """Return the indicators of quality whose trend in riket has one of the secured labels.

    Base indicators first; those whose data are uncertain last, so that none of them is what a report begins with.
    """
    found = [one for one in indicators if of_quality(one) and view.trend(one) == label]
    return sorted(found, key=lambda one: (view.uncertain(one), one.tier is not Tier.BAS))


def change_line(view: NationalView, indicator: Indicator, *, with_area: bool = False) -> str:
    """Return a secured change as a line of a list, without its mark; Markdown."""
    series = [(y, v) for y, v in view.riket_series(indicator) if v is not None]
    (first_year, first), (_, last) = series[0], series[-1]
    slope, ends = view.slope(indicator), view.trend_ends(indicator)
    if ends is not None:
        # The figure that is shown, where it is of another kind than the trend's, has no end to be set beside.
        first_year, first = ends[0], ends[1] if abs(ends[2] - last) < 1e-9 else last
    where = f" ({area_called(indicator.area).name})" if with_area else ""
    doubt = " Uppgifterna är osäkra." if view.uncertain(indicator) else ""
    said = trend_phrase(first, last, first_year, indicator, slope)
    return f"**{markdown_text(indicator.short_title)}**{where} {said}{_pace(view, indicator)}.{doubt}"


def _pace(view: NationalView, indicator: Indicator) -> str:
    """Return the trend's slope with its interval; empty where it isn't known.

    It is of all years, not the change between the first and the last shared out, and is never called a mean.
    """
    slope, ends = view.slope(indicator), view.slope_interval(indicator)
    if slope is None or ends is None:
        return ""
    decimals = _decimals((slope, *ends))
    told = [f"{'+' if value > 0 else ''}{number(value, decimals)}" for value in (slope, *ends)]
    percent = indicator.is_answer or indicator.unit_text.startswith("procent")
    unit = " procentenheter" if percent else ""
    return f"; trenden är {told[0]}{unit} om året (95 procents intervall {told[1]} till {told[2]})"


def _decimals(values: Sequence[float]) -> int:
    """Return as many decimals as it takes for slope and both ends to print apart and as something, at most three."""
    large = max(abs(value) for value in values) >= 10
    for places in range(0 if large else 1, 3):
        printed = [round_half_up(value, places) for value in values]
        if len(set(printed)) == len(printed) and all(printed):
            return places
    return 3 if not large else 1
