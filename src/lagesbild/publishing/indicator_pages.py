"""The section of the website with a page for each indicator, their list, and the pages of the areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section

_LIST = "lista"
_DESCRIPTION = "Alla indikatorer i öppna jämförelser, efter område och del."


def _pages() -> Sequence[str]:
    return ["indikatorer/index.qmd", *(f"indikatorer/{one.id}/index.qmd" for one in load_catalogue().indicators)]


def _parts() -> Sequence[str]:
    """Return the areas, those with most indicators first, so that no worker is left with the longest at the end."""
    catalogue = load_catalogue()
    return [*sorted((area.id for area in AREAS), key=lambda name: -len(catalogue.in_area(name))), _LIST]


def _make(layout: Layout, part: str) -> Mapping[str, str | bytes]:
    from lagesbild.presentation.indicator_page.page import indicator_page  # noqa: PLC0415 - see `MODULES`
    from lagesbild.publishing.indicator_views import area_views  # noqa: PLC0415

    if part == _LIST:
        return _list(layout)
    files: dict[str, str | bytes] = {}
    for name, view in area_views(layout, part).items():
        page = indicator_page(view, load_catalogue(), first_year=layout.years[0])
        folder = f"indikatorer/{name}"
        files[f"{folder}/index.qmd"] = plain_page(
            layout, page.title, page.body, subtitle=page.subtitle, description=page.description
        )
        files |= {f"{folder}/{beside}": content for beside, content in page.files.items()}
    return files


def _list(layout: Layout) -> Mapping[str, str | bytes]:
    from lagesbild.presentation.indicator_page.listing import indicator_list  # noqa: PLC0415
    from lagesbild.publishing.indicator_views import latest_years  # noqa: PLC0415

    body = indicator_list(load_catalogue(), latest_years(layout), layout.year)
    return {"indikatorer/index.qmd": plain_page(layout, "Indikatorer", body, toc=False, description=_DESCRIPTION)}


SECTION = Section(name="indikatorer", pages=_pages, make=_make, parts=_parts)
