"""What the first cell of a national document calls: a lägesrapport, an area's page, the start page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lagesbild.catalogue.areas import STATUS_REPORTS, status_report
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.national.report import NationalReport
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.prose import report_prose
from lagesbild.publishing.release_metadata import layout_of, metadata_block, status_metadata
from lagesbild.publishing.underlag import read_frames


def status_front_matter(*, report: str, year: int | str, source: str, utkast: str = "") -> str:
    """Return the front matter of a lägesrapport as a block that a cell prints."""
    return metadata_block(status_metadata(layout_of(source, year), status_report(report), draft=utkast == "ja"))


def national_view(
    *, areas: list[str], year: int | str, source: str, prose: Mapping[str, str] = MappingProxyType({})
) -> NationalView:
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
        prose=prose,
    )


def year_in_brief(*, year: int | str, source: str) -> str:
    """Return the start page's year in brief: a few lines for each lägesrapport.

    Raises
    ------
    ParameterError, NotBuiltError
        See `kommun_document`.
    """
    reports = [status_document(report=about.id, year=year, source=source) for about in STATUS_REPORTS]
    return "\n\n".join(f"### {report.report.name}\n\n{report.headlines()}" for report in reports)


def status_document(*, report: str, year: int | str, source: str, utkast: str = "") -> NationalReport:
    """Return one national lägesrapport.

    Parameters
    ----------
    report, year, source
        Which.
    utkast
        "ja" for a draft: what does not hold in the analysts' prose is then marked in it.

    Raises
    ------
    ParameterError, NotBuiltError
        See `kommun_document`.
    ProseError
        If the analysts' prose does not hold, and it is no draft.
    """
    about = status_report(report)
    written = report_prose(layout_of(source, year), about, level=3, draft=utkast == "ja")
    view = national_view(areas=[area.id for area in about.areas], year=year, source=source, prose=written)
    return NationalReport(report=about, view=view)
