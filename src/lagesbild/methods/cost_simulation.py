"""How often a kommun lands in its true field, when the median it is held against is that of a few others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def right_field(*, others: int, distances: Sequence[float], draws: int, seed: int = 20_210_617) -> pd.DataFrame:
    """Return how often the field is the true one, by how far the kommun truly lies from the middle of kommuner like it.

    The others' costs and results are drawn from independent normal distributions around that middle; the kommun lies
    `distance` of their standard deviations from it both ways. Its true field is the one it would have beside
    very many others.

    Parameters
    ----------
    others
        How many similar kommuner.
    distances
        In standard deviations; 0 is the middle itself, where each field is as true as another and a quarter is right.
    draws
        How many pictures.
    seed
        Of the random numbers.

    Returns
    -------
    DataFrame
        Columns ``distance`` and ``right`` (share between 0 and 1).
    """
    medians = np.median(np.random.default_rng(seed).standard_normal((draws, 2, others)), axis=2)
    rows = [(float(far), float(np.mean((medians < far).all(axis=1)))) for far in distances]
    return pd.DataFrame(rows, columns=["distance", "right"])
