"""``lagesbild presentation``: slides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Engine, Jobs, Root, Scheduler, Source, Year, cores, layout
from lagesbild.cli.telling import tell_made


def presentation(
    kommuner: Annotated[list[str] | None, typer.Argument(help="Code or name; all 290 where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    engine: Engine = None,
    scheduler: Scheduler = None,
) -> None:
    """Make slides (PPTX) of kommuner for a committee meeting of ten minutes."""
    from lagesbild.publishing.presentations import make_presentations
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "presentation"):
        result = make_presentations(place, kommuner, cores=cores(jobs), engine=engine, scheduler=scheduler)
    tell_made("presentationer", result)
