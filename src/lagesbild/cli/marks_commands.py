"""``lagesbild audit``: Riksrevisionen's printed marks and claims on the user survey, beside released figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lagesbild.cli.options import Root, Source, layout

if TYPE_CHECKING:
    import pandas as pd

    from lagesbild.methods.audit_comparison import AuditComparison

app = typer.Typer(no_args_is_help=True, help="Riksrevisionen's audit of 2021 beside released figures.")


@app.command()
def marks(source: Source = "kolada", root: Root = Path()) -> None:
    """Set the marks of table 2 on the user survey beside ours, and say what would make more of them agree."""
    found = _comparison(source, root)
    _echo(found.marks)
    typer.echo(f"\n{int(found.marks['agrees'].sum())} of {len(found.marks)} marks agree\n")
    _echo(found.readings)
    typer.echo("\nMarks of the single year that agree, over every order of the printed rows\n")
    _echo(found.orders)
    typer.echo("\nHow sure the single year's marks are, whole numbers being rounded\n")
    _echo(found.rounding)


@app.command()
def claims(source: Source = "kolada", root: Root = Path()) -> None:
    """Set what section 4.2.5 says of results over time beside the figures."""
    found = _comparison(source, root)
    _echo(found.figures)
    typer.echo("")
    _echo(found.claims)


def _comparison(source: str, root: Path) -> AuditComparison:
    from lagesbild.disclosure.released import read_released
    from lagesbild.methods.audit_claims import FIRST, LAST
    from lagesbild.methods.audit_comparison import AREA, audit_comparison

    released = layout(source, 0, root).released
    return audit_comparison(read_released(released, areas=[AREA], years=range(FIRST, LAST + 1)))


def _echo(frame: pd.DataFrame) -> None:
    typer.echo(frame.to_string(index=False, float_format="{:.4g}".format))
