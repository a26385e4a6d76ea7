"""Groups that each kommun belongs to one of: its size class and its socio-economic group.

There is no public division of kommuner into socio-economic groups (Riksrevisionen, RiR 2021:17, uses one of its own),
so this one says what it is made of: an index, the weighted mean of stated background variables in standard deviations,
and five groups of equally many kommuner along it. SCB and Delmos form their five area types likewise (SCB,
"Områdestyper": the mean of income, education and dependence on support).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from lagesbild.methods.neighbours import standardised

#: Number of socio-economic groups.
N_GROUPS = 5


def socioeconomic_index(
    background: pd.DataFrame, weights: Mapping[str, float], *, logs: Sequence[str] = ()
) -> pd.Series:
    """Return each kommun's index: the weighted mean of its variables in standard deviations of all kommuner.

    Parameters
    ----------
    background
        Indexed by region, a column per variable.
    weights
        Weight of each variable; a negative one lowers the index. The mean is over the weights' absolute values.
    logs
        Variables that are taken by their logarithm.

    Returns
    -------
    Series
        float64, indexed by region; null where a variable is. 0 is the mean of all kommuner.
    """
    standard = standardised(background[list(weights)], logs=[name for name in logs if name in weights])
    weight = pd.Series(weights, dtype="float64")
    total = float(weight.abs().sum())
    # Rounded, so that two kommuner differ in their variables and never in the last bit of a sum.
    return ((standard * weight).sum(axis=1, skipna=False) / total).round(9)


def equal_groups(index: pd.Series, *, n: int = N_GROUPS) -> pd.Series:
    """Return groups "1" (lowest index) to "n" of equally many kommuner, or as nearly as may be.

    Of two kommuner with the same index the lower code comes first. A kommun without an index has no group, and nobody
    has where fewer than two kommuner would be in each.

    Returns
    -------
    Series
        Text, null where there is no group, on the index of `index`.
    """
    known = index.dropna().sort_index().sort_values(kind="stable")
    if len(known) < 2 * n:
        return pd.Series(None, index=index.index, dtype="str")
    groups = np.arange(len(known)) * n // len(known) + 1
    return pd.Series(groups.astype(str), index=known.index).reindex(index.index).astype("str")


def partitions(
    background: pd.DataFrame,
    inhabitants: Mapping[str, int],
    *,
    weights: Mapping[str, float],
    size_class: Callable[[int], str],
    population: str = "folkmangd",
    logs: Sequence[str] = (),
) -> pd.DataFrame:
    """Return each kommun's size class and socio-economic group.

    Parameters
    ----------
    background
        Indexed by region, a column per variable; may have no rows.
    inhabitants
        The kommuner, and the inhabitants that the register knows of: used where `background` has none.
    weights, logs
        Of the socio-economic index.
    size_class
        Names the class of a number of inhabitants.
    population
        The variable that holds the number of inhabitants.

    Returns
    -------
    DataFrame
        Indexed by region, sorted; text columns ``storlek`` and ``socioekonomi``, the latter null where a kommun lacks a
        variable of the index.
    """
    regions = pd.Index(sorted(inhabitants), name="region")
    known = background.reindex(regions)
    number = known[population].fillna(pd.Series(inhabitants, dtype="float64"))
    groups = equal_groups(socioeconomic_index(known, weights, logs=logs))
    size = pd.Series([size_class(int(count)) for count in number], index=regions, dtype="str")
    return pd.DataFrame({"storlek": size, "socioekonomi": groups})
