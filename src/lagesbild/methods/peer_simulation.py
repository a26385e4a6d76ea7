"""How often `peer_effects` and `staffing` mark where it is known whether there is anything to find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.methods.binary_regression import Floats, marks, regress
from lagesbild.methods.peer_effects import above_percentile, fits, lagged, others_mean

#: Swedish kommuner, and years as in Riksrevisionen's study.
KOMMUNER, YEARS = 290, 5


@dataclass(frozen=True, kw_only=True)
class World:
    """An invented Sweden in which indicators are drawn.

    Parameters
    ----------
    kommuner_differ, groups_differ, groups_shaken
        Shares (0-1) of the variance that are lasting differences between kommuner, lasting differences between groups,
        and what all kommuner of a group share in a single year. The rest is each kommun's own chance.
    influence
        How far a kommun moves, in standard deviations, the year after the others of its group were high.
    answers
        Whether the results are ja and nej (100 and 0).
    groups
        Number of groups, of uneven sizes.
    """

    kommuner_differ: float = 0.0
    groups_differ: float = 0.0
    groups_shaken: float = 0.0
    influence: float = 0.0
    answers: bool = False
    groups: int = 21


def draw(world: World, *, indicators: int, seed: int) -> tuple[Floats, list[str]]:
    """Return results of shape (indicators, kommuner, years), and the kommuner's groups."""
    rng = np.random.default_rng(seed)
    # Sizes from about 4 to 40 kommuner, as Swedish län.
    weights = np.linspace(1.0, 6.0, world.groups)
    codes = np.concatenate(
        [
            np.arange(world.groups).repeat(2),
            rng.choice(world.groups, size=KOMMUNER - 2 * world.groups, p=weights / weights.sum()),
        ]
    )
    groups = [str(code) for code in codes]
    own = 1.0 - world.kommuner_differ - world.groups_differ - world.groups_shaken
    shape = (indicators, world.groups)
    lasting = np.sqrt(world.kommuner_differ) * rng.standard_normal((indicators, KOMMUNER))
    lasting = lasting + np.sqrt(world.groups_differ) * rng.standard_normal(shape)[:, codes]
    shaken = np.sqrt(world.groups_shaken) * rng.standard_normal((*shape, YEARS))[:, codes]
    results = lasting[..., None] + shaken + np.sqrt(own) * rng.standard_normal((indicators, KOMMUNER, YEARS))
    for year in range(1, YEARS):
        if world.influence:
            before = results[..., [year - 1]]
            shown = np.where(before > 0, 100.0, 0.0) if world.answers else before
            results[..., year] += world.influence * above_percentile(others_mean(shown, groups))[..., 0]
    return (np.where(results > 0, 100.0, 0.0) if world.answers else results), groups


def peer_marks(world: World, *, indicators: int = 150, seed: int = 1) -> pd.DataFrame:
    """Return how often each column of Riksrevisionen's peer tables is marked in a world.

    Returns
    -------
    DataFrame
        Columns ``outcome, lag`` and the shares of indicators with a mark at the 5 percent level: ``plus`` and ``minus``
        by plain least squares, ``cluster`` with years and clustered errors, ``held`` with the own earlier result held
        constant too. Without anything to find, 0.05 is right (0.025 for plus and minus each).
    """
    results, groups = draw(world, indicators=indicators, seed=seed)
    better, everyone = np.ones(indicators), np.ones(KOMMUNER, dtype=bool)
    rows = []
    for outcome, lag, fit in fits(results, groups, better, everyone):
        mark = marks(fit.estimate, fit.p)
        row = {"outcome": outcome, "lag": lag, "plus": (mark == "++").mean(), "minus": (mark == "--").mean()}
        rows.append({**row, "cluster": (fit.p_cluster < 0.05).mean(), "held": (fit.p_held < 0.05).mean()})
    return pd.DataFrame(rows)


def staffing_marks(*, measures: int = 150, units: int = 5, lasting: float = 0.5, seed: int = 1) -> pd.DataFrame:
    """Return how often Riksrevisionen's staffing tables are marked where nothing but chance moves any unit.

    Parameters
    ----------
    measures
        How many are drawn.
    units
        Units in each kommun.
    lasting
        Share of the variance between units that lasts over the years; the rest is chance.

    Returns
    -------
    DataFrame
        Columns ``outcome`` (medel, lagst), ``lag``, ``plus`` and ``minus`` as for `peer_marks`.
    """
    rng = np.random.default_rng(seed)
    level = np.sqrt(lasting) * rng.standard_normal((measures, KOMMUNER, units, 1))
    noise = np.sqrt(1 - lasting) * rng.standard_normal((measures, KOMMUNER, units, YEARS))
    # A staffing of 100 on average with a coefficient of variation of 0.25, skewed as shares above zero are.
    value = 100.0 * np.exp(0.25 * (level + noise))
    mean, lowest = value.mean(axis=2), value.min(axis=2)
    high = above_percentile((value.max(axis=2) - lowest) / mean)
    rows = []
    for outcome, own in (("medel", mean), ("lagst", lowest)):
        for lag in (1, 2):
            fit = regress(own - lagged(own, lag), lagged(high, lag))
            mark = marks(fit.estimate, fit.p)
            rows.append({"outcome": outcome, "lag": lag, "plus": (mark == "++").mean(), "minus": (mark == "--").mean()})
    return pd.DataFrame(rows)
