"""``lagesbild arbetsbok``: workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Jobs, Root, Scheduler, Source, Year, cores, layout


def arbetsbok(
    kommuner: Annotated[list[str] | None, typer.Argument(help="Code or name; all 290 where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    scheduler: Scheduler = None,
) -> None:
    """Make workbooks (XLSX) of kommuner: results, comparisons and the handbook's forms."""
    from lagesbild.publishing.kommun_workbooks import make_kommun_workbooks
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "arbetsbok"):
        result = make_kommun_workbooks(place, kommuner, cores=cores(jobs), scheduler=scheduler)
    typer.echo(f"arbetsböcker: {result.made} made, {result.current} up to date")
    result.raise_failures()
