"""How often differences are called secured: simulated where nothing differs, and where a stated amount does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.methods.differences import LEVELS, Reference, exact, others, secured, shrunk
from lagesbild.methods.intervals import Floats

#: Kommuner of a simulated country.
COUNTRY = 290


def error_rates(*, draws: int, seed: int = 1) -> pd.DataFrame:
    """Return how often a kommun that is like its reference is called different from it.

    Parameters
    ----------
    draws
        Kommuner drawn for each situation.
    seed
        Of the random numbers.

    Returns
    -------
    DataFrame
        ``Situation``, and for each level (95, 99,8) the percent of the kommuner called different at it.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for n, p in ((20, 0.8), (100, 0.8), (1000, 0.8)):
        values = 100.0 * rng.binomial(n, p, draws) / n
        found = secured(values, exact(np.full(draws, 100.0 * p)), se=np.ones(draws), denominators=np.full(draws, n))
        rows.append((f"Andel av {n} personer mot riket", *_shares(found)))
    for size, name in ((COUNTRY, "Riket, 290 kommuner"), (22, "Kommungrupp, 22 kommuner"), (8, "Liknande, 8 kommuner")):
        values, se = _alike(rng, draws)
        reference = others(values, se, np.arange(draws) // size)
        whole = reference.n == size - 1
        found = secured(values, reference, se=se, denominators=np.full(draws, np.nan))[whole]
        rows.append((name, *_shares(found)))
    for name, fair in (("Bästa fjärdedelen som den mättes", False), ("Bästa fjärdedelen, slumpen avdragen", True)):
        rows.append((name, *_shares(_against_the_best(rng, draws, fair=fair))))
    return pd.DataFrame(rows, columns=["Situation", "95 %", "99,8 %"])


def power(differences: Sequence[float], *, draws: int, seed: int = 2) -> pd.DataFrame:
    """Return how often a kommun is called different that differs from riket by so many standard errors.

    Returns
    -------
    DataFrame
        ``Situation`` ("2 gånger slumpens storlek"), and the percent called different at each level.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for difference in differences:
        values = rng.normal(difference, 1.0, draws)
        nowhere = np.full(draws, np.nan)
        found = secured(values, exact(np.zeros(draws)), se=np.ones(draws), denominators=nowhere)
        rows.append((f"{difference:g} gånger slumpens storlek", *_shares(found)))
    return pd.DataFrame(rows, columns=["Situation", "95 %", "99,8 %"])


def _alike(rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Return figures of kommuner that are all alike, the small ones measured with more error, and their errors."""
    se = rng.uniform(1.0, 5.0, draws)
    return rng.normal(70.0, se), se


def _against_the_best(rng: np.random.Generator, draws: int, *, fair: bool) -> Floats:
    """Return the levels of kommuner, all alike, against the best quarter of them."""
    rounds = max(draws // COUNTRY, 1)
    values, se = rng.normal(70.0, 3.0, (rounds, COUNTRY)), np.full(rounds * COUNTRY, 3.0)
    size = COUNTRY // 4
    best = np.sort(values, axis=1)[:, -size:].mean(axis=1).repeat(COUNTRY)
    reference = Reference(level=best, se=np.full(len(se), 3.0 / np.sqrt(size)), n=np.full(len(se), size))
    if fair:
        reference = shrunk(reference, values=values.ravel(), se=se, series=np.repeat(np.arange(rounds), COUNTRY))
    return secured(values.ravel(), reference, se=se, denominators=np.full(len(se), np.nan))


def _shares(levels: Floats) -> tuple[float, float]:
    """Return the percent secured at 95 percent or more, and at 99.8."""
    return float(100.0 * np.mean(levels >= LEVELS[0])), float(100.0 * np.mean(levels >= LEVELS[1]))
