"""Series over time: is there a trend, how steep is it, and has an answer come, gone or stayed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.vocabulary import Answer, Level, Sex, Status
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.methods.monotone import Floats, MannKendall, mann_kendall, theil_sen

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
    "p_value",
    "label",
)

#: Columns of ``indikatorer.parquet`` that a trend is made of.
SERIES_COLUMNS = ("indicator", "year", "level", "region", "sex", "value", "answer", "status", "weighting")

#: Years in a series, the report year included.
WINDOW = 9
#: With four points not even a series that always rises is rare enough by chance (p = 0.083).
MINIMUM_POINTS = 5
SIGNIFICANCE = 0.05

_ANSWER_PLACES = {str(Answer.JA): 1.0, str(Answer.DELVIS): 0.5, str(Answer.NEJ): 0.0}
_SERIES = ["indicator", "level", "region"]


def answer_labels(places: Floats) -> npt.NDArray[np.str_]:
    """Return how each series of answers has gone; only ja counts as having it, delvis does not.

    bibehallen
        ja now and the time before, with at most one change earlier (a nej that became ja).
    tillkommen
        ja now, for the first time.
    upphord
        ja first, then not, and not since.
    vaxlande
        more than one change.
    aldrig
        never ja.
    for_fa
        fewer than two answers.

    Parameters
    ----------
    places
        Shape (series, years): 1 ja, 0.5 delvis, 0 nej, nan no answer.
    """
    known = ~np.isnan(places)
    yes = places == 1.0
    switches = np.zeros(len(places), dtype=np.int64)
    new = np.zeros(len(places), dtype=bool)
    current = np.zeros(len(places), dtype=bool)
    seen = np.zeros(len(places), dtype=bool)
    for year in range(places.shape[1]):
        here = known[:, year]
        switch = here & seen & (yes[:, year] != current)
        switches += switch
        new = np.where(here, switch, new)
        current = np.where(here, yes[:, year], current)
        seen |= here
    return np.select(
        [known.sum(axis=1) < 2, switches > 1, current & new, current, switches == 1],
        ["for_fa", "vaxlande", "tillkommen", "bibehallen", "upphord"],
        "aldrig",
    )


def _number_labels(
    test: MannKendall, slope: Floats, constant: npt.NDArray[np.bool_], direction: pd.Series
) -> npt.NDArray[np.str_]:
    """Return the word for each series of numbers."""
    # A median slope of 0 (more than half of the pairs equal) is no trend that a reader could see.
    rises = (test.p < SIGNIFICANCE) & (test.s > 0) & (slope > 0)
    falls = (test.p < SIGNIFICANCE) & (test.s < 0) & (slope < 0)
    high, low = (direction == Direction.HOG).to_numpy(), (direction == Direction.LAG).to_numpy()
    return np.select(
        [
            test.n < MINIMUM_POINTS,
            constant,
            (rises & high) | (falls & low),
            (rises & low) | (falls & high),
            rises,
            falls,
        ],
        ["for_fa", "oforandrad", "forbattring", "forsamring", "okning", "minskning"],
        "ingen_sakerstalld",
    )


def _since_break(rows: pd.DataFrame, breaks: Mapping[str, Sequence[int]], year: int) -> pd.DataFrame:
    """Return the rows from each indicator's latest break up to `year`: what is older answers another question."""
    begins = {name: max((first for first in years if first <= year), default=0) for name, years in breaks.items()}
    return rows[~(rows["year"] < rows["indicator"].map(begins).astype("float64"))]


def _series(
    indikatorer: pd.DataFrame, indicators: Sequence[Indicator], year: int, breaks: Mapping[str, Sequence[int]]
) -> pd.DataFrame:
    """Return the series as rows (index `_SERIES`), years as columns; answers of kommuner as places 0-1.

    Larger areas can have several weightings. A series never mixes them. Of those that reach the latest year and
    are long enough to be tested, the source's own comes before the weighted before the unweighted, so that the
    trend is of the figure that is shown; where none is, the one with most points is taken.
    """
    years = range(year - WINDOW + 1, year + 1)
    total = indikatorer[(indikatorer["sex"] == Sex.TOTAL) & indikatorer["year"].isin(years)]
    current = total.loc[total["year"] == year, _SERIES].drop_duplicates()
    current = current[current["indicator"].isin({indicator.id for indicator in indicators})]
    ok = _since_break(total[total["status"] == Status.OK], breaks, year)
    point = ok["value"].fillna(ok["answer"].map(_ANSWER_PLACES)).astype("float64").round(10)
    wide = ok.assign(point=point).set_index([*_SERIES, "weighting", "year"])["point"].unstack("year")  # noqa: PD010
    wide = wide.reindex(columns=list(years))
    known = wide.notna()
    count = known.sum(axis=1)
    last = known.mul(wide.columns).max(axis=1)
    fit = (count >= MINIMUM_POINTS) & (last == last.groupby(_SERIES).transform("max"))
    order = wide.index.get_level_values("weighting").map({w: place for place, w in enumerate(WEIGHTINGS)})
    ranking = pd.DataFrame({"unfit": ~fit, "few": (-count).mask(fit, 0), "order": order}, index=wide.index)
    ranking = ranking.sort_values([*_SERIES, "unfit", "few", "order"])
    best = wide.loc[ranking.index].reset_index("weighting", drop=True)
    best = best[~best.index.duplicated()]
    return best.reindex(pd.MultiIndex.from_frame(current)).sort_index()


def trend_frame(
    indikatorer: pd.DataFrame,
    *,
    indicators: Sequence[Indicator],
    year: int,
    breaks: Mapping[str, Sequence[int]] | None = None,
) -> pd.DataFrame:
    """Return the frame of ``trender.parquet``: one row per indicator and region of `year`, total only.

    A series holds the measured results of the nine years up to and including `year`; years without a result
    (not measured, missing, withheld) are skipped, not filled. Five points are needed for a tested trend: with
    fewer, slope and p value are null and the label is "for_fa". Labels of numbers: "forbattring" and
    "forsamring" (p < 0.05, Theil-Sen slope of the same sign, with a direction), "okning" and "minskning" (the
    same, without a direction), "oforandrad" (all points equal), "ingen_sakerstalld". Labels of a kommun's
    answers: see `answer_labels`; their values, change, slope and p value are null. For larger areas an answer
    is the percent of kommuner that said ja, a number.

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

    Returns
    -------
    DataFrame
        `TREND_COLUMNS`, sorted by indicator, level and region. `change_previous` is the last point less
        the one before it, in the unit of the scale; `slope` is per year.
    """
    wide = _series(indikatorer, indicators, year, breaks or {})
    frame = wide.index.to_frame(index=False)
    values = wide.to_numpy(dtype=np.float64, copy=True)
    years = np.asarray(wide.columns, dtype=np.int64)
    is_answer = frame["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    answers = (is_answer & (frame["level"] == Level.KOMMUN)).to_numpy()
    direction = frame["indicator"].map({i.id: str(i.direction) for i in indicators}).astype("str")

    known = ~np.isnan(values)
    n = known.sum(axis=1)
    row = np.arange(len(values))
    first = known.argmax(axis=1)
    last = values.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    earlier = known & (np.arange(values.shape[1])[None, :] < last[:, None])
    previous = values.shape[1] - 1 - earlier[:, ::-1].argmax(axis=1)

    tested = (n >= MINIMUM_POINTS) & ~answers
    test = mann_kendall(values)
    slope = theil_sen(values, years).round(10)
    constant = np.where(known, values, -np.inf).max(axis=1, initial=-np.inf) == np.where(known, values, np.inf).min(
        axis=1, initial=np.inf
    )
    number = (n > 0) & ~answers
    pair = (n > 1) & ~answers

    frame["year"] = np.int16(year)
    frame["n_points"] = n.astype(np.int64)
    frame["first_year"] = np.where(n > 0, years[first], np.nan)
    frame["last_year"] = np.where(n > 0, years[last], np.nan)
    frame["first_value"] = np.where(number, values[row, first], np.nan)
    frame["last_value"] = np.where(number, values[row, last], np.nan)
    frame["change_previous"] = np.where(pair, (values[row, last] - values[row, previous]).round(10), np.nan)
    frame["previous_year"] = np.where(n > 1, years[previous], np.nan)
    frame["slope"] = np.where(tested, slope, np.nan)
    frame["p_value"] = np.where(tested, test.p.round(12), np.nan)
    frame["label"] = np.where(answers, answer_labels(values), _number_labels(test, slope, constant, direction))
    frame["label"] = frame["label"].astype("str")
    return frame[list(TREND_COLUMNS)].sort_values(["indicator", "level", "region"], ignore_index=True)
