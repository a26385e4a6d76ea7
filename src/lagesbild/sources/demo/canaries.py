"""Canaries: secret figures of the demo that carry digits found nowhere else.

A leak scan can look for them in whatever is published. Two kinds of secret get them: a figure that the source
itself withholds but left in its file beside the status, and a figure on so few persons that the gate has to
withhold it. The second kind differs from the true value by less than its rounding, so that nothing else changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.vocabulary import Level

#: Counts below this are withheld whatever the indicator's threshold is.
FEW = 4
_SPAN = 400_000_000


def _number(parts: Sequence[object]) -> int:
    """Return a whole number below `_SPAN` that depends on nothing but `parts`."""
    digest = hashlib.sha256("|".join(str(part) for part in parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") % _SPAN


def beside_a_status(keys: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return a nine-digit value for each row of `keys`, for figures left beside the status that withholds them."""
    return np.array([500_000_000.0 + _number(key) for key in keys.itertuples(index=False)], dtype=np.float64)


def few_persons(truth: pd.DataFrame, personal: Collection[str]) -> dict[int, str]:
    """Return texts with long tails for the figures on very few persons.

    Parameters
    ----------
    truth
        Rows of a workbook's figures (`frames.TRUTH_COLUMNS`).
    personal
        Ids of the indicators that count persons, so that small counts are withheld.

    Returns
    -------
    dict of int to str
        Place in `truth` and the text of its value: the value with one decimal and nine more, which add less than 0.046.
    """
    counted = truth["denominator"].fillna(truth["n_answers"]).where(truth["indicator"].isin(personal))
    open_to_a_tail = truth["value"].gt(0) & truth["value"].lt(99.9) & truth["level"].eq(Level.KOMMUN.value)
    places = np.flatnonzero((counted.lt(FEW) & counted.gt(0) & open_to_a_tail).to_numpy())
    keys = truth[["indicator", "year", "region", "sex"]].iloc[places]
    texts = {}
    for place, value, key in zip(places, truth["value"].iloc[places], keys.itertuples(index=False), strict=True):
        tail = 50_000_000 + _number(key)  # the second decimal is 0 to 4: the value still rounds to what it was
        texts[int(place)] = f"{value:.1f}{tail:09d}".replace(".", ",")
    return texts
