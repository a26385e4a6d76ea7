"""``lagesbild peers``: a kommun's similar kommuner and why, and how well our own neighbours agree with Kolada's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout


def peers(
    kommun: Annotated[str | None, typer.Argument(help="Code or name.")] = None,
    area: Annotated[str, typer.Option(help="Area whose similar kommuner are asked for.")] = "aldreomsorg",
    agreement: Annotated[
        bool, typer.Option("--agreement", help="How many of seven our own neighbours have in common with Kolada's.")
    ] = False,
    group: Annotated[
        str | None, typer.Option(help="Compare the kommun's results with the others of a group in egna_grupper.csv.")
    ] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
) -> None:
    """Show the similar kommuner of a kommun in an area, and why each is one; or how our own agree with Kolada's."""
    from lagesbild.catalogue.regions import kommun as kommun_called
    from lagesbild.presentation.similar_kommuner import agreement_lines, group_lines, why_lines
    from lagesbild.publishing.layout import Layout
    from lagesbild.publishing.own_groups import against_own_group
    from lagesbild.publishing.similar_kommuner import agreement_of, peers_of

    place: Layout = Layout(root=layout(source, 0, root).root, source=source, year=year)
    if agreement:
        lines = agreement_lines(agreement_of(place), synthetic=place.synthetic)
    elif kommun is None:
        raise typer.BadParameter("give a kommun's code or name, or --agreement")
    elif group is not None:
        found = against_own_group(place, kommun, area, group)
        lines = group_lines(found, kommun_called(kommun).kod, group, synthetic=place.synthetic)
    else:
        own = kommun_called(kommun)
        lines = why_lines(peers_of(place, own.kod, area), own.kod, synthetic=place.synthetic)
    for line in lines:
        typer.echo(line)
