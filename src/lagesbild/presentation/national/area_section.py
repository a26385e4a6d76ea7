"""One area in a national report: development, spread, differences between kommungrupper, and a map."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.groups import kommungrupp, kommungrupper
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.figures import development, group_dots
from lagesbild.presentation.kommun.area_section import TYPE_WORDS
from lagesbild.presentation.maps import kommun_map
from lagesbild.presentation.national.quality import quality_notes
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference_cell, number, with_unit
from lagesbild.presentation.quality_words import grade_text
from lagesbild.presentation.tables import Cell, Column, colour_legend, table
from lagesbild.presentation.wording import antal, capitalised, joined, trend_words, unit_heading

#: A figure has at most this many panels; the table beside it has all indicators.
MOST_PANELS = 9

#: The table of kommungrupper has room for this many indicators.
MOST_GROUP_COLUMNS = 5


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
            _numbers_table(view, area, numbers),
            _development(view, area, numbers),
        ]
    if answers:
        parts += [f"{marks} Struktur och process i kommunerna", _answers_table(view, area, answers, legend=not numbers)]
    key = view.key_indicator(area.id)
    if key is not None:
        parts += [f"{marks} Skillnader mellan kommuner", _groups(view, area, key), _map(view, area, key)]
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
    better = [i for i in numbers if view.trend(i) == "forbattring"]
    worse = [i for i in numbers if view.trend(i) == "forsamring"]
    for found, word in ((better, "förbättring"), (worse, "försämring")):
        if found:
            names = joined([f"*{markdown_text(i.short_title)}*" for i in found])
            sentences.append(f"En statistiskt säkerställd {word} i riket finns för {names}.")
    if numbers and not better and not worse:
        sentences.append("Ingen utveckling i riket är statistiskt säkerställd.")
    return " ".join(sentences)


def _development(view: NationalView, area: Area, indicators: list[Indicator]) -> str:
    series = [(indicator, view.riket_series(indicator)) for indicator in indicators]
    drawn = [(i, points) for i, points in series if sum(v is not None for _, v in points) >= 2][:MOST_PANELS]
    if not drawn:
        return ""
    first = min(points[0][0] for _, points in drawn)
    figure = development(drawn, years=(first, view.year), source=view.source, synthetic=view.synthetic)
    fewest, most = (f([view.reporting(i) for i, _ in drawn]) for f in (min, max))
    behind = f"{fewest}" if fewest == most else f"{fewest}–{most}"
    caption = f"{area.name}: riket {first}–{view.year}; {behind} kommuner har resultat {view.year}"
    return figure.block_markdown(caption, f"fig-utveckling-{area.id}")


def _numbers_table(view: NationalView, area: Area, indicators: list[Indicator]) -> str:
    columns = [
        Column(head="Indikator", width=3.3),
        Column(head="Typ", width=1.2),
        Column(head=f"Riket {view.year}", align="right", width=1.0),
        Column(head="Sedan förra mätningen", align="right", width=1.5),
        Column(head="Hälften av kommunerna", align="right", width=1.9),
        Column(head="Antal kommuner", align="right", width=1.3),
        Column(head="Trend i riket", width=1.7),
        Column(head="Säkerhet", width=1.8),
    ]
    rows: list[list[Cell]] = []
    for indicator in indicators:
        now = view.riket(indicator, view.year)
        before = view.previous(indicator)
        values = view.kommun_values(indicator)
        unit = unit_heading(indicator)
        scale = indicator.scale
        middle = [cell(float(values.quantile(q)), scale) for q in (0.25, 0.75)] if len(values) else []
        rows.append(
            [
                f"{indicator.short_title}, {unit}"
                if unit and unit not in indicator.short_title
                else indicator.short_title,
                TYPE_WORDS[indicator.type],
                "–" if now is None else cell(now, scale),
                "–" if now is None or before is None else f"{difference_cell(now - before[1], scale)} ({before[0]})",
                "–".join(middle) or "–",
                number(view.reporting(indicator)),
                trend_words(view.trend(indicator) or "for_fa"),
                grade_text(view.grade(indicator)),
            ]
        )
    caption = f": {area.name}: riket och kommunernas spridning {view.year} {{#tbl-riket-{area.id}}}"
    note = (
        "Hälften av kommunerna har resultat mellan de två värdena (nedre och övre kvartilen). Förändringar av "
        "procenttal anges i procentenheter."
    )
    return "\n\n".join([f"{table(columns, rows)}\n{caption}", note, *quality_notes(view, indicators)])


def _answers_table(view: NationalView, area: Area, indicators: list[Indicator], *, legend: bool) -> str:
    columns = [
        Column(head="Fråga till kommunerna", width=4.4),
        Column(head="Typ", width=1.2),
        Column(head=f"Ja {view.year}, procent", align="right", width=1.2),
        Column(head="Sedan förra mätningen, procentenheter", align="right", width=1.8),
        Column(head="Antal kommuner", align="right", width=1.2),
        Column(head="Säkerhet", width=1.8),
    ]
    rows: list[list[Cell]] = []
    for indicator in indicators:
        now = view.riket(indicator, view.year)
        before = view.previous(indicator)
        scale = indicator.scale
        rows.append(
            [
                indicator.short_title,
                TYPE_WORDS[indicator.type],
                "–" if now is None else cell(now, scale),
                "–" if now is None or before is None else f"{difference_cell(now - before[1], scale)} ({before[0]})",
                number(view.reporting(indicator)),
                grade_text(view.grade(indicator)),
            ]
        )
    caption = f": {area.name}: andel kommuner som svarat ja {view.year} {{#tbl-svar-{area.id}}}"
    return "\n\n".join([f"{table(columns, rows)}\n{caption}", *quality_notes(view, indicators, legend=legend)])


def _groups(view: NationalView, area: Area, key: Indicator) -> str:
    values = view.unweighted(key, Level.KOMMUNGRUPP)
    dots = group_dots(
        key,
        [(group.namn, values.get(group.kod)) for group in kommungrupper()],
        riket=view.riket(key, view.year),
        source=view.source,
        synthetic=view.synthetic,
    )
    counts = view.behind(key, Level.KOMMUNGRUPP)
    what = "andel kommuner som svarat ja" if key.is_answer else "ovägt medelvärde av kommunernas resultat"
    caption = f"{key.short_title} {view.year} efter kommungrupp, {what}; {_behind(view, key)}"
    text = dots.block_markdown(caption, f"fig-grupper-{area.id}")
    if values:
        high, low = max(values, key=lambda k: values[k]), min(values, key=lambda k: values[k])
        text += (
            f"\n\nHögst ligger {markdown_text(kommungrupp(high).namn.lower())} med "
            f"{with_unit(values[high], key)} ({antal(counts[high], 'kommun', 'kommuner')}) och lägst "
            f"{markdown_text(kommungrupp(low).namn.lower())} med {with_unit(values[low], key)} "
            f"({antal(counts[low], 'kommun', 'kommuner')})."
        )
    return f"{text}\n\n{_group_table(view, area)}"


def _group_table(view: NationalView, area: Area) -> str:
    chosen = [*view.measured(area.id, answers=False), *view.measured(area.id, answers=True)][:MOST_GROUP_COLUMNS]
    by_indicator = [
        (view.unweighted(indicator, Level.KOMMUNGRUPP), view.behind(indicator, Level.KOMMUNGRUPP))
        for indicator in chosen
    ]
    columns = [Column(head="Kommungrupp", width=2.4)]
    for indicator in chosen:
        unit = "ja, procent" if indicator.is_answer else unit_heading(indicator)
        columns.append(Column(head=f"{indicator.short_title}, {unit}", align="right", width=1.5))
    rows: list[list[Cell]] = []
    for group in kommungrupper():
        cells = [
            f"{cell(values[group.kod], indicator.scale)} ({counts[group.kod]})" if group.kod in values else "–"
            for indicator, (values, counts) in zip(chosen, by_indicator, strict=True)
        ]
        rows.append([f"{group.namn} ({group.kod})", *cells])
    caption = f": {area.name}: ovägda medelvärden efter kommungrupp {view.year} {{#tbl-grupper-{area.id}}}"
    note = "Inom parentes står hur många kommuner i gruppen som har ett resultat som kan visas."
    return f"{table(columns, rows)}\n{caption}\n\n{note}"


def _behind(view: NationalView, indicator: Indicator) -> str:
    """Return how many kommuner have a result behind riket's figure of the report year."""
    return f"{antal(view.reporting(indicator), 'kommun', 'kommuner')} har resultat"


def _map(view: NationalView, area: Area, key: Indicator) -> str:
    figure = kommun_map(key, view.kommun_colours(key), year=view.year, source=view.source, synthetic=view.synthetic)
    caption = f"{key.short_title} {view.year} i kommunerna; {_behind(view, key)}"
    legend = colour_legend(answers=key.is_answer).strip()
    return f"{figure.block_markdown(caption, f'fig-karta-{area.id}')}\n\n{legend}"
