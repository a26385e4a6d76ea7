"""How often an interval of a proportion holds the truth: computed, not drawn, so that no chance is in the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy.stats import binom, hypergeom, norm

from lagesbild.methods.intervals import Bounds, Floats, proportion_interval

Interval = Callable[[Floats, int], Bounds]


def coverage(n: int, p: float, interval: Interval, *, population: int | None = None) -> float:
    """Return the probability that `interval` of a random count holds `p`.

    The sum, over every count that n can give, of its probability where the interval holds the truth (Brown, Cai and
    DasGupta 2001, Statistical Science 16, 101-133). With a `population` the n are drawn from it without replacement,
    and the truth is the nearest share that whole persons can give.
    """
    counts = np.arange(n + 1, dtype=np.float64)
    if population is None:
        weights = binom.pmf(counts, n, p)
    else:
        inside = round(p * population)
        p, weights = inside / population, hypergeom.pmf(counts, population, inside, n)
    lower, upper = interval(counts, n)
    slack = 1e-12
    return float(weights[(lower <= p + slack) & (p - slack <= upper)].sum())


def simple_interval(count: Floats, n: int, *, confidence: float = 0.95) -> Bounds:
    """Return the interval of school books, p plus or minus z times its standard error, for comparison alone."""
    p = count / n
    half = float(norm.ppf((1 + confidence) / 2)) * np.sqrt(p * (1 - p) / n)
    return p - half, p + half


def coverage_table(sizes: Sequence[int], shares: Sequence[float], *, answered: float = 0.6) -> pd.DataFrame:
    """Return, by n and p, the coverage of Wilson's and of the simple interval, and of Wilson's in a finite population.

    Parameters
    ----------
    sizes, shares
        Numbers of answers, and true shares.
    answered
        The share of the finite population that has answered; ``without`` is the coverage there when that is not used,
        ``finite`` when it is.

    Returns
    -------
    DataFrame
        Columns ``n, p, wilson, simple, without, finite``, sorted by n and p.
    """
    rows = []
    for n in sorted(sizes):
        population = round(n / answered)

        def corrected(count: Floats, many: int, population: int = population) -> Bounds:
            return proportion_interval(count, many, population=population)

        for p in sorted(shares):
            found = {"wilson": coverage(n, p, proportion_interval), "simple": coverage(n, p, simple_interval)}
            found["without"] = coverage(n, p, proportion_interval, population=population)
            found["finite"] = coverage(n, p, corrected, population=population)
            rows.append({"n": n, "p": p, **found})
    return pd.DataFrame(rows, columns=["n", "p", "wilson", "simple", "without", "finite"])
