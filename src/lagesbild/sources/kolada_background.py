"""The background variables of kommuner, formed from Kolada's key figures."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.arithmetic import compute
from lagesbild.catalogue.background import TYPES, background_kpis, background_variables
from lagesbild.catalogue.regions import kommuner


def background_values(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the background variables of every kommun and year that has them.

    Parameters
    ----------
    figures
        As `lagesbild.sources.kolada_archive.KoladaArchive.figures`.

    Returns
    -------
    DataFrame
        ``region, year, variable, value``, sorted; only values that exist. A variable that is formed from several key
        figures has a value where they all have one for the same year, and nothing is divided by zero.
    """
    own = figures["kpi"].isin(background_kpis()) & (figures["sex"] == "T") & (figures["unit"] == "")
    rows = figures[own & figures["region"].isin([one.kod for one in kommuner()]) & figures["value"].notna()]
    keys = pd.MultiIndex.from_frame(rows[["region", "year", "kpi"]].astype({"region": "str", "kpi": "str"}))
    table = pd.Series(rows["value"].to_numpy(), index=keys, dtype="float64").unstack("kpi")  # noqa: PD010
    table = table.reindex(columns=list(background_kpis()))
    columns = {str(kpi): table[kpi] for kpi in table}
    parts = [
        compute(variable.formula, columns).dropna().rename("value").reset_index().assign(variable=variable.id)
        for variable in background_variables()
    ]
    found = pd.concat(parts, ignore_index=True)[list(TYPES)].astype(TYPES)
    return found.sort_values(["region", "year", "variable"], ignore_index=True)
