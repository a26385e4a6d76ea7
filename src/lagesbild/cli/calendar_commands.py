"""``lagesbild kalender``: the calendar of publication, and Kolada's own dates beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def kalender(
    ics: Annotated[Path | None, typer.Option(help="Write the file for calendar programs here.")] = None,
    kolada: Annotated[
        Path | None, typer.Option(help="Folder with Kolada's kpi.csv: tell which of its dates the calendar lacks.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="With --kolada: put its dates into the calendar.")] = False,
) -> None:
    """Tell when figures are published, as far as anybody has said; compare with Kolada's own dates."""
    from lagesbild.catalogue.calendar import calendar_events
    from lagesbild.files import write_atomic
    from lagesbild.presentation.calendar_file import calendar_file

    if kolada is not None:
        _compare(kolada, write=write)
        return
    events = calendar_events()
    if ics is not None:
        write_atomic(ics, calendar_file(events))
    for event in events:
        typer.echo(f"{event.when or '(not known)':12}{event.kind:13}{event.what}")


def _compare(folder: Path, *, write: bool) -> None:
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.sources.kolada_calendar import publication_rows, register_differences, register_with

    rows = publication_rows(folder, load_catalogue())
    gone, new = register_differences(rows)
    for sign, names in (("-", gone), ("+", new)):
        for name in names:
            typer.echo(f"{sign} {name}")
    typer.echo(f"{len(new)} rows of Kolada's are not in the calendar as they are now, {len(gone)} are no longer so")
    if write and (gone or new):
        register_with(rows)
