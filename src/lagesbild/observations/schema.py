"""The schema of the observation table: its columns, their dtypes and the words they may hold."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd
import pandera.pandas as pa

from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS, Answer, Level, Sex, Status

#: Years outside this span are slips of the keyboard.
FIRST_YEAR, LAST_YEAR = 1990, 2100

COUNT_COLUMNS = ("numerator", "denominator", "n_answers", "n_asked")
NUMBER_COLUMNS = ("value", *COUNT_COLUMNS)
#: Text that a row can't do without; `answer` alone may be null, and `unit` may be empty.
REQUIRED_TEXT = ("indicator", "level", "region", "sex", "status", "source", "revision")

#: The words of each coded column, in the order in which rows are sorted.
WORDS: dict[str, type[StrEnum]] = {"level": Level, "sex": Sex, "answer": Answer, "status": Status}

#: The dtype of every column, as stored and as every reader gets it.
DTYPES: dict[str, str] = {
    name: "int16" if name == "year" else "float64" if name in NUMBER_COLUMNS else "str" for name in OBSERVATION_COLUMNS
}


def observation_schema() -> pa.DataFrameSchema:
    """Return the pandera schema of a frame of observations with the dtypes of `DTYPES`.

    It says what one cell may hold; what must hold between the cells of a row and between rows is in
    `lagesbild.observations.validate`.
    """
    columns = {}
    for name in OBSERVATION_COLUMNS:
        checks = []
        if name in WORDS:
            checks.append(pa.Check.isin([word.value for word in WORDS[name]]))
        elif name == "year":
            checks.append(pa.Check.in_range(FIRST_YEAR, LAST_YEAR))
        elif name in REQUIRED_TEXT:
            checks.append(pa.Check.ne(""))
        nullable = name == "answer" or name in NUMBER_COLUMNS
        columns[name] = pa.Column(DTYPES[name], checks=checks, nullable=nullable)
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def with_dtypes(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the columns in order and the dtypes of `DTYPES`.

    Raises
    ------
    KeyError
        If a column is missing.
    TypeError, ValueError
        If a cell doesn't fit its column's dtype.
    """
    return observations[list(OBSERVATION_COLUMNS)].astype(DTYPES)
