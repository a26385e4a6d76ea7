"""The rows that every part of the model returns, and rounding as the sources round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS, Level, Status

#: The observation table's columns but source and revision, which the outside file decides.
TRUTH_COLUMNS = tuple(name for name in OBSERVATION_COLUMNS if name not in ("source", "revision"))
_TEXT = ("indicator", "level", "region", "unit", "sex", "answer", "status")

#: Some rows as arrays of equal length, by column. Thousands of small pieces make one frame at the end: a frame
#: for each would take a hundred times as long.
Block: TypeAlias = dict[str, NDArray[Any]]


def block(
    *,
    indicator: Indicator,
    year: int,
    level: Level,
    region: Sequence[str],
    sex: str = "T",
    unit: Sequence[str] | str = "",
    value: ArrayLike = np.nan,
    numerator: ArrayLike = np.nan,
    denominator: ArrayLike = np.nan,
    n_answers: ArrayLike = np.nan,
    n_asked: ArrayLike = np.nan,
    answer: ArrayLike | None = None,
    status: ArrayLike = Status.OK.value,
) -> Block:
    """Return rows of one indicator, year, level and sex; figures of rows with a null-status are emptied."""
    n = len(region)
    state = _texts(status, n)
    withheld = state != Status.OK.value
    columns: Block = {
        "indicator": _texts(indicator.id, n),
        "year": np.full(n, year, dtype=np.int64),
        "level": _texts(level.value, n),
        "region": _texts(region, n),
        "unit": _texts(unit, n),
        "sex": _texts(sex, n),
        "value": _numbers(value, n),
        "numerator": _numbers(numerator, n),
        "denominator": _numbers(denominator, n),
        "n_answers": _numbers(n_answers, n),
        "n_asked": _numbers(n_asked, n),
        "answer": _texts(answer, n),
        "status": state,
    }
    for name in ("value", "numerator", "denominator"):
        columns[name][withheld] = np.nan
    columns["answer"][withheld] = None
    return columns


def frame_of(blocks: Iterable[Block]) -> pd.DataFrame:
    """Return the blocks as one frame with `TRUTH_COLUMNS` (an empty one if there are none)."""
    kept = list(blocks)
    columns: dict[str, Any] = {
        name: np.concatenate([one[name] for one in kept]) if kept else [] for name in TRUTH_COLUMNS
    }
    kinds = {name: "str" if name in _TEXT else "int64" if name == "year" else "float64" for name in TRUTH_COLUMNS}
    return pd.DataFrame(columns).astype(kinds)


def round_half_up(value: NDArray[np.float64], decimals: int) -> NDArray[np.float64]:
    """Round half away from zero, as printed tables do, and never half to even."""
    scale = 10.0**decimals
    result: NDArray[np.float64] = np.sign(value) * np.floor(np.abs(value) * scale + 0.5) / scale
    return result


def percent(numerator: NDArray[np.float64], denominator: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 100 * numerator / denominator with one decimal, half up, exact for whole counts; 0/0 is null."""
    safe = np.where(denominator > 0, denominator, 1)
    tenths = np.floor((2000 * numerator + safe) / (2 * safe))
    return np.where(denominator > 0, tenths / 10, np.nan)


def _numbers(values: ArrayLike, n: int) -> NDArray[np.float64]:
    return np.broadcast_to(np.asarray(values, dtype=np.float64), (n,)).copy()


def _texts(values: ArrayLike | Sequence[str] | None, n: int) -> NDArray[np.object_]:
    column = np.empty(n, dtype=np.object_)
    column[:] = values
    return column
