"""The results of Riksrevisionen's rows: single answers, several weighed together, and answers recoded across years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.audit_rows import AuditRow
from lagesbild.catalogue.indicators import Direction, Indicator, Survey
from lagesbild.catalogue.vocabulary import Answer, Level, Status
from lagesbild.methods.cells import kommun_results

PANEL_COLUMNS = ("indicator", "year", "region", "value")

#: The year whose surveys of users and units Riksrevisionen left out for äldreomsorgen.
PANDEMIC = 2020

#: A kommun has a value of several answers when at least this share of those asked that year are given.
LEAST_ANSWERED = 0.5


def audit_panel(released: pd.DataFrame, rows: Sequence[AuditRow]) -> pd.DataFrame:
    """Return the result of every row, kommun and year.

    An answer is 100 for ja, 0 for nej and the row's own number for delvis (Riksrevisionen's comments 2 and 5-9). A row
    of several answers is the mean of those given: of the questions asked that year at least half must be.
    A recoded row is its first indicator in the years before the others were asked, then the mean of the others, all of
    which must be given.

    Parameters
    ----------
    released
        Observation rows that have passed the disclosure gate, any years and levels.
    rows
        The rows; those without indicators give nothing.

    Returns
    -------
    DataFrame
        Columns ``indicator`` (the row's id), ``year, region, value``, sorted; kommuner with a value alone.
    """
    own = kommun_results(released)
    frames = []
    for row in rows:
        part = own[own["indicator"].isin(row.indicators)]
        answers = part["answer"].map({Answer.JA: 100.0, Answer.DELVIS: row.partial, Answer.NEJ: 0.0})
        given = part["value"].astype("float64").where(part["answer"].isna(), answers.astype("float64"))
        table = part.assign(given=given).dropna(subset=["given"])
        if len(table):
            frames.append(_value(table, row).assign(indicator=row.id))
    if not frames:
        empty = {"indicator": "str", "year": "int64", "region": "str", "value": "float64"}
        return pd.DataFrame(columns=list(PANEL_COLUMNS)).astype(empty)
    found = pd.concat(frames, ignore_index=True).astype({"indicator": "str", "year": "int64", "region": "str"})
    return found.sort_values(["indicator", "year", "region"], ignore_index=True)[list(PANEL_COLUMNS)]


def _value(table: pd.DataFrame, row: AuditRow) -> pd.DataFrame:
    """Return year, region and value of one row."""
    wide = table.pivot_table(index=["year", "region"], columns="indicator", values="given")
    asked = wide.notna().groupby(level="year").transform("any")
    given = wide.notna().sum(axis=1)
    if row.kind == "omkodning":
        first, later = row.indicators[0], [one for one in row.indicators[1:] if one in wide]
        recoded = asked[later].any(axis=1) if later else pd.Series(False, index=wide.index)
        both = wide[later].mean(axis=1, skipna=False) if later else pd.Series(np.nan, index=wide.index)
        before = wide[first] if first in wide else pd.Series(np.nan, index=wide.index)
        value = both.where(recoded, before)
    else:
        value = wide.mean(axis=1).where(given >= LEAST_ANSWERED * asked.sum(axis=1))
    return value.dropna().round(9).rename("value").reset_index()


def without_pandemic(released: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the rows without the surveys of users and units in 2020.

    Riksrevisionen left them out for äldreomsorgen: no survey of units was made that year, and the answers of users
    span the outbreak of the pandemic.
    """
    surveys = (Survey.BRUKARUNDERSOKNING, Survey.ENHETSUNDERSOKNING)
    names = {one.id for one in indicators if one.survey in surveys}
    return released[~(released["indicator"].isin(names) & (released["year"] == PANDEMIC))]


def better_of(rows: Sequence[AuditRow], indicators: Sequence[Indicator]) -> dict[str, int]:
    """Return for each row 1 where higher is better and -1 where lower is; rows whose indicators disagree are absent."""
    sign = {Direction.HOG: 1, Direction.LAG: -1}
    known = {one.id: sign.get(one.direction, 0) for one in indicators}
    found = {row.id: {known.get(one, 0) for one in row.indicators} for row in rows}
    return {name: next(iter(signs)) for name, signs in found.items() if len(signs) == 1 and 0 not in signs}


def unit_panel(released: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the numbers of single units, as `lagesbild.methods.staffing` reads them.

    Returns
    -------
    DataFrame
        Columns ``measure`` (the indicator's id), ``region, unit, year, value``, sorted; released values alone.
    """
    names = {one.id for one in indicators if not one.is_answer}
    rows = released[
        (released["level"] == Level.ENHET)
        & released["indicator"].isin(names)
        & (released["status"] == Status.OK)
        & (released["sex"] == "T")
        & released["value"].notna()
        & (released["unit"].fillna("") != "")
    ]
    frame = rows.rename(columns={"indicator": "measure"})[["measure", "region", "unit", "year", "value"]]
    frame = frame.astype({"measure": "str", "region": "str", "unit": "str", "year": "int64", "value": "float64"})
    return frame.sort_values(["measure", "region", "unit", "year"], ignore_index=True)
