"""Which of an area's results stand in its faktablad, and the table of them."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Direction, Indicator, IndicatorType, Scale, Tier
from lagesbild.presentation.fact_sheet.fitting import row_lines, that_fit
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference_cell, row_decimals
from lagesbild.presentation.quality_words import grade_text
from lagesbild.presentation.sections import TYPE_WORDS, of_quality
from lagesbild.presentation.tables import Column, captioned_table
from lagesbild.presentation.traced import national
from lagesbild.presentation.wording import trend_words, unit_heading

#: The table has at most this many rows, on this many lines.
MOST_RESULTS = 6
MOST_LINES = 12

#: Of each type at least so many where there are as many, so that all three types are told of.
OF_EACH_TYPE = 1


def key_results(view: NationalView, area: Area) -> list[Indicator]:
    """Return the area's most telling indicators with a national result, at most `MOST_RESULTS`, results first.

    Those of quality with a direction come before others, base before in-depth, results for the users before process and
    structure, percentages before other units, and what most kommuner have among equals. Each type has a place.
    """
    measured = [*view.measured(area.id, answers=False), *view.measured(area.id, answers=True)]
    ranked = sorted(measured, key=lambda one: _rank(view, one))
    ranked = [one for one in ranked if one.direction is not Direction.INGEN] or ranked
    by_type = {type_: [one for one in ranked if one.type is type_] for type_ in IndicatorType}
    chosen = [one for ones in by_type.values() for one in ones[:OF_EACH_TYPE]]
    chosen += [one for one in ranked if one not in chosen][: max(0, MOST_RESULTS - len(chosen))]
    return sorted(chosen, key=ranked.index)


def _rank(view: NationalView, indicator: Indicator) -> tuple[bool, bool, bool, bool, int, str]:
    """Return the place in line, lowest first; the id settles what is equal otherwise."""
    return (
        not of_quality(indicator),
        indicator.tier is not Tier.BAS,
        indicator.type is not IndicatorType.RESULTAT,
        indicator.is_answer or indicator.scale is not Scale.PROCENT,
        -view.shown(indicator),
        indicator.id,
    )


def results_table(view: NationalView, area: Area, indicators: list[Indicator]) -> str:
    """Return the table of the nation's key results, and what its columns mean."""
    columns = [
        Column(head="Indikator", width=4.2),
        Column(head="Typ", width=1.2),
        Column(head=f"Riket {view.year}", align="right", width=1.1, fact="riket"),
        Column(head="Sedan förra mätningen", align="right", width=1.7, fact="change_riket"),
        Column(head="Trend i riket", width=1.9, fact="trend_riket"),
        Column(head="Uppgifternas säkerhet", width=1.8),
    ]
    rows = that_fit([_row(view, one) for one in indicators], lambda row: row_lines(row, columns), MOST_LINES)
    every = len(view.measured(area.id, answers=False)) + len(view.measured(area.id, answers=True))
    how = f"{len(rows)} av {every} indikatorer" if every > len(rows) else "alla indikatorer med resultat"
    caption = f"{area.name} i riket {view.year}, {how}"
    answers = "För frågor till kommunerna är värdet andelen kommuner som svarat ja. " if _answers(indicators) else ""
    about = [national(one.id, view.year) for one in indicators[: len(rows)]]
    note = (
        f"{answers}Inom parentes står året för förra mätningen; ändringar av procenttal anges i procentenheter. "
        "Säkerheten är betyget på uppgifterna, från A god till D bristfällig."
    )
    return f"{captioned_table(columns, rows, caption=caption, label='tbl-riket', about=about)}\n{note}"


def _answers(indicators: list[Indicator]) -> bool:
    return any(one.is_answer for one in indicators)


def titled(indicator: Indicator) -> str:
    """Return the short title with its unit, where the title doesn't say it."""
    unit = "ja, procent" if indicator.is_answer else unit_heading(indicator)
    title = indicator.short_title
    return f"{title}, {unit}" if unit and unit not in title else title


def _row(view: NationalView, indicator: Indicator) -> list[str]:
    now, before = view.riket(indicator, view.year), view.previous(indicator)
    decimals = row_decimals(indicator.scale, [now])
    change = "–"
    if now is not None and before is not None:
        change = f"{difference_cell(now - before[1], indicator.scale, decimals)} ({before[0]})"
    trend = view.trend(indicator)
    return [
        titled(indicator),
        TYPE_WORDS[indicator.type],
        "–" if now is None else cell(now, indicator.scale, decimals=decimals),
        change,
        trend_words(trend) if trend else "–",
        grade_text(view.grade(indicator)),
    ]
