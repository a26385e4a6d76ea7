"""``lagesbild quality``: the grades of the data, and the indicators whose data are worst."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout


def quality(
    source: Source = "demo",
    year: Year = 2024,
    worst: Annotated[int, typer.Option(help="How many of the worst indicators to tell about.", min=0)] = 10,
    area: Annotated[list[str] | None, typer.Option(help="Area; all ten where not given.")] = None,
    root: Root = Path(),
) -> None:
    """Grade the data of every indicator and tell which are worst and why; needs only an import."""
    from rich.console import Console

    from lagesbild.catalogue.areas import AREA_IDS
    from lagesbild.publishing.quality_report import graded_areas, grades_table, worst_lines

    place = layout(source, year, root)
    grades = graded_areas(place, list(area or AREA_IDS))
    Console().print(grades_table(grades))
    for line in worst_lines(grades, worst):
        typer.echo(line)
