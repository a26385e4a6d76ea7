"""The whole page of an indicator as Markdown, with the files that stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.recodings import breaks
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.presentation.escape import html_text, markdown_text
from lagesbild.presentation.indicator_page import kommun_map
from lagesbild.presentation.indicator_page.chart import Axis
from lagesbild.presentation.indicator_page.classes import result_classes
from lagesbild.presentation.indicator_page.definition import definition_table
from lagesbild.presentation.indicator_page.groups import groups_part
from lagesbild.presentation.indicator_page.headline import (
    measures,
    national_text,
    no_results,
    older_note,
    quality_text,
)
from lagesbild.presentation.indicator_page.kommun_table import kommun_tables
from lagesbild.presentation.indicator_page.lines import riket_chart, sexes_chart
from lagesbild.presentation.indicator_page.links import RELEASE, TOP
from lagesbild.presentation.indicator_page.movers import movers_part
from lagesbild.presentation.indicator_page.spread import answer_bars, histogram
from lagesbild.presentation.indicator_page.view import IndicatorView, quantile
from lagesbild.presentation.numbers import cell, row_decimals, status_text, with_unit
from lagesbild.presentation.sections import TYPE_WORDS, section_of
from lagesbild.presentation.svg import Figure
from lagesbild.presentation.wording import antal, joined

#: Quartiles of fewer kommuner than this say more about single kommuner than about the spread.
FEWEST_FOR_QUARTILES = 10


@dataclass(frozen=True, kw_only=True)
class IndicatorPage:
    """A page: title and subtitle (Markdown), body, description (plain) and the files beside it by name."""

    title: str
    subtitle: str
    description: str
    body: str
    files: Mapping[str, str] = field(default_factory=dict)


def indicator_page(view: IndicatorView, catalogue: Catalogue, *, first_year: int) -> IndicatorPage:
    """Return the page of one indicator; one without results is short.

    Parameters
    ----------
    view
        The indicator with its figures.
    catalogue
        All indicators.
    first_year
        First year that the release covers.
    """
    indicator = view.indicator
    area = area_called(indicator.area)
    section = section_of(indicator).heading
    head = [markdown_text(measures(indicator)), quality_text(view)]
    files: dict[str, str] = {}
    if view.latest is None:
        parts = [*head, f"## Resultat\n\n{no_results(view, first_year)}"]
    else:
        parts = [*head, older_note(view), *_results(view, files)]
    parts += [
        f"## Definition\n\n{definition_table(indicator, catalogue, view.year)}",
        f"## Ladda ner och gå vidare\n\n{_onward(view, area)}",
    ]
    return IndicatorPage(
        title=markdown_text(indicator.short_title),
        subtitle=markdown_text(f"{area.name}. {section}. {TYPE_WORDS[indicator.type]}."),
        description=measures(indicator),
        body="\n\n".join(part for part in parts if part),
        files=files,
    )


def _results(view: IndicatorView, files: dict[str, str]) -> list[str]:
    """Return the sections on results, and put the map among the files."""
    year, indicator = view.latest or 0, view.indicator
    parts = [f"## Riket\n\n{national_text(view)}", *_development(view)]
    classes = result_classes(view)
    if view.shown:
        files[kommun_map.FILE] = kommun_map.kommun_map(classes, synthetic=view.synthetic)
        words = kommun_map.map_words(classes, indicator.short_title, year, synthetic=view.synthetic)
        picture = (
            f'<div class="karta"><img src="{kommun_map.FILE}" width="{kommun_map.WIDTH:.0f}" '
            f'height="{kommun_map.HEIGHT:.0f}" loading="lazy" alt="{html_text(words)}">\n'
            f"{kommun_map.legend(classes)}</div>"
        )
        source = markdown_text(f"Källa: {view.source}.")
        parts.append(f"## Kommunerna {year}\n\n```{{=html}}\n{picture}\n```\n\n[{source}]{{.dampad}}")
        parts += [_spread(view)]
    parts.append(kommun_tables(view, classes))
    parts.append(f"## Kommuner som har ändrats mest\n\n{movers_part(view)}")
    parts.append(f"## Kommungrupper och län\n\n{groups_part(view)}")
    return [part for part in parts if part]


def _figure(figure: Figure, caption: str, label: str, view: IndicatorView) -> str:
    told = markdown_text(f"{caption}. Källa: {view.source}.")
    drawn = figure.svg.replace("<svg ", '<svg class="diagram" ', 1)
    return f"::: {{#{label}}}\n\n```{{=html}}\n{drawn}\n```\n\n{told}\n\n:::"


def _development(view: IndicatorView) -> list[str]:
    """Return the figures over time."""
    indicator = view.indicator
    if indicator.is_answer:
        answers = {year: counts for year in view.years if sum((counts := view.answers_in(year)).values())}
        if not answers:
            return []
        figure = answer_bars(answers, synthetic=view.synthetic)
        return [_figure(figure, "Kommunernas svar, procent av dem som svarat", "fig-svar", view)]
    series, changed = view.riket(), breaks(indicator.id)
    parts = []
    if len(series) > 1:
        middle = {
            year: (quantile(values, 0.25), quantile(values, 0.75))
            for year in view.years
            if len(values := view.values_in(year)) >= FEWEST_FOR_QUARTILES
        }
        figure, axis = riket_chart(indicator, series, middle, breaks=changed, synthetic=view.synthetic)
        parts.append(_figure(figure, _riket_caption(view, axis), "fig-riket", view))
    women, men = (view.riket(sex) for sex in (Sex.KVINNOR, Sex.MAN))
    if women and men and len({*women, *men}) > 1:
        figure = sexes_chart(indicator, women, men, breaks=changed, synthetic=view.synthetic)
        parts.append(_figure(figure, "Kvinnor och män i riket", "fig-kon", view))
    return parts


def _riket_caption(view: IndicatorView, axis: Axis) -> str:
    drawn = ["det skuggade är den halva av kommunerna som ligger i mitten"]
    if any(one.lower is not None for one in view.riket().values()):
        drawn.insert(0, "strecken vid punkterna är 95 procents intervall")
    said = f"Riket över tid: {'; '.join(drawn)}"
    return said if axis.from_zero else f"{said}. Axeln börjar inte på noll"


def _spread(view: IndicatorView) -> str:
    """Return how the kommuner spread, in words and as a histogram; nothing for answers, whose bars tell it."""
    indicator, year = view.indicator, view.latest or 0
    values = view.values_in(year)
    if indicator.is_answer or len(values) < FEWEST_FOR_QUARTILES:
        return ""
    low, middle, high = (quantile(values, share) for share in (0.25, 0.5, 0.75))
    places = row_decimals(indicator.scale, [low, middle, high])
    said = (
        f"Hälften av kommunerna har mellan {cell(low, indicator.scale, decimals=places)} och "
        f"{with_unit(high, indicator, places)}, och medianen är {cell(middle, indicator.scale, decimals=places)}. "
        f"{_missing(view)}"
    )
    now = view.riket().get(year)
    figure = histogram(indicator, values, now.value if now else None, synthetic=view.synthetic)
    caption = "Antal kommuner efter resultat; det skuggade är den halva av kommunerna som ligger i mitten"
    return f"### Spridning\n\n{said}\n\n{_figure(figure, caption, 'fig-spridning', view)}"


def _missing(view: IndicatorView) -> str:
    """Return how many kommuner have no result, and why."""
    told = [
        f"{antal(n, 'kommun', 'kommuner')} för att {status_text(status, long=True)} ({status_text(status)})"
        for status, n in sorted(view.statuses().items())
        if status != Status.OK
    ]
    return f"Utan resultat är {joined(told)}." if told else "Alla kommuner har resultat."


def _onward(view: IndicatorView, area: Area) -> str:
    name, indicator = markdown_text(area.name), view.indicator
    lines = [
        f"- [Området {name}]({TOP}omraden/{area.id}/index.qmd): alla indikatorer, året i korthet och nedladdningar"
    ]
    if view.latest is not None:
        lines = [
            f"- [Ladda ner alla års resultat (CSV)]({RELEASE}data/indikator/{indicator.id}.csv), också för kvinnor "
            f"och män; kolumnerna beskrivs på sidan [Data]({TOP}data/index.html)",
            f"- [Jämför kommuner]({TOP}jamfor/index.html?indikator={indicator.id})",
            *lines,
        ]
    lines.append(f"- [Alla indikatorer]({TOP}indikatorer/index.qmd)")
    lines.append(
        f"- [Metodbeskrivning för området]({TOP}metod/{area.id}/index.qmd) och [metoderna]({TOP}metod/index.ipynb)"
    )
    return "\n".join(lines)
