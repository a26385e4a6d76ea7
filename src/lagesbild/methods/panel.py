"""The panel: kommuner's own results year by year, as methods over time and between kommuner read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.methods.cells import kommun_results, score

#: Columns of a panel, in order.
PANEL_COLUMNS = ("indicator", "year", "region", "value", "numerator", "denominator")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Wide:
    """A panel as arrays, a series (an indicator in a kommun) per row and a year per column.

    Parameters
    ----------
    series
        Columns ``indicator`` and ``region``, sorted; row i names row i of the arrays.
    years
        Shape (years,), ascending.
    results, denominators
        Shape (series, years); nan where there is no result, or no denominator.
    """

    series: pd.DataFrame
    years: npt.NDArray[np.int64]
    results: Floats
    denominators: Floats


def panel(released: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return one row per indicator, year and kommun that has a result, women and men together.

    Parameters
    ----------
    released
        Observation rows that have passed the disclosure gate, any years and levels.
    indicators
        The catalogue's records; rows of other indicators are left out.

    Returns
    -------
    DataFrame
        `PANEL_COLUMNS`, sorted by the first three. ``value`` is in the unit of the scale; for answers 100 for ja and 0
        for delvis and nej (`lagesbild.methods.cells.score`). Numerators and denominators are null for answers and
        where a denominator isn't positive.
    """
    answers = {indicator.id: indicator.is_answer for indicator in indicators}
    rows = kommun_results(released[released["indicator"].isin(answers)])
    counted = ~rows["indicator"].map(answers).astype(bool) & (rows["denominator"] > 0)
    frame = pd.DataFrame(
        {
            "indicator": rows["indicator"].astype("str"),
            "year": rows["year"].astype("int64"),
            "region": rows["region"].astype("str"),
            "value": score(rows),
            "numerator": rows["numerator"].astype("float64").where(counted),
            "denominator": rows["denominator"].astype("float64").where(counted),
        }
    )
    frame = frame[frame["value"].notna()]
    return frame.sort_values(["indicator", "year", "region"], ignore_index=True)[list(PANEL_COLUMNS)]


def wide(rows: pd.DataFrame) -> Wide:
    """Return a panel as arrays; see `Wide`. An empty panel gives arrays of shape (0, 0)."""
    keys = ["indicator", "region"]
    series = rows[keys].astype("str").drop_duplicates().sort_values(keys, ignore_index=True)
    years = np.asarray(sorted(rows["year"].unique()), dtype=np.int64)
    row = pd.MultiIndex.from_frame(series).get_indexer(pd.MultiIndex.from_frame(rows[keys].astype("str")))
    column = np.searchsorted(years, rows["year"].to_numpy(dtype=np.int64))
    results, denominators = np.full((2, len(series), len(years)), np.nan)
    results[row, column] = rows["value"]
    denominators[row, column] = rows["denominator"]
    return Wide(series=series, years=years, results=results, denominators=denominators)
