"""The website's calendar (``/kalender/``, and a file for calendar programs) and the areas' plans (``/matplan/``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild.catalogue.areas import AREAS
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section

_PAGE, _FILE = "kalender/index.qmd", "kalender.ics"


def _pages() -> Sequence[str]:
    return [_PAGE, *(f"matplan/{area.id}/index.qmd" for area in AREAS)]


def _make(layout: Layout, part: str) -> Mapping[str, str | bytes]:
    from lagesbild.catalogue.calendar import calendar_events  # noqa: PLC0415 - see `site_sections.MODULES`
    from lagesbild.catalogue.load import load_catalogue  # noqa: PLC0415
    from lagesbild.presentation.calendar_file import calendar_file  # noqa: PLC0415
    from lagesbild.presentation.calendar_page import calendar_page  # noqa: PLC0415
    from lagesbild.presentation.measuring_plan import area_plan  # noqa: PLC0415

    catalogue, events = load_catalogue(), calendar_events()
    page = calendar_page(catalogue, events, layout.year, file=_FILE, synthetic=layout.synthetic)
    plans = {
        f"matplan/{area.id}/index.qmd": plain_page(
            layout,
            f"{area.name}: mätplan",
            f"[Alla områdens mätplan](../index.html)\n\n{area_plan(catalogue, area, layout.year, up='../../')}",
        )
        for area in AREAS
    }
    return {
        _PAGE: plain_page(layout, "Kalender", page),
        f"kalender/{_FILE}": calendar_file(events),
        **plans,
    }


SECTION = Section(name="kalender", pages=_pages, make=_make)
