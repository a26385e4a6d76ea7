"""The cells of kommuner: every kommun and measured indicator, the gaps named by their status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.plan import PLANNED_GAPS, Standing, standing
from lagesbild.catalogue.vocabulary import Answer, Level, Sex, Status

#: A kommun whose figure is withheld or whose question doesn't apply has reported. Only an indicator that was measured
#: has these.
REPORTED = (str(Status.OK), str(Status.SEKRETESS), str(Status.EJ_TILLAMPLIG))


class Member(Protocol):
    """What `membership` needs to know of a kommun."""

    @property
    def kod(self) -> str: ...
    @property
    def lan(self) -> str: ...
    @property
    def kommungrupp_2023(self) -> str: ...


def membership(kommuner: Iterable[Member]) -> pd.DataFrame:
    """Return one row per kommun with its län and kommungrupp.

    The division of 2023 is used for every year, so that a series over time compares the same kommuner.

    Returns
    -------
    DataFrame
        Columns ``region``, ``lan``, ``kommungrupp`` (text), sorted by region.
    """
    rows = sorted((kommun.kod, kommun.lan, kommun.kommungrupp_2023) for kommun in kommuner)
    return pd.DataFrame(rows, columns=["region", "lan", "kommungrupp"]).astype("str")


def kommun_results(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the released rows that hold a kommun's own result, women and men together; rows of units are left out."""
    return rows[
        (rows["level"] == Level.KOMMUN)
        & (rows["sex"] == Sex.TOTAL)
        & (rows["status"] == Status.OK)
        & (rows["unit"].fillna("") == "")
    ]


def alive(indicator: Indicator, year: int) -> bool:
    """Return whether the indicator exists in `year`: measured, between two measurings of its rhythm, or paused."""
    return standing(indicator, year) in {Standing.MATS} | PLANNED_GAPS


def with_planned_gaps(released: pd.DataFrame, *, indicators: Sequence[Indicator], year: int) -> pd.DataFrame:
    """Return the rows of `year` with "ej_matt" where the plan rests and the source only says that nothing came.

    Some sources give every kommun a row without a value in the years between two measurings. That is no non-response:
    nobody was asked. One reported row of any region and level shows that the indicator was measured after all.

    Parameters
    ----------
    released
        Observation rows that have passed the disclosure gate, any years and levels.
    indicators
        The catalogue's records; rows of other indicators are left out.
    year
        The year.

    Returns
    -------
    DataFrame
        The rows of the year and the indicators; other columns than `status` are as they were.
    """
    wanted = {indicator.id for indicator in indicators}
    now = released[(released["year"] == year) & released["indicator"].isin(wanted)]
    resting = {indicator.id for indicator in indicators if standing(indicator, year) in PLANNED_GAPS}
    resting -= set(now.loc[now["status"].isin(REPORTED), "indicator"])
    return now.assign(status=now["status"].mask(now["indicator"].isin(resting), str(Status.EJ_MATT)))


def kommun_cells(
    released: pd.DataFrame, *, indicators: Sequence[Indicator], members: pd.DataFrame, year: int
) -> pd.DataFrame:
    """Return one row per indicator, kommun and sex for `year`, with the gaps filled in by their status.

    A kommun without a row is "saknas" where the indicator was measured and "ej_matt" where it was not. An
    indicator was measured if the plan has it that year *or* some region has reported: the data win over the plan
    (see `with_planned_gaps`). Indicators that the plan has ended, or not begun, and that have no
    rows, are left out. The total is always complete; women and men are where some kommun has such a row.

    Parameters
    ----------
    released
        Observation rows that have passed the disclosure gate, any years and levels.
    indicators
        The catalogue's records; rows of other indicators are left out.
    members
        See `membership`; decides which kommuner are expected.
    year
        The year.

    Returns
    -------
    DataFrame
        Columns ``indicator, year, region, sex, value, answer, status, numerator, denominator`` sorted by
        indicator, region and sex: (indicators x sexes x kommuner) rows.
    """
    now = with_planned_gaps(released, indicators=indicators, year=year)
    with_data = set(now.loc[now["status"] != Status.EJ_MATT, "indicator"])
    present = set(now["indicator"])
    rows = now[(now["level"] == Level.KOMMUN) & (now["unit"].fillna("") == "")]

    missing_status = {}
    for indicator in indicators:
        if indicator.id in with_data or indicator.measured(year):
            missing_status[indicator.id] = str(Status.SAKNAS)
        elif indicator.id in present or alive(indicator, year):
            missing_status[indicator.id] = str(Status.EJ_MATT)

    reported = rows[["indicator", "sex"]].drop_duplicates()
    totals = pd.DataFrame({"indicator": list(missing_status), "sex": str(Sex.TOTAL)})
    wanted_cells = pd.concat([totals, reported]).drop_duplicates().astype("str")
    grid = wanted_cells.merge(members[["region"]], how="cross")
    columns = ["value", "answer", "status", "numerator", "denominator"]
    cells = grid.merge(
        rows[["indicator", "sex", "region", *columns]],
        on=["indicator", "sex", "region"],
        how="left",
        validate="one_to_one",
    )
    cells["status"] = cells["status"].fillna(cells["indicator"].map(missing_status))
    cells["year"] = np.int16(year)
    cells = cells.astype(
        {"value": "float64", "numerator": "float64", "denominator": "float64", "answer": "str"}
    ).astype({"indicator": "str", "status": "str"})
    cells = cells.sort_values(["indicator", "region", "sex"], ignore_index=True)
    return cells[["indicator", "year", "region", "sex", *columns]]


def score(cells: pd.DataFrame) -> pd.Series:
    """Return each cell's number: its value, or for an answer 100 for ja and 0 for delvis and nej.

    The mean of the scores of a group is then the group's mean or its percent of kommuner that answered ja.
    Cells without a result are null.
    """
    said_ja = pd.Series(np.where(cells["answer"] == Answer.JA, 100.0, 0.0), index=cells.index)
    result = cells["value"].where(cells["answer"].isna(), said_ja)
    return result.where(cells["status"] == Status.OK).astype("float64")
