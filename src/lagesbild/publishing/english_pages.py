"""What the website's English pages ask for, from a release's parameters."""

from __future__ import annotations

from functools import lru_cache

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.presentation.english import area_sections, file_table, headlines
from lagesbild.presentation.national.view import NationalView
from lagesbild.publishing.national_documents import national_view
from lagesbild.publishing.release_metadata import common_metadata, layout_of, metadata_block


def english_front_matter(*, year: int | str, source: str) -> str:
    """Return the front matter of an English page as a block that a cell prints."""
    return metadata_block({**common_metadata(layout_of(source, year)), "lang": "en"})


@lru_cache(maxsize=1)
def _views(source: str, year: int) -> dict[str, NationalView]:
    return {area.id: national_view(areas=[area.id], year=year, source=source) for area in AREAS}


def english_headlines(*, year: int | str, source: str) -> str:
    """Return the year in brief: some secured changes of each area that has any.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown year or source, or an area without analysis.
    """
    lines = [
        headlines(view, [area], each=1) for area, view in zip(AREAS, _views(source, int(year)).values(), strict=True)
    ]
    return "".join(line for line in lines if line.startswith("- "))


def english_areas(*, year: int | str, source: str) -> str:
    """Return the sections of the page on areas; raises as `english_headlines` does."""
    return area_sections(load_catalogue(), _views(source, int(year)), up="../../")


def english_files(*, year: int | str, source: str) -> str:
    """Return the table of data files.

    Raises
    ------
    ParameterError
        For an unknown year or source.
    """
    return file_table(list(layout_of(source, year).years), files="../../../data/indikatorer/")
