"""What the commands that make many documents tell in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from lagesbild.publishing.batch import BatchResult


def tell_made(plural: str, result: BatchResult) -> None:
    """Tell how many documents were made, and raise what failed of them.

    Raises
    ------
    BatchError
        If one of them failed, after the others have been made.
    """
    typer.echo(f"{plural}: {result.made} made, {result.current} up to date")
    result.raise_failures()
