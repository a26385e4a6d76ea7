"""``lagesbild catalogue``: whether everything that is typed by hand is right, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lagesbild.cli.coverage_commands import coverage

if TYPE_CHECKING:
    from lagesbild.catalogue.check import Checked
    from lagesbild.errors import Fault

app = typer.Typer(no_args_is_help=True, help="The catalogue of indicators: check it, tell what it covers.")


@app.callback()
def catalogue() -> None:
    """Check the catalogue of indicators and tell what it covers."""


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Option(help="Folder of area files; the project's own where not given.", exists=True)
    ] = None,
) -> None:
    """Read every catalogue, register and published file; print "clean" with counts, or every fault with its line."""
    from lagesbild.catalogue.check import check_all

    found = check_all(folder, more=_more(folder))
    if found.faults:
        typer.echo(f"{len(found.faults)} fault{'s' if len(found.faults) > 1 else ''}:")
        for fault in found.faults:
            typer.echo(fault_line(fault))
        raise typer.Exit(1)
    for line in _counts(found):
        typer.echo(line)


def _more(folder: Path | None) -> dict[str, Callable[[], int]]:
    """Return readers of what sources need that is typed by hand: mappings of workbooks and the demo's tables."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.catalogue.resources import project_root
    from lagesbild.sources.demo.assumptions import load_assumptions
    from lagesbild.sources.mapping_file import load_mapping

    def mappings() -> int:
        paths = sorted((project_root() / "data" / "mappings").glob("*/*.yml"))
        return len([load_mapping(path, catalogue=load_catalogue(folder)) for path in paths])

    def behind_the_demo() -> int:
        tables = load_assumptions()
        for indicator in load_catalogue(folder).indicators:
            tables.level(indicator)
            tables.target(indicator)
        return len(tables.levels) + len(tables.targets)

    return {"mappings of workbooks": mappings, "rows behind the synthetic figures": behind_the_demo}


def fault_line(fault: Fault) -> str:
    """Return a fault as ``file:line: field: what (expected ...). What to do``."""
    place = ":".join(str(part) for part in (fault.file, fault.row) if part is not None)
    about = " ".join(part for part in (fault.indicator, fault.column) if part)
    expected = f" (expected {fault.expected})" if fault.expected else ""
    action = f". {fault.action}" if fault.action else ""
    return ": ".join(part for part in (place, about, fault.what) if part) + expected + action


def _counts(found: Checked) -> Iterator[str]:
    """Yield the lines of the table: indicators per area and part, then what else was read."""
    areas = found.per_area()
    parts = list(areas[0][1])
    yield f"clean: {len(found.indicators)} indicators in {len(areas)} areas"
    yield ""
    yield f"{'':26}" + "".join(f"{part.value:>20}" for part in parts) + f"{'sum':>6}"
    for area, counts in areas:
        yield f"{area:26}" + "".join(f"{counts[part]:20d}" for part in parts) + f"{sum(counts.values()):6d}"
    yield ""
    in_model = {area: sum(one.model == 2023 for one in found.indicators if one.area == area) for area, _ in areas}
    yield "in the model of 2023: " + ", ".join(f"{area} {number}" for area, number in in_model.items() if number)
    yield f"with a key figure in Kolada: {sum(one.kolada is not None for one in found.indicators)}"
    for name, number in found.counts.items():
        yield f"{name}: {number}"


app.command()(coverage)
