"""What a dump of Kolada holds: its key figures' descriptions, and which years and kommuner each has values for."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from lagesbild.errors import Fault, InputError

_KPI_COLUMNS = ("id", "title", "description", "municipality_type")


def read_kpi_descriptions(path: Path) -> pd.DataFrame:
    """Return ``id, title, description, municipality_type`` of every key figure in ``kpi.csv``, all text, no nulls.

    Raises
    ------
    InputError
        If the file is absent or lacks a column; all that is missing is listed.
    """
    if not path.is_file():
        fault = Fault(what="the file is absent", file=path.name, action="Give the kpi.csv of a Kolada dump")
        raise InputError("Kolada's descriptions refused", [fault])
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)
        head = reader.fieldnames or ()
    lacking = [name for name in _KPI_COLUMNS if name not in head]
    if lacking:
        faults = [Fault(what=f"column {name} is missing", file=path.name, row=1, column=name) for name in lacking]
        raise InputError("Kolada's descriptions refused", faults)
    return pd.DataFrame([[row[name] or "" for name in _KPI_COLUMNS] for row in rows], columns=list(_KPI_COLUMNS))


def read_extent(path: Path) -> pd.DataFrame:
    """Return ``kpi, first_year, last_year, kommuner`` of every key figure with a kommun's value.

    Parameters
    ----------
    path
        The ``observations.parquet`` of a dump.

    Raises
    ------
    InputError
        If the file is absent.
    """
    if not path.is_file():
        fault = Fault(what="the file is absent", file=path.name, action="Give the folder of a Kolada dump")
        raise InputError("Kolada's values refused", [fault])
    table = pq.read_table(path, columns=["kpi", "geo", "year", "value"], read_dictionary=["kpi", "geo"])
    values: pd.DataFrame = table.to_pandas()
    # Four digits are a kommun, two a region; 0000 and its like are riket.
    kommun = values["geo"].astype("str").str.fullmatch(r"(?!00)\d{4}") & values["value"].notna()
    grouped = values[kommun].groupby("kpi", observed=True)
    found = grouped.agg(first_year=("year", "min"), last_year=("year", "max"), kommuner=("geo", "nunique"))
    extent: pd.DataFrame = found.reset_index().astype({"kpi": "str"}).sort_values("kpi", ignore_index=True)
    return extent
