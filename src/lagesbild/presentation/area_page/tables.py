"""An area's indicators in tables that lead to their pages, section by section, and what has changed in riket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lagesbild.catalogue.indicators import Scale
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.indicator_page.headline import change
from lagesbild.presentation.indicator_page.view import IndicatorView
from lagesbild.presentation.marks import sparkline
from lagesbild.presentation.numbers import cell, difference_cell, row_decimals, with_unit
from lagesbild.presentation.quality_words import grade_text
from lagesbild.presentation.sections import TYPE_WORDS, by_section, of_quality
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.traced import national
from lagesbild.presentation.wording import antal, capitalised, count_word, joined, trend_cell, trend_words

#: From the folder of an area's page to those of the indicators.
INDICATORS = "../../indikatorer/"

#: An area with at most this many indicators shows its tables; in a larger one they are folded, or it has no overview.
_FEW = 30

#: A sentence names at most this many indicators; the tables have all.
MOST_NAMED = 6


def link(view: IndicatorView) -> str:
    """Return a link in Markdown to an indicator's page."""
    return f"[{markdown_text(view.indicator.short_title)}]({INDICATORS}{view.indicator.id}/index.qmd)"


def changes_text(views: Sequence[IndicatorView]) -> str:
    """Return which indicators of quality have got better and worse in riket by more than chance, as a list."""
    lines = []
    for label, word in (("sakerstalld_forbattring", "förbättring"), ("sakerstalld_forsamring", "försämring")):
        found = [view for view in views if _trend(view) == label and of_quality(view.indicator)]
        if not found:
            lines.append(f"- Ingen {word} av kvaliteten i riket är statistiskt säkerställd.")
            continue
        # Those that users and results tell of first, then in the catalogue's order.
        found.sort(key=lambda view: (view.indicator.tier != "bas", view.indicator.type != "resultat"))
        names = [link(view) for view in found[:MOST_NAMED]]
        names += [f"{count_word(len(found) - MOST_NAMED)} till"] if len(found) > MOST_NAMED else []
        many = antal(len(found), "indikator", "indikatorer")
        lines.append(f"- **Säkerställd {word} över tid på {many}:** {joined(names)}.")
    return "\n".join(lines)


def _trend(view: IndicatorView) -> str:
    """Return the label of riket's trend where it reaches the report year."""
    trend = view.national_trend
    return "" if trend is None or view.latest != view.year else trend.label


def key_table(views: Sequence[IndicatorView], year: int) -> str:
    """Return the area's key figures as a table."""
    return _table(views, year, f"Utvalda indikatorer, riket {year}", "tbl-riket")


def indicator_tables(views: Mapping[str, IndicatorView], year: int) -> str:
    """Return all indicators of an area, a table for each part and dimension, as Markdown."""
    sections = by_section(list(views.values()), lambda view: view.indicator)
    links = joined([f"[{section.heading}](#{section.key})" for section, _ in sections])
    parts = [f"Gå till: {links}."]
    for section, found in sections:
        measured = [view for view in found if view.latest is not None]
        without = [view for view in found if view.latest is None]
        parts += [f"### {section.heading} {{#{section.key}}}", _summary(found, year)]
        if measured:
            caption = f"{section.heading}, resultat i riket {year}"
            shown = "open" if len(views) <= _FEW else ""
            many = antal(len(measured), "indikator", "indikatorer")
            parts += [_raw(f'<details class="tabell" {shown}><summary>Tabell med {many}</summary>')]
            parts += [_table(measured, year, caption, f"tbl-{section.key}"), _raw("</details>")]
        if without:
            names = f"Utan resultat: {joined([link(view) for view in without])}."
            folded = [
                _raw(
                    f'<details class="tabell"><summary>{capitalised(count_word(len(without)))} utan resultat</summary>'
                )
            ]
            parts += [*folded, names, _raw("</details>")] if len(without) > MOST_NAMED else [names]
    return "\n\n".join(parts)


def _raw(markup: str) -> str:
    return f"```{{=html}}\n{markup}\n```"


def _summary(views: Sequence[IndicatorView], year: int) -> str:
    """Return how many indicators a section has, and how many trends in riket are secured and which way."""
    now = sum(view.latest == year for view in views)
    many = capitalised(antal(len(views), "indikator", "indikatorer"))
    which = "alla " if now == len(views) else f"{count_word(now)} " if now else "ingen "
    if len(views) == 1:
        which = "" if now else "utan "
    said = f"{many}, {which}{'' if which == 'utan ' else 'med '}resultat för {year}."
    labels = Counter(_trend(view) for view in views)
    told = [
        f"en {trend_words(label)} för {count_word(n)}"
        for label, n in sorted(labels.items())
        if label.startswith("sakerstalld")
    ]
    return f"{said} Trenden i riket är {joined(told)}." if told else said


def _table(views: Sequence[IndicatorView], year: int, caption: str, label: str) -> str:
    columns = [
        Column(head="Indikator", width=3.6),
        Column(head="Riket", align="right", width=1.5, fact="riket"),
        Column(head="Sedan förra mätningen", align="right", width=1.8),
        Column(head="Utveckling", width=1.3),
        Column(head="Trend", width=1.7, fact="trend_riket"),
        Column(head="Säkerhet", width=1.1),
    ]
    about = [national(view.indicator.id, view.latest or year) for view in views]
    return captioned_table(columns, [_row(view, year) for view in views], caption=caption, label=label, about=about)


def _row(view: IndicatorView, year: int) -> list[Cell]:
    indicator = view.indicator
    name = f"{link(view)} [({TYPE_WORDS[indicator.type].lower()})]{{.dampad}}"
    series = view.riket()
    now = series.get(view.latest or 0)
    if now is None or now.value is None:
        return [Markup(name), "–", "–", "–", "–", grade_text(view.grade[0]) if view.grade[0] else "–"]
    printed = with_unit(now.value, indicator)
    if indicator.is_answer or indicator.scale is Scale.PROCENT:
        printed = f"{cell(now.value, indicator.scale, unit=True)}{' ja' if indicator.is_answer else ''}"
    older = f" ({view.latest})" if view.latest != year else ""
    found = change(view)
    told = "–"
    if found is not None:
        verdict = {True: "säkerställd", False: "slump", None: "ej prövad"}[found.secured]
        places = row_decimals(indicator.scale, [now.value])
        told = f"{difference_cell(found.gap, indicator.scale, places)} ({found.before}), {verdict}"
    points = [(one, result.value) for one, result in series.items()]
    trend = view.national_trend
    return [
        Markup(name),
        f"{printed}{older}",
        told,
        sparkline(points, [], indicator, name="Riket", width=72) if len(points) > 1 else "–",
        trend_cell(trend.label, trend.slope) if trend is not None else "–",
        grade_text(view.grade[0]) if view.grade[0] else "–",
    ]
