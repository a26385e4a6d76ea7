"""Costs and conditions beside an area's results: read together, never judged good or bad.

A low cost may be thrift or want, a high one care or waste (`lagesbild.methods.cost_quality`). So a cost has neither
colour nor place here; what is told is how far it lies from similar kommuner, and how the results lie at the same time.
"""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Part, Scale, Tier
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.quality import marked, marked_riket
from lagesbild.presentation.kommun.result_tables import short_name, sureness, titled
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import HARD_SPACE, MINUS, cell, difference_cell, number, row_decimals, with_unit
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: At most so many costs, and so many other key figures, stand in an area's table.
COSTS, OTHERS = 3, 2

#: So few are told in words instead.
FEW = 2

#: Less than this share away from similar kommuner is "ungefär som".
_NEAR = 0.05


def costs_section(view: KommunView, area: Area, beside: Sequence[Result], quality: Sequence[Result]) -> list[str]:
    """Return the Markdown blocks of costs and conditions beside the results; none where there are none.

    Parameters
    ----------
    view
        The kommun.
    area
        The area.
    beside
        Known numbers that say nothing of quality: costs, key figures, welfare.
    quality
        Known results of quality in numbers.
    """
    if not beside:
        return []
    shown = chosen(beside)
    if len(beside) <= FEW:
        told = [_together(shown, quality), *(_sentence(one) for one in shown)]
        return [f"**Kostnader och förutsättningar vid sidan av.** {' '.join(filter(None, told))}"]
    parts = [
        "### Kostnader och förutsättningar vid sidan av",
        _together(shown, quality),
        _table(view, area, shown),
    ]
    if len(shown) < len(beside):
        rest = antal(len(beside) - len(shown), "uppgift till", "uppgifter till")
        parts.append(f"{capitalised(rest)} finns i arbetsboken och datafilen.")
    return [part for part in parts if part]


def chosen(beside: Sequence[Result]) -> list[Result]:
    """Return the costs and the other figures that are shown: those that differ most from similar kommuner, or riket."""
    costs = [one for one in beside if _is_cost(one)]
    others = [one for one in beside if not _is_cost(one)]
    kept = {
        one.indicator.id
        for group, most in ((costs, COSTS), (others, OTHERS))
        for one in sorted(group, key=_away)[:most]
    }
    return [one for one in (*costs, *others) if one.indicator.id in kept]


def _is_cost(result: Result) -> bool:
    return result.indicator.part is Part.KOSTNADSNYCKELTAL


def _away(result: Result) -> tuple[bool, float, str]:
    """Return the place in line: base indicators first, then the largest distance in per cent."""
    share = away_share(result)
    return result.indicator.tier is not Tier.BAS, -abs(share or 0.0), result.indicator.id


def away_share(result: Result) -> float | None:
    """Return how far the result lies from similar kommuner (riket where there are none), as a share of theirs."""
    other = result.riket if result.liknande is None else result.liknande
    if result.value is None or other is None or other <= 0:
        return None
    return (result.value - other) / other


def _together(shown: Sequence[Result], quality: Sequence[Result]) -> str:
    """Return the area's first cost per person beside its results, in words that judge neither."""
    cost = next((one for one in shown if _is_cost(one) and one.indicator.scale is Scale.KRONOR), None)
    share = None if cost is None else away_share(cost)
    if cost is None or share is None:
        return ""
    others = "riket" if cost.liknande is None else "liknande kommuner"
    name = markdown_text(cost.indicator.short_title)
    if abs(share) < _NEAR:
        told = f"*{name}* ligger ungefär som i {others}."
    else:
        told = f"*{name}* är {number(100 * abs(share))} procent {'högre' if share > 0 else 'lägre'} än i {others}."
    codes = [one.skillnad_riket if cost.liknande is None else one.skillnad_liknande for one in quality]
    better, worse, tested = codes.count("battre"), codes.count("samre"), sum(bool(code) for code in codes)
    if tested:
        word = count_word if tested <= 12 else number
        ends = [f"{word(n)} säkert {way}" for n, way in ((better, "bättre"), (worse, "sämre")) if n]
        of_them = f"Av {antal(tested, 'prövat resultat', 'prövade resultat', neuter=True)} är samtidigt "
        told += (
            f" {of_them}{joined(ends)} än där."
            if ends
            else f" Inget av {count_word(tested)} prövade resultat skiljer sig säkert."
        )
    return told


def _sentence(result: Result) -> str:
    """Return one cost or condition beside the others' and over time."""
    indicator = result.indicator
    figures = (result.value, result.riket, result.liknande)
    decimals = row_decimals(indicator.scale, figures)
    own = with_unit(float(result.value or 0.0), indicator, decimals)
    beside = [
        f"{name} {cell(value, indicator.scale, decimals=decimals)}"
        for name, value in (("riket", result.riket), ("liknande", result.liknande))
        if value is not None
    ]
    told = f"{own} ({', '.join(beside)})" if beside else own
    trend = sureness(result.trend)
    return f"*{markdown_text(indicator.short_title)}*: {markdown_text(told)}{f', {trend} över tid' if trend else ''}."


def _table(view: KommunView, area: Area, shown: Sequence[Result]) -> str:
    similar = any(one.liknande is not None for one in shown)
    columns = [
        Column(head="Uppgift", width=3.4),
        Column(head=short_name(view.kommun.namn, 9), align="right", width=1.1, fact="value"),
        Column(head="Riket", align="right", width=1.1, fact="riket"),
        *([Column(head="Liknande", align="right", width=1.1, fact="liknande")] if similar else []),
        Column(
            head=f"Skillnad mot {'liknande' if similar else 'riket'}", align="right", width=1.5, fact="against_others"
        ),
        Column(head="Över tid", width=1.4, fact="trend"),
    ]
    return captioned_table(
        columns,
        [_row(one, similar) for one in shown],
        caption=f"{area.name}: kostnader och förutsättningar {view.year}; skillnad mellan procenttal i procentenheter",
        label=f"tbl-{area.id}-kostnader",
        about=[Subject(one.indicator.id, view.year, view.kommun.kod) for one in shown],
    )


def _row(result: Result, similar: bool) -> list[Cell]:
    indicator = result.indicator
    figures = (result.value, result.riket, result.liknande)
    decimals = row_decimals(indicator.scale, figures)
    own, riket, alike = ("–" if one is None else cell(one, indicator.scale, decimals=decimals) for one in figures)
    return [
        titled(indicator),
        marked(own, result),
        marked_riket(riket, result),
        *([alike] if similar else []),
        _difference(result, decimals),
        sureness(result.trend) or "–",
    ]


def _difference(result: Result, decimals: int) -> str:
    """Return how far the result lies from the others, in its own unit; for kronor in per cent too."""
    other = result.riket if result.liknande is None else result.liknande
    if result.value is None or other is None:
        return "–"
    difference = difference_cell(result.value - other, result.indicator.scale, decimals)
    share = away_share(result)
    if result.indicator.scale is not Scale.KRONOR or share is None:
        return difference
    text = number(100 * share)
    sign = "" if text.startswith(MINUS) or text == "0" else "+"
    return f"{difference} ({sign}{text}{HARD_SPACE}%)"
