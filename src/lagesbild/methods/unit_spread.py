"""How the units within a kommun spread in an indicator, and whether by more than chance gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from lagesbild.catalogue.vocabulary import Level, Sex, Status

#: A unit's expected count below this, or so near all of its persons, makes the test's distribution a poor guess.
FEWEST_EXPECTED = 1.0


def unit_spread(released: pd.DataFrame) -> pd.DataFrame:
    """Return the spread of the released units of every kommun.

    The test is Pearson's chi-square for equal proportions: do the units' shares differ by more than they would if each
    person's answer came from one and the same share? It is left out where a figure has no count behind it, where
    fewer than two units have, or where the expected counts are too small (Cochran 1954, Biometrics 10, 417-451: none
    below one, and at most a fifth below five).

    Parameters
    ----------
    released
        Released observations, any levels: ``indicator, region, year, level, sex, value, numerator, denominator,
        status``.

    Returns
    -------
    DataFrame
        ``indicator, region, year, n, hidden, lowest, highest, chance``, sorted: how many units are published and how
        many are withheld, the ends of the published, and the probability of at least this spread if the units were
        alike (nan where it isn't tested). A kommun without a published unit has no row.
    """
    units = released[(released["level"] == Level.ENHET) & (released["sex"] == Sex.TOTAL)]
    cell = ["indicator", "region", "year"]
    open_units = units[(units["status"] == Status.OK) & units["value"].notna()].copy()
    hidden = units[units["status"] == Status.SEKRETESS].groupby(cell).size().rename("hidden")
    whole = open_units["denominator"].where(open_units["numerator"].notna())
    by_cell = open_units.assign(whole=whole, part=open_units["numerator"].where(whole.notna())).groupby(cell)
    share = by_cell["part"].transform("sum") / by_cell["whole"].transform("sum")
    expected = share * whole
    other = (1.0 - share) * whole
    with np.errstate(invalid="ignore", divide="ignore"):
        square = (open_units["numerator"] - expected) ** 2 / (expected * (1.0 - share))
    least = np.minimum(expected, other)
    found = (
        open_units.assign(square=square, least=least, few=least < 5.0, counted=whole.notna())
        .groupby(cell)
        .agg(
            n=("value", "size"),
            lowest=("value", "min"),
            highest=("value", "max"),
            square=("square", "sum"),
            least=("least", "min"),
            few=("few", "mean"),
            counted=("counted", "sum"),
        )
    )
    fit = (
        (found["counted"] == found["n"])
        & (found["n"] > 1)
        & (found["least"] >= FEWEST_EXPECTED)
        & (found["few"] <= 0.2)
    )
    found["chance"] = np.where(fit, chdtrc((found["n"] - 1).clip(lower=1), found["square"]), np.nan)
    found = found.join(hidden).fillna({"hidden": 0}).astype({"hidden": "int64", "n": "int64"})
    return found.reset_index()[[*cell, "n", "hidden", "lowest", "highest", "chance"]]
