"""``lagesbild granskning`` and ``granskningsguide``: the audit repeated, and a guide for the next one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Engine, Jobs, Root, Source, Year, cores, layout
from lagesbild.cli.telling import tell_made


def granskning(
    areas: Annotated[
        list[str] | None, typer.Argument(help="Area, a document each; Riksrevisionen's three in one where not given.")
    ] = None,
    first_year: Annotated[int, typer.Option(help="First year of the period; five years in all where not given.")] = 0,
    indicators: Annotated[str, typer.Option(help="Indicators instead of the usual, separated by commas.")] = "",
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    engine: Engine = None,
) -> None:
    """Repeat Riksrevisionen's statistical analysis (PDF)."""
    from lagesbild.publishing.audit_reports import make_audit_reports
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "granskning", "-".join(areas or [])):
        result = make_audit_reports(
            place, areas, first_year=first_year, indicators=indicators, cores=cores(jobs), engine=engine
        )
    tell_made("granskningar", result)


def granskningsguide(
    source: Source = "demo", year: Year = 2024, root: Root = Path(), jobs: Jobs = 0, engine: Engine = None
) -> None:
    """Make the audit guide (PDF): what anybody can check in an hour and in a day."""
    from lagesbild.publishing.audit_guide import make_audit_guide
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "granskningsguide"):
        result = make_audit_guide(place, cores=cores(jobs), engine=engine)
    tell_made("granskningsguide", result)
