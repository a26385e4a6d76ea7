"""Do two groups differ? A permutation test whose error rate holds for any distribution and any size of groups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: Shuffles; the smallest p value is then one in a thousand.
SHUFFLES = 999


def _shuffled_means(values: Floats, chosen: Bools, *, seed: int) -> Floats:
    """Return the mean of the chosen, over shuffles of who is chosen; shape (SHUFFLES, columns)."""
    rng = np.random.default_rng(seed)
    order = rng.random((SHUFFLES, len(values))).argsort(axis=1)[:, : int(chosen.sum())]
    return np.asarray(values[order].mean(axis=1), dtype=np.float64)


def permutation_test(values: Floats, chosen: Bools, *, seed: int) -> float:
    """Return the two-sided p value of the difference in mean between the chosen and the others.

    If who is chosen has nothing to do with the values, every choice of as many is equally likely; p is the share
    of shuffles that differ as much as the data, the data themselves counted in. Under the null hypothesis a p of at
    most 0.05 then comes in at most 5 percent of cases, exactly, and p is never 0.

    Parameters
    ----------
    values
        Shape (n,), without null values.
    chosen
        Shape (n,), at least one true and one false.
    seed
        Of the shuffles: the same seed gives the same p.

    Raises
    ------
    ValueError
        If a group is empty.

    References
    ----------
    Fisher, R.A. (1935), The Design of Experiments. Phipson, B. and Smyth, G. (2010), Permutation p-values should
    never be zero, Statistical Applications in Genetics and Molecular Biology 9:39.
    """
    return _p_value(values[:, None], chosen, seed=seed)


def association_test(groups: npt.NDArray[np.int64], chosen: Bools, *, seed: int) -> float:
    """Return the p value of chi-square between group and choice, by permutation; small groups are no obstacle.

    Parameters
    ----------
    groups
        Shape (n,): number of each one's group, from 0.
    chosen, seed
        As for `permutation_test`.

    Raises
    ------
    ValueError
        If nobody or everybody is chosen.
    """
    indicators = (groups[:, None] == np.arange(groups.max() + 1)[None, :]).astype(np.float64)
    # Chi-square sums the squared deviations of each group's count over its expectation.
    return _p_value(indicators / np.sqrt(np.maximum(indicators.sum(axis=0), 1.0)), chosen, seed=seed)


def _p_value(columns: Floats, chosen: Bools, *, seed: int) -> float:
    if not chosen.any() or chosen.all():
        raise ValueError("one of the two groups is empty; a difference needs both")
    middle = columns.mean(axis=0)

    def distance(means: Floats) -> Floats:
        return np.asarray(((means - middle) ** 2).sum(axis=-1), dtype=np.float64)

    seen = distance(columns[chosen].mean(axis=0))
    shuffled = distance(_shuffled_means(columns, chosen, seed=seed))
    # Sums in another order differ in their last bits; a tie must count as one.
    return float((1 + (shuffled >= seen - 1e-12 * (1 + seen)).sum()) / (1 + SHUFFLES))
