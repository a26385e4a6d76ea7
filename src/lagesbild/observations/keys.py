"""The key of an observation as one whole number a row: sorts, joins and finds repeats quickly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.vocabulary import OBSERVATION_KEY
from lagesbild.observations.schema import WORDS

_ROOM = 2**62


def key_numbers(observations: pd.DataFrame, columns: Sequence[str] = OBSERVATION_KEY) -> npt.NDArray[np.int64]:
    """Return one int64 per row, equal for equal keys and ascending in the canonical order.

    The order: columns as listed; text by code point, but level and sex as `Level` and `Sex` list them (riket
    before län before kommun; total before kvinnor before män). A null or unknown word sorts last.
    """
    numbers = np.zeros(len(observations), dtype=np.int64)
    span = 1
    for name in columns:
        codes, size = _codes(observations[name])
        if span * size >= _ROOM:
            known, numbers = np.unique(numbers, return_inverse=True)
            span = len(known)
        numbers = numbers * size + codes
        span *= size
    return numbers


def _codes(column: pd.Series) -> tuple[npt.NDArray[np.int64], int]:
    """Return the rank of each cell among the column's values, and how many ranks there are."""
    codes, values = pd.factorize(column)
    order = np.argsort(_ranks(column.name, values), kind="stable")
    rank = np.empty(len(values) + 1, dtype=np.int64)
    rank[order] = np.arange(len(values))
    rank[-1] = len(values)  # null: pandas gives it code -1
    return rank[codes], len(values) + 1


def _ranks(name: object, values: pd.Index) -> npt.NDArray[np.int64]:
    """Return sort keys of distinct values."""
    if name not in WORDS:
        return np.unique(np.asarray(values), return_inverse=True)[1].astype(np.int64)
    words = {word.value: position for position, word in enumerate(WORDS[str(name)])}
    return np.array([words.get(value, len(words)) for value in values], dtype=np.int64)
