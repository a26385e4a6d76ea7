"""The figure of an area: a few of its most telling series, drawn with axes."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.presentation.kommun.telling import most_telling, with_series
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.small_multiples import Panel, small_multiples
from lagesbild.presentation.traced import Subject

#: An area of fewer results has its series in the table alone.
FEWEST = 5


def development(view: KommunView, area: Area, quality: Sequence[Result]) -> list[str]:
    """Return the figure of the area's most telling series, own, riket's and similar kommuner's; none without series.

    Parameters
    ----------
    view
        The kommun.
    area
        The area, for the caption.
    quality
        Its known results of quality in numbers.
    """
    drawn = most_telling(view, with_series(view, list(quality)))
    if len(quality) < FEWEST or not drawn:
        return []
    panels = [
        Panel(
            indicator=one.indicator,
            own=view.series(one.indicator),
            riket=view.series(one.indicator, "riket"),
            similar=view.series(one.indicator, "liknande"),
            status=one.status,
        )
        for one in drawn
    ]
    first = min(point[0] for panel in panels for point in panel.own)
    figure = small_multiples(panels, name=view.kommun.namn, years=(first, view.year), synthetic=view.synthetic)
    which = "De serier som säger mest" if len(drawn) > 1 else "Den serie som säger mest"
    caption = f"{area.name}: {which.lower()}, {first}–{view.year}. Källa: {view.source}."
    about = [Subject(one.indicator.id, view.year, view.kommun.kod) for one in drawn]
    return [figure.block_markdown(caption, f"fig-{area.id}", about)]
