"""The kommuner that have changed most: secured trends of numbers, and changed answers."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.recodings import breaks
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.presentation.indicator_page.links import kommun_link
from lagesbild.presentation.indicator_page.view import IndicatorView, Trend
from lagesbild.presentation.numbers import cell, difference, interval, number, round_half_up, row_decimals
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined, trend_words

#: Most kommuner told for each way.
MOST = 5
#: Names of kommuner whose answer has changed that are told for each way.
MOST_NAMED = 40
#: Trends are secured at this level, one by one and when all of the page's are allowed for.
LEVEL = 0.05


def movers_part(view: IndicatorView) -> str:
    """Return the kommuner that have changed most, as Markdown."""
    return _answers(view) if view.indicator.is_answer else _numbers(view)


def _numbers(view: IndicatorView) -> str:
    tested = {code: trend for code, trend in view.kommun_trends().items() if trend.p_value is not None}
    if not tested:
        return "Mätningarna är för få för att visa en trend i någon kommun."
    single = sum((trend.p_value or 1.0) < LEVEL for trend in tested.values())
    kept = {code: trend for code, trend in tested.items() if (trend.p_adjusted or 1.0) < LEVEL and trend.slope}
    chance = (
        f"Trenden har prövats i {antal(len(tested), 'kommun', 'kommuner')} med minst tre mätningar. Var för sig är "
        f"{_of(single)} säkerställda, och {_by_chance(len(tested))} skulle vara det av ren slump."
    )
    if not kept:
        nothing = "Inga säkerställda förändringar finns när hänsyn tas till att så många kommuner prövas samtidigt."
        return f"{chance} {nothing}"
    ordered = sorted(kept, key=lambda code: (_change(kept[code]), code))
    falling = [code for code in ordered if _change(kept[code]) < 0]
    rising = [code for code in reversed(ordered) if _change(kept[code]) > 0]
    said = f"{capitalised(_of(len(kept)))} är säkerställda också när hänsyn tas till det: "
    said += f"{_of(len(rising))} uppåt och {_of(len(falling))} nedåt."
    tables = [
        _table(view, kept, codes[:MOST], word) for codes, word in ((rising, "ökat"), (falling, "minskat")) if codes
    ]
    note = "Ändringen är den som trendlinjen visar från första till sista året, med 95 procents intervall."
    return "\n\n".join([f"{chance} {said}", *tables, note])


def _by_chance(tested: int) -> str:
    expected = LEVEL * tested
    return "mindre än en" if expected < 1 else f"ungefär {count_word(int(round_half_up(expected)))}"


def _of(n: int) -> str:
    return "ingen" if n == 0 else count_word(n)


def _change(trend: Trend) -> float:
    """Return the change of the trend's line from first to last year."""
    return (trend.slope or 0.0) * _span(trend)


def _span(trend: Trend) -> int:
    return (trend.last_year or 0) - (trend.first_year or 0)


def _table(view: IndicatorView, trends: dict[str, Trend], codes: Sequence[str], word: str) -> str:
    indicator = view.indicator
    columns = [
        Column(head="Kommun", width=2),
        Column(head="Första mätningen", align="right", width=1.4),
        Column(head="Senaste", align="right", width=1.4),
        Column(head="Ändring enligt trenden", align="right", width=2),
        Column(head="Osäkerhet", align="right", width=1.6),
        Column(head="Bedömning", width=2),
    ]
    rows: list[list[Cell]] = []
    for code in codes:
        trend = trends[code]
        series = {year: one for year, one in view.kommun_series(code).items() if year >= (trend.first_year or 0)}
        first, *_, last = series
        before, now = series[first], series[last]
        places = row_decimals(indicator.scale, [before.value, now.value])
        low, high = (None if end is None else end * _span(trend) for end in (trend.slope_lower, trend.slope_upper))
        rows.append(
            [
                Markup(kommun_link(code)),
                f"{cell(before.value or 0.0, indicator.scale, decimals=places)} ({first})",
                f"{cell(now.value or 0.0, indicator.scale, decimals=places)} ({last})",
                difference(_change(trend), indicator),
                interval(low, high, max(1, places)),
                trend_words(trend.label),
            ]
        )
    way = "okat" if word == "ökat" else "minskat"
    caption = f"Kommuner som {word} mest, av dem vars trend är säkerställd"
    return captioned_table(columns, rows, caption=caption, label=f"tbl-{way}")


def _answers(view: IndicatorView) -> str:
    """Return whose answer has changed since the question was put before."""
    latest = view.latest or 0
    begins = max((year for year in breaks(view.indicator.id) if year <= latest), default=0)
    earlier = [year for year in view.years if begins <= year < latest]
    if not earlier:
        return "Frågan kan inte jämföras med någon tidigare mätning."
    before_year = earlier[-1]
    before, now = view.kommuner_in(before_year), view.kommuner
    both = [code for code, one in now.items() if one.answer and code in before and before[code].answer]
    if not both:
        return f"Ingen kommun har svar både {before_year} och {latest}."
    gained = [code for code in both if now[code].answer == Answer.JA != before[code].answer]
    lost = [code for code in both if before[code].answer == Answer.JA != now[code].answer]
    other = sum(now[code].answer != before[code].answer for code in both) - len(gained) - len(lost)
    head = f"{number(len(both))} kommuner svarade både {before_year} och {latest}."
    if not gained and not lost and not other:
        return f"{head} Ingen av dem har ändrat sitt svar."
    lines = [
        f"- **{capitalised(antal(len(codes), 'kommun', 'kommuner'))} {words}**{_names(codes)}"
        for codes, words in ((gained, "svarar nu ja"), (lost, "svarar inte längre ja"))
    ]
    lines += [f"- {capitalised(antal(other, 'kommun', 'kommuner'))} har ändrat mellan delvis och nej."] if other else []
    note = "Ett ändrat svar kan bero på att verksamheten har ändrats, men också på att frågan har tolkats olika."
    return "\n\n".join([head, "\n".join(lines), note])


def _names(codes: Sequence[str]) -> str:
    if not codes:
        return "."
    if len(codes) > MOST_NAMED:
        return ". De är för många för att räknas upp här; se filen med alla resultat."
    names = {kommun.kod: kommun.namn for kommun in kommuner()}
    return f": {joined([kommun_link(code) for code in sorted(codes, key=lambda code: names[code])])}."
