"""How an area's results spread between kommuner, and where in the country."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Level
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.figures import distribution_strip
from lagesbild.presentation.maps_together import maps_together
from lagesbild.presentation.national.group_section import behind
from lagesbild.presentation.national.telling import most_telling
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, number
from lagesbild.presentation.sections import of_quality

#: Strips in the figure.
MOST_STRIPS = 6
#: Quartiles of fewer kommuner than this say more about single kommuner than about the spread.
FEWEST_FOR_QUARTILES = 10


def map_label(area: Area) -> str:
    """Return the label of an area's maps."""
    return f"fig-karta-{area.id}"


def spread_section(view: NationalView, area: Area, key: Indicator, *, level: int) -> list[str]:
    """Return the Markdown blocks of the spread between kommuner, with the maps of the area's key indicator."""
    parts = [f"{'#' * level} Spridning mellan kommuner"]
    rows = [(one, view.kommun_values(one)) for one in _percentages(view, area)]
    if rows:
        figure = distribution_strip(
            [(one, [float(v) for v in values], view.riket(one, view.year)) for one, values in rows],
            source=view.source,
            synthetic=view.synthetic,
        )
        parts += [
            f"{_told(rows)} Alla kommuners resultat i de indikatorerna finns i @fig-spridning-{area.id}, och "
            f"@{map_label(area)} visar var i landet *{markdown_text(key.short_title)}* är hög och låg.",
            figure.block_markdown(
                f"{area.name}: kommunernas resultat {view.year}, procent. Mitthälften är den hälft av kommunerna som "
                "ligger mellan nedre och övre kvartilen",
                f"fig-spridning-{area.id}",
            ),
        ]
    maps = maps_together(
        key,
        view.kommun_colours(key),
        view.unweighted(key, Level.LAN),
        source=view.source,
        synthetic=view.synthetic,
    )
    what = "andel kommuner som svarar ja" if key.is_answer else "ovägt medelvärde av kommunernas resultat"
    caption = f"{key.short_title} {view.year}: kommunerna och länen ({what}); {behind(view, key)}"
    return [*parts, maps.block_markdown(caption, map_label(area))]


def _percentages(view: NationalView, area: Area) -> list[Indicator]:
    """Return the percentages of quality that are drawn: those whose series are told, then the others by tier."""
    measured = view.measured(area.id, answers=False)
    fit = [
        one
        for one in [*most_telling(view, measured), *measured]
        if one.scale is Scale.PROCENT and len(view.kommun_values(one)) >= FEWEST_FOR_QUARTILES
    ]
    unique = {one.id: one for one in fit if of_quality(one)}
    return list(unique.values())[:MOST_STRIPS]


def _told(rows: list[tuple[Indicator, pd.Series[float]]]) -> str:
    spans = []
    for one, values in rows:
        low, high = (float(values.quantile(q)) for q in (0.1, 0.9))
        spans.append((high - low, one, low, high))
    wide, narrow = max(spans, key=lambda s: (s[0], s[1].id)), min(spans, key=lambda s: (s[0], s[1].id))

    def said(span: tuple[float, Indicator, float, float]) -> str:
        _, one, low, high = span
        return (
            f"*{markdown_text(one.short_title)}*, där en tiondel av kommunerna ligger under "
            f"{cell(low, one.scale)} och en tiondel över {cell(high, one.scale)} procent"
        )

    if len(spans) == 1:
        return f"I {said(wide)}, skiljer det {number(wide[0])} procentenheter mellan tiondelarna."
    return f"Störst är spridningen i {said(wide)}. Minst är den i {said(narrow)}."
