"""``lagesbild prosa``: hold the analysts' prose against the released figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Root, Source, Year, layout


def prosa(
    reports: Annotated[list[str] | None, typer.Argument(help="Lägesrapport; all three where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    notes: Annotated[bool, typer.Option("--omarkta", help="Tell of sentences that may be unmarked claims.")] = False,
) -> None:
    """Check every value and claim of the analysts' prose; one error lists all that no longer holds."""
    from lagesbild.catalogue.areas import STATUS_REPORTS, status_report
    from lagesbild.files import write_atomic
    from lagesbild.publishing.prose import release_prose
    from lagesbild.publishing.prose_release import claims_table

    place = layout(source, year, root)
    chosen = [status_report(name) for name in reports] if reports else list(STATUS_REPORTS)
    release = release_prose(place, chosen)
    for note in release.notes if notes else ():
        typer.echo(f"perhaps a claim: {note}")
    release.check()
    if not reports:
        write_atomic(place.yearly / "prosa" / "pastaenden.csv", claims_table(release))
    values = sum(len(prose.inline_values) for prose in release.texts.values())
    typer.echo(f"prosa: {len(release.texts)} files, {values} values, {len(release.claims)} claims, all hold")
