"""Which years a store has, told by the names of its files: nothing is read, and little imported."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.areas import area as area_called


def years_in(folder: Path, area: str) -> list[int]:
    """Return the years that the store has of an area, ascending (empty where it has none).

    Raises
    ------
    ParameterError
        If there is no such area.
    """
    area_folder = folder / area_called(area).id
    return sorted(int(path.stem) for path in area_folder.glob("[0-9]*.parquet"))
