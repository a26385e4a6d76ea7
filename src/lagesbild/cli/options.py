"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lagesbild.errors import ParameterError

if TYPE_CHECKING:
    from lagesbild.publishing.layout import Layout

Source = Annotated[str, typer.Option(help="Name of the source: demo, or kolada for real data.")]
Year = Annotated[int, typer.Option(help="Year to report.")]
Root = Annotated[Path, typer.Option(help="Folder that holds _work and _release.")]
Jobs = Annotated[int, typer.Option(help="Processes; 0 for one per core.", min=0)]
Areas = Annotated[str, typer.Option(help="Areas with commas between; all ten where not given.")]
Scheduler = Annotated[
    str | None,
    typer.Option(help="Dask scheduler (tcp://address:port) whose workers shall do it; needs the extra cluster."),
]
Engine = Annotated[str | None, typer.Option(help="Render engine: quarto or embedded; Quarto where it is installed.")]


def layout(source: str, year: int, root: Path) -> Layout:
    """Return the folders that the options name; year 0 stands for no year in particular.

    Raises
    ------
    ParameterError
        If there is no such source, or it has been imported and has no such year.
    """
    from lagesbild.publishing.known_years import known_years
    from lagesbild.publishing.layout import SOURCE_NAMES, Layout

    if source not in SOURCE_NAMES:
        raise ParameterError("source", source, SOURCE_NAMES)
    place = Layout(root=root.resolve(), source=source, year=year)
    known = known_years(place)
    if year and known and year not in known:
        raise ParameterError("year", year, [str(one) for one in known])
    return place


def cores(jobs: int) -> int:
    """Return the number of processes to use."""
    return jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or 1
