"""The data of the website's page that compares (``/jamfor/``): a file per indicator, a list, the charts, and Vega.

The page itself is written by hand (``reports/site/jamfor.qmd``), and so are its scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.site_sections import Section

_FOLDER = "jamfor/data"
_LIST, _LIBRARY = "lista", "diagram"


def _pages() -> Sequence[str]:
    return ()


def _parts() -> Sequence[str]:
    return (_LIBRARY, *AREA_IDS, _LIST)


def _make(layout: Layout, part: str) -> Mapping[str, str | bytes]:
    if part == _LIBRARY:
        return _library(layout)
    return _list(layout) if part == _LIST else _area(layout, part)


def _library(layout: Layout) -> dict[str, str]:
    from lagesbild.presentation.compare.charts import chart_file  # noqa: PLC0415 - see `site_sections.MODULES`
    from lagesbild.presentation.compare.figures_file import compact  # noqa: PLC0415
    from lagesbild.publishing.chart_library import chart_library  # noqa: PLC0415

    return {"skript/vega.js": chart_library(layout), f"{_FOLDER}/diagram.json": compact(chart_file()) + "\n"}


def _area(layout: Layout, area: str) -> dict[str, str]:
    from lagesbild.catalogue.load import load_catalogue  # noqa: PLC0415
    from lagesbild.presentation.compare.figures_file import area_figures, figures_text  # noqa: PLC0415
    from lagesbild.presentation.compare.index_file import about  # noqa: PLC0415
    from lagesbild.publishing.compared_rows import compared_rows  # noqa: PLC0415

    indicators = {one.id: one for one in load_catalogue().in_area(area)}
    files = {}
    for document in area_figures(indicators, compared_rows(layout, area), layout.years):
        if document["years"]:
            told = about(indicators[document["id"]]) | origin(layout) | document
            files[f"{_FOLDER}/{document['id']}.json"] = figures_text(told)
    return files


def _list(layout: Layout) -> dict[str, str]:
    from lagesbild.catalogue.load import load_catalogue  # noqa: PLC0415
    from lagesbild.presentation.compare.index_file import index_file, lines_text, places_file  # noqa: PLC0415
    from lagesbild.publishing.compared_rows import compared_indicators  # noqa: PLC0415

    document = origin(layout) | index_file(load_catalogue(), compared_indicators(layout), layout.years)
    return {
        f"{_FOLDER}/index.json": lines_text(document),
        f"{_FOLDER}/platser.json": lines_text(origin(layout) | places_file()),
    }


def origin(layout: Layout) -> dict[str, object]:
    """Return what every file of the website's tools says of where its figures come from."""
    return {"source": SOURCE_NAMES[layout.source], "year": layout.year, "synthetic": layout.synthetic}


SECTION = Section(name="jamfor", pages=_pages, parts=_parts, make=_make)
