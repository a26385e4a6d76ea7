"""``lagesbild leaks``: look for withheld figures in everything of a release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Jobs, Root, Source, Year, cores, layout


def leaks(
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    data: Annotated[Path | None, typer.Option(help="Folder of the outside files, where not the demo's own.")] = None,
) -> None:
    """Look in every file of a release for figures that the gate withheld; exit 1 if there are any."""
    from lagesbild.disclosure.withheld import secrets_of
    from lagesbild.errors import NotBuiltError
    from lagesbild.provenance.leak_scan import scan

    place = layout(source, year, root)
    if not place.release.is_dir():
        raise NotBuiltError(f"the release {place.release.name}", f"make SOURCE={source} YEAR={year}")
    secrets = secrets_of(place.work, place.raw if data is None else data)
    found = scan(place.release, secrets, jobs=cores(jobs))
    for leak in found:
        typer.echo(f"{leak.file} ({leak.part}) shows the {leak.secret}")
    typer.echo(f"{len(secrets)} withheld figures looked for, {len(found)} places found")
    if found:
        raise typer.Exit(1)
