"""What the first cell of a national document calls: a lägesrapport, an area's page, the start page."""

from __future__ import annotations

from lagesbild.catalogue.areas import STATUS_REPORTS, status_report
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.national.area_section import area_body
from lagesbild.presentation.national.report import NationalReport
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.release_metadata import layout_of, metadata_block, status_metadata
from lagesbild.publishing.underlag import read_frames


def status_front_matter(*, report: str, year: int | str, source: str) -> str:
    """Return the front matter of a lägesrapport as a block that a cell prints."""
    return metadata_block(status_metadata(layout_of(source, year), status_report(report)))


def national_view(*, areas: list[str], year: int | str, source: str) -> NationalView:
    """Return the national figures of some areas.

    Raises
    ------
    ParameterError, NotBuiltError
        See `kommun_document`.
    """
    layout = layout_of(source, year)
    return NationalView(
        year=layout.year,
        years=layout.years,
        figures=read_frames(layout, "indikatorer", areas),
        comparisons=read_frames(layout, "jamforelser", areas),
        trends=read_frames(layout, "trender", areas),
        catalogue=load_catalogue(),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[source],
        quality=read_frames(layout, "kvalitet", areas),
        nonresponse={name: read_frames(layout, "bortfall", [name]) for name in areas},
    )


def area_page(*, area: str, year: int | str, source: str) -> str:
    """Return the Markdown of an area's page: national development, spread and differences.

    Raises
    ------
    ParameterError, NotBuiltError
        See `kommun_document`.
    """
    about = area_called(area)
    view = national_view(areas=[about.id], year=year, source=source)
    if not view.measured(about.id, answers=False) and not view.measured(about.id, answers=True):
        return f"Inga nationella uppgifter finns för {view.year}.\n"
    return area_body(view, about, level=2)


def year_in_brief(*, year: int | str, source: str) -> str:
    """Return the start page's year in brief: a few lines for each lägesrapport.

    Raises
    ------
    ParameterError, NotBuiltError
        See `kommun_document`.
    """
    reports = [status_document(report=about.id, year=year, source=source) for about in STATUS_REPORTS]
    return "\n\n".join(f"### {report.report.name}\n\n{report.headlines()}" for report in reports)


def status_document(*, report: str, year: int | str, source: str) -> NationalReport:
    """Return one national lägesrapport.

    Raises
    ------
    ParameterError, NotBuiltError
        See `kommun_document`.
    """
    about = status_report(report)
    view = national_view(areas=[area.id for area in about.areas], year=year, source=source)
    return NationalReport(report=about, view=view)
