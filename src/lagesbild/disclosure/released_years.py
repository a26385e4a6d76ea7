"""Which years have released observations, told without reading any."""

from __future__ import annotations

from pathlib import Path

from lagesbild.observations.store_years import years_in


def released_years(folder: Path, area: str) -> list[int]:
    """Return the years for which an area has released observations, in order."""
    return years_in(folder, area)
