"""City districts against the rest of their kommun: differences larger than chance gives."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Direction
from lagesbild.methods.intervals import proportion_interval


def against_the_rest(districts: pd.DataFrame, whole: pd.DataFrame, *, directions: Mapping[str, Direction]) -> pd.Series:
    """Return for each district whether it differs from the rest of its kommun by more than chance gives.

    The rest is the kommun's persons less the district's, so that a district isn't compared with itself. The interval
    of the difference of two shares is Newcombe's, from the Wilson intervals of both; where 0 is outside of it the
    difference is secured at 95 percent. Both counts are of released rows, and no sum is formed over districts.

    Parameters
    ----------
    districts
        Columns ``indicator, year, region, numerator, denominator`` of districts.
    whole
        The same of kommuner; ``region`` is the first four digits of the districts'.
    directions
        Which way is good, by indicator.

    Returns
    -------
    Series
        "battre", "samre", "hogre", "lagre" (no direction), "ingen", or empty where it can't be tested; on the index
        of `districts`.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17,
    method 10.
    """
    key = ["indicator", "year", "kommun"]
    known = whole.rename(columns={"region": "kommun", "numerator": "all_with", "denominator": "all"})
    joined = districts.assign(kommun=districts["region"].str[:4]).merge(
        known[[*key, "all_with", "all"]], on=key, how="left", validate="many_to_one"
    )
    part, n = joined["numerator"].to_numpy(dtype=np.float64), joined["denominator"].to_numpy(dtype=np.float64)
    rest, m = joined["all_with"].to_numpy(dtype=np.float64) - part, joined["all"].to_numpy(dtype=np.float64) - n
    # Sources round and count at different dates: a rest that can't be is no rest.
    tested = (n > 0) & (m > 0) & (rest >= 0) & (rest <= m)
    part, n, rest, m = (np.where(tested, one, np.nan) for one in (part, n, rest, m))
    (low, high), (rest_low, rest_high) = proportion_interval(part, n), proportion_interval(rest, m)
    share, other = part / n, rest / m
    lower = share - other - np.sqrt((share - low) ** 2 + (rest_high - other) ** 2)
    upper = share - other + np.sqrt((high - share) ** 2 + (other - rest_low) ** 2)
    way = joined["indicator"].map(directions).astype("str").to_numpy(dtype=str)
    high_word = np.select([way == Direction.HOG, way == Direction.LAG], ["battre", "samre"], "hogre")
    low_word = np.select([way == Direction.HOG, way == Direction.LAG], ["samre", "battre"], "lagre")
    found = np.select([~tested, lower > 0, upper < 0], ["", high_word, low_word], "ingen")
    return pd.Series(found, index=districts.index, dtype="str")
