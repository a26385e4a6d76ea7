"""``lagesbild arbetsbok``: workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lagesbild.cli.options import Jobs, Root, Scheduler, Source, Year, cores, layout
from lagesbild.cli.telling import tell_made

if TYPE_CHECKING:
    from lagesbild.publishing.layout import Layout


def arbetsbok(
    kommuner: Annotated[list[str] | None, typer.Argument(help="Code or name; all 290 where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    scheduler: Scheduler = None,
    area: Annotated[list[str] | None, typer.Option(help="The national workbook of an area, instead.")] = None,
    national: Annotated[
        bool, typer.Option("--riket", help="The national workbooks of all ten areas, instead.")
    ] = False,
) -> None:
    """Make workbooks (XLSX) of kommuner, with the handbook's forms; or the national ones of areas."""
    from lagesbild.publishing.kommun_workbooks import make_kommun_workbooks
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    if area or national:
        if kommuner:
            raise typer.BadParameter("Name kommuner or areas, not both.")
        _national(place, area, cores(jobs), scheduler)
        return
    with timed(place.work, "arbetsbok"):
        result = make_kommun_workbooks(place, kommuner, cores=cores(jobs), scheduler=scheduler)
    tell_made("arbetsböcker", result)


def _national(place: Layout, areas: list[str] | None, processes: int, scheduler: str | None) -> None:
    from lagesbild.publishing.area_workbooks import make_area_workbooks
    from lagesbild.publishing.timings import timed

    with timed(place.work, "omradesbok", "-".join(areas or [])):
        result = make_area_workbooks(place, areas, cores=processes, scheduler=scheduler)
    tell_made("områdesböcker", result)
