"""Each kommun against riket and its groups: how far from them, and whether that is more than chance gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.methods.cells import score
from lagesbild.methods.colours import colours, goodness
from lagesbild.methods.comparison_groups import Groups, no_members, reference_means
from lagesbild.methods.readings import READING_COLUMNS, REFERENCES, errors, reading, references

#: Columns of ``jamforelser.parquet``, in order.
COMPARISON_COLUMNS = (
    "indicator",
    "year",
    "region",
    "sex",
    "value",
    "answer",
    "status",
    "colour",
    "n_reporting",
    "rank",
    "riket",
    "riket_weighting",
    "lan",
    "kommungrupp",
    "n_lan",
    "n_kommungrupp",
    "storlek",
    "socioekonomi",
    "liknande",
    "basta",
    "n_storlek",
    "n_socioekonomi",
    "n_liknande",
    "n_basta",
    *(f"diff_{name}" for name in REFERENCES),
    *READING_COLUMNS,
)

_OF_MEMBERS = ("lan", "kommungrupp")
_OF_GROUPS = ("storlek", "socioekonomi")


def national_figures(indikatorer: pd.DataFrame) -> pd.DataFrame:
    """Return one national figure per indicator, year and sex: the source's own, else weighted, else not.

    Returns
    -------
    DataFrame
        Columns ``indicator, year, sex, riket, riket_weighting``; only figures that exist.

    References
    ----------
    The order of preference is the project's own; weighted and unweighted are told apart as in Socialstyrelsen's method
    descriptions.
    """
    national = indikatorer[
        (indikatorer["level"] == Level.RIKE) & (indikatorer["status"] == Status.OK) & indikatorer["value"].notna()
    ]
    order = national["weighting"].map({name: place for place, name in enumerate(WEIGHTINGS)})
    chosen = national.assign(_order=order).sort_values(["indicator", "year", "sex", "_order"])
    chosen = chosen.drop_duplicates(["indicator", "year", "sex"])
    return chosen.rename(columns={"value": "riket", "weighting": "riket_weighting"})[
        ["indicator", "year", "sex", "riket", "riket_weighting"]
    ]


def comparison_frame(
    indikatorer: pd.DataFrame,
    *,
    indicators: Sequence[Indicator],
    members: pd.DataFrame,
    groups: Groups | None = None,
    spread: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the frame of ``jamforelser.parquet``: every kommun row with its references, rank, colour and tests.

    - `riket` is the national figure of `national_figures`; `lan`, `kommungrupp`, `storlek`, `socioekonomi` and
      `liknande` are unweighted means of the other kommuner, `basta` that of the best quarter of them
      (`lagesbild.methods.comparison_groups.reference_means`). For answers all are the percent that answered ja.
    - `n_*` is how many others stand behind a mean.
    - `diff_*` is the kommun's value less the reference in the unit of the scale (percentage points for
      percent), null for answers and where either is null.
    - `rank` is 1 for the best of the kommuner with a result, ties share the lowest; null for answers and
      where the indicator has no direction.
    - `n_reporting` is the number of kommuner with a result of the indicator, year and sex.
    - `colour`: see `lagesbild.methods.colours.colours`; only for the total, not for women or men.
    - `se`, `se_kind`, `lower`, `upper`: see `lagesbild.methods.readings.errors`.
    - `skillnad_*`, `niva_*`: the difference in words, and the level at which it is secured; see
      `lagesbild.methods.readings.reading`.

    Parameters
    ----------
    indikatorer
        As `lagesbild.methods.aggregates.indicator_frame` returns it, one or more years.
    indicators
        The catalogue's records.
    members
        As `lagesbild.methods.cells.membership` returns it.
    groups
        The area's other groups; without them their columns are empty.
    spread
        As `lagesbild.methods.standard_errors.yearly_spread` returns it, by the size classes of `groups`; without
        it only percentages with a denominator are tested.

    Returns
    -------
    DataFrame
        `COMPARISON_COLUMNS`, sorted by indicator, year, region and sex.
    """
    own = indikatorer[indikatorer["level"] == Level.KOMMUN].drop(columns=["level", "weighting"])
    own = own.merge(members[["region", *_OF_MEMBERS]], on="region", how="inner")
    own = own.rename(columns={name: f"{name}_kod" for name in _OF_MEMBERS})
    own = own.merge(national_figures(indikatorer), on=["indicator", "year", "sex"], how="left")
    own = own.sort_values(["indicator", "year", "region", "sex"], ignore_index=True)

    scores = score(own)
    keys = [own["indicator"], own["year"], own["sex"]]
    series = np.asarray(own.groupby(["indicator", "year", "sex"], sort=False).ngroup(), dtype=np.int64)
    is_answer = own["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    direction = own["indicator"].map({i.id: str(i.direction) for i in indicators}).astype("str")
    own["n_reporting"] = scores.groupby(keys).transform("count").astype("int64")
    own["rank"] = goodness(scores.mask(is_answer), direction).groupby(keys).rank(method="min", ascending=False)
    own["colour"] = colours(own, indicators=indicators)
    own["riket_weighting"] = own["riket_weighting"].astype("str")

    known = groups or no_groups()
    found = errors(own, indicators=indicators, spread=spread, size_class=known.partitions["storlek"])
    own = own.drop(columns=["lower", "upper"], errors="ignore").join(found)
    own = own.join(reference_means(own, scores, known, direction=direction))
    partitions = {name: own[f"{name}_kod"] for name in _OF_MEMBERS}
    partitions |= {name: own["region"].map(known.partitions[name]) for name in _OF_GROUPS}
    held = references(own, scores=scores, series=series, partitions=partitions, similar=known.similar)
    for name in _OF_MEMBERS:
        own[name], own[f"n_{name}"] = held[name].level, held[name].n
    for name in REFERENCES:
        own[f"diff_{name}"] = (own["value"] - own[name]).mask(is_answer).round(10)
    own = own.join(reading(own, held, series=series, direction=direction))
    return own[list(COMPARISON_COLUMNS)]


def no_groups() -> Groups:
    """Return groups that no kommun belongs to."""
    nobody = pd.DataFrame({name: pd.Series(dtype="str") for name in _OF_GROUPS})
    return Groups(partitions=nobody, similar=no_members())
