"""How often trends are false alarms, and how often real ones are found: by simulation, for tests and a page."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from lagesbild.methods.moderated_slopes import Floats, Lines, lines, moderated, prior, rounding_variance
from lagesbild.methods.targets import LIKELY, probability_of_reaching
from lagesbild.methods.trend_labels import SMALL, number_labels

#: Standard deviation between kommuner, in standard deviations of one measurement, where nothing else is said.
BETWEEN = 1.5
#: Degrees of freedom of the variances that differ: the median of Kolada's indicators in 2020 (size classes apart).
UNLIKE = 7.0

_GROUPS = {"sakerstalld": "Säkerställd", "mojlig": "Möjlig", "stabil": "Stabil", "slump": "Inom slumpen"}

#: What the table of false alarms goes through: name, and arguments of `simulated`.
SITUATIONS: dict[str, dict[str, float]] = {
    "Lika stor spridning": {},
    "Olika stor spridning": {"df_spread": UNLIKE},
    "Mycket olika spridning": {"log_spread": 1.0},
    "Åren liknar varandra (autokorrelation 0,3)": {"autocorrelation": 0.3},
    "Treårsmedelvärden": {"running": 3},
    "Nivån vandrar av sig själv": {"walk": 0.5},
    "Små ändringar mot skillnaden mellan kommuner": {"between": 8.0},
}


def simulated(
    rng: np.random.Generator,
    *,
    indicators: int,
    kommuner: int,
    points: int,
    slope: float = 0.0,
    df_spread: float = np.inf,
    log_spread: float = 0.0,
    autocorrelation: float = 0.0,
    running: int = 1,
    walk: float = 0.0,
    between: float = BETWEEN,
) -> Floats:
    """Return series of shape (indicators x kommuner, points), in standard deviations of one measurement.

    Parameters
    ----------
    rng
        Source of chance.
    indicators, kommuner, points
        How many.
    slope
        True change per year; half of the kommuner rise and half fall.
    df_spread
        The kommuner's variances are df / chi2(df): the model's own assumption.
    log_spread
        Standard deviation of the logarithm of the kommuner's variances (log-normal): not the model's assumption.
    autocorrelation
        Of the first order, between a kommun's years.
    running
        Each result is the mean of so many years, a year further on each time.
    walk
        Standard deviation of the true level's own step from year to year (a random walk).
    between
        Standard deviation of the kommuner's levels.
    """
    series = indicators * kommuner
    noise = rng.standard_normal((series, points + running - 1))
    for year in range(1, noise.shape[1]):
        fresh = np.sqrt(1.0 - autocorrelation**2) * noise[:, year]
        noise[:, year] = autocorrelation * noise[:, year - 1] + fresh
    if running > 1:
        total = np.cumsum(np.pad(noise, ((0, 0), (1, 0))), axis=1)
        noise = (total[:, running:] - total[:, :-running]) / np.sqrt(running)
    if np.isfinite(df_spread):
        noise *= np.sqrt(df_spread / rng.chisquare(df_spread, size=(series, 1)))
    if log_spread:
        noise *= np.exp(rng.normal(0.0, log_spread / 2.0, size=(series, 1)))
    if walk:
        noise += np.cumsum(rng.normal(0.0, walk, size=noise.shape), axis=1)
    sign = np.where(np.arange(series) % 2 == 0, 1.0, -1.0)
    level = rng.normal(0.0, between, size=series)
    return np.asarray(noise + level[:, None] + (slope * sign)[:, None] * np.arange(points)[None, :])


def _moderated(values: Floats, kommuner: int, *, alone: bool = False) -> Lines:
    """Return the lines of simulated series; `alone` leaves out what the kommuner know together."""
    years = np.arange(values.shape[1], dtype=np.int64)
    groups = np.arange(len(values)) // (1 if alone else kommuner)
    fit = lines(values, years)
    return moderated(fit, prior(fit.variance, fit.df, groups), rounding_variance(values[:, :1], groups * 0))


def label_shares(values: Floats, kommuner: int, *, alone: bool = False, between: float = BETWEEN) -> pd.Series:
    """Return the percent of simulated series with each kind of label: secured, possible, stable, chance."""
    line = _moderated(values, kommuner, alone=alone)
    lower, upper = line.interval()
    span = values.shape[1] - 1
    labels = number_labels(
        n=line.n,
        slope=line.slope,
        p=line.p,
        change=(lower * span, upper * span),
        margin=np.full(len(values), SMALL * between),
        constant=np.zeros(len(values), dtype=bool),
        direction=np.full(len(values), "hog"),
    )
    kinds = pd.Series(labels).str.split("_").str[0].map(_GROUPS)
    return kinds.value_counts(normalize=True).reindex(list(_GROUPS.values()), fill_value=0.0) * 100.0


def false_alarms(*, points: tuple[int, ...] = (3, 5, 10), indicators: int = 20, seed: int = 1) -> pd.DataFrame:
    """Return how series without any trend are labelled, in percent: one row per situation and number of points.

    Parameters
    ----------
    points
        Numbers of measurements.
    indicators
        Indicators of 290 kommuner for each row.
    seed
        Of the random numbers.

    Returns
    -------
    DataFrame
        Columns ``Situation, Mätningar`` and the four kinds of label. The last situation is a series that stands
        alone, as riket does: an ordinary t test.
    """
    rows = []
    situations = [*SITUATIONS.items(), ("En serie för sig (riket)", {})]
    for name, how in situations:
        for n in points:
            rng = np.random.default_rng([seed, n])
            values = simulated(rng, indicators=indicators, kommuner=290, points=n, **how)  # type: ignore[arg-type]
            alone = name.startswith("En serie")
            shares = label_shares(values, 290, alone=alone, between=how.get("between", BETWEEN))
            rows.append({"Situation": name, "Mätningar": n} | shares.to_dict())
    return pd.DataFrame(rows)


def power(
    *,
    slopes: tuple[float, ...] = (0.25, 0.5, 1.0),
    points: tuple[int, ...] = (3, 5, 10),
    indicators: int = 20,
    seed: int = 1,
) -> pd.DataFrame:
    """Return how real trends are labelled, in percent: one row per slope and number of points.

    Slopes are in standard deviations of one measurement per year. Half of the kommuner have the trend up, half down,
    and their variances differ as in Kolada (`UNLIKE`).

    Returns
    -------
    DataFrame
        Columns ``Lutning, Mätningar``, the four kinds of label, and ``Säkerställd utan gemensam spridning``: what an
        ordinary t test of each series alone would have found.
    """
    rows = []
    for slope in slopes:
        for n in points:
            rng = np.random.default_rng([seed, n])
            values = simulated(rng, indicators=indicators, kommuner=290, points=n, slope=slope, df_spread=UNLIKE)
            alone = label_shares(values, 290, alone=True)["Säkerställd"]
            shares = label_shares(values, 290).to_dict()
            rows.append({"Lutning": slope, "Mätningar": n} | shares | {"Säkerställd utan gemensam spridning": alone})
    return pd.DataFrame(rows)


def target_coverage(
    *,
    points: tuple[int, ...] = (3, 5, 9),
    ahead: int = 2,
    indicators: int = 20,
    seed: int = 1,
    **how: float,
) -> pd.DataFrame:
    """Return how often the forecast of a target's year holds, in percent: one row per number of points.

    Each kommun has a slope of its own (standard deviation 0.3 a year) and a target as far off as its line would have
    brought it, give or take one and a half standard deviations of a measurement.

    Parameters
    ----------
    points, indicators, seed
        See `false_alarms`.
    ahead
        Years from the last measurement to the target's.
    how
        Arguments of `simulated`.

    Returns
    -------
    DataFrame
        Columns ``Mätningar``; ``Täckning``: results within the interval of 95 percent; ``Sägs nå`` and ``Sägs troligen
        inte nå``: share of kommuner of whom it is said; ``Nådde av dem som sägs nå`` and ``Nådde av dem som sägs
        troligen inte nå``: share of these that did.
    """
    rows = []
    for n in points:
        rng = np.random.default_rng([seed, n])
        whole = simulated(rng, indicators=indicators, kommuner=290, points=n + ahead, **how)  # type: ignore[arg-type]
        own = rng.normal(0.0, 0.3, size=(len(whole), 1))
        whole = whole + own * np.arange(n + ahead)[None, :]
        values, outcome = whole[:, :n], whole[:, -1]
        line = _moderated(values, 290)
        year = np.full(len(values), float(n + ahead - 1))
        forecast, se = line.predicted(year)
        target = forecast + rng.normal(0.0, 1.5, size=len(values))
        upwards = np.ones(len(values), dtype=bool)
        chance = probability_of_reaching(forecast, se, line.df, target, upwards)
        reached, yes, no = outcome >= target, chance >= LIKELY, chance <= 1.0 - LIKELY
        rows.append(
            {
                "Mätningar": n,
                "Täckning": 100.0 * np.mean(np.abs(outcome - forecast) <= stats.t.ppf(0.975, line.df) * se),
                "Sägs nå": 100.0 * np.mean(yes),
                "Nådde av dem som sägs nå": 100.0 * np.mean(reached[yes]),
                "Sägs troligen inte nå": 100.0 * np.mean(no),
                "Nådde av dem som sägs troligen inte nå": 100.0 * np.mean(reached[no]),
            }
        )
    return pd.DataFrame(rows)
