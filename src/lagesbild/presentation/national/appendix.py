"""The table appendix: every national figure of an area, compact."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, IndicatorType
from lagesbild.presentation.national.spread_section import FEWEST_FOR_QUARTILES
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference_cell, interval, number, row_decimals
from lagesbild.presentation.sections import by_section
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.traced import national
from lagesbild.presentation.wording import trend_words, unit_heading

_TYPES = {IndicatorType.STRUKTUR: "S", IndicatorType.PROCESS: "P", IndicatorType.RESULTAT: "R"}
#: Small letters in print: the tables are for looking up.
_SMALL = (
    "```{=typst}\n#[\n#set text(size: 7pt)\n#set par(leading: 0.4em)\n#set table(inset: (x: 3pt, y: 2pt))\n```",
    "```{=typst}\n]\n```",
)


def appendix_notes(year: int) -> str:
    """Return what the columns of the appendix mean."""
    return (
        f"Tabellerna har alla nationella uppgifter {year} för rapportens områden. *T* är typ: S struktur, P process, R "
        "resultat. *Intervall* är 95 procents intervall för rikets värde; streck där källan inte anger hur många som "
        "ligger bakom. *Förra* är ändringen sedan förra mätningen, med dess år; mellan procenttal i procentenheter. "
        "*Mitthälften* är nedre och övre kvartilen för kommuner vars resultat kan visas, och anges inte för färre än "
        f"{FEWEST_FOR_QUARTILES}. *Kommuner* är hur många som har redovisat och, efter snedstreck, hur många vars "
        f"resultat "
        "kan visas; skillnaden är resultat som inte visas på grund av sekretess eller som inte är aktuella för "
        "kommunen. *S* är uppgifternas säkerhet: A god, B godtagbar, C osäker, D bristfällig."
    )


def appendix_tables(view: NationalView, area: Area) -> list[str]:
    """Return the Markdown blocks of an area's tables: numbers, then questions."""
    parts = []
    numbers = view.measured(area.id, answers=False)
    answers = view.measured(area.id, answers=True)
    if numbers:
        columns = [
            Column(head="Indikator", width=4.4),
            Column(head="T", width=0.35),
            Column(head=f"Riket {view.year}", align="right", width=1.05, fact="riket"),
            Column(head="Intervall", align="right", width=1.45, fact="lower_riket"),
            Column(head="Förra", align="right", width=1.7, fact="change_riket"),
            Column(head="Mitthälften", align="right", width=1.9, fact="lower_quartile"),
            Column(head="Kommuner", align="right", width=1.25),
            Column(head="Trend i riket", width=2.6, fact="trend_riket"),
            Column(head="S", width=0.35),
        ]
        ordered = [one for _, found in by_section(numbers, lambda one: one) for one in found]
        rows = [_number(view, one) for one in ordered]
        caption = f"{area.name}: riket och kommunernas spridning {view.year}"
        about = [national(one.id, view.year) for one in ordered]
        parts.append(captioned_table(columns, rows, caption=caption, label=f"tbl-riket-{area.id}", about=about))
    if answers:
        columns = [
            Column(head="Fråga till kommunerna", width=6.2),
            Column(head="T", width=0.35),
            Column(head=f"Ja {view.year}, procent", align="right", width=1.2, fact="riket"),
            Column(head="Förra", align="right", width=1.7, fact="change_riket"),
            Column(head="Kommuner", align="right", width=1.25),
            Column(head="Trend i riket", width=2.6, fact="trend_riket"),
            Column(head="S", width=0.35),
        ]
        ordered = [one for _, found in by_section(answers, lambda one: one) for one in found]
        rows = [_answer(view, one) for one in ordered]
        caption = f"{area.name}: andel kommuner som svarat ja {view.year}"
        about = [national(one.id, view.year) for one in ordered]
        parts.append(captioned_table(columns, rows, caption=caption, label=f"tbl-svar-{area.id}", about=about))
    return [_SMALL[0], *parts, _SMALL[1]] if parts else []


def _titled(one: Indicator) -> str:
    unit = unit_heading(one)
    return f"{one.short_title}, {unit}" if unit and unit not in one.short_title else one.short_title


def _number(view: NationalView, one: Indicator) -> list[Cell]:
    values = view.kommun_values(one)
    middle = [float(values.quantile(q)) for q in (0.25, 0.75)] if len(values) >= FEWEST_FOR_QUARTILES else []
    now, ends = view.riket(one, view.year), view.interval(one, view.year)
    decimals = row_decimals(one.scale, [now, *middle])
    return [
        _titled(one),
        _TYPES[one.type],
        "–" if now is None else cell(now, one.scale, decimals=decimals),
        interval(*ends, max(1, decimals) if one.scale != "kronor" else decimals) if ends else "–",
        _change(view, one, decimals),
        "–".join(cell(value, one.scale, decimals=decimals) for value in middle) or "–",
        f"{number(view.reported(one))}/{number(view.shown(one))}",
        trend_words(view.trend(one) or "for_fa"),
        view.grade(one) or "–",
    ]


def _answer(view: NationalView, one: Indicator) -> list[Cell]:
    now = view.riket(one, view.year)
    decimals = row_decimals(one.scale, [now])
    return [
        one.short_title,
        _TYPES[one.type],
        "–" if now is None else cell(now, one.scale, decimals=decimals),
        _change(view, one, decimals),
        f"{number(view.reported(one))}/{number(view.shown(one))}",
        trend_words(view.trend(one) or "for_fa"),
        view.grade(one) or "–",
    ]


def _change(view: NationalView, one: Indicator, decimals: int) -> str:
    now, before = view.riket(one, view.year), view.previous(one)
    if now is None or before is None:
        return "–"
    return f"{difference_cell(now - before[1], one.scale, decimals)} ({before[0]})"
