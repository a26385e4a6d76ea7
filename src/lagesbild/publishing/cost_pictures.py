"""Costs and results of one kommun and its similar kommuner, from a release's analysed figures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Direction, Indicator, Part, Scale
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.cost_quality import four_fields, together
from lagesbild.methods.panel import panel
from lagesbild.presentation.four_fields import (
    WARNING,
    four_field_figure,
    placed_words,
    together_words,
)
from lagesbild.presentation.numbers import is_missing
from lagesbild.presentation.sections import of_quality
from lagesbild.publishing.comparison_groups import release_groups
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.release_metadata import layout_of
from lagesbild.publishing.underlag import read_frames


def cost_example(*, area: str, kommun: str | int, year: int | str, source: str) -> str:
    """Return the Markdown of a kommun's costs beside its results: picture, its place in words, the country, a warning.

    Cost and result are the key figure and the quality indicator of the area that most of the kommuner have in the
    latest year in which half of them have both; among equals kronor and percentages go first. Similar kommuner are the
    release's (`release_groups`); where it has none, those of the same kommungrupp.

    Raises
    ------
    ParameterError
        For an unknown area, kommun, year or source.
    NotBuiltError
        If the area has not been analysed.
    """
    layout = layout_of(source, year)
    about, one = area_called(area), kommun_called(kommun)
    indicators = [i for i in load_catalogue().in_area(about.id) if not i.is_answer]
    figures = read_frames(layout, "indikatorer", [about.id])
    rows = panel(figures[figures["level"] == Level.KOMMUN].assign(unit=""), indicators=indicators)
    others, kind = _similar(release_groups(layout).of(about.id).similar, one.kod)
    chosen = _most_told(rows, indicators, [one.kod, *others], layout.year)
    if chosen is None:
        return f"Inget resultat kan visas bredvid en kostnad i {about.name.lower()} {layout.year}.\n"
    cost, quality = chosen
    names = {k.kod: k.namn for k in kommuner()}
    found = four_fields(rows, cost=cost, quality=quality, kommun=one.kod, others=others, year=layout.year)
    parts = [placed_words(found, kommun=one.kod, names=names, cost=cost, quality=quality)]
    if not found.points.empty and not is_missing(found.cost):
        figure = four_field_figure(
            found,
            cost=cost,
            quality=quality,
            names=names,
            source=SOURCE_NAMES[source],
            synthetic=layout.synthetic,
        )
        parts.insert(0, figure.block_markdown(f"{one.namn} och {kind}, {found.year}", f"fig-falt-{about.id}"))
    parts.append(together_words(together(rows, cost=cost, quality=quality, year=found.year)))
    parts.append(f"*{WARNING}*")
    return "\n\n".join(parts) + "\n"


def _similar(members: pd.DataFrame, kod: str) -> tuple[list[str], str]:
    own = sorted(str(code) for code in members.loc[members["region"] == kod, "member"])
    if own:
        return own, "dess liknande kommuner"
    group = kommun_called(kod).kommungrupp_2023
    return [k.kod for k in kommuner() if k.kommungrupp_2023 == group and k.kod != kod], "kommunerna i samma kommungrupp"


def _most_told(
    rows: pd.DataFrame, indicators: Sequence[Indicator], asked: Sequence[str], year: int
) -> tuple[Indicator, Indicator] | None:
    """Return the cost and quality indicator with the latest year, up to `year`, and the most of those asked for."""
    of_them = rows[rows["region"].isin(asked) & (rows["year"] <= year)]
    have = {
        str(key): frozenset(zip(part["year"], part["region"], strict=True))
        for key, part in of_them.groupby("indicator")
    }

    def shared(cost: Indicator, quality: Indicator) -> tuple[int, int]:
        years = [y for y, _ in have.get(cost.id, frozenset()) & have.get(quality.id, frozenset())]
        enough = [y for y in set(years) if 2 * years.count(y) >= len(asked)]
        latest = max(enough, default=0)
        return latest, years.count(latest)

    costs = [i for i in indicators if i.part is Part.KOSTNADSNYCKELTAL and i.direction is Direction.INGEN]
    costs.sort(key=lambda i: i.scale is not Scale.KRONOR)
    results = [i for i in indicators if of_quality(i)]
    results.sort(key=lambda i: i.scale is not Scale.PROCENT)
    pairs = [(shared(cost, quality), cost, quality) for cost in costs for quality in results]
    best = max(pairs, key=lambda pair: pair[0], default=None)
    return None if best is None or best[0][0] == 0 else (best[1], best[2])
