"""What the review of the indicators found, all areas beside each other; for the website."""

from __future__ import annotations

from functools import lru_cache

from lagesbild.catalogue.areas import AREAS
from lagesbild.methods.review import ReviewResult
from lagesbild.presentation.review_page import cases_table, reviews_table
from lagesbild.publishing.layout import SOURCE_NAMES
from lagesbild.publishing.release_metadata import layout_of
from lagesbild.publishing.review_reports import review_of

#: From the page to the folder of PDFs in the release, and to the pages of the indicators.
_FILES, _PAGES = "../../granskning/", "../indikatorer/"


@lru_cache(maxsize=1)
def _reviews(source: str, year: int) -> dict[str, ReviewResult]:
    layout = layout_of(source, year)
    return {area.id: review_of(layout, [area.id]) for area in AREAS}


def reviews_of_areas(*, year: int | str, source: str) -> str:
    """Return how many indicators of each area have a ground for review, with links to the reviews.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown year or source, or an area without analysis.
    """
    found = _reviews(source, int(year))
    table = reviews_table([(area, found[area.id]) for area in AREAS], files=_FILES)
    return f"{table}\nKälla: {SOURCE_NAMES[source]}.\n"


def clearest_of_all(*, year: int | str, source: str, number: int) -> str:
    """Return the clearest cases of all areas as a table, each linked to its indicator's page.

    Raises
    ------
    ParameterError, NotBuiltError
        For an unknown year or source, or an area without analysis.
    """
    cases = [case for result in _reviews(source, int(year)).values() for case in result.cases]
    # A stable sort: cases that are as clear stand in the areas' order.
    cases.sort(key=lambda case: -case.clearness)
    return f"{cases_table(cases[:number], pages=_PAGES)}\nKälla: {SOURCE_NAMES[source]}.\n"
