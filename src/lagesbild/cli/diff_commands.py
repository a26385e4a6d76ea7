"""``lagesbild diff`` and ``revideringar``: what a release says otherwise than the one before it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout


def diff(
    old: Annotated[Path, typer.Argument(help="Folder of the earlier release, such as _release/kolada-2023.")],
    new: Annotated[Path, typer.Argument(help="Folder of the later release.")],
    output: Annotated[
        Path | None, typer.Option(help="Folder for CSV files and the summary; printed where not given.")
    ] = None,
) -> None:
    """Tell which figures, products and definitions of indicators are new, changed or withdrawn."""
    from lagesbild.presentation.release_changes import summary
    from lagesbild.publishing.release_diff import release_diff, says_synthetic
    from lagesbild.publishing.release_diff_files import write_diff

    found = release_diff(old, new)
    synthetic = says_synthetic(new)
    if output is None:
        typer.echo(summary(found, synthetic=synthetic).replace("\\", ""), nl=False)
        return
    files = write_diff(found, output, synthetic=synthetic)
    typer.echo(f"{len(found.log)} figures listed; {len(files)} files in {output}")


def revideringar(
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    previous: Annotated[
        Path | None, typer.Option(help="Folder of the release before; without one this is the first.")
    ] = None,
) -> None:
    """Write into the release what it says otherwise than the release before."""
    from lagesbild.errors import NotBuiltError
    from lagesbild.publishing.release_diff import release_diff
    from lagesbild.publishing.release_diff_files import write_revisions
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    if not place.release.is_dir():
        raise NotBuiltError(f"the release {place.release.name}", f"make SOURCE={source} YEAR={year}")
    with timed(place.work, "revideringar"):
        found = None if previous is None else release_diff(previous, place.release)
        write_revisions(place, found)
    typer.echo("first release" if found is None else f"{len(found.log)} figures differ from {found.old}")
