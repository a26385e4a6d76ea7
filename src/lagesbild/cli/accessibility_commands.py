"""``lagesbild accessibility``: whether everyone can read every PDF, workbook and presentation."""

from __future__ import annotations

from pathlib import Path

import typer

from lagesbild.cli.options import Jobs, Root, Source, Year, cores, layout


def accessibility(source: Source = "demo", year: Year = 2024, root: Root = Path(), jobs: Jobs = 0) -> None:
    """Look through every PDF, workbook and presentation of a release for what shuts a reader out; exit 1 at a fault."""
    from lagesbild.errors import NotBuiltError
    from lagesbild.provenance.pdf_accessibility import accessibility_faults

    place = layout(source, year, root)
    if not place.release.is_dir():
        raise NotBuiltError(f"the release {place.release.name}", f"make SOURCE={source} YEAR={year}")
    looked_at, faults = accessibility_faults(place.release, jobs=cores(jobs))
    for fault in faults:
        typer.echo(f"{fault.file}: {fault.what}")
    typer.echo(f"{looked_at} PDFs, workbooks and presentations looked through, {len(faults)} faults found")
    if faults:
        raise typer.Exit(1)
