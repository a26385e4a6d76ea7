"""``lagesbild verify``: hold a release against its manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout


def verify(
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    data: Annotated[Path | None, typer.Option(help="Folder of the raw files, where not the demo's own.")] = None,
    analyst: Annotated[
        Path | None, typer.Option(help="Folder of the analyst's files, where it is not analytiker/ in the data.")
    ] = None,
    digest: Annotated[str, typer.Option("--sha256", help="The manifest's SHA-256, got from elsewhere.")] = "",
) -> None:
    """Find every changed, missing or added file of a release, its raw files and its code; exit 1 if there are any."""
    from lagesbild.provenance.verify import verify as verified

    found = verified(layout(source, year, root), data=data, analyst=analyst, digest=digest)
    for fault in found.faults:
        typer.echo(str(fault))
    looked = ", ".join(f"{number} {name}" for name, number in found.counts.items())
    typer.echo(f"manifest.json has SHA-256 {found.digest}")
    if "raw files" not in found.counts:
        typer.echo("the raw files were not looked at: give their folder with --data")
    typer.echo(f"{looked or 'nothing else'} looked at, {len(found.faults)} not as the manifest says")
    if found.faults:
        raise typer.Exit(1)
