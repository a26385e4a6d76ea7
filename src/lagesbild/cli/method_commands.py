"""``lagesbild faktablad``, ``metodbeskrivning``, ``metodbok``, ``kvalitetsdeklaration``: what describes the results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lagesbild.cli.options import Engine, Jobs, Root, Source, Year, cores, layout
from lagesbild.cli.telling import tell_made

_Chosen = Annotated[list[str] | None, typer.Argument(help="Area; all ten where not given.")]


def metodbeskrivning(
    areas: _Chosen = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    engine: Engine = None,
) -> None:
    """Make each area's metodbeskrivning (PDF): every indicator's definition, source, schedule, changes and grade."""
    from lagesbild.publishing.method_descriptions import METHOD_DESCRIPTIONS
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "metodbeskrivning", "-".join(areas or [])):
        result = METHOD_DESCRIPTIONS.make(place, areas, cores=cores(jobs), engine=engine)
    tell_made("metodbeskrivningar", result)


def faktablad(
    areas: _Chosen = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    engine: Engine = None,
) -> None:
    """Make each area's faktablad (PDF): the nation's results on two pages."""
    from lagesbild.publishing.fact_sheets import FACT_SHEETS
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "faktablad", "-".join(areas or [])):
        result = FACT_SHEETS.make(place, areas, cores=cores(jobs), engine=engine)
    tell_made("faktablad", result)


def metodbok(
    source: Source = "demo", year: Year = 2024, root: Root = Path(), jobs: Jobs = 0, engine: Engine = None
) -> None:
    """Make the metodbok (PDF) from the method pages, which are run for this release."""
    from lagesbild.publishing.method_book import make_method_book
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "metodbok"):
        result = make_method_book(place, cores=cores(jobs), engine=engine)
    tell_made("metodbok", result)


def kvalitetsdeklaration(
    products: Annotated[list[str] | None, typer.Argument(help="Product; all where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = Path(),
    jobs: Jobs = 0,
    engine: Engine = None,
) -> None:
    """Make each product's kvalitetsdeklaration (PDF) under the five headings of SCB-FS 2016:17."""
    from lagesbild.publishing.quality_declarations import make_quality_declarations
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "kvalitetsdeklaration", "-".join(products or [])):
        result = make_quality_declarations(place, products, cores=cores(jobs), engine=engine)
    tell_made("kvalitetsdeklarationer", result)
