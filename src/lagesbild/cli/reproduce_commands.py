"""``lagesbild reproduce`` and ``freeze``: build a release anew and compare everything; keep all that it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Jobs, Root, Source, Year, cores, layout


def reproduce(
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    data: Annotated[Path | None, typer.Option(help="Folder of the raw files, where not the demo's own.")] = None,
    previous: Annotated[Path | None, typer.Option(help="Folder of the release before, if it was told of.")] = None,
    archive: Annotated[
        Path | None, typer.Option(help="Archive of a release, in place of source, year, data and previous.")
    ] = None,
    figure: Annotated[
        str, typer.Option(help="Spårkod of a figure or table: build and compare its document alone.")
    ] = "",
    scratch: Annotated[
        Path | None, typer.Option(help="Folder to build in; _work/reproduce/<source>-<year> where not given.")
    ] = None,
    jobs: Jobs = 0,
) -> None:
    """Build a release anew in a clean folder and compare everything; exit 1 if anything differs.

    Where something does, tells at which raw file, code or step the difference starts, and which value, line, pixel or
    byte differs. Figures that were withheld are not told.
    """
    from lagesbild.provenance.figure_pages import figure_entry, figure_verdict
    from lagesbild.provenance.material import archive_material, repository_material, unpacking_folder
    from lagesbild.provenance.reproduce import Attempt
    from lagesbild.provenance.reproduce import reproduce as build_anew

    place = layout(source, year, root)
    if archive is None:
        material = repository_material(place, raw=data, previous=previous)
    else:
        material = archive_material(archive, unpacking_folder(archive, scratch or place.root / "_work" / "reproduce"))
    entry = figure_entry(material, figure) if figure else None
    folder = (scratch or place.root / "_work" / "reproduce" / material.name).resolve()
    attempt = Attempt(folder=folder, jobs=cores(jobs), tell=typer.echo)
    verdict = build_anew(material, attempt, product=entry.product if entry else "")
    typer.echo(verdict.text())
    if entry is not None:
        typer.echo(figure_verdict(material, folder, entry))
    if not verdict.good:
        raise typer.Exit(1)


def freeze(
    version: Annotated[str, typer.Option(help="The release's version, as data/registers/utgava.yml states it.")],
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    data: Annotated[Path | None, typer.Option(help="Folder of the raw files, where not the demo's own.")] = None,
    previous: Annotated[Path | None, typer.Option(help="Folder of the release before, if there was one.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only check the version, before anything is built.")] = False,
) -> None:
    """Put a built release, its raw files and its code into one archive, from which it can be built anew.

    The archive holds what was withheld: it is for the archive and the auditor, never for publication.
    """
    from lagesbild.files import sha256
    from lagesbild.provenance.archive import FOLDER, check_version, write_archive
    from lagesbild.provenance.material import repository_material

    place = layout(source, year, root)
    check_version(place, version, previous)
    if check:
        return
    material = repository_material(place, raw=data, previous=previous)
    path, there = write_archive(material, place.root / FOLDER)
    typer.echo(f"{path.relative_to(place.root)}: {'there already, the same' if there else 'frozen'}")
    typer.echo(f"SHA-256 {sha256(path)}")
    typer.echo("NOT for publication: it holds the raw files. What may be published is the folder of the release.")
