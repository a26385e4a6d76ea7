"""One area of a kommun's report: results in numbers, their development, and the checklist."""

from __future__ import annotations

from collections import Counter
from functools import partial

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Direction, Indicator, IndicatorType, Scale
from lagesbild.catalogue.vocabulary import Answer, Colour
from lagesbild.presentation.divided import Tables, divided
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.missing import resting, without_result
from lagesbild.presentation.kommun.quality import marked, marked_cell, marked_riket, quality_notes, signs_key
from lagesbild.presentation.kommun.summary import chance_of_colours, few
from lagesbild.presentation.kommun.telling import most_telling, with_series
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import HARD_SPACE, cell, difference_cell, number, result_cell, status_text
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.small_multiples import Panel, small_multiples
from lagesbild.presentation.tables import Cell, Column, Markup, answer_cell, colour_cell
from lagesbild.presentation.wording import (
    answers_sentence,
    antal,
    capitalised,
    colours_sentence,
    count_word,
    joined,
    secured_difference,
    trend_way,
    unit_heading,
)

#: Words for the three types, as they stand in the checklist.
TYPE_WORDS = {
    IndicatorType.STRUKTUR: "Struktur",
    IndicatorType.PROCESS: "Process",
    IndicatorType.RESULTAT: "Resultat",
}

#: Said under every table with figures of several kommuner.
_COUNTS = "Inom parentes står hur många kommuner som har ett resultat som kan visas."

#: Trend labels that say something worth a line under the figure.
_TOLD_TRENDS = {"sakerstalld": "Statistiskt säkerställda trender", "mojlig": "Möjliga trender"}


def area_section(view: KommunView, area: Area) -> str:
    """Return the Markdown of one area, from its heading on.

    An area in which nothing was measured is one sentence, so that the reader sees that it isn't forgotten.
    """
    numbers = [r for r in view.results(area.id, answers=False) if r.measured]
    answers = [r for r in view.results(area.id, answers=True) if r.measured]
    parts = [f"## {area.name} {{#sec-{area.id}}}", _introduction(view, area, numbers, answers)]
    parts += [resting(view, view.results(area.id)), signs_key([*numbers, *answers])]
    if numbers:
        parts += ["### Resultat i siffror", _results(view, area, numbers)]
        parts += [_development(view, area, numbers), _told_trends(numbers)]
    if answers:
        parts += ["### Checklista", _checklist(view, area, answers, told=any(r.known for r in numbers))]
    return "\n\n".join(filter(None, parts)) + "\n"


def _introduction(view: KommunView, area: Area, numbers: list[Result], answers: list[Result]) -> str:
    if not numbers and not answers:
        return f"Källan har inga uppgifter i området för {view.year}."
    known = [r for r in [*numbers, *answers] if r.known]
    if not known:
        return f"{markdown_text(view.kommun.namn)} har inga resultat i området {view.year}."
    sentences = []
    colours = Counter(r.colour for r in numbers if r.colour and of_quality(r.indicator))
    if colours:
        sentences.append(colours_sentence(colours[Colour.GRON], colours[Colour.GUL], colours[Colour.ROD]))
        sentences.append(chance_of_colours([r for r in numbers if of_quality(r.indicator)]))
    given = Counter(r.answer for r in answers if r.answer and of_quality(r.indicator))
    if given:
        sentences.append(answers_sentence(given[Answer.JA], given[Answer.DELVIS], given[Answer.NEJ]))
    return " ".join(filter(None, sentences)) or f"Området har inga kvalitetsresultat för {view.year} som kan jämföras."


def _results(view: KommunView, area: Area, results: list[Result]) -> str:
    shown = [result for result in results if result.known]
    similar = any(result.n_liknande for result in shown)
    columns = [
        Column(head="Indikator", width=3.2),
        Column(head=view.kommun.namn, align="right", width=1.2),
        Column(head="Plats bland kommunerna", width=1.95),
        Column(head="Säker skillnad mot riket", width=1.35),
        *([Column(head="Säker skillnad mot liknande", width=1.35)] if similar else []),
        Column(head="Riket", align="right", width=1.05),
        Column(head="Övriga i länet", align="right", width=1.1),
        Column(head="Övriga i gruppen", align="right", width=1.15),
        Column(head="Sedan förra mätningen", align="right", width=1.45),
    ]
    kind = Tables(
        columns=columns,
        row=partial(_result_row, similar=similar),
        indicator_of=_indicator,
        heading=area.name,
        what=f"resultat {view.year} och jämförelse",
        section_label=f"sec-{area.id}",
        table_label=f"tbl-{area.id}",
    )
    parts = divided(shown, kind, level=4)
    notes = [_reading_notes(shown)] if shown else []
    # With several tables the notes go before the first: after the last they would be pages away.
    parts = [*notes, *parts] if len(parts) > 1 else [*parts, *notes]
    return "\n\n".join(filter(None, [*parts, quality_notes(results), without_result(view, results)]))


def _indicator(result: Result) -> Indicator:
    return result.indicator


def _result_row(result: Result, *, similar: bool) -> list[Cell]:
    scale = result.indicator.scale
    unit = unit_heading(result.indicator)
    name = result.indicator.short_title
    own = result_cell(result.value, None, result.status, scale, decimals=result.decimals)
    return [
        f"{name}, {unit}" if unit and unit not in name.lower() else name,
        marked(f"{own}{_units(result)}", result),
        colour_cell(result.colour if result.judged else None),
        secured_difference(result.skillnad_riket, result.niva_riket),
        *([secured_difference(result.skillnad_liknande, result.niva_liknande)] if similar else []),
        *_references(result),
        _change(result),
    ]


def _units(result: Result) -> str:
    """Return " (1 enhet)" where so few units stand behind the figure that the reader must know it; else nothing."""
    if not result.few_units or result.base is None:
        return ""
    return f" ({number(result.base)}{HARD_SPACE}{'enhet' if result.base == 1 else 'enheter'})"


def _reading_notes(results: list[Result]) -> str:
    """Return the unit of changes, and why some results have no place among the kommuner (costs, usually)."""
    notes = [_COUNTS]
    if any(r.skillnad_riket for r in results):
        notes.append(
            "En skillnad är *säker* (statistiskt säkerställd) när den är större än vad slumpen kan ge, med 95 eller "
            "99,8 procents säkerhet."
        )
    if any(r.indicator.scale is Scale.PROCENT and r.previous is not None for r in results):
        notes.append("Förändringar av procenttal anges i procentenheter.")
    if any(r.indicator.direction is Direction.INGEN for r in results):
        notes.append(
            "Indikatorer utan riktning får ingen plats bland kommunerna (–): höga kostnader, till exempel, är i sig "
            "varken bra eller dåliga."
        )
    return " ".join(notes)


def _references(result: Result) -> list[Cell]:
    """Return riket, the other kommuner of the län and those of the group, each with how many kommuner it rests on."""
    pairs = (
        (result.riket, result.n_reporting),
        (result.lan, result.n_lan),
        (result.kommungrupp, result.n_kommungrupp),
    )
    # Shares that said ja stand in a column of whole percentages; a number's references have its decimals.
    decimals = None if result.indicator.is_answer else result.decimals
    riket, *others = [
        "–" if value is None else f"{cell(value, result.indicator.scale, decimals=decimals)} ({n})"
        for value, n in pairs
    ]
    return [marked_riket(riket, result), *others]


def _change(result: Result) -> str:
    if result.value is None or result.previous is None:
        return "–"
    difference = difference_cell(result.value - result.previous, result.indicator.scale, result.decimals)
    return f"{difference} ({result.previous_year})"


def _development(view: KommunView, area: Area, results: list[Result]) -> str:
    """Return the figure of the area's most telling series; empty where there are none."""
    fit = with_series(view, results)
    drawn = most_telling(view, fit)
    if not drawn:
        return ""
    panels = [
        Panel(
            indicator=result.indicator,
            own=view.series(result.indicator),
            riket=view.series(result.indicator, "riket"),
            status=result.status,
        )
        for result in drawn
    ]
    first = min(point[0] for panel in panels for point in panel.own)
    years = (first, view.year)
    figure = small_multiples(panels, name=view.kommun.namn, years=years, synthetic=view.synthetic)
    counts = [result.n_reporting for result in drawn]
    behind = f"{min(counts)}" if min(counts) == max(counts) else f"{min(counts)}–{max(counts)}"
    caption = (
        f"{area.name}: {view.kommun.namn} och riket {first}–{view.year}. I riket har {behind} kommuner "
        f"resultat {view.year}. Källa: {view.source}."
    )
    if len(fit) > len(drawn):
        caption += f" Figuren visar {count_word(len(drawn))} av {count_word(len(fit))} serier; tabellerna har alla."
    return figure.block_markdown(caption, f"fig-{area.id}")


def _told_trends(results: list[Result]) -> str:
    sentences = []
    for degree, head in _TOLD_TRENDS.items():
        told = [
            f"{markdown_text(result.indicator.short_title)} ({trend_way(result.trend)})"
            for result in results
            if (result.trend or "").startswith(degree) and not result.small_base
        ]
        sentences += [f"{head}: {joined(told)}."] if told else []
    small = [result for result in results if (result.trend or "").startswith("sakerstalld") and result.small_base]
    if small:
        noun = capitalised(antal(len(small), "säkerställd trend", "säkerställda trender"))
        sentences.append(f"{noun} bygger på {few(small)} och räknas inte upp här.")
    if any((result.trend or "").startswith("sakerstalld") for result in results):
        return " ".join(sentences)
    tested = any(result.trend not in (None, "for_fa") for result in results)
    return " ".join([*(["Ingen trend i området är statistiskt säkerställd."] if tested else []), *sentences])


def _checklist(view: KommunView, area: Area, results: list[Result], *, told: bool) -> str:
    """Return the answers; what the parentheses mean is said here unless it is told already."""
    columns = [
        Column(head="Fråga till kommunen", width=4.0),
        Column(head="Typ", width=1.2),
        Column(head=f"Svar {view.year}", width=1.25),
        Column(head="Förra svaret", width=2.3),
        Column(head="Ja i riket, %", align="right", width=1.1),
        Column(head="Ja i övriga länet, %", align="right", width=1.5),
        Column(head="Ja i övriga gruppen, %", align="right", width=1.5),
    ]
    kind = Tables(
        columns=columns,
        row=_answer_row,
        indicator_of=_indicator,
        heading=area.name,
        what=f"svar om struktur och process {view.year}",
        section_label=f"sec-{area.id}-checklista",
        table_label=f"tbl-checklista-{area.id}",
    )
    shown = [result for result in results if result.known]
    parts = [
        _changed_answers(view, results),
        *divided(shown, kind, level=4),
        *([_COUNTS] if shown and not told else []),
        quality_notes(results),
        without_result(view, results),
    ]
    return "\n\n".join(filter(None, parts))


def _answer_row(result: Result) -> list[Cell]:
    return [
        result.indicator.short_title,
        TYPE_WORDS[result.indicator.type],
        marked_cell(answer_cell(result.answer, status_text(result.status)), result),
        _previous(result),
        *_references(result),
    ]


def _changed_answers(view: KommunView, results: list[Result]) -> str:
    """Return which answers have changed since the question was last put."""
    if not any(result.answer for result in results):
        return f"Inga svar från kommunen finns för {view.year}."
    if not any(result.answer and result.previous_answer for result in results):
        return "Svaren kan inte jämföras med någon tidigare mätning."
    changed = [result for result in results if result.changed]
    if not changed:
        return "Inget svar har ändrats sedan förra mätningen."
    noun = capitalised(antal(len(changed), "svar har", "svar har", neuter=True))
    told = [
        f"{markdown_text(result.indicator.short_title)} (från {result.previous_answer} till {result.answer})"
        for result in changed
    ]
    return f"{noun} ändrats sedan förra mätningen: {joined(told)}."


def _previous(result: Result) -> Cell:
    """Return the answer before, with "ändrat" in bold where it was another."""
    if result.previous_answer is None:
        return "–"
    text = f"{capitalised(result.previous_answer)} ({result.previous_year})"
    return Markup(f"{markdown_text(text)}, **ändrat**") if result.changed else text
