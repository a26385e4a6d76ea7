"""The website's pages of the metodbeskrivningar: ``/metod/<area>/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagesbild.catalogue.areas import AREAS, area
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.site_page import plain_page
from lagesbild.publishing.site_sections import Section


def _address(area_id: str) -> str:
    return f"metod/{area_id}/index.qmd"


def _pages() -> Sequence[str]:
    return [_address(one.id) for one in AREAS]


def _parts() -> Sequence[str]:
    return [one.id for one in AREAS]


def _make(layout: Layout, part: str) -> Mapping[str, str | bytes]:
    from lagesbild.publishing.method_descriptions import (  # noqa: PLC0415 - only who makes the pages reads figures
        description_metadata,
        description_of,
    )

    about = area(part)
    told = description_metadata(layout, about)
    download = f"[Metodbeskrivningen som PDF](../../../omraden/{part}/metodbeskrivning.pdf)"
    body = f"{download}\n\n{description_of(layout, about, up='../').text()}"
    return {_address(part): plain_page(layout, str(told["title"]), body, subtitle=told["subtitle"])}


SECTION = Section(name="metodbeskrivningar", pages=_pages, parts=_parts, make=_make)
