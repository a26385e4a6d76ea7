"""The figures of riket, län and kommungrupper: the source's own, and those formed from the kommuner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Answer, Level, Status
from lagesbild.methods.cells import kommun_cells, score, with_planned_gaps

#: Columns of ``indikatorer.parquet``, in order.
INDICATOR_COLUMNS = (
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
)

#: The source's own figure, the sum over kommuner, the plain mean of kommuner: best first.
WEIGHTINGS = ("redovisad", "vagd", "ovagd")

RIKET = "0000"
_KEY = ["indicator", "sex", "level", "area"]
_TEXT = ("indicator", "level", "region", "sex", "answer", "status", "weighting")


def aggregate(cells: pd.DataFrame, *, indicators: Sequence[Indicator], members: pd.DataFrame) -> pd.DataFrame:
    """Return unweighted and, where denominators are known, weighted figures of riket, län and kommungrupper.

    Unweighted ("ovagd"): the mean of the kommuner's results; for answers the percent of the answering
    kommuner that said ja, with the two counts as numerator and denominator. There is one such row for every
    area, also where no kommun has a result: its status is then the one that all its kommuner share, else
    "saknas".

    Weighted ("vagd"): the sum of numerators over the sum of denominators (percent), or the mean of values
    weighted by denominators (other scales). Only where every kommun of the area that has a result also has
    its denominator, since a sum over some of them would stand for nobody, and where the sum isn't zero.

    Both forms are those that Socialstyrelsen's method descriptions tell apart; a reader must be told which.

    Parameters
    ----------
    cells
        As `kommun_cells` returns them, of one year.
    indicators, members
        As for `kommun_cells`.

    Returns
    -------
    DataFrame
        `INDICATOR_COLUMNS`, unsorted.
    """
    scales = {indicator.id: indicator.scale for indicator in indicators}
    answers = cells["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    percent = cells["indicator"].map({key: scale is Scale.PROCENT for key, scale in scales.items()}).astype(bool)
    part = cells.assign(score=score(cells))
    part["has"] = part["score"].notna()
    part["ja"] = part["has"] & (part["answer"] == Answer.JA)
    weight = part["denominator"].where(part["has"] & ~answers & (part["denominator"] >= 0))
    mass = (100.0 * part["numerator"]).where(percent, part["value"] * part["denominator"])
    part["weighted"] = (weight.notna() & mass.notna()).astype(bool)
    part["weight"] = weight.where(part["weighted"])
    part["mass"] = mass.where(part["weighted"])
    part["numerator"] = part["numerator"].where(part["weighted"])
    part["is_answer"] = answers

    summed = _sum_by_area(part, members)
    n, total_weight = summed["n_kommuner"], summed["weight"]
    base = summed[["indicator", "year", "sex", "level"]].assign(
        region=summed["area"],
        answer=pd.Series(None, index=summed.index, dtype="str"),
        n_kommuner=n.astype(float),
    )
    some = n > 0
    plain = base.assign(
        value=(summed["score"] / n.where(some)).round(10),
        status=summed["shared_status"].where(~some, str(Status.OK)),
        numerator=summed["ja"].astype(float).where(some & summed["is_answer"]),
        denominator=n.astype(float).where(some & summed["is_answer"]),
        weighting="ovagd",
    )
    whole = some & (summed["weighted"] == n) & (total_weight > 0)
    weighted = base.assign(
        value=(summed["mass"] / total_weight.where(total_weight > 0)).round(10),
        status=str(Status.OK),
        numerator=summed["numerator"].where(summed["n_numerator"] == n),
        denominator=total_weight,
        weighting="vagd",
    )[whole]
    return pd.concat([plain, weighted], ignore_index=True)[list(INDICATOR_COLUMNS)]


def _sum_by_area(part: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Return sums per indicator, sex and area of every level; `part` is sorted, so sums don't vary."""
    placed = part.merge(members, on="region", how="left")
    areas = {
        str(Level.RIKE): pd.Series(RIKET, index=placed.index, dtype="str"),
        str(Level.LAN): placed["lan"],
        str(Level.KOMMUNGRUPP): placed["kommungrupp"],
    }
    long = pd.concat([placed.assign(level=level, area=area) for level, area in areas.items()], ignore_index=True)
    return (
        long.groupby(_KEY, sort=True)
        .agg(
            year=("year", "first"),
            n_kommuner=("has", "sum"),
            score=("score", "sum"),
            ja=("ja", "sum"),
            is_answer=("is_answer", "first"),
            weighted=("weighted", "sum"),
            weight=("weight", "sum"),
            mass=("mass", "sum"),
            numerator=("numerator", "sum"),
            n_numerator=("numerator", "count"),
            first_status=("status", "min"),
            last_status=("status", "max"),
        )
        .assign(
            shared_status=lambda f: f["first_status"].where(f["first_status"] == f["last_status"], str(Status.SAKNAS))
        )
        .reset_index()
    )


def indicator_frame(
    released: pd.DataFrame, *, indicators: Sequence[Indicator], members: pd.DataFrame, year: int
) -> pd.DataFrame:
    """Return the frame of ``indikatorer.parquet``: kommun cells, the source's own totals and ours.

    Rows weighted "redovisad" are the source's own figures, of a kommun or of a larger area. `n_kommuner` is
    the number of kommuner with a published result behind a figure: 1 or 0 for a kommun, null for a larger
    area's own figure, which may rest on cells that are not published. The source's own totals of *answers*
    are left out, for sources disagree on what they count; ours are the percent that said ja.

    Parameters
    ----------
    released, indicators, members, year
        As for `kommun_cells`.

    Returns
    -------
    DataFrame
        `INDICATOR_COLUMNS`, sorted by indicator, level, region, sex and weighting.
    """
    cells = kommun_cells(released, indicators=indicators, members=members, year=year)
    kommuner = cells.assign(
        level=str(Level.KOMMUN),
        n_kommuner=(cells["status"] == Status.OK).astype(float),
        weighting="redovisad",
    )
    numbers = {indicator.id for indicator in indicators if not indicator.is_answer}
    larger = (str(Level.RIKE), str(Level.LAN), str(Level.KOMMUNGRUPP))
    now = with_planned_gaps(released, indicators=indicators, year=year)
    own = now[now["indicator"].isin(numbers) & now["level"].isin(larger) & (now["unit"].fillna("") == "")].assign(
        n_kommuner=np.nan, weighting="redovisad"
    )
    formed = aggregate(cells, indicators=indicators, members=members)
    columns = list(INDICATOR_COLUMNS)
    frame = pd.concat([part[columns] for part in (kommuner, own, formed) if len(part)] or [formed])
    frame = frame.astype(dict.fromkeys(_TEXT, "str") | {"year": "int16", "value": "float64"})
    return frame.sort_values(["indicator", "level", "region", "sex", "weighting"], ignore_index=True)
