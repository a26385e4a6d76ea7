"""Jumps: a kommun's change since last time against how much the indicator changes as a rule.

Year-to-year changes are steadied, centred on the year's median and measured in robust standard deviations
(median absolute deviation, MAD) of the kommuner of like size. Steadying: a percentage by the arcsine of its
root, a count by its root, days and kronor by the logarithm, so that a change means as much at a low level
as at a high one. Small kommuner vary more by chance alone, hence the strata; and where the denominator of a percentage
is known, its own chance is added, so that one unit of two is no jump.

False alarms: the limit is five robust standard deviations. Normally distributed changes pass it less than once
in 100 000; with heavier tails (Student's t, ten degrees of freedom) about once in 1 000. The tests simulate both.

References
----------
Iglewicz, B. and Hoaglin, D. (1993), How to Detect and Handle Outliers, ASQC: modified z-scores from the MAD, and
the mean deviation where the MAD is zero.
Anscombe, F.J. (1948), The transformation of Poisson, binomial and negative-binomial data, Biometrika 35, 246-254.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.methods.cells import kommun_results
from lagesbild.methods.quality_findings import (
    Check,
    Severity,
    as_findings,
    each,
    gathered,
    national_cells,
    printed,
    unit_words,
)

#: Robust standard deviations from which a change is unlikely, and from which it is hardly possible.
UNLIKELY, HARDLY = 5.0, 8.0
#: Each of two changes in a row and in opposite directions must pass this.
BACK_AGAIN = 3.5
#: The median kommun's change, in robust standard deviations, from which the change is common to all.
COMMON = 2.0
#: Fewer changes than this say too little about what is usual.
FEWEST = 30
#: A change across more years than this is no jump (in-depth indicators are measured every second or fourth year).
LONGEST_GAP = 4
#: Smaller changes are not worth a reader's attention: percentage points, and else a share of the value before.
SMALLEST_POINTS, SMALLEST_SHARE = 5.0, 0.10
#: Upper bounds (inhabitants) of the strata of size.
SIZE_BOUNDS = (15_000, 50_000)

_MAD_TO_SD = 1.4826  # of a normal distribution
_MEAN_DEVIATION_TO_SD = 1.2533
_SERIES = ["indicator", "region"]


def steadied(values: pd.Series, scale: Scale) -> pd.Series:
    """Return values on a scale where a change has about the same spread at every level; null where undefined."""
    if scale is Scale.PROCENT:
        share = (values / 100.0).where(values.between(0, 100))
        return share.pow(0.5).map(np.arcsin, na_action="ignore").astype("float64")
    if scale is Scale.ANTAL:
        return values.where(values >= 0).pow(0.5)
    if scale in (Scale.DAGAR, Scale.KRONOR):
        return values.where(values > 0).map(np.log, na_action="ignore").astype("float64")
    return values.astype("float64")


def robust_spread(changes: pd.Series) -> float:
    """Return the robust standard deviation of changes that are centred on zero; null where it can't be told."""
    known = changes.dropna().abs()
    if len(known) < FEWEST:
        return float("nan")
    spread = _MAD_TO_SD * float(known.median())
    return (spread if spread > 0 else _MEAN_DEVIATION_TO_SD * float(known.mean())) or float("nan")


def changes(window: pd.DataFrame, *, indicators: Sequence[Indicator], population: pd.Series) -> pd.DataFrame:
    """Return every kommun's changes from one measurement to the next, in robust standard deviations.

    Parameters
    ----------
    window
        Released rows of some years; totals of kommuner with a value are used.
    indicators
        The catalogue's records.
    population
        Inhabitants by kommun code; kommuner that are not in it are left out.

    Returns
    -------
    DataFrame
        Columns ``indicator, year, level, region, sex, value, before, year_before, centre, spread, z``, sorted by
        indicator, region and year. `centre` is the median change of the year in the units of `spread`.
    """
    scales = {indicator.id: indicator.scale for indicator in indicators if not indicator.is_answer}
    rows = kommun_results(window)
    rows = rows[rows["value"].notna() & rows["indicator"].isin(scales) & rows["region"].isin(population.index)]
    rows = rows[["indicator", "year", "level", "region", "sex", "value", "denominator"]].sort_values(
        [*_SERIES, "year"], ignore_index=True
    )
    rows["steady"] = np.nan
    for name, part in rows.groupby("indicator"):
        rows.loc[part.index, "steady"] = steadied(part["value"], scales[str(name)])
    series = rows.groupby(_SERIES)
    rows["before"], rows["year_before"] = series["value"].shift(), series["year"].shift()
    rows["change"] = rows["steady"] - series["steady"].shift()
    # The variance of a steadied share of n is 1/4n: one of two units moves it from 100 to 50 percent.
    percent = rows["indicator"].map({key: scale is Scale.PROCENT for key, scale in scales.items()}).astype(bool)
    few = 0.25 / rows["denominator"].where(rows["denominator"] > 0) + 0.25 / series["denominator"].shift()
    rows["chance"] = few.where(percent).pow(0.5).fillna(0.0)
    rows = rows[rows["change"].notna() & (rows["year"] - rows["year_before"] <= LONGEST_GAP)].copy()
    common = rows.groupby(["indicator", "year"])["change"].transform("median")
    rows["centred"] = rows["change"] - common
    rows["stratum"] = np.digitize(rows["region"].map(population).to_numpy(dtype="float64"), SIZE_BOUNDS)
    of_all = rows.groupby("indicator")["centred"].transform(robust_spread)
    rows["spread"] = rows.groupby(["indicator", "stratum"])["centred"].transform(robust_spread).fillna(of_all)
    rows["z"] = rows["centred"] / np.hypot(rows["spread"], rows["chance"])
    rows["centre"] = common / of_all
    return rows.drop(columns=["steady", "change", "centred", "stratum", "denominator", "chance"]).reset_index(drop=True)


def jump_findings(moved: pd.DataFrame, *, indicators: Sequence[Indicator], year: int) -> pd.DataFrame:
    """Return the findings of `year`: jumps, jumps that went back, and jumps common to the kommuner.

    Parameters
    ----------
    moved
        As `changes` returns it, of years up to `year`.
    indicators
        The catalogue's records.
    year
        The year that is checked.
    """
    by_id = {indicator.id: indicator for indicator in indicators}
    rows = moved.assign(z_before=moved.groupby(_SERIES)["z"].shift())
    rows = rows[rows["year"] == year]
    percent = rows["indicator"].map({key: one.scale is Scale.PROCENT for key, one in by_id.items()}).astype(bool)
    step = (rows["value"] - rows["before"]).abs()
    worth = step.ge(SMALLEST_POINTS).where(percent, step.ge(SMALLEST_SHARE * rows["before"].abs()))
    size = rows["z"].abs()
    jumped = rows[worth & (size > UNLIKELY)]
    returned = rows[(rows["z"] * rows["z_before"] < 0) & (size > BACK_AGAIN) & (rows["z_before"].abs() > BACK_AGAIN)]
    parts = [
        as_findings(
            jumped,
            check=Check.HOPP,
            severity=[Severity.ALLVARLIG if abs(z) > HARDLY else Severity.TYDLIG for z in jumped["z"]],
            text=_told(jumped, by_id, "Ovanligt stor {word} sedan {before_year}, från {before} till {now}"),
        ),
        as_findings(
            returned,
            check=Check.FRAM_OCH_TILLBAKA,
            severity=Severity.TYDLIG,
            text=_told(
                returned, by_id, "Värdet för {before_year} ({before}) avvek kraftigt och är nu tillbaka på {now}"
            ),
        ),
        _common(rows, year),
    ]
    return gathered(parts)


def _common(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    found = rows.groupby("indicator").agg(n=("z", "count"), centre=("centre", "first"), since=("year_before", "median"))
    found = found[(found["n"] >= FEWEST) & (found["centre"].abs() > COMMON)].reset_index()
    text = [
        f"De flesta kommuner gick kraftigt {'upp' if row.centre > 0 else 'ner'} samtidigt sedan {row.since:.0f}, "
        "vilket kan bero på att sättet att mäta har ändrats"
        for row in each(found)
    ]
    cells = national_cells(found["indicator"].tolist(), year)
    return as_findings(cells, check=Check.GEMENSAMT_HOPP, severity=Severity.TYDLIG, text=text)


def _told(rows: pd.DataFrame, by_id: dict[str, Indicator], template: str) -> list[str]:
    return [
        template.format(
            word="ökning" if row.value > row.before else "minskning",
            before_year=int(row.year_before),
            before=printed(row.before),
            now=printed(row.value) + unit_words(by_id[row.indicator]),
        )
        for row in each(rows)
    ]
