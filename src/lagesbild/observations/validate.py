"""The door of the store: a frame of observations comes in whole and sound, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS
from lagesbild.errors import Fault, InputError
from lagesbild.observations.findings import Finding, Row, faults, finding
from lagesbild.observations.keys import key_numbers
from lagesbild.observations.rules import rule_findings
from lagesbild.observations.schema import (
    DTYPES,
    FIRST_YEAR,
    LAST_YEAR,
    NUMBER_COLUMNS,
    WORDS,
    observation_schema,
    with_dtypes,
)


def validate(observations: pd.DataFrame, *, catalogue: Catalogue, origin: str) -> pd.DataFrame:
    """Return the observations with canonical dtypes and row order, or refuse them.

    Parameters
    ----------
    observations
        Rows from one source, all of its files together; columns as `OBSERVATION_COLUMNS`.
    catalogue
        The indicators that may occur and their scales.
    origin
        What the reader calls the input, for the messages ("kolada dump").

    Returns
    -------
    DataFrame
        The same rows: int16 year, float64 numbers, text as ``str``; sorted by indicator, year, level, region,
        unit and sex; index 0 to n-1.

    Raises
    ------
    InputError
        If anything is wrong. Every fault of every row is listed, in the order of the input.
    """
    _require_columns(observations, origin)
    frame = observations[list(OBSERVATION_COLUMNS)].reset_index(drop=True)
    casts = list(_cast_findings(frame))
    wrong = faults(frame, casts, origin=origin)
    readable = np.ones(len(frame), dtype=bool)
    readable[np.concatenate([found.rows for found in casts])] = False
    sound = with_dtypes(frame[readable].reset_index(drop=True))
    wrong += faults(sound, [*_schema_findings(sound), *rule_findings(sound, catalogue)], origin=origin)
    if wrong:
        raise InputError(f"{origin} was refused", wrong)
    return sound.iloc[np.argsort(key_numbers(sound), kind="stable")].reset_index(drop=True)


def _require_columns(observations: pd.DataFrame, origin: str) -> None:
    """Refuse a frame that isn't shaped as the observation table, or is empty."""
    wrong = [
        Fault(what="the column is missing", file=origin, column=name)
        for name in OBSERVATION_COLUMNS
        if name not in observations
    ]
    wrong += [
        Fault(what="the observation table has no such column", file=origin, column=str(name))
        for name in observations
        if name not in OBSERVATION_COLUMNS
    ]
    # A code read as a number has lost its leading zero; guessing it back here would hide the reader's fault.
    wrong += [
        Fault(what="numbers where text is expected", file=origin, column=name, expected="text")
        for name in OBSERVATION_COLUMNS
        if name in observations and DTYPES[name] == "str" and len(observations)
        if pd.api.types.is_numeric_dtype(observations[name]) and observations[name].notna().any()
    ]
    if not wrong and observations.empty:
        wrong = [Fault(what="no observations in it", file=origin, action="Check that the files are the right ones")]
    if wrong:
        raise InputError(f"{origin} was refused", wrong)


def _cast_findings(frame: pd.DataFrame) -> Iterator[Finding]:
    """Yield cells that are not the number or the whole year they should be."""
    for name in ("year", *NUMBER_COLUMNS):
        column = frame[name]
        if pd.api.types.is_numeric_dtype(column) and name != "year":
            continue
        number = pd.to_numeric(column, errors="coerce")
        bad = number.isna() if name == "year" else number.isna() & column.notna()
        if name == "year":
            # A year far outside int16 would wrap around; told here, as no year at all.
            bad |= (number % 1 != 0) | (number.abs() > 9999)
        yield finding(bad, f"{{{name}!r}} is no {'year' if name == 'year' else 'number'}", column=name)


def _schema_findings(sound: pd.DataFrame) -> list[Finding]:
    """Return what the schema says of single cells."""
    try:
        observation_schema().validate(sound, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        return [
            _schema_finding(str(column), group["index"].to_numpy(dtype=np.intp))
            for column, group in cases.groupby("column", sort=True)
        ]
    return []


def _schema_finding(column: str, rows: npt.NDArray[np.intp]) -> Finding:
    """Return the finding for cells of one column that break the schema."""
    expected = "a text"
    if column in WORDS:
        expected = "one of " + ", ".join(word.value for word in WORDS[column])
    elif column == "year":
        expected = f"{FIRST_YEAR}-{LAST_YEAR}"

    def what(row: Row) -> str:
        cell = row[column]
        return f"the {column} is missing" if pd.isna(cell) or cell == "" else f"unknown {column} {cell!r}"

    return Finding(rows=np.unique(rows), what=what, column=column, expected=expected)
