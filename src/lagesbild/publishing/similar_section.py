"""The data of the website's page that finds similar kommuner (``/liknande/``).

The page itself is written by hand (``reports/site/liknande.qmd``), and so are its scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild.publishing.compare_section import origin
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_sections import Section

_FOLDER = "liknande/data"


def _pages() -> Sequence[str]:
    return ()


def _make(layout: Layout, part: str) -> Mapping[str, str | bytes]:
    from lagesbild.catalogue.background import topic_weights  # noqa: PLC0415 - see `site_sections.MODULES`
    from lagesbild.presentation.compare.figures_file import compact  # noqa: PLC0415
    from lagesbild.presentation.compare.index_file import lines_text  # noqa: PLC0415
    from lagesbild.presentation.compare.neighbours_file import background_file, groups_file, map_file  # noqa: PLC0415
    from lagesbild.publishing.comparison_groups import release_groups  # noqa: PLC0415

    groups = release_groups(layout)
    files = {
        f"{_FOLDER}/bakgrund.json": lines_text(origin(layout) | background_file(groups.background)),
        f"{_FOLDER}/karta.json": compact(map_file()) + "\n",
    }
    for number, name in enumerate(topic_weights(), start=1):
        topic = groups.topic(name)
        listed = groups_file(topic.published, name, topic.year)
        files[f"{_FOLDER}/kolada-{number}.json"] = lines_text(origin(layout) | listed)
    return files


SECTION = Section(name="liknande", pages=_pages, make=_make)
