"""``lagesbild sparkoder`` and ``lagesbild trace``: the index of printed figures, and the way back from one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout

if TYPE_CHECKING:
    from lagesbild.catalogue.raw_place import ObservationKey, RawPlace

CURRENT = Path()


def sparkoder(source: Source = "demo", year: Year = 2024, root: Root = CURRENT) -> None:
    """Write the index of the spårkoder that figures, tables and sheets of the release carry."""
    from lagesbild.provenance.trace_index import index_path, write_index

    place = layout(source, year, root)
    number = write_index(place)
    typer.echo(f"{number} spårkoder: {index_path(place).relative_to(place.root)}")


def trace(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="K7Q2-F3MX, K7Q2-F3MX.4 (its fourth row), or indicator/region/year or .../sex; a region by its code, "
            "a kommun by its name too.",
        ),
    ],
    source: Source = "demo",
    year: Year = 2024,
    root: Root = CURRENT,
    data: Annotated[
        Path | None, typer.Option(help="Folder of outside files; the demo knows its own. Without it no raw cells.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Follow every observation of a derived number.")] = False,
) -> None:
    """Print the way back from a printed figure: document, method, observations, raw cells."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.observations.trace_back import WayBack
    from lagesbild.provenance.trace import FOLLOWED
    from lagesbild.provenance.trace import trace as traced

    place = layout(source, year, root)
    raw = data or (place.raw if place.raw.is_dir() else None)

    way = WayBack(raw, work=place.work, catalogue=load_catalogue()) if raw else None

    def found(key: ObservationKey, told: str, shown: frozenset[str]) -> list[RawPlace]:
        assert way is not None
        return way.places(key, told, shown=shown)

    for line in traced(place, wanted, found if raw else None, followed=10**6 if every else FOLLOWED):
        typer.echo(line)
