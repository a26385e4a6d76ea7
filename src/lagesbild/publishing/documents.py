"""What a document's first cell calls: parameters made right, data read, a report object handed back.

It works where the document is run by papermill, by Quarto or by hand: the working root is found from the
current folder upwards. Quarto turns ``-P kommun:0180`` into the integer 180; the code is restored here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from lagesbild.catalogue.areas import AREAS, STATUS_REPORTS, Area, StatusReport, status_report
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import Catalogue, load_catalogue
from lagesbild.catalogue.regions import Kommun
from lagesbild.catalogue.regions import kommun as kommun_called
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import ParameterError
from lagesbild.presentation.kommun.report import KommunReport
from lagesbild.presentation.kommun.view import KommunView, rows_by_indicator
from lagesbild.presentation.national.area_section import area_body
from lagesbild.presentation.national.report import NationalReport
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.similar_kommuner import read_similar
from lagesbild.publishing.underlag import read_frames, read_underlag


#: How much of a kommun's report is made.
EXTENTS = ("full", "kort")


def working_root(start: Path | None = None) -> Path:
    """Return the nearest folder from `start` (the current one) upwards that holds ``_work``, else the project."""
    here = (start or Path()).resolve()
    for folder in (here, *here.parents):
        if (folder / "_work").is_dir():
            return folder
    return project_root()


def layout_of(source: str, year: int | str, root: Path | None = None) -> Layout:
    """Return the folders of a source and year given as a document's parameters.

    Raises
    ------
    ParameterError
        If the source is unknown or the year is no year.
    """
    if source not in SOURCE_NAMES:
        raise ParameterError("source", source, SOURCE_NAMES)
    if not str(year).isdigit() or not 1990 <= int(year) <= 2100:
        raise ParameterError("year", year, ())
    return Layout(root=root or working_root(), source=source, year=int(year))


def kommun_metadata(layout: Layout, kommun: Kommun) -> dict[str, object]:
    """Return the front matter of a kommun's report."""
    return {
        "title": f"{kommun.namn}: öppna jämförelser {layout.year}",
        "subtitle": "Kommunrapport om socialtjänst och kommunal hälso- och sjukvård",
        **common_metadata(layout),
    }


def status_metadata(layout: Layout, report: StatusReport) -> dict[str, object]:
    """Return the front matter of a lägesrapport."""
    return {
        "title": f"{report.name}: lägesrapport {layout.year}",
        "subtitle": "Öppna jämförelser i riket, kommungrupperna och kommunerna",
        **common_metadata(layout),
    }


def common_metadata(layout: Layout) -> dict[str, object]:
    """Return the front matter that every document of a release gets."""
    note = f"Lägesbild, öppna jämförelser {layout.year}. Källa: {SOURCE_NAMES[layout.source]}."
    return {"fotnot": note, **({"syntetisk": True} if layout.synthetic else {})}


def metadata_block(values: dict[str, object]) -> str:
    """Return front matter as a block that a cell prints.

    A document's own front matter can't depend on its parameters. Rendered by Quarto alone it gets title and
    marking this way; `publishing` sets the same values before it renders.
    """
    return f"---\n{yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)}---\n"


def kommun_front_matter(*, kommun: str | int, year: int | str, source: str) -> str:
    """Return the front matter of a kommun's report as a block that a cell prints."""
    return metadata_block(kommun_metadata(layout_of(source, year), kommun_called(kommun)))


def status_front_matter(*, report: str, year: int | str, source: str) -> str:
    """Return the front matter of a lägesrapport as a block that a cell prints."""
    return metadata_block(status_metadata(layout_of(source, year), status_report(report)))


def page_front_matter(*, year: int | str, source: str) -> str:
    """Return what every page's front matter has in common, as a block that a cell prints."""
    return metadata_block(common_metadata(layout_of(source, year)))


def kommun_document(
    *,
    kommun: str | int,
    year: int | str,
    source: str,
    index: str = "",
    areas: str = "",
    omfattning: str = "full",
) -> KommunReport:
    """Return the report of one kommun.

    Parameters
    ----------
    kommun
        Code or name; ``180`` is ``0180``.
    year, source
        Report year and name of the source.
    index
        The section on the composite index (`lagesbild.publishing.indexes.kommun_index`), where it is wanted.
    areas
        Ids of the areas that the report is about, with commas between; all ten where empty.
    omfattning
        ``full``, or ``kort`` for the first spread alone.

    Raises
    ------
    ParameterError
        For an unknown kommun, year, source, area or extent; suggests the nearest.
    NotBuiltError
        If the kommun's underlag has not been made.
    """
    if omfattning not in EXTENTS:
        raise ParameterError("omfattning", omfattning, EXTENTS)
    chosen = areas_of(areas)
    layout = layout_of(source, year)
    about = kommun_called(kommun)
    view = KommunView(
        kommun=about,
        year=layout.year,
        rows=rows_by_indicator(read_underlag(layout, about.kod)),
        catalogue=_catalogue_of(chosen),
        synthetic=layout.synthetic,
        source=SOURCE_NAMES[source],
    )
    return KommunReport(
        view=view,
        similar=read_similar(layout, about.kod),
        areas=chosen,
        index=index,
        short=omfattning == "kort",
    )


def areas_of(text: str) -> tuple[Area, ...]:
    """Return the areas named in a document's parameter, in the order of `AREAS`; all of them where it is empty.

    Raises
    ------
    ParameterError
        For an unknown area; suggests the nearest.
    """
    named = [area_called(name.strip()) for name in text.split(",") if name.strip()]
    return tuple(area for area in AREAS if area in named) if named else AREAS


def _catalogue_of(areas: Sequence[Area]) -> Catalogue:
    """Return the catalogue's indicators of some areas: what the report doesn't know of, no sentence can count."""
    catalogue = load_catalogue()
    if len(areas) == len(AREAS):
        return catalogue
    return Catalogue(tuple(one for area in areas for one in catalogue.in_area(area.id)))


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


def source_text(source: str) -> str:
    """Return where the figures come from, for the site's page about itself."""
    if source == "demo":
        return (
            "Syntetiska data: alla uppgifter på den här webbplatsen är påhittade för att visa systemet. "
            "De säger ingenting om verkliga kommuner."
        )
    return f"Uppgifterna kommer från {SOURCE_NAMES[source]}."


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
