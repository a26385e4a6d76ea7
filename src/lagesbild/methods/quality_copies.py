"""Figures that are another key figure's or another year's: what `lagesbild.methods.twins` finds, as findings."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.quality_findings import Check, Severity, as_findings, gathered
from lagesbild.methods.twins import repeats, twins

#: A rate of whole percent takes few values; two questions that most answer alike are no copies of each other.
_FEWEST_VALUES = 10


def _values(rows: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    return rows.loc[
        (rows["level"] == Level.KOMMUN)
        & (rows["sex"] == Sex.TOTAL)
        & (rows["status"] == Status.OK)
        & (rows["unit"].fillna("") == "")
        & rows["value"].notna()
        & rows["indicator"].isin(names),
        ["indicator", "year", "region", "value"],
    ]


def _cells(names: Sequence[str], year: int) -> pd.DataFrame:
    return pd.DataFrame({"indicator": list(names)}).assign(
        year=year, level=str(Level.RIKE), region="0000", sex=str(Sex.TOTAL)
    )


def copy_findings(
    everywhere: pd.DataFrame,
    window: pd.DataFrame,
    *,
    indicators: Sequence[Indicator],
    known: Sequence[Indicator],
    year: int,
) -> pd.DataFrame:
    """Return the indicators whose results are another indicator's, or their own of an earlier year.

    Two indicators that the catalogue ties to the same key figure are the same on purpose and no finding.

    Parameters
    ----------
    everywhere
        Released rows of `year`, of all areas: a copy may stand in another area.
    window
        Released rows of the area's years up to `year`.
    indicators, known
        The area's indicators, and all of the catalogue's.
    year
        The year that is checked.
    """
    own = {one.id: one for one in indicators}
    every = {one.id: one for one in known}
    numbers = {one.id for one in known if not one.is_answer}
    pairs = twins(_values(everywhere[everywhere["year"] == year], numbers), min_distinct=_FEWEST_VALUES)
    names, texts = [], []
    for one, other in zip(pairs["first"], pairs["second"], strict=True):
        if every[one].kolada is not None and every[one].kolada == every[other].kolada:
            continue
        for name, twin in ((one, other), (other, one)):
            if name in own:
                names.append(name)
                texts.append(f"Nästan alla kommuner har samma värde som i {every[twin].short_title}")
    again = repeats(_values(window, numbers & set(own)), min_distinct=_FEWEST_VALUES)
    again = again[again["year"] == year]
    return gathered(
        [
            as_findings(
                _cells(names, year),
                check=Check.DUBBELT_NYCKELTAL,
                severity=Severity.TYDLIG,
                text=texts,
            ),
            as_findings(
                _cells(again["indicator"].tolist(), year),
                check=Check.UPPREPADE_VARDEN,
                severity=Severity.TYDLIG,
                text=[f"Nästan alla kommuner har samma värde som {before}" for before in again["as_year"]],
            ),
        ]
    )
