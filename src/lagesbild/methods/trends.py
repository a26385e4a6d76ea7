"""Series over time: trend or chance, how steep, and has an answer come, gone or stayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Answer, Level, Sex, Status
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.methods.moderated_slopes import (
    FEWEST_POINTS,
    Floats,
    Ints,
    Lines,
    lines,
    moderated,
    prior,
    rounding_variance,
)
from lagesbild.methods.trend_labels import SMALL, answer_labels, number_labels

#: Columns of ``trender.parquet``, in order.
TREND_COLUMNS = (
    "indicator",
    "region",
    "level",
    "year",
    "n_points",
    "first_year",
    "last_year",
    "first_value",
    "last_value",
    "change_previous",
    "previous_year",
    "slope",
    "slope_lower",
    "slope_upper",
    "p_value",
    "label",
)

#: Columns of ``indikatorer.parquet`` that a trend is made of.
SERIES_COLUMNS = (
    "indicator",
    "year",
    "level",
    "region",
    "sex",
    "value",
    "answer",
    "status",
    "denominator",
    "weighting",
)

#: Years in a series, the report year included.
WINDOW = 9

#: Words in the title of an indicator whose results are means of three years.
_MEAN_OF_THREE = "genomsnitt för tre år"

#: The interquartile range of a normal variable in standard deviations.
_QUARTILES = 1.349

_ANSWER_PLACES = {str(Answer.JA): 1.0, str(Answer.DELVIS): 0.5, str(Answer.NEJ): 0.0}
_SERIES = ["indicator", "level", "region"]


def _since_break(rows: pd.DataFrame, breaks: Mapping[str, Sequence[int]], year: int) -> pd.DataFrame:
    """Return the rows from each indicator's latest break up to `year`: what is older answers another question."""
    begins = {name: max((first for first in years if first <= year), default=0) for name, years in breaks.items()}
    return rows[~(rows["year"] < rows["indicator"].map(begins).astype("float64"))]


def _series(
    indikatorer: pd.DataFrame, indicators: Sequence[Indicator], year: int, breaks: Mapping[str, Sequence[int]]
) -> tuple[pd.DataFrame, Floats, Floats]:
    """Return the series' names (`_SERIES`), their points and their denominators, years as columns.

    Answers of kommuner are places 0-1. Larger areas can have several weightings. A series never mixes them. Of those
    that reach the latest year and are long enough to be tested, the source's own comes before the weighted before the
    unweighted, so that the trend is of the figure that is shown; where none is, the one with most points is taken.
    """
    years = list(range(year - WINDOW + 1, year + 1))
    total = indikatorer[(indikatorer["sex"] == Sex.TOTAL) & indikatorer["year"].isin(years)]
    current = total.loc[total["year"] == year, _SERIES].drop_duplicates()
    current = current[current["indicator"].isin({indicator.id for indicator in indicators})]
    ok = _since_break(total[total["status"] == Status.OK], breaks, year)
    point = ok["value"].fillna(ok["answer"].map(_ANSWER_PLACES)).astype("float64").round(10)
    behind = ok["denominator"].astype("float64") if "denominator" in ok else np.nan
    keyed = ok.assign(point=point, behind=behind).set_index([*_SERIES, "weighting", "year"])
    wide = keyed["point"].unstack("year").reindex(columns=years)  # noqa: PD010
    known = wide.notna()
    count = known.sum(axis=1)
    last = known.mul(wide.columns).max(axis=1)
    fit = (count >= FEWEST_POINTS) & (last == last.groupby(_SERIES).transform("max"))
    order = wide.index.get_level_values("weighting").map({w: place for place, w in enumerate(WEIGHTINGS)})
    ranking = pd.DataFrame({"unfit": ~fit, "few": (-count).mask(fit, 0), "order": order}, index=wide.index)
    ranking = ranking.assign(row=np.arange(len(wide))).reset_index().sort_values([*_SERIES, "unfit", "few", "order"])
    wanted = pd.MultiIndex.from_frame(current).sort_values()
    best = ranking.drop_duplicates(_SERIES).set_index(_SERIES)["row"].reindex(wanted)
    row = best.fillna(-1).to_numpy(dtype=np.int64)
    behind_wide = wide * np.nan
    if keyed["behind"].notna().any():
        behind_wide = keyed["behind"].unstack("year").reindex(index=wide.index, columns=years)  # noqa: PD010
    none = np.full((1, len(years)), np.nan)
    points, denominators = (np.vstack([table.to_numpy(dtype=np.float64), none])[row] for table in (wide, behind_wide))
    return wanted.to_frame(index=False), points, denominators


def binomial_weights(points: Floats, denominators: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the inverse of each percentage's binomial variance, and which series have all their denominators.

    The proportion is the series' own over all its years (with two successes and two failures added, as Agresti and
    Coull 1998), so that a year's weight depends on how many were behind it and not on how it turned out.
    A series without them, whole, has weights of 1.
    """
    known = ~np.isnan(points)
    usable = (denominators > 0) & (points >= 0) & (points <= 100)
    counted: npt.NDArray[np.bool_] = np.asarray(known.any(axis=1) & (~known | usable).all(axis=1))
    n = np.where(known & counted[:, None], denominators, 0.0)
    p = ((n * np.where(known, points, 0.0)).sum(axis=1) / 100.0 + 2.0) / (n.sum(axis=1) + 4.0)
    return np.where(counted[:, None], n / (1e4 * p * (1.0 - p))[:, None], 1.0), counted


def without_overlap(points: Floats, overlapping: npt.NDArray[np.bool_]) -> Floats:
    """Return the points with every third year alone, counted from the latest, where results are three-year means.

    Two such means a year apart share two of their three years. Taken as measurements of their own they would make
    about a third of all series without a trend look secured (`lagesbild.methods.trend_simulation`).
    """
    known = ~np.isnan(points)
    column = np.arange(points.shape[1])
    last = points.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    apart = (last[:, None] - column[None, :]) % 3 == 0
    return np.where(overlapping[:, None] & ~apart, np.nan, points)


@dataclass(frozen=True, kw_only=True)
class Trends:
    """Series with their lines, row by row.

    Parameters
    ----------
    series
        Columns ``indicator, level, region``, sorted.
    years
        Shape (years,): calendar years.
    points
        Shape (series, years); nan where there is no result.
    line
        The moderated lines; of kommuner's answers they mean nothing.
    weight
        Weight of a typical point of each series: the median of its weights.
    answers
        Whether the series is a kommun's answers.
    margin
        What is a small change, in the unit of the scale; nan where nothing is known of it.
    """

    series: pd.DataFrame
    years: Ints
    points: Floats
    line: Lines
    weight: Floats
    answers: npt.NDArray[np.bool_]
    margin: Floats


def _codes(*keys: pd.Series | npt.NDArray[np.bool_]) -> Ints:
    """Return a number for each combination of keys: 0, 1, 2, ..."""
    frame = pd.DataFrame(dict(enumerate(keys)))
    codes = frame.groupby(list(frame.columns), sort=True, dropna=False).ngroup()
    return np.asarray(codes, dtype=np.int64)


def small_change(series: pd.DataFrame, points: Floats) -> Floats:
    """Return what is a small change of each series: `SMALL` of the standard deviation between kommuner.

    The standard deviation is taken from the quartiles of the kommuner's latest results, so that a few far
    away don't widen it. Nan for an indicator without kommuner.
    """
    known = ~np.isnan(points)
    last = points.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    latest = pd.Series(points[np.arange(len(points)), last])
    own = (series["level"] == Level.KOMMUN).to_numpy() & known.any(axis=1)
    if not own.any():
        return np.full(len(series), np.nan)
    by_indicator = latest[own].groupby(series.loc[own, "indicator"])
    sd = (by_indicator.quantile(0.75) - by_indicator.quantile(0.25)) / _QUARTILES
    return series["indicator"].map(SMALL * sd).to_numpy(dtype=np.float64)


def fitted(
    indikatorer: pd.DataFrame,
    *,
    indicators: Sequence[Indicator],
    year: int,
    breaks: Mapping[str, Sequence[int]] | None = None,
    size_class: pd.Series | None = None,
) -> Trends:
    """Return the series of `year` with a line through each, their variances moderated over each indicator's kommuner.

    See `trend_frame` for the parameters. Riket's common movement stays in: what is read is the kommun's own
    development. A year that was odd everywhere is then part of the spread about the line and is not taken for certain.
    """
    series, points, denominators = _series(indikatorer, indicators, year, breaks or {})
    by_id = {indicator.id: indicator for indicator in indicators}
    is_answer = series["indicator"].map({key: one.is_answer for key, one in by_id.items()}).astype(bool)
    kommun = (series["level"] == Level.KOMMUN).to_numpy()
    percent = series["indicator"].map({key: one.scale is Scale.PROCENT for key, one in by_id.items()}).astype(bool)
    overlapping = series["indicator"].map({key: _MEAN_OF_THREE in one.title for key, one in by_id.items()})
    used = without_overlap(points, overlapping.to_numpy(dtype=bool))
    weights, counted = binomial_weights(used, np.where((kommun & percent.to_numpy())[:, None], denominators, np.nan))
    years = np.arange(year - WINDOW + 1, year + 1, dtype=np.int64)
    line = lines(used, years, weights)
    group = _codes(series["indicator"], series["level"], counted)
    sizes = series["region"].map(size_class).astype("str") if size_class is not None else series["level"]
    strata = _codes(pd.Series(group), sizes)
    known = ~np.isnan(used)
    weight = np.ones(len(points))
    if counted.any():
        weight[counted] = np.nanmedian(np.where(known, weights, np.nan)[counted], axis=1)
    # Means of kommuner aren't rounded; the source's own figures for the same indicator are.
    floor = rounding_variance(points, _codes(series["indicator"], series["level"])) * weight
    return Trends(
        series=series,
        years=years,
        points=points,
        line=moderated(line, prior(line.variance, line.df, group, strata), floor),
        weight=weight,
        answers=(is_answer & kommun).to_numpy(),
        margin=small_change(series, points),
    )


def trend_frame(
    indikatorer: pd.DataFrame,
    *,
    indicators: Sequence[Indicator],
    year: int,
    breaks: Mapping[str, Sequence[int]] | None = None,
    size_class: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the frame of ``trender.parquet``: one row per indicator and region of `year`, total only.

    A series holds the measured results of the nine years up to and including `year`; years without a result
    (not measured, missing, withheld) are skipped, not filled, and the slope is by calendar year. A line is fitted by
    least squares, weighted by denominators where a percentage has them, and tested with a residual variance that is
    moderated over all kommuner of the indicator (`lagesbild.methods.moderated_slopes`), so that three points are
    enough. Of results that are means of three years only every third is used.

    Labels of numbers: `lagesbild.methods.trend_labels.number_labels`. Labels of a kommun's answers:
    `lagesbild.methods.trend_labels.answer_labels`; their values, change, slope and p value are null. For larger areas
    an answer is the percent of kommuner that said ja, a number.

    Parameters
    ----------
    indikatorer
        Frames of ``indikatorer.parquet`` of the window's years, one below the other. Series that have no row
        (of any status) in `year` are left out: they have ended.
    indicators
        The catalogue's records.
    year
        The report year.
    breaks
        First years of a changed question or method, by indicator (`lagesbild.catalogue.recodings.breaks`); a series
        holds nothing from before the latest of them. None where no series breaks.
    size_class
        Size class by kommun code: small kommuner's figures move more, so each class has a usual variance of its own.
        One for all where omitted.

    Returns
    -------
    DataFrame
        `TREND_COLUMNS`, sorted by indicator, level and region. `change_previous` is the last point less
        the one before it, in the unit of the scale; `slope`, and its 95 percent limits `slope_lower` and `slope_upper`,
        are per year.

    References
    ----------
    Analyshandbok för öppna jämförelser (2012), step 2: a chance variation is not a trend.
    """
    found = fitted(indikatorer, indicators=indicators, year=year, breaks=breaks, size_class=size_class)
    return as_frame(found, indicators=indicators, year=year)


def as_frame(found: Trends, *, indicators: Sequence[Indicator], year: int) -> pd.DataFrame:
    """Return series with their lines as the frame of ``trender.parquet``; see `trend_frame`."""
    frame, values, years, answers = found.series.copy(), found.points, found.years, found.answers
    direction = frame["indicator"].map({i.id: str(i.direction) for i in indicators}).astype("str").to_numpy(dtype=str)
    known = ~np.isnan(values)
    n = known.sum(axis=1)
    row = np.arange(len(values))
    first = known.argmax(axis=1)
    last = values.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    earlier = known & (np.arange(values.shape[1])[None, :] < last[:, None])
    previous = values.shape[1] - 1 - earlier[:, ::-1].argmax(axis=1)
    highest = np.where(known, values, -np.inf).max(axis=1, initial=-np.inf)
    constant = highest == np.where(known, values, np.inf).min(axis=1, initial=np.inf)

    tested = (found.line.n >= FEWEST_POINTS) & ~answers
    number, pair = (n > 0) & ~answers, (n > 1) & ~answers
    lower, upper = found.line.interval()
    span = (years[last] - years[first]).astype(np.float64)
    labels = number_labels(
        n=found.line.n,
        slope=found.line.slope,
        p=found.line.p,
        change=(lower * span, upper * span),
        margin=found.margin,
        constant=constant,
        direction=direction,
    )

    frame["year"] = np.int16(year)
    frame["n_points"] = n.astype(np.int64)
    frame["first_year"] = np.where(n > 0, years[first], np.nan)
    frame["last_year"] = np.where(n > 0, years[last], np.nan)
    frame["first_value"] = np.where(number, values[row, first], np.nan)
    frame["last_value"] = np.where(number, values[row, last], np.nan)
    frame["change_previous"] = np.where(pair, (values[row, last] - values[row, previous]).round(10), np.nan)
    frame["previous_year"] = np.where(n > 1, years[previous], np.nan)
    for name, figures in (("slope", found.line.slope), ("slope_lower", lower), ("slope_upper", upper)):
        frame[name] = np.where(tested, figures.round(10), np.nan)
    frame["p_value"] = np.where(tested, found.line.p.round(12), np.nan)
    frame["label"] = np.where(answers, answer_labels(values), labels)
    frame["label"] = frame["label"].astype("str")
    return frame[list(TREND_COLUMNS)].sort_values(["indicator", "level", "region"], ignore_index=True)
