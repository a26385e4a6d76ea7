"""Which series of an area are drawn: the most telling ones; the tables have the rest."""

from __future__ import annotations

from lagesbild.catalogue.indicators import Scale, Tier
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.sections import by_section, of_quality

#: An area's figure has at most this many panels: one row in print.
MOST_PANELS = 3

#: A line of fewer measurements shows no development.
FEWEST_POINTS = 3

_PROVEN = ("sakerstalld_forbattring", "sakerstalld_forsamring")


def with_series(view: KommunView, results: list[Result]) -> list[Result]:
    """Return the results of quality with a direction and at least three measured years."""
    return [r for r in results if of_quality(r.indicator) and len(_measured(view, r)) >= FEWEST_POINTS]


def most_telling(view: KommunView, results: list[Result]) -> list[Result]:
    """Return the results whose series are drawn, in the tables' order.

    Base indicators go before in-depth ones, those with a result this year before those without, then proven changes
    and the largest distance from riket.

    Parameters
    ----------
    view
        The kommun.
    results
        Those of one area that have a series to draw (`with_series`).
    """
    chosen = sorted(results, key=lambda result: _rank(view, result))[:MOST_PANELS]
    return [result for _, rows in by_section(chosen, lambda r: r.indicator) for result in rows]


def _measured(view: KommunView, result: Result) -> list[float]:
    return [value for _, value in view.series(result.indicator) if value is not None]


def _rank(view: KommunView, result: Result) -> tuple[bool, bool, bool, float, str]:
    """Return the place in line; the id settles what is equal otherwise."""
    indicator = result.indicator
    proven = result.trend in _PROVEN
    now = result.value
    before = _measured(view, result)[0] if proven else result.riket
    distance = 0.0 if now is None or before is None else abs(now - before)
    if indicator.scale is not Scale.PROCENT and before:
        distance *= 100 / abs(before)  # per cent of what it is compared with: days and indexes beside percentages
    return indicator.tier is not Tier.BAS, now is None, not proven, -distance, indicator.id
