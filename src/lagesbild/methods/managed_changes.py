"""How many other kommuner have changed as much as a target asks, in as many years: whether the target is realistic."""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd

from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.moderated_slopes import Floats
from lagesbild.methods.trends import Trends

#: With fewer kommuner that have both years, a share of them says little.
FEWEST_OTHERS = 20

_SLACK = 1e-9


def managed_changes(found: Trends, asked: pd.DataFrame) -> pd.DataFrame:
    """Return for each target how many other kommuner there are to go by, and how many have changed as much.

    A target asks for a change (its distance) in the years that are left. Another kommun has managed it when its result
    changed at least as much, the same way, over just as many years up to the kommun's own latest year. Only kommuner
    with a result in both years count. It is a description of single pairs of results, chance included: where few
    have managed it, the target is bold; where many have, chance alone may carry some of them there.

    Parameters
    ----------
    found
        As `lagesbild.methods.trends.fitted` returns it.
    asked
        Columns ``indicator, region, last_year, years, distance``, a row per target; null `distance` or `years` where
        nothing is asked.

    Returns
    -------
    DataFrame
        Columns ``n_others`` and ``n_managed`` on the index of `asked`, null where fewer than `FEWEST_OTHERS` have both
        years.
    """
    kommuner = (found.series["level"] == Level.KOMMUN).to_numpy()
    indicator = found.series["indicator"].to_numpy()[kommuner]
    region = found.series["region"].to_numpy()[kommuner]
    points = found.points[kommuner]
    column = {int(year): place for place, year in enumerate(found.years)}
    others, managed = (np.full(len(asked), np.nan) for _ in range(2))
    usable = asked[asked["distance"].notna() & asked["years"].notna() & (asked["distance"] != 0)]
    place_of = pd.Series(np.arange(len(asked)), index=asked.index)
    spans = usable.assign(first_year=usable["last_year"] - usable["years"])
    for key, targets in spans.groupby(["indicator", "last_year", "first_year"], sort=True):
        name, last, first = cast(tuple[str, float, float], key)
        end, start = column.get(int(last)), column.get(int(first))
        if end is None or start is None:
            continue
        same = indicator == name
        change = points[same, end] - points[same, start]
        known = ~np.isnan(change)
        rising, own = np.sort(change[known]), dict(zip(region[same][known], change[known], strict=True))
        distance = targets["distance"].to_numpy(dtype=np.float64)
        mine = targets["region"].map(own).to_numpy(dtype=np.float64)
        n = len(rising) - ~np.isnan(mine)
        count = _as_far(rising, distance) - np.where(distance > 0, mine >= distance - _SLACK, mine <= distance + _SLACK)
        at = place_of[targets.index].to_numpy()
        others[at] = np.where(n >= FEWEST_OTHERS, n, np.nan)
        managed[at] = np.where(n >= FEWEST_OTHERS, count, np.nan)
    return pd.DataFrame({"n_others": others, "n_managed": managed}, index=asked.index)


def _as_far(rising: Floats, distance: Floats) -> Floats:
    """Return how many of the sorted changes go at least as far, the same way."""
    up = len(rising) - np.searchsorted(rising, distance - _SLACK, side="left")
    down = np.searchsorted(rising, distance + _SLACK, side="right")
    return np.where(distance > 0, up, down).astype(np.float64)
