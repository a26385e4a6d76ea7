"""How often the review's rule on places that don't come back calls an indicator by chance, and how often rightly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.review_rules import Rule


def retest_calls(
    rule: Rule, *, reliabilities: Sequence[float], kommuner: Sequence[int], draws: int = 400, seed: int = 20220
) -> pd.DataFrame:
    """Return how often the rule calls an indicator whose kommuner differ as much as is stated.

    Each kommun has a level of its own that stays, and every measurement adds noise. The reliability is the levels'
    share of the variance: the correlation that two measurements have in the long run (Spearman 1904).

    Parameters
    ----------
    rule
        The rule on the rank correlation: its threshold, and how many in a row must pass it.
    reliabilities, kommuner
        From 0 to 1; how many kommuner have results.
    draws, seed
        Simulated indicators of each kind, and where the random numbers begin.

    Returns
    -------
    DataFrame
        ``reliability, kommuner, share``: percent of the simulated indicators that are called.
    """
    random = np.random.default_rng(seed)
    rows = []
    for n in kommuner:
        levels = random.standard_normal((draws, 1, n))
        noise = random.standard_normal((draws, rule.matningar + 1, n))
        for reliability in reliabilities:
            results = np.sqrt(reliability) * levels + np.sqrt(1.0 - reliability) * noise
            ranks = results.argsort(axis=2).argsort(axis=2) - (n - 1) / 2.0
            again = (ranks[:, 1:] * ranks[:, :-1]).sum(axis=2) / (ranks[0, 0] ** 2).sum()
            called = (again <= rule.troskel).all(axis=1)
            rows.append((reliability, n, 100.0 * called.mean()))
    return pd.DataFrame(rows, columns=["reliability", "kommuner", "share"])
