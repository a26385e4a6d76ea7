"""Do others' results move a kommun? The regressions of Riksrevisionen's tables 3-5, 10-12 and 15-17.

(RiR 2021:17, appendix "Statistisk analys".) A kommun's own result, as level or as improvement (1 if it has changed for
the better, else 0) over one or two years, on whether the *other* kommuner of its group averaged above the 75th
percentile one or two years before. The appendix names neither the percentile's base nor the errors; here the percentile
is that of the others' averages over all kommuner in the same year, and the errors those of plain least squares. Beside
stand year effects with errors clustered by kommun, and these with the kommun's own earlier result held constant.

Two things make marks without any influence. *Leaving the own kommun out* ties its own low result to a high average of
the others (Guryan, Kroft and Notowidigdo 2009, American Economic Journal: Applied Economics 1, 34-68). *Mean
reversion*: a low result is mostly followed by a better one. `lagesbild.methods.peer_simulation` shows how much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.methods.binary_regression import FIT_COLUMNS, HELD_COLUMNS, Fit, Floats, fit_columns, regress

#: The others' average counts as high above this percentile.
PERCENTILE = 75.0
LEVEL, IMPROVEMENT = "niva", "forbattring"
OUTCOMES = (LEVEL, IMPROVEMENT)
ALL, USERS = "alla", "anvandare"
LAGS = (1, 2)

#: Columns of `peer_effects`, in order.
PEER_COLUMNS = (
    "indicator",
    "grouping",
    "sample",
    "outcome",
    "lag",
    *FIT_COLUMNS,
    *HELD_COLUMNS,
)


@dataclass(frozen=True, kw_only=True)
class Cube:
    """Results as an array.

    Parameters
    ----------
    indicators, regions
        What the first two axes are, sorted.
    years
        Every calendar year from the first to the last, so that one step is one year.
    results
        Shape (indicators, regions, years); nan where there is no result.
    """

    indicators: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int, ...]
    results: Floats


def cube(panel: pd.DataFrame, *, first_year: int | None = None, last_year: int | None = None) -> Cube:
    """Return a panel as an array.

    Parameters
    ----------
    panel
        Columns ``indicator, year, region, value``, one row each.
    first_year, last_year
        Years outside are left out.

    Raises
    ------
    ValueError
        If an indicator, year and kommun stands twice.
    """
    low = -np.inf if first_year is None else first_year
    high = np.inf if last_year is None else last_year
    rows = panel[panel["year"].between(low, high) & panel["value"].notna()]
    if rows.duplicated(["indicator", "year", "region"]).any():
        raise ValueError("an indicator, year and kommun stands twice in the panel")
    indicators, regions = (tuple(sorted(rows[name].astype("str").unique())) for name in ("indicator", "region"))
    years = tuple(range(int(rows["year"].min()), int(rows["year"].max()) + 1)) if len(rows) else ()
    values = np.full((len(indicators), len(regions), len(years)), np.nan)
    at = [
        pd.Index(names).get_indexer(pd.Index(rows[column]))
        for names, column in ((indicators, "indicator"), (regions, "region"), (years, "year"))
    ]
    values[tuple(at)] = rows["value"].to_numpy(dtype=np.float64)
    return Cube(indicators=indicators, regions=regions, years=years, results=values)


def others_mean(values: Floats, groups: Sequence[str | None]) -> Floats:
    """Return the mean of the other kommuner in each kommun's group.

    Parameters
    ----------
    values
        Shape (..., kommuner, years).
    groups
        The kommuner's groups; None or an empty text is no group.

    Returns
    -------
    ndarray
        The same shape; nan where no other kommun of the group has a result, or there is no group.
    """
    known = np.array([isinstance(group, str) and bool(group) for group in groups], dtype=bool)
    codes, _ = pd.factorize(
        np.array([group if ok else "" for group, ok in zip(groups, known, strict=True)], dtype=object)
    )
    there = np.isfinite(values)
    filled = np.where(there, values, 0.0)
    one_hot = (codes[:, None] == np.arange(codes.max(initial=-1) + 1)).astype(np.float64)
    sums, counts = (
        np.einsum("rg,...gy->...ry", one_hot, np.einsum("rg,...ry->...gy", one_hot, part, optimize=True), optimize=True)
        for part in (filled, there.astype(np.float64))
    )
    others = counts - there
    mean = (sums - filled) / np.maximum(others, 1.0)
    return np.where((others > 0.5) & known[:, None], mean.round(9), np.nan)


def above_percentile(values: Floats, percentile: float = PERCENTILE) -> Floats:
    """Return 1 where a value is above the percentile of its year's values, 0 where it isn't, nan where there is none.

    The percentile is taken over the kommuner (the axis before the last), interpolated linearly.
    """
    ordered = np.sort(values, axis=-2)  # nan last
    count = np.isfinite(values).sum(axis=-2, keepdims=True)
    place = (np.maximum(count, 1) - 1) * percentile / 100.0
    low = np.floor(place).astype(np.int64)
    under, over = (
        np.take_along_axis(ordered, np.minimum(at, np.maximum(count, 1) - 1), axis=-2) for at in (low, low + 1)
    )
    limit = under + (over - under) * (place - low)
    return np.where(np.isfinite(values), (values > limit + 1e-9).astype(np.float64), np.nan)


def improvement(values: Floats, lag: int, better: Floats) -> Floats:
    """Return 1 where a result is better than `lag` years before, 0 where it isn't, nan where one is missing.

    Parameters
    ----------
    values
        Shape (indicators, kommuner, years).
    lag
        In years.
    better
        Shape (indicators,): 1 where higher is better, -1 where lower is, nan without direction (all nan).
    """
    change = np.full(values.shape, np.nan)
    change[..., lag:] = values[..., lag:] - values[..., : max(values.shape[-1] - lag, 0)]
    signed = change * better[:, None, None]
    return np.where(np.isfinite(signed), (signed > 1e-9).astype(np.float64), np.nan)


def lagged(values: Floats, lag: int) -> Floats:
    """Return the values of `lag` years before; nan in the first years."""
    before = np.full(values.shape, np.nan)
    before[..., lag:] = values[..., : max(values.shape[-1] - lag, 0)]
    return before


def fits(
    values: Floats, groups: Sequence[str | None], better: Floats, sample: npt.NDArray[np.bool_]
) -> Iterator[tuple[str, int, Fit]]:
    """Yield outcome, lag and fit for one grouping and one choice of kommuner; the others are all kommuner."""
    high = above_percentile(others_mean(values, groups))
    for outcome in OUTCOMES:
        for lag in LAGS:
            own = values if outcome == LEVEL else improvement(values, lag, better)
            yield outcome, lag, regress(np.where(sample[:, None], own, np.nan), lagged(high, lag), lagged(values, lag))


def peer_effects(
    panel: pd.DataFrame,
    *,
    groupings: Mapping[str, pd.Series],
    better: Mapping[str, int],
    users: pd.Series | None = None,
    first_year: int | None = None,
    last_year: int | None = None,
) -> pd.DataFrame:
    """Return the regressions of every indicator, grouping and column of Riksrevisionen's tables.

    Parameters
    ----------
    panel
        Columns ``indicator, year, region, value``.
    groupings
        Name of the grouping to group by region ("lan", "kommungrupp", "socioekonomi"); a region without is left out.
    better
        Indicator to 1 where higher is better, -1 where lower is; the others have no improvement columns.
    users
        Whether a kommun uses öppna jämförelser, by region; the columns for users are left out where not given.
    first_year, last_year
        Period of the results. What is explained begins one year later (lag 1) or two (lag 2), as in the appendix.

    Returns
    -------
    DataFrame
        `PEER_COLUMNS`, in the order of indicator, grouping, sample (alla, anvandare), outcome (niva, forbattring) and
        lag. Estimates are in the unit of the indicator (level) or as a share (improvement). See
        `lagesbild.methods.binary_regression.Fit`. A calendar year without measurement gives no pair.
    """
    data = cube(panel, first_year=first_year, last_year=last_year)
    regions = pd.Index(data.regions)
    signs = np.array([float(better.get(one, 0)) or np.nan for one in data.indicators], dtype=np.float64)
    samples = {ALL: np.ones(len(regions), dtype=bool)}
    if users is not None:
        samples[USERS] = users.reindex(regions).eq(True).to_numpy(dtype=bool)
    frames: list[pd.DataFrame] = []
    for grouping, of_region in groupings.items():
        groups = of_region.reindex(regions).tolist()
        for sample, chosen in samples.items():
            for outcome, lag, fit in fits(data.results, groups, signs, chosen):
                frame = fit_columns(fit).assign(indicator=data.indicators, grouping=grouping, sample=sample)
                frames.append(frame.assign(outcome=outcome, lag=lag, order=len(frames)))
    if not frames:
        return pd.DataFrame(columns=list(PEER_COLUMNS))
    return (
        pd.concat(frames, ignore_index=True)
        .sort_values(["indicator", "order"], kind="stable", ignore_index=True)[list(PEER_COLUMNS)]
        .astype({"indicator": "str", "grouping": "str", "sample": "str", "outcome": "str", "lag": "int64"})
    )
