"""The section of the website with a page for each indicator, their list, and the pages of the areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lagesbild.catalogue.areas import AREAS, status_report
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.escape import markdown_text
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section

if TYPE_CHECKING:
    from lagesbild.presentation.indicator_page.view import IndicatorView

_LIST = "lista"
_DESCRIPTION = "Alla indikatorer i öppna jämförelser, efter område och del."


def _pages() -> Sequence[str]:
    return [
        "indikatorer/index.qmd",
        *(f"indikatorer/{one.id}/index.qmd" for one in load_catalogue().indicators),
        *(f"omraden/{area.id}/index.qmd" for area in AREAS),
    ]


def _parts() -> Sequence[str]:
    """Return the areas, those with most indicators first, so that no worker is left with the longest at the end."""
    catalogue = load_catalogue()
    return [*sorted((area.id for area in AREAS), key=lambda name: -len(catalogue.in_area(name))), _LIST]


def _make(layout: Layout, part: str) -> Mapping[str, str | bytes]:
    from lagesbild.presentation.indicator_page.page import indicator_page  # noqa: PLC0415 - see `MODULES`
    from lagesbild.publishing.indicator_views import area_views  # noqa: PLC0415

    if part == _LIST:
        return _list(layout)
    views = area_views(layout, part)
    files: dict[str, str | bytes] = {f"omraden/{part}/index.qmd": _area(layout, part, views)}
    for name, view in views.items():
        page = indicator_page(view, load_catalogue(), first_year=layout.years[0])
        folder = f"indikatorer/{name}"
        files[f"{folder}/index.qmd"] = plain_page(
            layout, page.title, page.body, subtitle=page.subtitle, description=page.description
        )
        files |= {f"{folder}/{beside}": content for beside, content in page.files.items()}
    return files


def _area(layout: Layout, name: str, views: Mapping[str, IndicatorView]) -> str:
    from lagesbild.presentation.area_page.page import area_page  # noqa: PLC0415
    from lagesbild.presentation.national.nonresponse import nonresponse_part  # noqa: PLC0415
    from lagesbild.publishing.indicator_views import reporting_view  # noqa: PLC0415
    from lagesbild.publishing.prose import report_prose  # noqa: PLC0415

    area = area_called(name)
    prose = report_prose(layout, status_report(area.report), level=3)
    body = area_page(
        area,
        views,
        year=layout.year,
        years=[year for year in layout.years if layout.analysis(name, year).is_dir()],
        prose=prose.get(name, ""),
        nonresponse=nonresponse_part(reporting_view(layout, name), area, level=3),
    )
    subtitle = f"Öppna jämförelser {layout.year}"
    return plain_page(layout, markdown_text(area.name), body, subtitle=subtitle, description=area.purpose)


def _list(layout: Layout) -> Mapping[str, str | bytes]:
    from lagesbild.presentation.indicator_page.listing import indicator_list  # noqa: PLC0415
    from lagesbild.publishing.indicator_views import latest_years  # noqa: PLC0415

    body = indicator_list(load_catalogue(), latest_years(layout), layout.year)
    return {"indikatorer/index.qmd": plain_page(layout, "Indikatorer", body, toc=False, description=_DESCRIPTION)}


SECTION = Section(name="indikatorer", pages=_pages, make=_make, parts=_parts)
