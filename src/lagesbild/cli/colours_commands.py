"""``lagesbild colours``: how many reds and greens are chance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout


def colours(
    source: Source = "demo",
    year: Year = 2024,
    worst: Annotated[int, typer.Option(help="How many indicators to name, those most often chance.", min=0)] = 10,
    area: Annotated[list[str] | None, typer.Option(help="Area; all ten where not given.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the whole table as CSV to this file.")] = None,
    root: Root = Path(),
) -> None:
    """Tell how often the colours mislead: reds and greens within chance; needs only an import."""
    from rich.console import Console

    from lagesbild.catalogue.areas import AREA_IDS
    from lagesbild.files import write_atomic
    from lagesbild.frame_bytes import csv_bytes
    from lagesbild.publishing.misleading_report import by_area_table, colour_table, compared_areas, worst_lines

    place = layout(source, year, root)
    table = colour_table(place, compared_areas(place, list(area or AREA_IDS)))
    if output is not None:
        write_atomic(output, csv_bytes(table))
    Console().print(by_area_table(table))
    for line in worst_lines(table, worst):
        typer.echo(line)
