"""The second reading beside the colour: is a kommun's difference from each reference secured, and which way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.methods.differences import Reference, Whole, bounds, difference_words, exact, others, secured, shrunk
from lagesbild.methods.intervals import Floats
from lagesbild.methods.means_of_others import mean_of_members
from lagesbild.methods.standard_errors import standard_errors

#: What kommuner are held against, in the order of the columns.
REFERENCES = ("riket", "lan", "kommungrupp", "storlek", "socioekonomi", "liknande", "basta")

#: Columns that the second reading adds to ``jamforelser.parquet``, in order.
READING_COLUMNS = (
    "se",
    "se_kind",
    "lower",
    "upper",
    *(f"{what}_{name}" for name in REFERENCES for what in ("skillnad", "niva")),
)

_NO_SPREAD = {"indicator": "str", "storleksklass": "str", "spread": "float64"}


def errors(
    own: pd.DataFrame, *, indicators: Sequence[Indicator], spread: pd.DataFrame | None, size_class: pd.Series
) -> pd.DataFrame:
    """Return ``se``, ``se_kind``, ``lower`` and ``upper`` (95 percent) of every kommun row.

    From the row's own released denominator, or else from the indicator's year-to-year spread, which is known for the
    total alone, not for women and men. A row without a result has none, so that nothing is told of what is withheld.
    A spread of exactly 0 shows figures that are carried over, and is no error.

    Parameters
    ----------
    own
        Kommun rows with ``indicator, region, sex, value, denominator`` and, where known, ``lower`` and ``upper``.
    indicators
        The catalogue's records.
    spread
        As `lagesbild.methods.standard_errors.yearly_spread` returns it, for the window that ends with the year.
    size_class
        Class by region.

    Returns
    -------
    DataFrame
        The four columns, on the index of `own`.
    """
    known = pd.DataFrame(columns=list(_NO_SPREAD)).astype(_NO_SPREAD) if spread is None else spread
    every, own = own.index, own[own["value"].notna()]
    columns = own[["indicator", "region", "value", "denominator"]]
    found = standard_errors(columns, indicators=indicators, spread=known, size_class=size_class)
    usable = found["se"] > 0
    usable &= (found["se_kind"] == "rakning") | (own["sex"] == Sex.TOTAL)
    se = found["se"].where(usable)
    kind = found["se_kind"].where(usable, "").astype("str")
    counted = kind == "rakning"
    lower, upper = bounds(
        own["value"].to_numpy(dtype=np.float64),
        se=se.to_numpy(),
        denominators=own["denominator"].where(counted).to_numpy(dtype=np.float64),
        level=95.0,
    )
    frame = pd.DataFrame({"se": se, "se_kind": kind, "lower": lower, "upper": upper}, index=own.index)
    percent = own["indicator"].map({one.id: one.scale is Scale.PROCENT for one in indicators}).astype(bool)
    for name in ("lower", "upper"):
        frame[name] = frame[name].mask(percent, frame[name].clip(0.0, 100.0)).round(10)
        if name in own:
            # The counts themselves say it more exactly than a rounded percentage does.
            frame[name] = own[name].where(counted & own[name].notna(), frame[name])
    frame = frame.reindex(every)
    return frame.assign(se_kind=frame["se_kind"].fillna("").astype("str"))


def references(
    own: pd.DataFrame, *, scores: pd.Series, series: Whole, partitions: Mapping[str, pd.Series], similar: pd.DataFrame
) -> dict[str, Reference]:
    """Return riket and the means of the *other* kommuner that each row is held against.

    Riket, for the test, is the mean of the others too, weighted or not as riket itself is: to differ from a
    mean that one is part of and to differ from the rest of it is the same. Riket by the source itself is held to be
    exact. It holds the kommun, so that a difference is tested a little more strictly than its level says: with
    the share w of the persons in the kommun, as if its variance were 1 / (1 - w) of what it is.

    Parameters
    ----------
    own
        Kommun rows with ``region, riket, riket_weighting, denominator, se`` and, where there are such groups,
        ``liknande, n_liknande, basta, n_basta`` (`lagesbild.methods.comparison_groups.reference_means`).
    scores
        Each row's number (`lagesbild.methods.cells.score`).
    series
        Number of each row's indicator, year and sex.
    partitions
        By reference: each row's group, null where the kommun is in none.
    similar
        Columns ``region`` and ``member``: the kommuner that stand behind ``liknande``.
    """
    values, se = scores.to_numpy(dtype=np.float64), own["se"].to_numpy(dtype=np.float64)
    weights = own["denominator"].where(own["denominator"] > 0, 0.0).to_numpy(dtype=np.float64)
    plain, weighted = others(values, se, series), others(values, se, series, weights)
    whole = exact(own["riket"].to_numpy(dtype=np.float64))
    way = own["riket_weighting"]
    formed = [(way == "ovagd").to_numpy(), (way == "vagd").to_numpy()]
    found = {
        "riket": Reference(
            level=np.select(formed, [plain.level, weighted.level], whole.level),
            se=np.select(formed, [plain.se, weighted.se], whole.se),
            n=plain.n,
        )
    }
    for name, group in partitions.items():
        codes, kinds = pd.factorize(group)
        found[name] = others(values, se, np.where(codes >= 0, series * (len(kinds) + 1) + codes, -1))
    if "liknande" in own:
        squares = mean_of_members(own["se"] ** 2, pd.Series(series, index=own.index), own["region"], similar)["mean"]
        found["liknande"] = _given(own, "liknande", squares.to_numpy(dtype=np.float64))
    if "basta" in own:
        found["basta"] = _given(own, "basta", np.full(len(own), np.nan))
    return found


def _given(own: pd.DataFrame, name: str, squares: Floats) -> Reference:
    """Return a reference whose mean is formed elsewhere; `squares` are the mean squared errors behind it."""
    n = own[f"n_{name}"].to_numpy(dtype=np.int64)
    error = np.sqrt(squares / np.where(n > 0, n, 1))
    return Reference(level=own[name].to_numpy(dtype=np.float64), se=error, n=n)


def reading(own: pd.DataFrame, held: Mapping[str, Reference], *, series: Whole, direction: pd.Series) -> pd.DataFrame:
    """Return ``skillnad_<ref>`` and ``niva_<ref>`` of every reference, untested where `held` has none.

    Answers have no test: the kommun's answer is what it is. See `lagesbild.methods.differences.secured`; the best are
    held against as they would be if measured again (`lagesbild.methods.differences.shrunk`).

    Parameters
    ----------
    own
        Kommun rows with ``value, denominator, se, se_kind``; answers have no ``se``.
    held
        As `references` returns it.
    series
        As for `references`.
    direction
        "hog", "lag" or "ingen" for each row, on the index of `own`.
    """
    there = own["se"].notna().to_numpy(dtype=bool)
    rows, places = own[there], series[there]
    values, se = (rows[name].to_numpy(dtype=np.float64) for name in ("value", "se"))
    counted = rows["denominator"].where(rows["se_kind"] == "rakning").to_numpy(dtype=np.float64)
    columns: dict[str, object] = {}
    for name in REFERENCES:
        words, levels = np.full(len(own), "", dtype="<U6"), np.full(len(own), np.nan)
        if name in held:
            whole = held[name]
            reference = Reference(level=whole.level[there], se=whole.se[there], n=whole.n[there])
            if name == "basta":
                reference = shrunk(reference, values=values, se=se, series=places)
            levels[there] = secured(values, reference, se=se, denominators=counted)
            words[there] = difference_words(values - reference.level, levels[there], direction[there])
        columns |= {f"skillnad_{name}": words, f"niva_{name}": levels}
    frame = pd.DataFrame(columns, index=own.index)
    return frame.astype({f"skillnad_{name}": "str" for name in REFERENCES})
