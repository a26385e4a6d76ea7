"""Similar kommuner: the nearest neighbours on stated background variables with stated weights.

Two kommuner are the more alike the less their background variables differ. Each variable is taken in standard
deviations of all kommuner, so that none counts for more because of its unit, and the squared differences are added up
by their weights (a weighted Euclidean distance).

References
----------
Kolada (RKA), "Liknande kommuner": seven kommuner each, by expected cost and number of inhabitants among others. How
they are weighed is not published; `agreement` tells how near these neighbours come to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.methods.comparison_groups import no_members
from lagesbild.methods.means_of_others import MEMBERSHIP_COLUMNS

Floats = npt.NDArray[np.float64]

#: How many neighbours a kommun has; Kolada's groups are as large.
N_NEIGHBOURS = 7

#: Who has drawn up a kommun's similar kommuner: Kolada, or we.
PUBLISHED, OWN = "kolada", "egen"

#: Distances are compared rounded, so that ties are ties on every machine.
_DECIMALS = 9


def standardised(background: pd.DataFrame, *, logs: Sequence[str] = ()) -> pd.DataFrame:
    """Return the variables in standard deviations from the mean of all kommuner.

    Parameters
    ----------
    background
        Indexed by region, a column per variable, null where a kommun has no value.
    logs
        The variables that are compared by their logarithm; a value that is not positive has none and becomes null.

    Returns
    -------
    DataFrame
        Of the same form. A variable that is the same everywhere, or that fewer than two kommuner have, is 0 where there
        is a value: it tells nobody apart.
    """
    values, spread = _compared(background, logs), spread_of(background, logs=logs)
    return (values - spread["mean"]) / spread["sd"]


def spread_of(background: pd.DataFrame, *, logs: Sequence[str] = ()) -> pd.DataFrame:
    """Return what each variable is standardised by: ``mean`` and ``sd``, of its logarithms where it is in `logs`.

    The standard deviation is that of all kommuner, and 1 where it is 0. Parameters as for `standardised`.
    """
    values = _compared(background, logs)
    spread = values.std(ddof=0)
    return pd.DataFrame({"mean": values.mean(), "sd": spread.where(spread > 0, 1.0)})


def _compared(background: pd.DataFrame, logs: Sequence[str]) -> pd.DataFrame:
    """Return the values, or their logarithms, that kommuner are compared by."""
    values = background.astype("float64").copy()
    for name in logs:
        values[name] = np.log(values[name].where(values[name] > 0))
    return values


def squared_differences(standard: pd.DataFrame, weights: Mapping[str, float]) -> Floats:
    """Return what each variable adds to the squared distance between each two kommuner.

    Parameters
    ----------
    standard
        As `standardised` returns it.
    weights
        Weight of each variable that counts.

    Returns
    -------
    ndarray, shape (variables, kommuner, kommuner)
        In the order of `weights`; nan where one of the two kommuner has no value.
    """
    columns = standard[list(weights)].to_numpy(dtype=np.float64).T
    weight = np.array(list(weights.values()), dtype=np.float64)[:, None, None]
    result: Floats = weight * (columns[:, :, None] - columns[:, None, :]) ** 2
    return result


def nearest(standard: pd.DataFrame, weights: Mapping[str, float], *, n: int = N_NEIGHBOURS) -> pd.DataFrame:
    """Return each kommun's `n` nearest others.

    Parameters
    ----------
    standard
        As `standardised` returns it, a row per kommun.
    weights
        Weight of each variable that counts.
    n
        How many; fewer where there are fewer others.

    Returns
    -------
    DataFrame
        ``region, member, distance``, sorted by region and distance. Of two that are equally far the lower code comes
        first. A kommun that lacks one of the variables has no neighbours and is nobody's.
    """
    complete = standard[standard[list(weights)].notna().all(axis=1)].sort_index()
    places = complete.index.to_numpy(dtype=object)
    if len(places) < 2:
        return no_members().assign(distance=pd.Series(dtype="float64"))
    distance = np.sqrt(squared_differences(complete, weights).sum(axis=0)).round(_DECIMALS)
    np.fill_diagonal(distance, np.inf)  # nobody is one's own neighbour
    count = min(n, len(places) - 1)
    # Stable: places stand in code order, so a tie goes to the lower code.
    chosen = np.argsort(distance, axis=1, kind="stable")[:, :count]
    frame = {
        "region": np.repeat(places, count),
        "member": places[chosen.ravel()],
        "distance": np.take_along_axis(distance, chosen, axis=1).ravel(),
    }
    return pd.DataFrame(frame).astype({"region": "str", "member": "str"})


def explained(
    background: pd.DataFrame, members: pd.DataFrame, weights: Mapping[str, float], *, logs: Sequence[str] = ()
) -> pd.DataFrame:
    """Return why each similar kommun is one: how the two differ, variable by variable.

    Parameters
    ----------
    background
        Every kommun's variables (see `standardised`): a difference is judged against the spread among all.
    members
        A membership (``region, member``): all kommuner's, or some rows of it.
    weights, logs
        As in `nearest` and `standardised`.

    Returns
    -------
    DataFrame
        A row per row of `members` and variable: ``region, member, variable, own, other`` (values in the variable's
        unit), ``steps`` (how far the other lies above one's own, in standard deviations of all), ``share`` (the
        part of the squared distance that the variable makes up, 0-1; null where there is no distance) and ``nearer``
        (the part of all other kommuner with a value that lie nearer in this variable alone, 0-1). The last three are
        null where one of the two has no value. In the order of the members and of the weights.
    """
    standard = standardised(background, logs=logs)
    pairs = members[list(MEMBERSHIP_COLUMNS)].reset_index(drop=True)
    own, other = (standard.index.get_indexer(pd.Index(pairs[name])) for name in MEMBERSHIP_COLUMNS)
    pairs, own, other = pairs[known := (own >= 0) & (other >= 0)], own[known], other[known]
    parts = squared_differences(standard, weights)[:, own, other]
    whole = parts.sum(axis=0)
    frames = []
    for place, name in enumerate(weights):
        values = standard[name].to_numpy()
        apart = np.abs(values[:, None] - values[None, :]).round(_DECIMALS)
        np.fill_diagonal(apart, np.nan)
        others = (~np.isnan(apart)).sum(axis=1)[own]
        nearer = (apart[own] < apart[own, other][:, None]).sum(axis=1) / np.maximum(others, 1)
        steps = values[other] - values[own]
        frames.append(
            pairs.assign(
                variable=name,
                own=background[name].to_numpy()[own],
                other=background[name].to_numpy()[other],
                steps=steps,
                share=np.divide(parts[place], whole, out=np.full(len(pairs), np.nan), where=whole > 0),
                nearer=np.where(np.isnan(steps), np.nan, nearer),
            )
        )
    # One variable after the other so far; now one kommun after the other.
    return pd.concat(frames).sort_index(kind="stable").reset_index(drop=True).astype({"variable": "str"})


def similar(published: pd.DataFrame, ours: pd.DataFrame) -> pd.DataFrame:
    """Return each kommun's similar kommuner: the published ones, else its own nearest neighbours.

    Parameters
    ----------
    published, ours
        Memberships; further columns are left out.

    Returns
    -------
    DataFrame
        ``region, member, source``, sorted; `source` is `PUBLISHED` or `OWN`, the same for all of a kommun's rows.
    """
    keys = list(MEMBERSHIP_COLUMNS)
    lacking = ours[~ours["region"].isin(published["region"])]
    both = [published[keys].assign(source=PUBLISHED), lacking[keys].assign(source=OWN)]
    return pd.concat(both, ignore_index=True).astype("str").sort_values(keys, ignore_index=True)


def agreement(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.Series:
    """Return how many similar kommuner two memberships have in common, for each kommun that has some in both.

    Returns
    -------
    Series
        int64, indexed by region, sorted.
    """
    keys = list(MEMBERSHIP_COLUMNS)
    both = sorted(set(ours["region"]) & set(theirs["region"]))
    common = ours[keys].merge(theirs[keys], on=keys)
    return common["region"].value_counts().reindex(both, fill_value=0).astype("int64").rename("common")


def expected_by_chance(size: int, other_size: int, candidates: int) -> float:
    """Return how many members two groups drawn blindly have in common on average (the hypergeometric mean)."""
    return size * other_size / candidates if candidates else float("nan")
