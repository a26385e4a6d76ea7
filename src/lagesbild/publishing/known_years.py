"""Which years a source has, as every command must know before it does anything."""

from __future__ import annotations

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.disclosure.released_years import released_years
from lagesbild.publishing.layout import Layout


def known_years(layout: Layout) -> list[int]:
    """Return the years that the source has released observations of, in some area, ascending."""
    return sorted({year for area in AREA_IDS for year in released_years(layout.released, area)})
