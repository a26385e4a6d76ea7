"""What came in, what is missing and what is withheld: counts of cells, never their values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.methods.cells import REPORTED, score

#: Columns of ``kvalitetssakring.parquet``, in order.
QUALITY_COLUMNS = (
    "indicator",
    "year",
    "status",
    "n_rows",
    "n_kommuner_expected",
    "n_kommuner_reported",
    "share_reported",
    "min",
    "median",
    "max",
    "note",
)

#: Below this percent of kommuner the national picture needs a warning (the surveys of kommuner reach 86-95).
LOW_SHARE = 80.0


def quality_frame(cells: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the frame of ``kvalitetssakring.parquet``: kommun cells (total) counted by status.

    Every measured indicator has a row with status "ok", also where no kommun has a result; other statuses
    have a row where they occur. An indicator that is not measured in the year has one row, "ej_matt".

    - `n_rows`: kommuner with that status; the rows of an indicator sum to the number of kommuner.
    - `n_kommuner_expected`: kommuner that should have reported, 0 where the indicator is not measured.
    - `n_kommuner_reported`: of them, those with a result, a withheld result or "ej_tillamplig".
    - `share_reported`: percent, null where none is expected.
    - `min`, `median`, `max`: of the kommuner's released results, on the "ok" row; null for answers.
    - `note`: what a reader should know, in Swedish; on the "ok" or "ej_matt" row.

    Parameters
    ----------
    cells
        As `lagesbild.methods.cells.kommun_cells` returns them.
    indicators
        The catalogue's records.

    Returns
    -------
    DataFrame
        `QUALITY_COLUMNS`, sorted by indicator, year and status ("ok" first).
    """
    total = cells[cells["sex"] == Sex.TOTAL]
    is_answer = total["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    part = total.assign(
        expected=total["status"] != Status.EJ_MATT,
        reported=total["status"].isin(REPORTED),
        absent=total["status"] == Status.SAKNAS,
        ja=score(total).where(is_answer),
        number=total["value"].where((total["status"] == Status.OK) & ~is_answer),
    )
    sums = (
        part.groupby(["indicator", "year"])
        .agg(
            n_kommuner_expected=("expected", "sum"),
            n_kommuner_reported=("reported", "sum"),
            n_ok=("status", lambda status: int((status == Status.OK).sum())),
            n_absent=("absent", "sum"),
            min=("number", "min"),
            median=("number", "median"),
            max=("number", "max"),
            ja=("ja", "mean"),
        )
        .reset_index()
    )
    expected = sums["n_kommuner_expected"]
    sums["share_reported"] = (100.0 * sums["n_kommuner_reported"] / expected.where(expected > 0)).round(10)
    sums["note"] = _notes(sums)

    occurring = part.groupby(["indicator", "year", "status"]).size().rename("n_rows").reset_index()
    always = sums.loc[expected > 0, ["indicator", "year"]].assign(status=str(Status.OK), n_rows=0)
    counts = pd.concat([occurring, always]).groupby(["indicator", "year", "status"])["n_rows"].sum().reset_index()
    frame = counts.merge(sums.drop(columns=["n_ok", "n_absent", "ja"]), on=["indicator", "year"])
    main = (frame["status"] == Status.OK) | (frame["n_kommuner_expected"] == 0)
    for name in ("min", "median", "max"):
        frame[name] = frame[name].where(main).astype("float64")
    frame["note"] = frame["note"].where(main, "").astype("str")
    frame["_order"] = (frame["status"] != Status.OK).astype("int8")
    frame = frame.sort_values(["indicator", "year", "_order", "status"], ignore_index=True)
    frame = frame.astype({"year": "int16", "indicator": "str", "status": "str"})
    return frame[list(QUALITY_COLUMNS)]


def _notes(sums: pd.DataFrame) -> pd.Series:
    """Return the reader's note for each indicator and year, empty where there is nothing to say."""
    constant = (sums["n_ok"] > 1) & ((sums["min"] == sums["max"]) | sums["ja"].isin([0.0, 100.0]))
    notes = np.select(
        [
            sums["n_kommuner_expected"] == 0,
            sums["n_absent"] == sums["n_kommuner_expected"],
            sums["n_kommuner_reported"] == 0,
            sums["n_ok"] == 0,
            sums["n_ok"] == 1,
            sums["share_reported"] < LOW_SHARE,
            constant,
        ],
        [
            "Mäts inte det här året.",
            "Källan har inga uppgifter för kommunerna.",
            "Ingen kommun har redovisat.",
            "Ingen kommuns resultat kan visas.",
            "Bara en kommun har ett resultat som kan visas.",
            "Färre än 80 procent av kommunerna har redovisat.",
            "Alla kommuner har samma resultat.",
        ],
        "",
    )
    return pd.Series(notes, index=sums.index, dtype="str")


def received(released: pd.DataFrame) -> pd.DataFrame:
    """Return what came in, by level: rows, those with a result, indicators and regions.

    Returns
    -------
    DataFrame
        Columns ``level, n_rows, n_results, n_indicators, n_regions``, sorted by level.
    """
    return (
        released.assign(has=released["status"] == Status.OK)
        .groupby("level")
        .agg(
            n_rows=("has", "size"),
            n_results=("has", "sum"),
            n_indicators=("indicator", "nunique"),
            n_regions=("region", "nunique"),
        )
        .reset_index()
    )


def withheld(released: pd.DataFrame) -> pd.DataFrame:
    """Return how many cells are withheld, by level: counts of cells, never what stood in them.

    Returns
    -------
    DataFrame
        Columns ``level, n_cells``, sorted.
    """
    hidden = released[released["status"] == Status.SEKRETESS]
    return hidden.groupby("level").size().rename("n_cells").reset_index()
