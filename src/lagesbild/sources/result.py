"""What every source reader hands over: rows of the one observation table and what it left out."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS, OBSERVATION_KEY
from lagesbild.sources.kolada_archive import KoladaArchive

#: Columns of the observation table that hold counts, and all that hold numbers (float64, NaN where absent).
COUNT_COLUMNS = ("numerator", "denominator", "n_answers", "n_asked")
NUMBER_COLUMNS = ("value", *COUNT_COLUMNS)

#: What a reader left out, one row a KPI, sheet or column of the source.
UNMAPPED_COLUMNS = ("name", "title", "n_rows", "reason")

#: Published values known to be wrong, which were read as missing.
KNOWN_FAULT_COLUMNS = ("name", "region", "year", "sex", "value", "note")


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="str") for column in columns})


@dataclass(frozen=True, kw_only=True)
class SourceResult:
    """What came out of one outside source.

    Parameters
    ----------
    observations
        Rows of the observation table: exactly `OBSERVATION_COLUMNS`, sorted by `OBSERVATION_KEY`.
    unmapped
        What the source has that the catalogue doesn't ask for, and the other way round:
        `UNMAPPED_COLUMNS`, sorted by name and reason.
    known_faults
        Cells whose published value is known to be wrong and was read as missing: `KNOWN_FAULT_COLUMNS`.
    archive
        Everything that a source with an archive of its own holds, catalogued or not; null for others.
    """

    observations: pd.DataFrame
    unmapped: pd.DataFrame = field(default_factory=lambda: _empty(UNMAPPED_COLUMNS))
    known_faults: pd.DataFrame = field(default_factory=lambda: _empty(KNOWN_FAULT_COLUMNS))
    archive: KoladaArchive | None = None


def observation_frame(columns: dict[str, object], *, beside: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return an observation table from columns of equal length, typed, ordered and sorted.

    Parameters
    ----------
    columns
        Any of `OBSERVATION_COLUMNS`; texts may be categorical. Absent numbers become NaN, an absent `answer` null,
        other absent texts empty.
    beside
        Names of further columns that are kept as they are, after the others.

    Returns
    -------
    DataFrame
        Exactly `OBSERVATION_COLUMNS`: year int64, numbers float64, the rest `str`; sorted by
        `OBSERVATION_KEY`, so that the order of the source's rows doesn't matter.
    """
    frame = pd.DataFrame(columns)
    frame = frame.iloc[_order(frame)].reset_index(drop=True)
    for column in OBSERVATION_COLUMNS:
        if column in NUMBER_COLUMNS:
            frame[column] = frame[column].astype("float64") if column in frame else float("nan")
        elif column == "year":
            frame[column] = frame[column].astype("int64")
        elif column in frame:
            frame[column] = frame[column].astype("str")
        else:
            frame[column] = pd.Series(None if column == "answer" else "", index=frame.index, dtype="str")
    return frame.loc[:, [*OBSERVATION_COLUMNS, *beside]]


def _order(frame: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Return the order of the rows by `OBSERVATION_KEY`, texts by code point and null last."""
    ranks = []
    for name in OBSERVATION_KEY:
        if name not in frame:
            continue
        # A text is ranked among the distinct ones: to sort a million rows of text would take long.
        codes, distinct = pd.factorize(frame[name])
        places = np.argsort(np.argsort(np.asarray(distinct if name == "year" else distinct.astype("str"))))
        ranks.append(np.append(places, len(places))[codes])
    return np.lexsort(ranks[::-1]) if ranks else np.arange(len(frame))
