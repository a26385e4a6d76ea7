"""The released observations: all that anything behind the gate may read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from lagesbild.observations.store import read_store, years_in


def read_released(
    folder: Path, *, areas: Iterable[str] | None = None, years: Iterable[int] | None = None
) -> pd.DataFrame:
    """Return released observations; withheld cells carry no figure, only the status ``sekretess``.

    Parameters
    ----------
    folder
        Folder of released observations (``_work/<source>/released``).
    areas, years
        What to read; all where not given.

    Raises
    ------
    NotBuiltError
        If nothing has been imported yet.
    """
    return read_store(folder, areas=areas, years=years)


def released_years(folder: Path, area: str) -> list[int]:
    """Return the years for which an area has released observations, in order."""
    return years_in(folder, area)
