"""Every figure as the text that stands in a workbook's cell."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.sources.demo.canaries import few_persons
from lagesbild.sources.result import NUMBER_COLUMNS

NBSP = "\u00a0"
_MARKS = {
    Status.OK.value: "",
    Status.BORTFALL.value: "Publiceras ej",
    Status.EJ_TILLAMPLIG.value: "Ej aktuellt",
    Status.SEKRETESS.value: "..",
    Status.SAKNAS.value: "x",
}
_ANSWERS = {"ja": "Ja", "delvis": "Delvis", "nej": "Nej"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Texts:
    """All figures of a truth table as texts.

    Parameters
    ----------
    fields
        Texts by field: the numbers, ``answer``, and ``yes_no`` (a value of 100 or 0 told as Ja or Nej).
    keys
        What each row is about: the region's code, or code and unit for a unit.
    rows
        The rows (places in the arrays) of each indicator, year, sex and of units or not.
    """

    fields: dict[str, NDArray[Any]]
    keys: NDArray[Any]
    rows: dict[Hashable, NDArray[np.int64]]

    def of(self, indicator: str, year: int, *, sex: str = "T", units: bool = False) -> NDArray[np.int64]:
        """Return the rows of one indicator and year; none if there are no such figures."""
        return self.rows.get((indicator, year, sex, units), np.array([], dtype=np.int64))

    def column(self, field: str, rows: NDArray[np.int64], order: dict[Hashable, int]) -> list[str]:
        """Return a column's texts, one for each key of `order`; empty where there is no figure."""
        texts = [""] * len(order)
        for key, text in zip(self.keys[rows], self.fields[field][rows], strict=True):
            texts[order[key]] = text
        return texts

    def keys_in(self, rows: Sequence[NDArray[np.int64]]) -> set[Hashable]:
        """Return what the rows are about."""
        return set().union(*(self.keys[one] for one in rows))


def texts_of(truth: pd.DataFrame, personal: Collection[str] = ()) -> Texts:
    """Return a truth table (`frames.TRUTH_COLUMNS`) as texts; a null-status becomes its mark.

    Figures on very few persons of the `personal` indicators get a canary's tail.
    """
    marks = truth["status"].map(_MARKS).to_numpy(dtype=object)
    fields = {name: _or(_number_texts(truth[name]), marks) for name in NUMBER_COLUMNS}
    for row, text in few_persons(truth, personal).items():
        fields["value"][row] = text
    fields["answer"] = _or(truth["answer"].map(_ANSWERS).fillna("").to_numpy(dtype=object), marks)
    said = np.where(truth["value"].isna(), "", np.where(truth["value"] > 0, "Ja", "Nej")).astype(object)
    fields["yes_no"] = _or(said, marks)
    is_unit = (truth["level"] == Level.ENHET.value).to_numpy()
    keys = np.empty(len(truth), dtype=object)
    keys[:] = list(truth["region"])
    of_units = truth[is_unit]
    for place, region, unit in zip(np.flatnonzero(is_unit), of_units["region"], of_units["unit"], strict=True):
        keys[place] = (region, unit)
    groups = (
        truth[["indicator", "year", "sex"]]
        .assign(units=is_unit)
        .groupby(["indicator", "year", "sex", "units"], sort=False)
    )
    return Texts(fields=fields, keys=keys, rows={key: np.asarray(places) for key, places in groups.indices.items()})


def number_text(value: float) -> str:
    """Return a number as Swedish text: decimal comma, thousands set apart by a no-break space; null is empty."""
    if np.isnan(value):
        return ""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.replace(",", NBSP).replace(".", ",")


def _number_texts(values: pd.Series) -> NDArray[Any]:
    """Return numbers as texts, each distinct number written only once."""
    codes, distinct = pd.factorize(values.to_numpy(dtype=np.float64), use_na_sentinel=False)
    return np.array([number_text(one) for one in distinct], dtype=object)[codes]


def _or(texts: NDArray[Any], marks: NDArray[Any]) -> NDArray[Any]:
    return np.where(texts == "", marks, texts)
