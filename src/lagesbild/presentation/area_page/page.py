"""The whole page of an area as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lagesbild.catalogue.areas import Area, status_report
from lagesbild.catalogue.indicators import Direction, Indicator, IndicatorType, Scale, Tier
from lagesbild.catalogue.key_indicators import load_key_indicators
from lagesbild.presentation.area_page.tables import INDICATORS, changes_text, indicator_tables, key_table, link
from lagesbild.presentation.escape import html_text, markdown_text
from lagesbild.presentation.indicator_page import kommun_map
from lagesbild.presentation.indicator_page.classes import result_classes
from lagesbild.presentation.indicator_page.groups import groups_part
from lagesbild.presentation.indicator_page.view import IndicatorView
from lagesbild.presentation.method_links import area_documents
from lagesbild.presentation.quality_words import grade_legend, grade_text, uncertain_lines
from lagesbild.presentation.sections import TYPE_WORDS, of_quality
from lagesbild.presentation.wording import antal, capitalised, joined

#: What each type of indicator tells.
_TYPES = {
    IndicatorType.STRUKTUR: "hur verksamheten är ordnad, till exempel rutiner, utbildning och bemanning",
    IndicatorType.PROCESS: "vad som görs och hur, till exempel uppföljning, samordning och väntetider",
    IndicatorType.RESULTAT: "vad det leder till för dem som får stöd, till exempel trygghet och nöjdhet",
}


def area_page(
    area: Area,
    views: Mapping[str, IndicatorView],
    *,
    year: int,
    years: Sequence[int],
    prose: str = "",
    nonresponse: Sequence[str] = (),
) -> str:
    """Return the body of an area's page.

    Parameters
    ----------
    area
        The area.
    views
        Its indicators with their figures.
    year, years
        The report year, and the years that there are files of figures of.
    prose
        What analysts have written of the area, as Markdown.
    nonresponse
        Markdown blocks on who has not answered (`presentation.national.nonresponse`), their heading at level 3.
    """
    parts = [markdown_text(area.purpose), f"## Året i korthet\n\n{_brief(views, year, prose)}"]
    key = _key_views(area, views, year)
    if key:
        parts.append(f"## Riket i siffror\n\n{key_table(key, year)}")
    parts.append(f"## Indikatorer\n\n{_types(views)}\n\n{indicator_tables(views, year)}")
    shown = _shown(views, year)
    if shown is not None:
        parts.append(f"## Skillnader mellan kommuner\n\n{_differences(shown)}")
    parts.append(f"## Uppgifternas kvalitet\n\n{_quality(views, year)}")
    parts += nonresponse
    parts.append(f"## Ladda ner\n\n{downloads(area, years)}")
    return "\n\n".join(parts) + "\n"


def _brief(views: Mapping[str, IndicatorView], year: int, prose: str) -> str:
    now = [view for view in views.values() if view.latest == year]
    if not now:
        said = f"Inga nationella uppgifter finns för {year}."
        return "\n\n".join(filter(None, (prose, said)))
    many = antal(len(now), "indikator", "indikatorer")
    said = f"{capitalised(many)} av {len(views)} har resultat för {year}."
    return "\n\n".join(filter(None, (prose, said, changes_text(now))))


def _key_views(area: Area, views: Mapping[str, IndicatorView], year: int) -> list[IndicatorView]:
    """Return the area's key indicators that have a result of the report year."""
    chosen = load_key_indicators().chosen([area.id], lambda name: views[name].shown if name in views else 0)
    return [view for name in chosen[area.id] if (view := views[name]).latest == year and year in view.riket()]


def _types(views: Mapping[str, IndicatorView]) -> str:
    counts = Counter(view.indicator.type for view in views.values())
    lines = [
        f"- **{TYPE_WORDS[kind]}** ({antal(counts[kind], 'indikator', 'indikatorer')}): {told}"
        for kind, told in _TYPES.items()
    ]
    return (
        "Indikatorerna är av tre typer:\n\n" + "\n".join(lines) + "\n\nStruktur och process säger om "
        "förutsättningarna finns och används; bara resultaten säger hur det blev. Står ett år inom parentes gäller "
        "värdet det året. *Säkerställd* är en ändring som är större än slumpen ger, *slump* en som ryms inom den."
    )


def _shown(views: Mapping[str, IndicatorView], year: int) -> IndicatorView | None:
    """Return the indicator whose map and groups are shown: of quality, base, a result and a percentage if there is."""

    def worth(view: IndicatorView) -> tuple[bool, bool, bool, bool, bool, int]:
        one: Indicator = view.indicator
        return (
            not one.is_answer and one.direction is not Direction.INGEN,
            of_quality(one),
            one.tier is Tier.BAS,
            one.type is IndicatorType.RESULTAT,
            one.scale is Scale.PROCENT,
            view.shown,
        )

    return max((view for view in views.values() if view.latest == year and view.shown), key=worth, default=None)


def _differences(view: IndicatorView) -> str:
    """Return map and groups of one indicator; the map is the file of the indicator's page."""
    classes, one = result_classes(view), view.indicator
    words = kommun_map.map_words(classes, one.short_title, view.latest or 0, synthetic=view.synthetic)
    picture = (
        f'<div class="karta"><img src="{INDICATORS}{one.id}/{kommun_map.FILE}" width="{kommun_map.WIDTH:.0f}" '
        f'height="{kommun_map.HEIGHT:.0f}" loading="lazy" alt="{html_text(words)}">\n'
        f"{kommun_map.legend(classes)}</div>"
    )
    source = markdown_text(f"Källa: {view.source}.")
    return (
        f"Kartan och tabellerna visar {link(view)} {view.latest}. Varje indikator har en sida med samma uppgifter och "
        f"alla kommuners resultat.\n\n```{{=html}}\n{picture}\n```\n\n[{source}]{{.dampad}}\n\n{groups_part(view)}"
    )


def _quality(views: Mapping[str, IndicatorView], year: int) -> str:
    graded = [view for view in views.values() if view.latest == year and view.grade[0]]
    if not graded:
        return f"Uppgifterna för {year} har inte bedömts."
    counts = Counter(view.grade[0] for view in graded)
    told = joined([f"{n} {grade_text(grade)}" for grade, n in sorted(counts.items())])
    lines = uncertain_lines([(view.indicator.short_title, *view.grade) for view in graded])
    parts = [f"Av {len(graded)} indikatorer med resultat för {year} är uppgifternas säkerhet {told}. {grade_legend()}"]
    return "\n\n".join([*parts, *(["".join(lines)] if lines else [])])


def downloads(area: Area, years: Sequence[int]) -> str:
    """Return links to the area's files in the release and to the rest of the website."""
    folder, data = f"../../../omraden/{area.id}/", "../../../data/indikatorer/"
    report = status_report(area.report)
    files = ", ".join(f"[{year}]({data}{area.id}-{year}.csv)" for year in years)
    return "\n".join(
        [
            f"- [Alla kommuners resultat (Excel)]({folder}{area.id}.xlsx)",
            area_documents(area).rstrip(),
            f"- Alla uppgifter ett år i taget (CSV): {files}",
            f"- [Lägesrapporten {markdown_text(report.name)}](../../lagesrapporter/{report.id}/index.html)",
        ]
    )
