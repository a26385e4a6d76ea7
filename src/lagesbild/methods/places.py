"""Where among all kommuner a value stands, on one scale from 0 (worst) to 100 (best) for every indicator.

The place of a value is the share of the kommuner with a result that have a worse one; those with the same result
count half. It is the scale on which the colours are drawn: a result is among the best if its place is over 75 and
among the worst if it is under 25 (`lagesbild.methods.colours.colours`). Riket's figure, the mean of similar kommuner
and the ends of a result's interval are read on the same scale: where a kommun with that value would stand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.methods.colours import MINIMUM_KOMMUNER, goodness

#: What is placed, and the column that its place goes to. The interval's ends are turned so that the first is worse.
PLACE_COLUMNS = ("place", "place_low", "place_high", "place_riket", "place_liknande")

_PLACED = ("value", "lower", "upper", "riket", "liknande")


def places(cells: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the places of results and of what they are compared with.

    Parameters
    ----------
    cells
        Kommun rows with ``indicator, year, sex, status, value, lower, upper, riket, liknande``. Only what is released
        may be there.
    indicators
        The catalogue's records.

    Returns
    -------
    DataFrame
        `PLACE_COLUMNS` on the index of `cells`, null for women or men alone, answers, indicators without direction,
        years with fewer than `MINIMUM_KOMMUNER` results, and wherever the value itself is null. The ends of the
        interval hold the own result's chance alone: the other kommuner's results are taken as they are.
    """
    direction = cells["indicator"].map({i.id: str(i.direction) for i in indicators}).astype("str")
    is_answer = cells["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    total = (cells["sex"] == Sex.TOTAL) & ~is_answer
    own = cells["value"].where(total & (cells["status"] == Status.OK))
    good = pd.DataFrame({name: goodness(cells[name].where(total), direction) for name in _PLACED[1:]})
    good.insert(0, "value", goodness(own, direction))
    # An interval without its result would tell of what is withheld.
    good[["lower", "upper"]] = good[["lower", "upper"]].where(good["value"].notna(), axis=0)
    found = np.full((len(cells), len(_PLACED)), np.nan)
    values = good.to_numpy(dtype=np.float64)
    for rows in good.groupby([cells["indicator"], cells["year"]], sort=False).indices.values():
        among = np.sort(values[rows, 0][~np.isnan(values[rows, 0])])
        if len(among) >= MINIMUM_KOMMUNER:
            found[rows] = _share_worse(among, values[rows])
    found[:, 1:3] = np.sort(found[:, 1:3], axis=1)
    return pd.DataFrame(found, index=cells.index, columns=list(PLACE_COLUMNS))


def _share_worse(among: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the percent of sorted results that are worse than each value, equal ones counted half."""
    worse = np.searchsorted(among, values, side="left") + np.searchsorted(among, values, side="right")
    return np.where(np.isnan(values), np.nan, 50.0 * worse / len(among))
