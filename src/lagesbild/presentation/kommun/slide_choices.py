"""Which results the slides show: a few of each, chosen by rules that don't look for a good or a bad picture."""

from __future__ import annotations

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.indicators import Scale, Tier
from lagesbild.catalogue.key_indicators import load_key_indicators
from lagesbild.catalogue.vocabulary import Answer, Colour
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.sections import of_quality

#: A picture or a table on a slide has at most this many rows.
MOST_ROWS = 6
#: At most this many areas have a slide of their own; ten minutes are not enough for more.
MOST_AREAS = 5

SECURED_TRENDS = ("sakerstalld_forbattring", "sakerstalld_forsamring")


def quality_results(view: KommunView, area: str | None = None, *, answers: bool) -> list[Result]:
    """Return the results of quality that are known: numbers, or answers."""
    return [r for r in view.results(area, answers=answers) if r.known and of_quality(r.indicator)]


def firm(results: list[Result]) -> list[Result]:
    """Return the results with a place among the kommuner that doesn't rest on a few persons or units."""
    return [r for r in results if r.colour is not None and r.rank is not None and not r.small_base]


def key_results(view: KommunView) -> list[Result]:
    """Return the results of the picture: the report's key indicators, one of each area in turn, until it is full.

    The list is the same for every kommun, so how it goes for this one doesn't decide what is shown.
    """
    known = {r.indicator.id: r for r in firm(quality_results(view, answers=False))}
    reporting = {r.indicator.id: r.n_reporting for r in view.results(answers=False)}
    areas = [area.id for area in AREAS]
    chosen = load_key_indicators().chosen(areas, lambda name: reporting.get(name, 0))
    queues = [[known[name] for name in chosen[area] if name in known] for area in areas]
    taken: list[tuple[int, Result]] = []
    for turn in range(max(map(len, queues), default=0)):
        for place, queue in enumerate(queues):
            if turn < len(queue) and len(taken) < MOST_ROWS:
                taken.append((place, queue[turn]))
    return [result for _, result in sorted(taken, key=lambda pair: pair[0])]


def table_results(results: list[Result]) -> list[Result]:
    """Return the numbers of an area's table: half from the best, half from the worst, filled up with the middle."""
    placed = firm(results)
    best = sorted((r for r in placed if r.colour == Colour.GRON), key=_clearest)
    worst = sorted((r for r in placed if r.colour == Colour.ROD), key=_clearest)
    middle = sorted((r for r in placed if r.colour == Colour.GUL), key=_base_first)
    half = MOST_ROWS // 2
    few = min(len(best), max(half, MOST_ROWS - len(worst)))
    shown_best, shown_worst = best[:few], worst[: MOST_ROWS - few]
    return [*shown_best, *middle[: MOST_ROWS - len(shown_best) - len(shown_worst)], *shown_worst]


def table_answers(results: list[Result]) -> list[Result]:
    """Return the answers of an area's table: nej and delvis first, then by how many kommuner answer ja."""
    order = {Answer.NEJ: 0, Answer.DELVIS: 1, Answer.JA: 2}
    asked = sorted(results, key=lambda r: (order[Answer(str(r.answer))], -(r.riket or 0.0), r.indicator.id))
    return asked[:MOST_ROWS]


def changed_results(view: KommunView) -> list[Result]:
    """Return the results with a statistically secured trend: half improvements, half worsenings, the largest first."""
    proven = [r for r in quality_results(view, answers=False) if r.trend in SECURED_TRENDS and not r.small_base]
    ways = [
        sorted((r for r in proven if r.trend == way), key=lambda r: (_base_first(r), -_moved(view, r)))
        for way in SECURED_TRENDS
    ]
    half = MOST_ROWS // 2
    few = min(len(ways[0]), max(half, MOST_ROWS - len(ways[1])))
    return [*ways[0][:few], *ways[1][: MOST_ROWS - few]]


def trend_ends(view: KommunView, result: Result) -> tuple[int, float]:
    """Return the first year of a result's trend with its value."""
    begins = view.trend_begins(result.indicator)
    return next((year, v) for year, v in view.series(result.indicator) if v is not None and year >= begins)


def _moved(view: KommunView, result: Result) -> float:
    """Return how far a result has moved: percentage points, or per cent of the first value on other scales."""
    _, first = trend_ends(view, result)
    distance = abs((result.value or 0.0) - first)
    return distance if result.indicator.scale is Scale.PROCENT or not first else 100 * distance / abs(first)


def area_slides(view: KommunView) -> list[Area]:
    """Return the areas that have most to say, in the usual order."""
    told = [(_weight(view, area), -number, area) for number, area in enumerate(AREAS)]
    chosen = sorted((one for one in told if one[0]), key=lambda one: (-one[0], -one[1]))[:MOST_AREAS]
    return [area for _, _, area in sorted(chosen, key=lambda one: -one[1])]


def _weight(view: KommunView, area: Area) -> int:
    """Return how much an area has to say: what stands out, most where it is secured; 0 where there is nothing."""
    numbers = quality_results(view, area.id, answers=False)
    answers = quality_results(view, area.id, answers=True)
    apart = [r for r in firm(numbers) if r.colour != Colour.GUL]
    moved = [r for r in numbers if r.trend in SECURED_TRENDS] + [r for r in answers if r.changed]
    return 3 * sum(r.secured for r in apart) + len(apart) + 2 * len(moved) + sum(r.answer != Answer.JA for r in answers)


def _base_first(result: Result) -> bool:
    return result.indicator.tier is not Tier.BAS


def _clearest(result: Result) -> tuple[bool, bool, str]:
    return not result.secured, result.indicator.tier is not Tier.BAS, result.indicator.id
