"""Whether an index's interval holds the true index, and how far pure chance spreads ranks, in invented countries."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.methods.composite_index import composite, composite_error


def index_coverage(
    *, kommuner: int = 4000, indicators: int = 6, noise: float = 0.6, seed: int = 20_210_617
) -> pd.DataFrame:
    """Return how often the 95 percent interval holds the true index, by how errors go together and are held to.

    Each kommun has a true z in each indicator and an error of standard deviation `noise`; a tenth of the results are
    missing. All indicators are from one survey, whose errors correlate by ``true``; the interval takes them to by
    ``assumed``.

    Returns
    -------
    DataFrame
        Columns ``true, assumed, coverage``.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for true in (0.0, 0.5):
        own, common = rng.standard_normal((kommuner, indicators)), rng.standard_normal((kommuner, 1))
        errors = noise * (np.sqrt(true) * common + np.sqrt(1 - true) * own)
        z = rng.standard_normal((kommuner, indicators))
        gaps = rng.random((kommuner, indicators)) < 0.1
        gaps[gaps.all(axis=1)] = False
        z[gaps] = np.nan
        weights = np.full(indicators, 1 / indicators)
        off = np.abs(composite(z + errors, weights) - composite(z, weights))
        for assumed in (0.0, 0.5):
            se = composite_error(z, np.full(z.shape, noise), weights, ["a"] * indicators, shared=assumed)
            rows.append((true, assumed, float(np.mean(off <= 1.959964 * se))))
    return pd.DataFrame(rows, columns=["true", "assumed", "coverage"])
