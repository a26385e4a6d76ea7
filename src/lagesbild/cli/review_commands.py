"""``lagesbild oversyn``: the critical review of the indicators."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Engine, Jobs, Root, Source, Year, cores, layout
from lagesbild.cli.telling import tell_made


def oversyn(
    areas: Annotated[list[str] | None, typer.Argument(help="Area; all ten where not given.")] = None,
    clearest: Annotated[int, typer.Option(help="Only tell this many of the clearest cases.", min=0)] = 0,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    engine: Engine = None,
) -> None:
    """Make the critical review of each area's indicators (PDF), or tell the clearest cases."""
    from lagesbild.catalogue.areas import AREA_IDS
    from lagesbild.catalogue.areas import area as area_called
    from lagesbild.publishing.review_reports import REVIEWS, clearest_lines
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    chosen = [area_called(name).id for name in areas or AREA_IDS]
    if clearest:
        for line in clearest_lines(place, chosen, clearest):
            typer.echo(line)
        return
    with timed(place.work, "oversyn", "-".join(areas or [])):
        result = REVIEWS.make(place, chosen, cores=cores(jobs), engine=engine)
    tell_made("översyner", result)
