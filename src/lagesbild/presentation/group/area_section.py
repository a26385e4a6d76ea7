"""One area of a group's report: a table with a row per indicator and its kommuner as dots, and the checklist."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Scale
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.group.dots import dots
from lagesbild.presentation.group.view import GroupResult, GroupView
from lagesbild.presentation.numbers import is_missing, number, row_decimals
from lagesbild.presentation.sections import by_section, of_quality
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import unit_heading


def area_section(view: GroupView, area: Area) -> str:
    """Return the Markdown of one area, from its heading on."""
    numbers, answers = view.of(area, answers=False), view.of(area, answers=True)
    quality = [one for one in numbers if of_quality(one.indicator)]
    other = [one for one in numbers if not of_quality(one.indicator)]
    parts = [f"## {area.name} {{#sec-{area.id}}}"]
    if not numbers and not answers:
        return f"{parts[0]}\n\nIngen av kommunerna har något resultat i området {view.year}.\n"
    if quality:
        parts.append(_quality(view, area, _ordered(quality)))
    if other:
        parts.append(_other(view, area, other))
    if answers:
        parts.append(_checklist(view, area, _ordered(answers)))
    return "\n\n".join(parts) + "\n"


def _ordered(results: Sequence[GroupResult]) -> list[GroupResult]:
    """Return results in the order of the kommun reports' tables."""
    return [one for _, rows in by_section(results, lambda result: result.indicator) for one in rows]


def _quality(view: GroupView, area: Area, results: Sequence[GroupResult]) -> str:
    columns = [
        Column(head="Indikator", width=2.9),
        Column(head="Kommunerna", width=2.55),
        Column(head="Antal", align="right", width=0.65),
        Column(head="Medel (vägt)", align="right", width=1.3),
        Column(head="Riket", align="right", width=0.8),
        Column(head="▲ bättre, ▼ sämre", width=1.15),
        Column(head="↑ förbättrat, ↓ försämrat", width=1.45),
    ]
    return captioned_table(
        columns,
        [_quality_row(one) for one in results],
        caption=f"{area.name} {view.year}: resultat i procent där inget annat anges, och i hur många kommuner "
        "skillnaden mot riket och förändringen är säker",
        label=f"tbl-{area.id}-resultat",
    )


def _quality_row(result: GroupResult) -> list[Cell]:
    tested = any(one.against_riket for one in result.shown)
    followed = any(one.trend not in ("", "for_fa") for one in result.shown)
    return [
        _named(result),
        dots(result),
        _count(result),
        *_means(result),
        f"▲\u00a0{len(result.against('battre'))} ▼\u00a0{len(result.against('samre'))}" if tested else "–",
        f"↑\u00a0{len(result.trending('forbattring'))} ↓\u00a0{len(result.trending('forsamring'))}"
        if followed
        else "–",
    ]


def _other(view: GroupView, area: Area, results: Sequence[GroupResult]) -> str:
    columns = [
        Column(head="Nyckeltal", width=3.4),
        Column(head="Antal", align="right", width=0.65),
        Column(head="Medel (vägt)", align="right", width=1.6),
        Column(head="Riket", align="right", width=1.0),
        Column(head="Lägst", align="right", width=1.0),
        Column(head="Högst", align="right", width=1.0),
    ]
    return captioned_table(
        columns,
        [
            [
                _named(one),
                _count(one),
                *_means(one),
                *(_printed(one, end[0]) for end in (one.values[0], one.values[-1])),
            ]
            for one in results
        ],
        caption=f"{area.name} {view.year}: kostnader, bakgrund och centrala nyckeltal",
        label=f"tbl-{area.id}-nyckeltal",
    )


def _checklist(view: GroupView, area: Area, results: Sequence[GroupResult]) -> str:
    columns = [
        Column(head="Fråga", width=4.2),
        *(Column(head=head, align="right", width=0.75) for head in ("✓ Ja", "◆ Delvis", "× Nej")),
        Column(head="Andel ja, procent", align="right", width=1.0),
        Column(head="Riket, procent", align="right", width=1.0),
    ]
    rows: list[list[Cell]] = [
        [
            Markup(markdown_text(one.indicator.short_title)),
            *(number(len(one.answered(answer))) for answer in ("ja", "delvis", "nej")),
            "–" if one.unweighted is None else number(one.unweighted),
            "–" if one.riket is None else number(one.riket),
        ]
        for one in results
    ]
    return captioned_table(
        columns,
        rows,
        caption=f"{area.name} {view.year}: antal kommuner efter svar",
        label=f"tbl-{area.id}-checklista",
    )


def _named(result: GroupResult) -> Markup:
    indicator = result.indicator
    unit = "" if indicator.scale is Scale.PROCENT else f" ({unit_heading(indicator)})"
    return Markup(markdown_text(f"{indicator.short_title}{unit}"))


def _count(result: GroupResult) -> str:
    return number(len(result.shown))


def _means(result: GroupResult) -> list[str]:
    """Return the group's mean with the weighted one in brackets, and riket's."""
    plain, weighted = result.unweighted, result.weighted
    mean = "–" if plain is None else _printed(result, plain)
    if plain is not None and weighted is not None:
        mean += f" ({_printed(result, weighted)})"
    return [mean, "–" if result.riket is None or is_missing(result.riket) else _printed(result, result.riket)]


def _printed(result: GroupResult, value: float) -> str:
    shown = [result.unweighted, result.riket, *(value for value, _ in result.values)]
    return number(value, row_decimals(result.indicator.scale, shown))
