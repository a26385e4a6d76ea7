"""The released observations: all that anything behind the gate may read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from lagesbild.disclosure.released_years import released_years
from lagesbild.observations.store import read_store

__all__ = ["read_released", "released_years"]


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
