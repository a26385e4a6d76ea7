"""``lagesbild new-year``: what a new report year asks of people, in files that they can begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source


def new_year(
    year: Annotated[int, typer.Argument(help="The report year to prepare.")],
    source: Source = "demo",
    before: Annotated[
        int | None, typer.Option("--from", help="Year whose files are copied; the year before where not given.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Folder of outside files, with socialstyrelsen/mappings.")] = None,
    analyst: Annotated[
        Path | None, typer.Option(help="Folder of the analyst's files, where it is not analytiker/ in the data.")
    ] = None,
    previous: Annotated[Path | None, typer.Option(help="Release to compare the newest release with.")] = None,
    root: Root = Path(),
) -> None:
    """Prepare a year: what is measured, mappings and texts to review, release diff; nothing is overwritten."""
    from lagesbild.errors import ParameterError
    from lagesbild.publishing.layout import SOURCE_NAMES, Layout
    from lagesbild.publishing.new_year import prepare_year

    if source not in SOURCE_NAMES:
        raise ParameterError("source", source, SOURCE_NAMES)
    earlier = year - 1 if before is None else before
    if earlier >= year:
        raise ParameterError("from", earlier, [str(year - 1)])
    place = Layout(root=root.resolve(), source=source, year=year)
    folder = analyst or (data or place.raw) / "analytiker"
    made = prepare_year(
        place, before=earlier, data=data, analyst=folder if folder.is_dir() else None, previous=previous
    )
    typer.echo(made.text.replace("\\", ""))
    for path in made.written:
        typer.echo(f"written: {_short(path, place.root)}")
    for path in made.kept:
        typer.echo(f"kept as it was: {_short(path, place.root)}")


def _short(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
