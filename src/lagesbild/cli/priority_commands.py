"""``lagesbild prioritering``: a kommun's gross list, by the project's weights or one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout


def prioritering(
    kommun: Annotated[str, typer.Argument(help="Code or name.")],
    vikter: Annotated[Path | None, typer.Option(help="A file of weights; see data/catalogue/rules.")] = None,
    number: Annotated[int, typer.Option(help="How many places to tell.", min=1)] = 20,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
) -> None:
    """Tell what a kommun may look closer at, each place with its grounds."""
    from lagesbild.catalogue.regions import kommun as kommun_called
    from lagesbild.presentation.priority_words import explained, points_text
    from lagesbild.publishing.priority_lists import gross_list_of

    about = kommun_called(kommun)
    found = gross_list_of(layout(source, year, root), about, weights=vikter)
    typer.echo(f"{about.namn}: {len(found)} indicators")
    for one in found[:number]:
        typer.echo(f"{one.rank}. {one.indicator.id} [{points_text(one.points)}] {one.indicator.short_title}")
        typer.echo(f"   {explained(one)}")
