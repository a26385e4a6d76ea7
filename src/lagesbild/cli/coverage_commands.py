"""The command that tells how much of Kolada the catalogue holds, and why the rest stands outside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd


def coverage(
    data: Annotated[
        Path | None, typer.Option(help="Folder of a Kolada dump: kpi.csv and observations.parquet.", exists=True)
    ] = None,
    kpis: Annotated[
        Path | None, typer.Option(help="Kolada's kpi.csv, where only the descriptions are at hand.", exists=True)
    ] = None,
    year: Annotated[int, typer.Option(help="Year of the measuring plan.")] = 2024,
    output: Annotated[Path | None, typer.Option(help="CSV to write: every key figure, its class and why.")] = None,
) -> None:
    """Tell per area what is measured and has figures in Kolada, and which key figures are not mapped and why."""
    from lagesbild.catalogue.coverage import area_coverage, class_counts, classify, unmapped_rules
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.errors import ParameterError
    from lagesbild.sources.kolada_extent import read_extent, read_kpi_descriptions

    catalogue = load_catalogue()
    extent = None if data is None else read_extent(data / "observations.parquet")
    for line in _table(area_coverage(catalogue, year=year, extent=extent)):
        typer.echo(line)
    described = kpis or (data / "kpi.csv" if data else None)
    if described is None:
        if output is not None:
            raise ParameterError("output without --data or --kpis", str(output), [])
        return
    classified = classify(read_kpi_descriptions(described), catalogue=catalogue, rules=unmapped_rules())
    typer.echo("")
    for line in _table(class_counts(classified, extent)):
        typer.echo(line)
    if output is not None:
        classified.to_csv(output, index=False, lineterminator="\n")


def _table(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of a table: the first column to the left, numbers to the right, unknown ones as a dash."""
    import pandas as pd

    head = [str(name) for name in frame.columns]
    body = [["-" if pd.isna(cell) else str(cell) for cell in row] for row in frame.itertuples(index=False)]
    widths = [max(len(row[place]) for row in (head, *body)) for place in range(len(head))]
    for row in (head, *body):
        numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join((row[0].ljust(widths[0]), *numbers))
