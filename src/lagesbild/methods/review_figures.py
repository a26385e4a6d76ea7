"""What the critical review looks at: figures of each indicator and measurement, all kommuner together.

Everything is computed for all indicators at once from the released results of kommuner. A withheld result counts as an
answer given; its value is never read.

Sources: Riksrevisionen (RiR 2021:17), section 3.3.3 and its first recommendation; Socialstyrelsen, Öppna jämförelser i
utveckling (2023), table B3.1, whose reasons for pausing an indicator the measures put into figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator, Part, Scale, Survey
from lagesbild.catalogue.review_rules import Measure
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.methods.cells import score
from lagesbild.methods.quality_findings import Check
from lagesbild.methods.quality_grade import GRADES

#: Columns of the figures: the measurement, how many kommuner it rests on, then the measures.
FIGURE_COLUMNS = (
    *("indicator", "year", "n_asked", "n_answered", "n_shown", "n_pairs"),
    *(str(measure) for measure in Measure),
)

#: Statuses of a kommun that nothing was asked of: not counted among those asked.
_NOT_ASKED = (str(Status.EJ_MATT), str(Status.EJ_TILLAMPLIG))
_ANSWERED = (str(Status.OK), str(Status.SEKRETESS))
#: Checks that say that few have answered: told by a rule of their own, so no fault of the data that there are.
_COVERAGE = frozenset({Check.TACKNING, Check.SVARSANDEL, Check.PARTIELLT_BORTFALL})


def review_figures(
    comparisons: pd.DataFrame, quality: pd.DataFrame, *, indicators: Sequence[Indicator], level: float
) -> pd.DataFrame:
    """Return the measures of every indicator and year in which some kommun has a result.

    Parameters
    ----------
    comparisons
        Rows of kommuner with ``indicator, year, region, sex, value, answer, status``, any years; women and men apart
        are left out.
    quality
        ``indicator, year, grade, checks`` as `lagesbild.methods.quality_grade.grade_frame` returns them.
    indicators
        The catalogue's records; rows of other indicators are left out.
    level
        Percent from which a kommun meets a percentage for which high is good. A low percentage is never "met": it may
        only mean that what is measured is rare.

    Returns
    -------
    DataFrame
        `FIGURE_COLUMNS`, sorted by indicator and year. Measures are nan where they do not apply or nothing can be
        computed: a spread for answers, a correlation where all kommuner are alike.
    """
    known = {indicator.id: indicator for indicator in indicators}
    rows = comparisons[(comparisons["sex"] == Sex.TOTAL) & comparisons["indicator"].isin(known)]
    rows = rows[~rows["status"].isin(_NOT_ASKED)]
    names = rows["indicator"].astype("str")
    rows = pd.DataFrame(
        {
            "indicator": names,
            "year": rows["year"].astype("int64"),
            "region": rows["region"].astype("str"),
            "result": score(rows),
            "answer": rows["answer"].astype("str").where(rows["status"] == Status.OK),
            "answered": rows["status"].isin(_ANSWERED),
        }
    )
    keys = [rows["indicator"], rows["year"]]
    figures = pd.DataFrame(
        {
            "n_asked": rows["region"].groupby(keys).size(),
            "n_answered": rows["answered"].groupby(keys).sum(),
            "n_shown": rows["result"].groupby(keys).count(),
        }
    ).astype("int64")
    figures = figures[figures["n_shown"] > 0].reset_index()
    figures["svarande"] = 100.0 * figures["n_answered"] / figures["n_asked"]
    shown = rows[rows["result"].notna()]
    for part in (_met(shown, known, level), _changes(shown, known), _spread(shown, known)):
        figures = figures.merge(part, on=["indicator", "year"], how="left")
    figures = figures.merge(_grades(quality), on=["indicator", "year"], how="left")
    figures["n_pairs"] = figures["n_pairs"].fillna(0).astype("int64")
    variants = _variants(indicators)
    figures["utan_riktning"] = [float(_lacks_direction(known[name])) for name in figures["indicator"]]
    figures["varianter"] = [
        float(variants[_set_of(known[name]), year]) if _asked(known[name], year) else np.nan
        for name, year in zip(figures["indicator"], figures["year"], strict=True)
    ]
    return figures.sort_values(["indicator", "year"], ignore_index=True)[list(FIGURE_COLUMNS)]


def _met(shown: pd.DataFrame, known: dict[str, Indicator], level: float) -> pd.DataFrame:
    """Return the percent of the kommuner with a result that meet the indicator: ja, or a percentage from `level`."""
    limits = {name: _limit(indicator, level) for name, indicator in known.items()}
    limit = shown["indicator"].map(limits).astype("float64")
    met = (shown["result"] >= limit).astype("float64").where(limit.notna())
    share = 100.0 * met.groupby([shown["indicator"], shown["year"]]).mean()
    return share.rename("uppfyller").reset_index()


def _limit(indicator: Indicator, level: float) -> float:
    if indicator.is_answer:
        return 100.0
    return level if _high_percent(indicator) else np.nan


def _high_percent(indicator: Indicator) -> bool:
    return indicator.scale is Scale.PROCENT and indicator.direction is Direction.HOG


def _changes(shown: pd.DataFrame, known: dict[str, Indicator]) -> pd.DataFrame:
    """Return the percent of kommuner whose answer changed since the measurement before, and went and came back.

    Only measurements in a row count: a kommun that was absent from the one before has no change.
    """
    rows = shown[shown["indicator"].map({name: one.is_answer for name, one in known.items()}).astype(bool)]
    rows = rows.sort_values(["indicator", "region", "year"])
    place = rows.groupby("indicator")["year"].rank(method="dense")
    series = rows.groupby(["indicator", "region"])
    before, first = series["answer"].shift(1), series["answer"].shift(2)
    place_of = place.groupby([rows["indicator"], rows["region"]])
    in_row, in_three = place - place_of.shift(1) == 1, place - place_of.shift(2) == 2
    changed = (rows["answer"] != before).astype("float64").where(in_row)
    flipped = ((rows["answer"] != before) & (rows["answer"] == first)).astype("float64").where(in_three)
    keys = [rows["indicator"], rows["year"]]
    return pd.DataFrame(
        {"andrat": 100.0 * changed.groupby(keys).mean(), "vaxlat": 100.0 * flipped.groupby(keys).mean()}
    ).reset_index()


def _spread(shown: pd.DataFrame, known: dict[str, Indicator]) -> pd.DataFrame:
    """Return the width between the 10th and 90th percentile of percentages, and how far kommuner's places come back.

    The width is of percentages for which high is good alone: where low is good, one percentage point may be half of
    what there is. How far places come back is Spearman's rank correlation (Spearman 1904) of the kommuner with a result
    in two measurements in a row: 1 where everyone keeps the place, about 0 where places are drawn anew each time. Nan
    where all are alike.
    """
    rows = shown[~shown["indicator"].map({name: one.is_answer for name, one in known.items()}).astype(bool)]
    keys = ["indicator", "year"]
    percent = rows[rows["indicator"].map({name: _high_percent(one) for name, one in known.items()}).astype(bool)]
    results = percent.groupby(keys)["result"]
    width = (results.quantile(0.9) - results.quantile(0.1)).rename("spridning")
    rows = rows.sort_values(["indicator", "region", "year"])
    place = rows.groupby("indicator")["year"].rank(method="dense")
    in_row = place - place.groupby([rows["indicator"], rows["region"]]).shift(1) == 1
    pairs = rows.assign(before=rows.groupby(["indicator", "region"])["result"].shift(1))[in_row]
    on = [pairs[key] for key in keys]
    ranks = pairs[["result", "before"]].groupby(on).rank()
    apart = ranks - ranks.groupby(on).transform("mean")
    products = pd.DataFrame(
        {
            "both": apart["result"] * apart["before"],
            "now": apart["result"] ** 2,
            "then": apart["before"] ** 2,
        }
    )
    sums = products.groupby(on).sum()
    scale = (sums["now"] * sums["then"]) ** 0.5
    again = (sums["both"] / scale.where(scale > 0)).rename("aterkommer").reset_index()
    counts = pairs.groupby(on).size().rename("n_pairs").reset_index()
    return width.reset_index().merge(again.merge(counts, on=keys, how="left"), on=keys, how="outer")


def _grades(quality: pd.DataFrame) -> pd.DataFrame:
    """Return the grades as numbers, A 1 to D 4; one that coverage has lowered says nothing here.

    Which grade the other checks alone would have given can't be told from the frame; a ground that may be no other than
    another ground is left out.
    """
    places = {str(grade): float(place) for place, grade in enumerate(GRADES, start=1)}
    grade = quality["grade"].astype("str").map(places).astype("float64")
    lowered = quality["checks"].fillna("").astype("str").str.split()
    coverage = [bool(set(checks) & _COVERAGE) for checks in lowered]
    frame = pd.DataFrame({"indicator": quality["indicator"].astype("str"), "year": quality["year"].astype("int64")})
    return frame.assign(betyg=grade.mask(np.asarray(coverage, dtype=bool)))


def _lacks_direction(indicator: Indicator) -> bool:
    return indicator.part is Part.KVALITET and indicator.direction is Direction.INGEN


def _asked(indicator: Indicator, year: int) -> bool:
    asked = indicator.survey is Survey.KOMMUNENKAT and indicator.questions > 0
    return asked and indicator.measured(year) and _set_of(indicator).count("-") > 0


def _set_of(indicator: Indicator) -> str:
    """Return the set of questions an indicator belongs to: its id without the last part ("bu-samverkan")."""
    return indicator.id.rpartition("-")[0]


def _variants(indicators: Sequence[Indicator]) -> Counter[tuple[str, int]]:
    """Return how many questions the kommunenkät puts in each set and year."""
    found: Counter[tuple[str, int]] = Counter()
    for indicator in indicators:
        for year in range(1990, 2101) if indicator.survey is Survey.KOMMUNENKAT else ():
            if _asked(indicator, year):
                found[_set_of(indicator), year] += indicator.questions
    return found
