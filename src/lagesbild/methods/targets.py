"""How far a kommun is from its targets, and whether the present trend reaches them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.managed_changes import managed_changes
from lagesbild.methods.moderated_slopes import FEWEST_POINTS, Floats
from lagesbild.methods.trends import Trends

#: Columns of the frame of targets, in order.
TARGET_COLUMNS = (
    "indicator",
    "region",
    "year",
    "target",
    "target_year",
    "last_value",
    "last_year",
    "distance",
    "pace_needed",
    "slope",
    "slope_lower",
    "slope_upper",
    "forecast",
    "forecast_lower",
    "forecast_upper",
    "probability",
    "verdict",
    "n_others",
    "n_managed",
    "decided_by",
    "decided",
)

#: A target is reached at the present pace when its probability is at least this, and probably not when it is at
#: most 1 less this.
LIKELY = 0.80

#: The verdicts: reached; not reached in its year; is reached at this pace; is probably not; can't be said.
VERDICTS = ("natt", "ej_natt", "nar", "nar_troligen_inte", "gar_inte_att_saga")


def probability_of_reaching(
    forecast: Floats, se: Floats, df: Floats, target: Floats, upwards: npt.NDArray[np.bool_]
) -> Floats:
    """Return the probability that a new measurement is at the target or beyond it.

    Parameters
    ----------
    forecast, se
        See `lagesbild.methods.moderated_slopes.Lines.predicted`.
    df
        Degrees of freedom of the line's variance.
    target
        Value to be reached.
    upwards
        Whether the target is reached from below.
    """
    t = (forecast - target) / se
    return np.asarray(stats.t.cdf(np.where(upwards, t, -t), df))


def target_frame(
    found: Trends, targets: pd.DataFrame, *, indicators: Sequence[Indicator], year: int, level: float = 0.95
) -> pd.DataFrame:
    """Return for each target how far away it is, the pace it needs, and whether the trend reaches it.

    The distance is the target less the latest result (up to the target's year), in the unit of the scale: percentage
    points for percent. The pace is the distance by the years that are left from that result. The trend is the moderated
    line of `lagesbild.methods.trends`, drawn out to the target's year; the interval and the probability are of the
    result that will then be measured, with the uncertainty of line and measurement both. That the kommun goes on as
    before is an assumption and no forecast.

    Verdicts: "natt" (the latest result is there), "ej_natt" (the year has come and it was not), "nar" and
    "nar_troligen_inte" (probability at least, or at most 1 less, `LIKELY`), "gar_inte_att_saga" (in between; answers;
    fewer than three points; or further ahead than the series is long). An indicator without direction has its target
    approached from the side where the result is, and is there only when it is equal.

    Whether a target is realistic is for its owners to say. ``n_managed`` of ``n_others`` other kommuner have come as
    far in as many years (`lagesbild.methods.managed_changes`).

    Parameters
    ----------
    found
        As `lagesbild.methods.trends.fitted` returns it.
    targets
        As `lagesbild.catalogue.analyst.read_targets` returns it; targets of indicators or regions without a series
        in `found` are left out. Targets of answers are 100 (ja) or 0 (nej).
    indicators
        The catalogue's records.
    year
        The report year.
    level
        Of the interval of the forecast.

    Returns
    -------
    DataFrame
        `TARGET_COLUMNS`, sorted by the first two and the target's year. What can't be computed is null.

    References
    ----------
    Socialstyrelsen (2023), Öppna jämförelser i utveckling, section "Måluppfyllelse": how far a target is met is
    judged by the distance from what was measured to the target value. The prediction interval is that of a
    regression line (Draper and Smith 1998, Applied Regression Analysis, section 3.1).
    """
    own = found.series.assign(row=np.arange(len(found.series)))[(found.series["level"] == Level.KOMMUN).to_numpy()]
    named = targets.rename(columns={"year": "target_year"})
    frame = named.merge(own[["indicator", "region", "row"]], on=["indicator", "region"], how="inner")
    frame = frame.sort_values(["indicator", "region", "target_year"], ignore_index=True)
    row = frame["row"].to_numpy(dtype=np.int64)
    target = frame["target"].to_numpy(dtype=np.float64)
    target_year = frame["target_year"].to_numpy(dtype=np.float64)
    answers = found.answers[row]
    points = found.points[row]
    points = np.where(answers[:, None] & ~np.isnan(points), 100.0 * (points == 1.0), points)
    known = ~np.isnan(points)
    before = known & (found.years[None, :] <= target_year[:, None])
    column = points.shape[1] - 1 - before[:, ::-1].argmax(axis=1)
    some = before.any(axis=1)
    last = np.where(some, points[np.arange(len(points)), column], np.nan)
    last_year = np.where(some, found.years[column], np.nan)
    first_year = found.years[known.argmax(axis=1)]

    direction = frame["indicator"].map({i.id: str(i.direction) for i in indicators}).astype("str").to_numpy(dtype=str)
    distance = np.round(target - last, 10)
    upwards = np.where(answers | (direction == "ingen"), distance > 0, direction == "hog")
    there = np.where(direction == "ingen", distance == 0, np.where(upwards, distance <= 0, distance >= 0))
    there = np.where(answers, distance == 0, there) & some
    passed = target_year <= year
    left = target_year - last_year

    line = found.line
    tested = (line.n[row] >= FEWEST_POINTS) & ~answers
    centre, se = line.at(row).predicted(target_year, found.weight[row])
    sayable = tested & (left <= last_year - first_year) & ~passed
    df = line.df[row]
    half = stats.t.ppf((1.0 + level) / 2.0, df) * se
    chance = probability_of_reaching(centre, se, df, target, upwards)
    lower, upper = (limit[row] for limit in line.interval())

    frame["year"] = np.int16(year)
    frame["last_value"], frame["last_year"], frame["distance"] = last, last_year, distance
    ahead = ~there & ~passed & ~answers & some
    frame["pace_needed"] = np.round(np.divide(distance, left, out=np.full(len(left), np.nan), where=ahead), 10)
    for name in ("decided_by", "decided"):
        frame[name] = frame[name].astype("str") if name in frame else pd.Series("", index=frame.index, dtype="str")
    for name, figures in (("slope", line.slope[row]), ("slope_lower", lower), ("slope_upper", upper)):
        frame[name] = np.where(tested, np.round(figures, 10), np.nan)
    for name, figures in (("forecast", centre), ("forecast_lower", centre - half), ("forecast_upper", centre + half)):
        frame[name] = np.where(sayable, np.round(figures, 10), np.nan)
    frame["probability"] = np.where(sayable, np.round(chance, 10), np.nan)
    frame["verdict"] = pd.Series(
        np.select(
            [there, passed & some, sayable & (chance >= LIKELY), sayable & (chance <= 1.0 - LIKELY)],
            ["natt", "ej_natt", "nar", "nar_troligen_inte"],
            "gar_inte_att_saga",
        ),
        dtype="str",
    )
    asked = frame[["indicator", "region", "last_year"]].assign(
        years=np.where(ahead, left, np.nan), distance=np.where(ahead, distance, np.nan)
    )
    frame[["n_others", "n_managed"]] = managed_changes(found, asked)
    return frame[list(TARGET_COLUMNS)]
