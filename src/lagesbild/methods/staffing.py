"""Does staffing even out where it differed between units? (RiR 2021:17, appendix "Statistisk analys", tables 6 and 7.)

The change over one or two years in a kommun's staffing, as the mean of its units and as the unit with the lowest, on
whether the difference between its units (highest less lowest, divided by the kommun's mean) was above the 75th
percentile one or two years before.

Chance alone gives the pattern of the printed tables. A unit that happened to be measured high widens the difference
and lifts the mean; next year it falls back, and the mean falls. A unit that was measured low does so too, and rises
again. `lagesbild.methods.peer_simulation` shows how often that makes marks.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lagesbild.methods.binary_regression import FIT_COLUMNS, fit_columns, regress
from lagesbild.methods.peer_effects import ALL, LAGS, USERS, above_percentile, cube, lagged

MEAN, LOWEST = "medel", "lagst"
STAFFING_COLUMNS = (
    "measure",
    "sample",
    "outcome",
    "lag",
    *FIT_COLUMNS,
)


def unit_summaries(units: pd.DataFrame) -> pd.DataFrame:
    """Return each kommun's mean, lowest and difference between units.

    Parameters
    ----------
    units
        Columns ``measure, region, unit, year, value``, one row for a unit and year; null values are left out.

    Returns
    -------
    DataFrame
        Columns ``measure, region, year, n_units, medel, lagst, skillnad``, sorted. ``skillnad`` is (highest - lowest)
        / mean, null with a single unit or a mean that isn't positive.

    Raises
    ------
    ValueError
        If a unit stands twice in a year.
    """
    keys = ["measure", "region", "year"]
    known = units[units["value"].notna()]
    if known.duplicated([*keys, "unit"]).any():
        raise ValueError("a unit stands twice in a year")
    groups = known.groupby(keys, sort=True)["value"]
    found = groups.agg(n_units="size", medel="mean", lagst="min", highest="max").reset_index()
    comparable = (found["n_units"] > 1) & (found["medel"] > 0)
    spread = (found["highest"] - found["lagst"]).where(comparable)
    found["skillnad"] = (spread / found["medel"].where(comparable)).astype("float64").round(9)
    return found.drop(columns="highest")


def staffing_effects(units: pd.DataFrame, *, users: pd.Series | None = None) -> pd.DataFrame:
    """Return the regressions of every staffing measure and column of Riksrevisionen's tables.

    Parameters
    ----------
    units
        As for `unit_summaries`; ``measure`` is the row ("Sjuksköterskor, vardag").
    users
        Whether a kommun uses öppna jämförelser, by region; the columns for users are left out where not given.

    Returns
    -------
    DataFrame
        `STAFFING_COLUMNS`, in the order of measure, sample (alla, anvandare), outcome (medel, lagst) and lag. Estimates
        are in the unit of the measure; see `lagesbild.methods.binary_regression.Fit`.
    """
    rows = unit_summaries(units)
    arrays = {}
    wide = pd.concat(
        [rows.assign(indicator=rows["measure"] + "\t" + part, value=rows[part]) for part in (MEAN, LOWEST, "skillnad")]
    )
    data = cube(wide[["indicator", "year", "region", "value"]])
    if not data.indicators:
        return pd.DataFrame(columns=list(STAFFING_COLUMNS))
    measures = sorted(rows["measure"].unique())
    for part in (MEAN, LOWEST, "skillnad"):
        at = pd.Index(data.indicators).get_indexer(pd.Index([f"{measure}\t{part}" for measure in measures]))
        arrays[part] = np.where((at >= 0)[:, None, None], data.results[at], np.nan)
    high = above_percentile(arrays["skillnad"])
    regions = pd.Index(data.regions)
    samples = {ALL: np.ones(len(regions), dtype=bool)}
    if users is not None:
        samples[USERS] = users.reindex(regions).eq(True).to_numpy(dtype=bool)
    frames: list[pd.DataFrame] = []
    for sample, chosen in samples.items():
        for outcome in (MEAN, LOWEST):
            for lag in LAGS:
                own = np.where(chosen[:, None], arrays[outcome], np.nan)
                frame = fit_columns(regress(own - lagged(own, lag), lagged(high, lag)))
                frames.append(
                    frame.assign(measure=measures, sample=sample, outcome=outcome, lag=lag, order=len(frames))
                )
    found = pd.concat(frames, ignore_index=True).sort_values(["measure", "order"], kind="stable", ignore_index=True)
    return found[list(STAFFING_COLUMNS)].astype({"measure": "str", "sample": "str", "outcome": "str", "lag": "int64"})
