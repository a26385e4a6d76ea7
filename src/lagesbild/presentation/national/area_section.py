"""One area in a national report: development, spread, differences between kommungrupper, and a map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.divided import Tables, divided
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.figures import development
from lagesbild.presentation.maps import kommun_map
from lagesbild.presentation.national.group_section import behind, group_section
from lagesbild.presentation.national.nonresponse import nonresponse_part
from lagesbild.presentation.national.quality import quality_notes
from lagesbild.presentation.national.telling import most_telling
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference_cell, number, row_decimals
from lagesbild.presentation.quality_words import grade_text
from lagesbild.presentation.sections import TYPE_WORDS, of_quality
from lagesbild.presentation.tables import Cell, Column, colour_legend
from lagesbild.presentation.wording import antal, capitalised, count_word, joined, trend_words, unit_heading

#: The introduction names at most this many indicators of a kind; the table has all.
MOST_NAMED = 6

#: Quartiles of fewer kommuner than this say more about single kommuner than about the spread.
FEWEST_FOR_QUARTILES = 10

#: Why the two columns of kommuner differ.
_COUNTS = (
    "*Redovisat* är antalet kommuner som har lämnat uppgifter, *Kan visas* antalet vars resultat kan visas. "
    "Skillnaden är resultat som inte visas på grund av sekretess eller som inte är aktuella för kommunen; kommuner "
    "som inte har redovisat (bortfall) ingår inte i någon av kolumnerna."
)


def area_section(view: NationalView, area: Area, *, level: int = 2) -> str:
    """Return the Markdown of one area, from its heading on; an area without figures is one sentence.

    Parameters
    ----------
    view
        The national figures.
    area
        The area.
    level
        Level of the area's heading.
    """
    marks = "#" * level
    numbers = view.measured(area.id, answers=False)
    answers = view.measured(area.id, answers=True)
    head = f"{marks} {area.name} {{#sec-{area.id}}}"
    if not numbers and not answers:
        return f"{head}\n\nInga nationella uppgifter finns för {view.year}.\n"
    return f"{head}\n\n{area_body(view, area, level=level + 1)}"


def area_body(view: NationalView, area: Area, *, level: int) -> str:
    """Return the Markdown of one area without its own heading; its parts have headings of `level`."""
    marks = "#" * level
    numbers = view.measured(area.id, answers=False)
    answers = view.measured(area.id, answers=True)
    parts = [_introduction(view, numbers, answers)]
    if numbers:
        parts += [
            f"{marks} Utveckling i riket",
            _numbers_table(view, area, numbers, level=level + 1),
            _development(view, area, numbers),
        ]
    if answers:
        parts += [
            f"{marks} Struktur och process i kommunerna",
            _answers_table(view, area, answers, level=level + 1, legend=not numbers),
        ]
    key = view.key_indicator(area.id)
    if key is not None:
        parts += [f"{marks} Skillnader mellan kommuner", group_section(view, area, key), _map(view, area, key)]
    parts += nonresponse_part(view, area, level=level)
    return "\n\n".join(parts) + "\n"


def _introduction(view: NationalView, numbers: list[Indicator], answers: list[Indicator]) -> str:
    shown = [
        text
        for text in (
            f"{antal(len(numbers), 'indikator', 'indikatorer')} i siffror" if numbers else "",
            f"{antal(len(answers), 'fråga', 'frågor')} om struktur och process" if answers else "",
        )
        if text
    ]
    sentences = [f"{capitalised(joined(shown))} har nationella resultat {view.year}."]
    better = [i for i in numbers if of_quality(i) and view.trend(i) == "sakerstalld_forbattring"]
    worse = [i for i in numbers if of_quality(i) and view.trend(i) == "sakerstalld_forsamring"]
    for found, word in ((better, "förbättring"), (worse, "försämring")):
        if found:
            named = [f"*{markdown_text(i.short_title)}*" for i in found[:MOST_NAMED]]
            more = [f"{count_word(len(found) - MOST_NAMED)} till"] if len(found) > MOST_NAMED else []
            names = joined([*named, *more])
            sentences.append(f"En statistiskt säkerställd {word} i riket finns för {names}.")
    if numbers and not better and not worse:
        sentences.append("Ingen förbättring eller försämring av kvaliteten i riket är statistiskt säkerställd.")
    return " ".join(sentences)


def _development(view: NationalView, area: Area, indicators: list[Indicator]) -> str:
    drawn = [(indicator, view.riket_series(indicator)) for indicator in most_telling(view, indicators)]
    if not drawn:
        return ""
    first = min(points[0][0] for _, points in drawn)
    figure = development(drawn, years=(first, view.year), source=view.source, synthetic=view.synthetic)
    fewest, most = (f([view.reported(i) for i, _ in drawn]) for f in (min, max))
    many = f"{fewest}" if fewest == most else f"{fewest}–{most}"
    caption = f"{area.name}: riket {first}–{view.year}; {many} kommuner har redovisat {view.year}"
    return figure.block_markdown(caption, f"fig-utveckling-{area.id}")


def _numbers_table(view: NationalView, area: Area, indicators: list[Indicator], *, level: int) -> str:
    columns = [
        Column(head="Indikator", width=3.3),
        Column(head="Typ", width=1.2),
        Column(head=f"Riket {view.year}", align="right", width=1.0),
        Column(head="Sedan förra mätningen", align="right", width=1.5),
        Column(head="Hälften av kommunerna", align="right", width=1.9),
        Column(head="Redovisat", align="right", width=1.6),
        Column(head="Kan visas", align="right", width=0.9),
        Column(head="Trend i riket", width=1.7),
        Column(head="Säkerhet", width=1.8),
    ]
    what = f"riket och kommunernas spridning {view.year}"
    kind = _tables(area, columns, partial(_numbers_row, view), label="riket", what=what)
    note = (
        f"{_COUNTS} *Hälften av kommunerna* har resultat mellan de två värdena (nedre och övre kvartilen). Kvartilerna "
        f"gäller de kommuner vars resultat kan visas och anges inte för färre än {FEWEST_FOR_QUARTILES}. Förändringar "
        "av procenttal anges i procentenheter."
    )
    return "\n\n".join([*divided(indicators, kind, level=level), note, *quality_notes(view, indicators)])


def _tables(
    area: Area, columns: list[Column], row: Callable[[Indicator], list[Cell]], *, label: str, what: str
) -> Tables[Indicator]:
    return Tables(
        columns=columns,
        row=row,
        indicator_of=lambda indicator: indicator,
        heading=area.name,
        what=what,
        section_label=f"sec-{label}-{area.id}",
        table_label=f"tbl-{label}-{area.id}",
    )


def _numbers_row(view: NationalView, indicator: Indicator) -> list[Cell]:
    values = view.kommun_values(indicator)
    unit = unit_heading(indicator)
    scale = indicator.scale
    middle = [float(values.quantile(q)) for q in (0.25, 0.75)] if len(values) >= FEWEST_FOR_QUARTILES else []
    now = view.riket(indicator, view.year)
    decimals = row_decimals(scale, [now, *middle])
    return [
        f"{indicator.short_title}, {unit}" if unit and unit not in indicator.short_title else indicator.short_title,
        TYPE_WORDS[indicator.type],
        "–" if now is None else cell(now, scale, decimals=decimals),
        _change(view, indicator, decimals),
        "–".join(cell(value, scale, decimals=decimals) for value in middle) or "–",
        number(view.reported(indicator)),
        number(view.shown(indicator)),
        trend_words(view.trend(indicator) or "for_fa"),
        grade_text(view.grade(indicator)),
    ]


def _change(view: NationalView, indicator: Indicator, decimals: int) -> str:
    now, before = view.riket(indicator, view.year), view.previous(indicator)
    if now is None or before is None:
        return "–"
    return f"{difference_cell(now - before[1], indicator.scale, decimals)} ({before[0]})"


def _answers_table(view: NationalView, area: Area, indicators: list[Indicator], *, level: int, legend: bool) -> str:
    columns = [
        Column(head="Fråga till kommunerna", width=4.4),
        Column(head="Typ", width=1.2),
        Column(head=f"Ja {view.year}, procent", align="right", width=1.2),
        Column(head="Sedan förra mätningen, procentenheter", align="right", width=1.8),
        Column(head="Redovisat", align="right", width=1.6),
        Column(head="Kan visas", align="right", width=0.9),
        Column(head="Säkerhet", width=1.8),
    ]
    what = f"andel kommuner som svarat ja {view.year}"
    kind = _tables(area, columns, partial(_answer_row, view), label="svar", what=what)
    # Under an area's first table, as the meaning of the grades.
    notes = [_COUNTS] if legend else []
    return "\n\n".join(
        [*divided(indicators, kind, level=level), *notes, *quality_notes(view, indicators, legend=legend)]
    )


def _answer_row(view: NationalView, indicator: Indicator) -> list[Cell]:
    now = view.riket(indicator, view.year)
    decimals = row_decimals(indicator.scale, [now])
    return [
        indicator.short_title,
        TYPE_WORDS[indicator.type],
        "–" if now is None else cell(now, indicator.scale, decimals=decimals),
        _change(view, indicator, decimals),
        number(view.reported(indicator)),
        number(view.shown(indicator)),
        grade_text(view.grade(indicator)),
    ]


def _map(view: NationalView, area: Area, key: Indicator) -> str:
    figure = kommun_map(key, view.kommun_colours(key), year=view.year, source=view.source, synthetic=view.synthetic)
    caption = f"{key.short_title} {view.year} i kommunerna; {behind(view, key)}"
    legend = colour_legend(answers=key.is_answer).strip()
    return f"{figure.block_markdown(caption, f'fig-karta-{area.id}')}\n\n{legend}"
