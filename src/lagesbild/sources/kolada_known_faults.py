"""Published cells of Kolada that are known to be wrong."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.registers import TEXT, matching, read_register
from lagesbild.catalogue.resources import registers_folder
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.sources.result import KNOWN_FAULT_COLUMNS


def without_known_faults(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows with known wrong values set to null, and a list of those.

    A few published cells can't be right (a percentage of 300). They are typed into a reviewed register
    and read as `saknas`, but only while they hold exactly the wrong value: a corrected cell is used, and a
    new fault is a fault.
    """
    columns = {
        "kpi": TEXT,
        "region": matching(r"\d{2}|\d{4}", "a region's code"),
        "year": matching(r"\d{4}", "a year"),
        "sex": matching("|".join(Sex), "T, K or M"),
        "value": matching(r"-?\d+(\.\d+)?", "a number"),
        "note": TEXT,
    }
    register = registers_folder() / "kolada_known_faults.csv"
    listed = read_register(register, columns, key=("kpi", "region", "year", "sex"))
    hits: list[dict[str, object]] = []
    rows = rows.copy()
    for entry in listed:
        of_kpi = rows.index[(rows["kpi"] == entry["kpi"]) & (rows["year_text"] == entry["year"])]
        for index in of_kpi:
            line = rows.loc[index]
            same = line["geo"] == entry["region"] and line["gender"] == entry["sex"]
            if same and abs(line["value"] - float(entry["value"])) < 1e-6:
                rows.loc[index, "value"] = float("nan")
                hits.append({"name": entry["kpi"], **{n: entry[n] for n in KNOWN_FAULT_COLUMNS[1:]}})
    return rows, pd.DataFrame(hits, columns=list(KNOWN_FAULT_COLUMNS)).astype("str")
