"""Figures that are another key figure's or another year's: what `lagesbild.methods.twins` finds, as findings."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.methods.cells import kommun_results
from lagesbild.methods.quality_findings import Check, Severity, as_findings, gathered, national_cells
from lagesbild.methods.twins import Limits, repeats, twins

#: A rate of whole percent takes few values; two questions that most answer alike are no copies of each other.
_LIMITS = Limits(min_distinct=10)


def copy_findings(window: pd.DataFrame, *, indicators: Sequence[Indicator], year: int) -> pd.DataFrame:
    """Return the indicators whose results are another indicator's of the area, or their own of the time before.

    Two indicators that the catalogue ties to the same key figure are the same on purpose and no finding.

    Parameters
    ----------
    window
        Released rows of the area's years up to `year`.
    indicators
        The area's indicators.
    year
        The year that is checked.
    """
    numbers = {one.id: one for one in indicators if not one.is_answer}
    values = kommun_results(window[window["year"] <= year])
    values = values.loc[values["indicator"].isin(numbers), ["indicator", "year", "region", "value"]].dropna()
    pairs = twins(values[values["year"] == year], _LIMITS)
    names, texts = [], []
    for one, other in zip(pairs["first"], pairs["second"], strict=True):
        if numbers[one].kolada is not None and numbers[one].kolada == numbers[other].kolada:
            continue
        names += [one, other]
        texts += [_copied(numbers[other]), _copied(numbers[one])]
    # Of each indicator the year and the one before it that has values: what older years repeat was found then.
    years = values[["indicator", "year"]].drop_duplicates().sort_values("year", ascending=False)
    latest = years[years["indicator"].isin(years.loc[years["year"] == year, "indicator"])].groupby("indicator").head(2)
    again = repeats(values.merge(latest, on=["indicator", "year"]), _LIMITS)
    return gathered(
        [
            as_findings(
                national_cells(names, year), check=Check.DUBBELT_NYCKELTAL, severity=Severity.TYDLIG, text=texts
            ),
            as_findings(
                national_cells(again["indicator"].tolist(), year),
                check=Check.UPPREPADE_VARDEN,
                severity=Severity.TYDLIG,
                text=[f"Nästan alla kommuner har samma värde som {before}" for before in again["as_year"]],
            ),
        ]
    )


def _copied(twin: Indicator) -> str:
    return f"Nästan alla kommuner har samma värde som i {twin.short_title}"
