"""Which national series of an area are drawn: the most telling ones of quality; the tables have the rest."""

from __future__ import annotations

from lagesbild.catalogue.indicators import Indicator, Scale, Tier
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.sections import by_section, of_quality

#: A figure has at most this many panels: two rows in print, so that no half page is left empty before it.
MOST_PANELS = 6

#: Two measurements show a change of riket's; a kommun's own series needs more.
FEWEST_POINTS = 2


def most_telling(view: NationalView, indicators: list[Indicator]) -> list[Indicator]:
    """Return the indicators whose series are drawn, in the tables' order.

    Only those of quality with a direction. Base indicators go first, then secured trends, then the largest change
    since the first measurement.
    """
    fit = [one for one in indicators if of_quality(one) and len(_values(view, one)) >= FEWEST_POINTS]
    chosen = sorted(fit, key=lambda one: _rank(view, one))[:MOST_PANELS]
    return [one for _, rows in by_section(chosen, lambda one: one) for one in rows]


def _values(view: NationalView, indicator: Indicator) -> list[float]:
    return [value for _, value in view.riket_series(indicator) if value is not None]


def _rank(view: NationalView, indicator: Indicator) -> tuple[bool, bool, float, str]:
    """Return the place in line; the id settles what is equal otherwise."""
    values = _values(view, indicator)
    change = abs(values[-1] - values[0])
    if indicator.scale is not Scale.PROCENT and values[0]:
        change *= 100 / abs(values[0])  # per cent of the first value: days and indexes beside percentages
    secured = view.trend(indicator) in ("sakerstalld_forbattring", "sakerstalld_forsamring")
    return indicator.tier is not Tier.BAS, not secured, -change, indicator.id
