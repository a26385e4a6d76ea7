"""Commands for reports of groups of kommuner."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Areas, Engine, Jobs, Root, Source, Year, cores, layout
from lagesbild.cli.telling import tell_made
from lagesbild.errors import ParameterError

CURRENT = Path()


def lan(
    names: Annotated[list[str] | None, typer.Argument(help="Code or name of a län; all where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = CURRENT,
    jobs: Jobs = 0,
    engine: Engine = None,
    areas: Areas = "",
) -> None:
    """Make reports of län: where their kommuner stand, differ and can learn of each other."""
    from lagesbild.publishing.group_reports import lan_groups, make_group_reports
    from lagesbild.publishing.report_variants import variant_of
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    groups, variant = lan_groups(names), variant_of(areas)
    with timed(place.work, "lan"):
        result = make_group_reports(place, groups, variant=variant, cores=cores(jobs), engine=engine)
    tell_made("länsrapporter", result)


def grupp(
    name: Annotated[str, typer.Argument(help="Name of a group in the analyst's file egna_grupper.csv.")] = "",
    kommuner: Annotated[str, typer.Option(help="Instead of a name: codes or names with commas between.")] = "",
    source: Source = "demo",
    year: Year = 2024,
    root: Root = CURRENT,
    engine: Engine = None,
    areas: Areas = "",
) -> None:
    """Make the report of a group of kommuner of one's own."""
    from lagesbild.publishing.group_reports import make_group_reports, named_group, own_group
    from lagesbild.publishing.report_variants import variant_of
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    if bool(name) == bool(kommuner):
        raise ParameterError("group", name or "none", ["a name of egna_grupper.csv, or --kommuner Ale,Kungälv"])
    listed = [one.strip() for one in kommuner.split(",") if one.strip()]
    group, variant = named_group(listed) if kommuner else own_group(place, name), variant_of(areas)
    with timed(place.work, "grupp"):
        result = make_group_reports(place, [group], variant=variant, engine=engine)
    typer.echo(f"grupprapport: {group.name}: {'made' if result.made else 'up to date'}")
    result.raise_failures()
