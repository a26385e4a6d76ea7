"""Estimates with intervals: any group of kommuner by its denominators, and as a plain mean of its kommuner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Answer, Level, Status
from lagesbild.methods.cells import score
from lagesbild.methods.intervals import (
    count_interval,
    mean_interval,
    proportion_interval,
    rate_interval,
    ratio_interval,
)

#: Columns of `estimates`, in order. The bounds hold the true figure with 95 percent confidence unless asked otherwise.
ESTIMATE_COLUMNS = (
    "indicator",
    "year",
    "level",
    "region",
    "sex",
    "value",
    "answer",
    "status",
    "numerator",
    "denominator",
    "n_kommuner",
    "weighting",
    "lower",
    "upper",
)

_KEY = ["indicator", "year", "sex", "level", "area"]
_DECIMALS = 10

#: What is summed over a group: column and how.
_SUMMED = {
    "n_kommuner": ("has", "sum"),
    "score": ("score", "sum"),
    "deviation": ("score", "std"),
    "ja": ("ja", "sum"),
    "is_answer": ("is_answer", "first"),
    "percent": ("percent", "first"),
    "weighted": ("weighted", "sum"),
    "weight": ("weight", "sum"),
    "mass": ("mass", "sum"),
    "mass2": ("mass2", "sum"),
    "mass_weight": ("mass_weight", "sum"),
    "weight2": ("weight2", "sum"),
    "numerator": ("numerator", "sum"),
    "n_numerator": ("numerator", "count"),
    "first_status": ("status", "min"),
    "last_status": ("status", "max"),
}


def estimates(
    cells: pd.DataFrame, *, indicators: Sequence[Indicator], groups: pd.DataFrame, confidence: float = 0.95
) -> pd.DataFrame:
    """Return a group's figure by its denominators ("vagd") and as the mean of kommuner ("ovagd"), with intervals.

    Unweighted: the mean of the kommuner's results with Student's interval; for answers the percent of the answering
    kommuner that said ja, with the two counts as numerator and denominator and Wilson's interval. There is one such row
    for every group, also where no kommun has a result: its status is then the one that all its kommuner share,
    else "saknas". The interval takes the kommuner as drawn from many like them: it says how far the figure could have
    moved by what makes single kommuner differ, which is what a comparison of two groups needs, not how
    well the mean of just these kommuner is known.

    Weighted: the sum of numerators over the sum of denominators (percent) with Wilson's interval, or the mean of values
    weighted by denominators (other scales) with that of a ratio over kommuner. Only where every kommun of the
    group that has a result also has its denominator, since a sum over some of them would stand for nobody,
    and where the sum isn't zero.

    Both forms are those that Socialstyrelsen's method descriptions tell apart; a reader must be told which.

    Parameters
    ----------
    cells
        As `lagesbild.methods.cells.kommun_cells` returns them, of one or more years, a group's kommuner in
        the order of their codes. Withheld cells hold no value.
    indicators
        The catalogue's records.
    groups
        Columns ``region`` (kommun), ``level`` and ``area`` (of the group); a kommun may be in many.
    confidence
        Between 0 and 1.

    Returns
    -------
    DataFrame
        `ESTIMATE_COLUMNS`, unsorted, ``region`` being the group's code.

    Raises
    ------
    ParameterError
        If the confidence isn't between 0 and 1.

    References
    ----------
    Weighted and unweighted: Socialstyrelsen's method descriptions. Intervals: Wilson, E.B. (1927), Journal of the
    American Statistical Association 22, 209-212; Cochran, W.G. (1977), Sampling Techniques, 3rd ed., sections 2.11 and
    6.4.
    """
    summed = _sums(_weighed(cells, indicators), groups)
    n, total_weight = summed["n_kommuner"], summed["weight"]
    some, answers, percent = n > 0, summed["is_answer"], summed["percent"]
    base = summed[["indicator", "year", "sex", "level"]].assign(
        region=summed["area"],
        answer=pd.Series(None, index=summed.index, dtype="str"),
        n_kommuner=n.astype(float),
    )
    mean = (summed["score"] / n.where(some)).round(_DECIMALS)
    share = proportion_interval(summed["ja"], n, confidence=confidence)
    student = mean_interval(mean, summed["deviation"], n, confidence=confidence)
    plain = base.assign(
        value=mean,
        status=summed["shared_status"].where(~some, str(Status.OK)),
        numerator=summed["ja"].astype(float).where(some & answers),
        denominator=n.astype(float).where(some & answers),
        weighting="ovagd",
        **_bounds(*(np.where(answers, 100 * of_ja, of_mean) for of_ja, of_mean in zip(share, student, strict=True))),
    )
    whole = some & (summed["weighted"] == n) & (total_weight > 0)
    value = (summed["mass"] / total_weight.where(total_weight > 0)).round(_DECIMALS)
    share = proportion_interval(summed["mass"] / 100, total_weight, confidence=confidence)
    squares = summed["mass2"] - 2 * value * summed["mass_weight"] + value**2 * summed["weight2"]
    ratio = ratio_interval(summed["mass"], total_weight, squares, n, confidence=confidence)
    weighted = base.assign(
        value=value,
        status=str(Status.OK),
        numerator=summed["numerator"].where(summed["n_numerator"] == n),
        denominator=total_weight,
        weighting="vagd",
        **_bounds(*(np.where(percent, 100 * part, other) for part, other in zip(share, ratio, strict=True))),
    )[whole]
    return pd.concat([plain, weighted], ignore_index=True)[list(ESTIMATE_COLUMNS)]


def own_bounds(rows: pd.DataFrame, *, indicators: Sequence[Indicator], confidence: float = 0.95) -> pd.DataFrame:
    """Return ``lower`` and ``upper`` of figures by the counts that stand beside them, and by nothing else.

    A percentage has Wilson's interval from its denominator; a count of persons Byar's, as has a rate with both counts.
    Any other figure has none: nothing is known of how the persons behind it spread. Since the bounds follow from the
    published columns of the same row, they tell nothing that those don't; a row without counts, or without a
    result, has none. An interval that wouldn't hold its own figure (counts of something else) isn't given.

    Where the row is riket's and says how many were asked (``n_asked``), the interval is that of a finite population.
    Kommuner and län have the wider one: how many were asked there isn't published, and the interval would tell it.

    Parameters
    ----------
    rows
        Columns ``indicator, level, value, status, numerator, denominator``, and ``n_answers, n_asked`` where known.
    indicators
        The catalogue's records.
    confidence
        Between 0 and 1.

    Returns
    -------
    DataFrame
        Columns ``lower`` and ``upper`` in the unit of the scale, index as `rows`.

    References
    ----------
    Wilson, E.B. (1927), Journal of the American Statistical Association 22, 209-212; Breslow, N.E. and Day, N.E.
    (1987), Statistical Methods in Cancer Research II, page 69: Byar's approximation.
    """
    about = {one.id: one for one in indicators}
    scale = rows["indicator"].map({key: str(one.scale) for key, one in about.items()})
    amount = {key: one.scale is Scale.ANTAL and " per " not in f" {one.unit_text} " for key, one in about.items()}
    plain = rows["indicator"].map(amount).astype("boolean").fillna(False).to_numpy(dtype=bool)
    value = rows["value"].where(rows["status"] == Status.OK).to_numpy(dtype=np.float64)
    part, whole = (rows[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator"))
    is_percent = (scale == Scale.PROCENT).to_numpy()
    counted = np.where(np.isnan(part), value / 100 * whole, part)
    shares = proportion_interval(counted, whole, confidence=confidence, population=_asked(rows, whole))
    factor = np.where(part > 0, value * whole / np.where(part > 0, part, 1.0), np.nan)
    rates = rate_interval(part, whole, multiplier=factor, confidence=confidence)
    whole_number = plain & np.isnan(whole) & (value == np.round(value))
    counts = count_interval(np.where(whole_number, value, np.nan), confidence=confidence)
    is_rate = (scale == Scale.ANTAL).to_numpy()
    found = [
        np.where(is_percent, 100 * share, np.where(is_rate, np.where(whole_number, count, rate), np.nan))
        for share, rate, count in zip(shares, rates, counts, strict=True)
    ]
    # A printed percentage is rounded, at most to whole per cent.
    slack = np.where(is_percent, 0.5, 1e-9)
    holds = (value >= found[0] - slack) & (value <= found[1] + slack)
    return pd.DataFrame(_bounds(*(np.where(holds, part, np.nan) for part in found)), index=rows.index)


def _asked(rows: pd.DataFrame, whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return how many riket's respondents were drawn from; nan for other rows."""
    if "n_asked" not in rows or "n_answers" not in rows:
        return np.full(len(rows), np.nan)
    asked, answers = (rows[name].to_numpy(dtype=np.float64) for name in ("n_asked", "n_answers"))
    fits = (rows["level"] == Level.RIKE).to_numpy() & (asked >= answers) & (answers >= whole)
    # Those who answered another question but not this one are as unknown as those who answered none.
    return np.where(fits, asked, np.nan)


def _bounds(lower: npt.NDArray[np.float64], upper: npt.NDArray[np.float64]) -> dict[str, npt.NDArray[np.float64]]:
    return {"lower": np.round(lower, _DECIMALS), "upper": np.round(upper, _DECIMALS)}


def _weighed(cells: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the cells with what is summed over a group: scores, weights and masses."""
    answers = cells["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    percent = cells["indicator"].map({i.id: i.scale is Scale.PROCENT for i in indicators}).astype(bool)
    part = cells.assign(score=score(cells), is_answer=answers, percent=percent)
    part["has"] = part["score"].notna()
    part["ja"] = part["has"] & (part["answer"] == Answer.JA)
    weight = part["denominator"].where(part["has"] & ~answers & (part["denominator"] >= 0))
    mass = (100.0 * part["numerator"]).where(percent, part["value"] * part["denominator"])
    part["weighted"] = (weight.notna() & mass.notna()).astype(bool)
    part["weight"] = weight.where(part["weighted"])
    part["mass"] = mass.where(part["weighted"])
    part["numerator"] = part["numerator"].where(part["weighted"])
    part["mass2"] = part["mass"] ** 2
    part["mass_weight"] = part["mass"] * part["weight"]
    part["weight2"] = part["weight"] ** 2
    return part


def _sums(part: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return sums per indicator, year, sex and group; cells are sorted by region, so that sums don't vary."""
    columns = [*_KEY[:3], *(name for name, _ in _SUMMED.values())]
    placed = part[["region", *dict.fromkeys(columns)]].merge(groups[["region", "level", "area"]], on="region")
    return (
        placed.groupby(_KEY, sort=True)
        .agg(**_SUMMED)
        .assign(
            shared_status=lambda f: f["first_status"].where(f["first_status"] == f["last_status"], str(Status.SAKNAS))
        )
        .reset_index()
    )
