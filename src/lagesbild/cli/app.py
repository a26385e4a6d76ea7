"""The commands. Imports stand inside them, so that ``lagesbild --help`` answers at once."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lagesbild.cli.accessibility_commands import accessibility
from lagesbild.cli.audit_commands import granskning, granskningsguide
from lagesbild.cli.calendar_commands import kalender
from lagesbild.cli.catalogue_commands import app as catalogue_app
from lagesbild.cli.colours_commands import colours
from lagesbild.cli.diff_commands import diff, revideringar
from lagesbild.cli.group_commands import grupp, lan
from lagesbild.cli.kolada_commands import download, revisions
from lagesbild.cli.leaks_commands import leaks
from lagesbild.cli.marks_commands import app as audit_app
from lagesbild.cli.method_commands import faktablad, kvalitetsdeklaration, metodbeskrivning, metodbok
from lagesbild.cli.new_year_commands import new_year
from lagesbild.cli.options import Areas, Engine, Jobs, Root, Scheduler, Source, Year, cores, layout
from lagesbild.cli.peers_commands import peers
from lagesbild.cli.plan_commands import plan
from lagesbild.cli.presentation_commands import presentation
from lagesbild.cli.priority_commands import prioritering
from lagesbild.cli.prose_commands import prosa
from lagesbild.cli.provenance_commands import verify
from lagesbild.cli.quality_commands import quality
from lagesbild.cli.reproduce_commands import freeze, reproduce
from lagesbild.cli.review_commands import oversyn
from lagesbild.cli.sources_commands import sources
from lagesbild.cli.telling import tell_made
from lagesbild.cli.trace_commands import sparkoder, trace
from lagesbild.cli.workbook_commands import arbetsbok
from lagesbild.errors import LagesbildError, ParameterError, disk_full

if TYPE_CHECKING:
    from lagesbild.publishing.layout import Layout

CURRENT = Path()


class _Group(typer.core.TyperGroup):
    """Prints the project's own errors as messages and exits with 1; others keep their traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except LagesbildError as error:
            sys.stderr.write(f"Error: {error}\n")
            raise typer.Exit(1) from error
        except OSError as error:
            full = disk_full(error)
            if full is None:
                traceback.print_exc()
            sys.stderr.write(f"Error: {full or error}\n")
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Öppna jämförelser from outside files to reports, a website and open data.",
)


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="Folder for the generated files.")] = Path("_work/demo/raw"),
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 2024,
    last_year: Annotated[int, typer.Option(min=2017, max=2040, help="Last year of the figures.")] = 2024,
) -> None:
    """Write invented outside files: a Kolada-like dump and Socialstyrelsen-like workbooks."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.publishing.timings import timed
    from lagesbild.sources.demo import generate

    with timed(output.parent, "demo"):
        generate(output, seed=seed, years=range(2016, last_year + 1), catalogue=load_catalogue())


@app.command(name="import")
def import_(
    data: Annotated[Path, typer.Option(help="Folder of outside files.")],
    source: Source = "demo",
    root: Root = CURRENT,
    release_date: Annotated[
        str | None, typer.Option(help="Date of Kolada's release, where its dump tells none.")
    ] = None,
    analyst: Annotated[
        Path | None, typer.Option(help="Folder of the analyst's files, where it is not analytiker/ in the data.")
    ] = None,
) -> None:
    """Read outside files, validate them, and release what is not confidential."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.disclosure.intake import take_in
    from lagesbild.publishing.timings import timed

    place = layout(source, 0, root)
    with timed(place.work, "import"):
        intake = take_in(data, work=place.work, catalogue=load_catalogue(), release_date=release_date, analyst=analyst)
    typer.echo(
        f"{intake.rows} observations, {intake.years[0]}-{intake.years[-1]}; {intake.withheld} withheld; "
        f"{len(intake.unmapped)} columns or key figures without an indicator (unmapped.csv); "
        f"{len(intake.known_faults)} values known to be wrong, read as missing (known_faults.csv)"
    )


@app.command()
def analyse(
    area: Annotated[list[str] | None, typer.Option(help="Area; all ten where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = CURRENT,
    stock: Annotated[bool, typer.Option(help="Use a stock Jupyter kernel for each notebook.")] = False,
) -> None:
    """Run the analytic notebooks once per area and year."""
    from lagesbild.catalogue.areas import AREA_IDS
    from lagesbild.publishing.analyse import analyse_area
    from lagesbild.publishing.run_document import FORK
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    for one in area or AREA_IDS:
        with timed(place.work, "analyse", one):
            count = analyse_area(place, one, engine="nbclient" if stock else FORK)
        typer.echo(f"{one}: {count} notebooks")


@app.command()
def underlag(source: Source = "demo", year: Year = 2024, root: Root = CURRENT) -> None:
    """Gather what each kommun's report needs in one file per kommun."""
    from lagesbild.publishing.timings import timed
    from lagesbild.publishing.underlag import write_underlag

    place = layout(source, year, root)
    with timed(place.work, "underlag"):
        write_underlag(place)


@app.command()
def kommun(
    kommuner: Annotated[list[str] | None, typer.Argument(help="Code or name; all 290 where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = CURRENT,
    jobs: Jobs = 0,
    engine: Engine = None,
    scheduler: Scheduler = None,
    index: Annotated[bool, typer.Option("--index", help="Show the composite index, with how far ranks move.")] = False,
    areas: Areas = "",
    short: Annotated[bool, typer.Option("--kort", help="The first spread alone, on at most two pages.")] = False,
    district: Annotated[str, typer.Option("--stadsdel", help="A short report of one of the kommun's districts.")] = "",
) -> None:
    """Make kommun reports (PDF, data, and the page for the website)."""
    from lagesbild.publishing.kommun_reports import make_kommun_reports
    from lagesbild.publishing.report_variants import variant_of
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    if district:
        _district(place, kommuner or [], district, engine)
        return
    variant = variant_of(areas, short=short)
    with timed(place.work, "kommun"):
        result = make_kommun_reports(
            place, kommuner, cores=cores(jobs), engine=engine, scheduler=scheduler, index=index, variant=variant
        )
    tell_made("kommunrapporter", result)


def _district(place: Layout, kommuner: list[str], district: str, engine: str | None) -> None:
    from lagesbild.publishing.district_reports import make_district_report

    if len(kommuner) != 1:
        raise ParameterError("kommun", " ".join(kommuner) or "none", ["one kommun, with --stadsdel"])
    result = make_district_report(place, kommuner[0], district, engine=engine)
    typer.echo(f"stadsdelsrapport: {'made' if result.made else 'up to date'}")
    result.raise_failures()


@app.command()
def lagesrapport(
    reports: Annotated[list[str] | None, typer.Argument(help="Lägesrapport; all three where not given.")] = None,
    source: Source = "demo",
    year: Year = 2024,
    root: Root = CURRENT,
    jobs: Jobs = 0,
    engine: Engine = None,
    draft: Annotated[
        bool, typer.Option("--utkast", help="A draft, in _work: mark what does not hold in the analysts' prose.")
    ] = False,
) -> None:
    """Make the national lägesrapporter."""
    from lagesbild.publishing.status_reports import make_status_reports
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "lagesrapport", "-".join(reports or [])):
        result = make_status_reports(place, reports, cores=cores(jobs), engine=engine, draft=draft)
    tell_made("lägesrapporter", result)


@app.command()
def data(source: Source = "demo", year: Year = 2024, root: Root = CURRENT) -> None:
    """Write the open data and the executed notebooks to the release."""
    from lagesbild.publishing.open_data import write_open_data
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "data"):
        files = write_open_data(place)
    typer.echo(f"open data: {len(files)} files")


@app.command()
def site(
    source: Source = "demo", year: Year = 2024, root: Root = CURRENT, jobs: Jobs = 0, engine: Engine = None
) -> None:
    """Stage the website as a Quarto project and render it."""
    from lagesbild.publishing.site import build_site
    from lagesbild.publishing.timings import timed

    place = layout(source, year, root)
    with timed(place.work, "site"):
        pages = build_site(place, cores=cores(jobs), engine=engine)
    typer.echo(f"site: {pages} pages")


@app.command()
def manifest(source: Source = "demo", year: Year = 2024, root: Root = CURRENT) -> None:
    """Write the release's manifest and print the table of products."""
    from rich.console import Console

    from lagesbild.provenance.manifest import write_manifest
    from lagesbild.provenance.products import product_table

    place = layout(source, year, root)
    write_manifest(place)
    Console().print(product_table(place))


@app.command()
def indicators(
    area: Annotated[str | None, typer.Option(help="Area; all where not given.")] = None,
) -> None:
    """List the catalogue's indicators."""
    from lagesbild.catalogue.areas import area as area_called
    from lagesbild.catalogue.load import load_catalogue

    catalogue = load_catalogue()
    chosen = catalogue.in_area(area_called(area).id) if area else catalogue.indicators
    for indicator in chosen:
        typer.echo(f"{indicator.id}\t{indicator.type}\t{indicator.direction}\t{indicator.title}")


@app.command()
def areas() -> None:
    """List the ten areas and the lägesrapport that covers each."""
    from lagesbild.catalogue.areas import AREAS

    for one in AREAS:
        typer.echo(f"{one.id}\t{one.name}\t{one.report}")


app.command()(arbetsbok)
app.command()(colours)
app.command()(diff)
app.command()(download)
app.command()(faktablad)
app.command()(freeze)
app.command()(granskning)
app.command()(granskningsguide)
app.command()(grupp)
app.command()(kvalitetsdeklaration)
app.command()(kalender)
app.command()(lan)
app.command()(leaks)
app.command()(accessibility)
app.command()(metodbeskrivning)
app.command()(metodbok)
app.command()(new_year)
app.command()(oversyn)
app.command()(peers)
app.command()(plan)
app.command()(presentation)
app.command()(prioritering)
app.command()(prosa)
app.command()(quality)
app.command()(reproduce)
app.command()(revideringar)
app.command()(revisions)
app.command()(verify)
app.command()(sparkoder)
app.command()(trace)
app.add_typer(audit_app, name="audit")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(sources, name="sources")
