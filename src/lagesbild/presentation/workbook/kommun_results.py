"""The sheets of a kommun's workbook with the report year's results: in numbers, in answers, and beside others'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import row_decimals
from lagesbild.presentation.quality_words import grade_text
from lagesbild.presentation.sections import PART_NAMES, TYPE_WORDS
from lagesbild.presentation.wording import antal, capitalised, trend_words, unit_heading
from lagesbild.presentation.workbook.cells import (
    AREA_NAMES,
    DIRECTION_WORDS,
    NOTHING,
    answer_cell,
    between,
    colour_cell,
    count_cell,
    difference_cell,
    known_number,
    known_text,
    number_cell,
    row_of,
    secured_cell,
    trend_text,
    value_cell,
)
from lagesbild.presentation.workbook.model import Cell, Column, Sheet, Width

RESULTS, CHECKLIST, COMPARISON = "Resultat", "Checklista", "Jämförelse"

INDICATOR = Column(head="Indikator", about="Vad som mäts.", width=Width.TITLE)
AREA = Column(head="Område", about="Område i öppna jämförelser.")
UNIT = Column(head="Enhet", about="Vad resultatet anges i.", width=Width.WORDS)


def _numeric(head: str, about: str) -> Column:
    return Column(head=head, about=about, width=Width.NUMBER)


def results_sheet(view: KommunView) -> Sheet | None:
    """Return every result in numbers with its colour, change and trend; None where the kommun has no indicator."""
    found = view.results(answers=False)
    shown = shown_results(found)
    rows = [_result(view, result) for result in shown]
    columns = (
        INDICATOR,
        AREA,
        _numeric("Resultat", f"Resultatet {view.year}, eller tecknet för varför det saknas."),
        UNIT,
        Column(head="Färg", about="Plats bland alla kommuner med resultat. Går att filtrera på ord eller på färg."),
        _numeric("Plats", "Plats bland kommunerna med resultat; 1 är bäst."),
        _numeric("Av antal kommuner", "Så många kommuner har resultat."),
        _numeric("Riket", "Resultatet för riket samma år."),
        _numeric("Skillnad mot riket", "Kommunens resultat minus rikets; procentenheter mellan procenttal."),
        Column(head="Säker skillnad mot riket", about="Om skillnaden är större än slumpen kan ge, och hur säkert."),
        _numeric("Förra resultatet", "Det senaste tidigare resultatet."),
        _numeric("Förra året", "Året för det förra resultatet."),
        _numeric("Förändring", "Resultatet minus det förra resultatet; procentenheter mellan procenttal."),
        Column(head="Trend", about="Hela seriens utveckling, prövad mot slumpen."),
        Column(head="Del", about="Kvalitet, välfärd, hållbar utveckling, centrala nyckeltal eller kostnader."),
        Column(head="Typ", about="Struktur, process eller resultat.", width=Width.NUMBER),
        Column(head="Riktning", about="Om höga eller låga värden är bra.", width=Width.NUMBER),
        _numeric("Antal bakom", "Personer, hushåll eller enheter som resultatet gäller, där det är känt."),
        Column(head="Uppgifternas säkerhet", about="Betyg på indikatorns uppgifter, A till D."),
        Column(head="Att se över", about="Vad kontrollerna har funnit om kommunens egen uppgift.", width=Width.TEXT),
        Column(head="Id", about="Indikatorns id, samma som i data.csv.", width=Width.TEXT),
    )
    if not rows:
        return None
    return Sheet(
        name=RESULTS,
        title=f"{view.kommun.namn}: resultat {view.year}",
        lines=(
            "Filtrera på ord eller färg med pilarna i tabellhuvudet. Svar på ja- och nejfrågor finns i Checklista.",
            *_left_out(found, shown, ("indikator", "indikatorer")),
        ),
        table="Resultat",
        columns=columns,
        rows=rows,
        about=f"Alla resultat {view.year} i siffror, med färg, plats, förändring och trend.",
    )


def _result(view: KommunView, result: Result) -> list[Cell]:
    one = result.indicator
    shown = (result.value, result.riket, result.previous)
    decimals = row_decimals(one.scale, shown)
    return [
        one.short_title,
        AREA_NAMES[one.area],
        value_cell(result.value, result.status, decimals),
        unit_heading(one),
        colour_cell(result.colour, known=result.known),
        NOTHING if result.rank is None else result.rank,
        result.n_reporting if result.measured else NOTHING,
        number_cell(result.riket, decimals),
        difference_cell(between(result.value, result.riket), one.scale, decimals),
        secured_cell(result.skillnad_riket, result.niva_riket),
        number_cell(result.previous, decimals),
        NOTHING if result.previous_year is None else result.previous_year,
        difference_cell(between(result.value, result.previous), one.scale, decimals),
        trend_text(result.trend, result.slope),
        PART_NAMES[one.part],
        TYPE_WORDS[one.type],
        DIRECTION_WORDS[one.direction],
        count_cell(result.base),
        grade_text(result.quality) if result.quality else NOTHING,
        result.finding or NOTHING,
        one.id,
    ]


def shown_results(results: Iterable[Result]) -> list[Result]:
    """Return the results worth a row: those there are first, those not measured this year last.

    What the source has of no kommun, and never had of this one, is left out.
    """
    worth = [one for one in results if one.measured or one.status == Status.EJ_MATT or one.previous_year is not None]
    return sorted(worth, key=lambda one: 0 if one.known else 2 if one.status == Status.EJ_MATT else 1)


def _left_out(all_results: Sequence[Result], shown: Sequence[Result], noun: tuple[str, str]) -> tuple[str, ...]:
    """Return a line on the results that have no row, none where all have one."""
    number = len(all_results) - len(shown)
    if not number:
        return ()
    verb = "är inte med: källan har inga uppgifter om"
    return (f"{capitalised(antal(number, *noun))} {verb} {'den' if number == 1 else 'dem'} för någon kommun.",)


def checklist_sheet(view: KommunView) -> Sheet | None:
    """Return every answer with what it was before and how many others answer ja; None without answers."""
    found = view.results(answers=True)
    shown = shown_results(found)
    rows = [_answer(result) for result in shown]
    if not rows:
        return None
    columns = (
        Column(head="Fråga", about="Vad kommunen har svarat på.", width=Width.TITLE),
        AREA,
        Column(head="Typ", about="Struktur, process eller resultat.", width=Width.NUMBER),
        Column(head="Svar", about=f"Kommunens svar {view.year}, eller tecknet för varför det saknas."),
        Column(head="Förra svaret", about="Det senaste tidigare svaret."),
        _numeric("Förra året", "Året för det förra svaret."),
        Column(head="Utveckling", about="Hur svaret har ändrats över åren."),
        _numeric("Riket, procent ja", "Så stor del av landets kommuner svarar ja."),
        _numeric("Övriga i länet, procent ja", "Så stor del av de andra kommunerna i länet svarar ja."),
        _numeric("Övriga i gruppen, procent ja", "Så stor del av de andra i kommungruppen svarar ja."),
        _numeric("Liknande kommuner, procent ja", "Så stor del av de liknande kommunerna svarar ja."),
        Column(head="Uppgifternas säkerhet", about="Betyg på indikatorns uppgifter, A till D."),
        Column(head="Id", about="Indikatorns id, samma som i data.csv.", width=Width.TEXT),
    )
    return Sheet(
        name=CHECKLIST,
        title=f"{view.kommun.namn}: checklista {view.year}",
        lines=(
            "Kommunens svar på frågor om vad som finns och görs. Filtrera på Nej för att se vad som kan utvecklas.",
            *_left_out(found, shown, ("fråga", "frågor")),
        ),
        table="Checklista",
        columns=columns,
        rows=rows,
        about=f"Alla svar på ja- och nejfrågor {view.year}, med förra svaret och hur många andra som svarar ja.",
    )


def _answer(result: Result) -> list[Cell]:
    one = result.indicator
    others = (result.riket, result.lan, result.kommungrupp, result.liknande)
    decimals = row_decimals(one.scale, others)
    before = result.previous_answer
    return [
        one.short_title,
        AREA_NAMES[one.area],
        TYPE_WORDS[one.type],
        answer_cell(result.answer, result.status),
        answer_cell(before, "saknas") if before else NOTHING,
        NOTHING if result.previous_year is None else result.previous_year,
        trend_words(result.trend) if result.trend else NOTHING,
        *(number_cell(value, decimals) for value in others),
        grade_text(result.quality) if result.quality else NOTHING,
        one.id,
    ]


#: Groups that a kommun is compared with: column of the underlag, head, what it is.
_GROUPS = (
    ("lan", "Övriga i länet", "de andra kommunerna i länet"),
    ("kommungrupp", "Övriga i gruppen", "de andra kommunerna i kommungruppen (SKR:s indelning 2023)"),
    ("liknande", "Liknande", "de kommuner som mest liknar kommunen i det som påverkar området"),
)


def comparison_sheet(view: KommunView) -> Sheet | None:
    """Return each known result in numbers beside riket and the groups; None where there is no result."""
    known = [result for result in view.results(answers=False) if result.value is not None]
    if not known:
        return None
    rows = {result.indicator.id: row_of(view.rows[result.indicator.id], view.year) for result in known}
    groups = [one for one in _GROUPS if any(known_number(rows[r.indicator.id].get(one[0])) is not None for r in known)]
    columns = [INDICATOR, AREA, UNIT, _numeric("Resultat", f"Kommunens resultat {view.year}.")]
    columns += [
        _numeric("Riket", "Resultatet för riket."),
        _numeric("Skillnad mot riket", "Kommunens resultat minus rikets; procentenheter mellan procenttal."),
        Column(head="Säker skillnad mot riket", about="Om skillnaden är större än slumpen kan ge, och hur säkert."),
    ]
    for _, head, meaning in groups:
        small = head[0].lower() + head[1:]
        columns += [
            _numeric(head, f"Ovägt medelvärde för {meaning}."),
            _numeric(f"Antal, {small}", f"Så många kommuner står bakom medelvärdet för {small}."),
            _numeric(
                f"Skillnad mot {small}", "Kommunens resultat minus medelvärdet; procentenheter mellan procenttal."
            ),
            Column(head=f"Säker skillnad mot {small}", about="Om skillnaden är större än slumpen kan ge."),
        ]
    return Sheet(
        name=COMPARISON,
        title=f"{view.kommun.namn} jämfört med andra {view.year}",
        lines=("Övriga är medelvärden av andra kommuners resultat; den egna kommunen räknas inte med.",),
        table="Jamforelse",
        columns=tuple(columns),
        rows=[_compared(result, rows[result.indicator.id], [name for name, _, _ in groups]) for result in known],
        about="Varje resultat bredvid riket, länet, kommungruppen och liknande kommuner.",
    )


def _compared(result: Result, row: Mapping[str, Any], groups: list[str]) -> list[Cell]:
    one = result.indicator
    values = {name: known_number(row.get(name)) for name in groups}
    decimals = row_decimals(one.scale, (result.value, result.riket, *values.values()))
    cells: list[Cell] = [
        one.short_title,
        AREA_NAMES[one.area],
        unit_heading(one),
        number_cell(result.value, decimals),
        number_cell(result.riket, decimals),
        difference_cell(between(result.value, result.riket), one.scale, decimals),
        secured_cell(result.skillnad_riket, result.niva_riket),
    ]
    for name, value in values.items():
        cells += [
            number_cell(value, decimals),
            count_cell(known_number(row.get(f"n_{name}"))) if value is not None else NOTHING,
            difference_cell(between(result.value, value), one.scale, decimals),
            secured_cell(known_text(row.get(f"skillnad_{name}")), known_number(row.get(f"niva_{name}"))),
        ]
    return cells
