"""Each kommun against riket, its län and its kommungrupp."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.methods.cells import score
from lagesbild.methods.colours import colours, goodness
from lagesbild.methods.comparison_groups import mean_of_others

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
    "diff_riket",
    "diff_lan",
    "diff_kommungrupp",
)

_REFERENCES = ("lan", "kommungrupp")


def national_figures(indikatorer: pd.DataFrame) -> pd.DataFrame:
    """Return one national figure per indicator, year and sex: the source's own, else weighted, else not.

    Returns
    -------
    DataFrame
        Columns ``indicator, year, sex, riket, riket_weighting``; only figures that exist.
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
    indikatorer: pd.DataFrame, *, indicators: Sequence[Indicator], members: pd.DataFrame
) -> pd.DataFrame:
    """Return the frame of ``jamforelser.parquet``: every kommun row with its references, rank and colour.

    - `riket` is the national figure of `national_figures`; `lan` and `kommungrupp` are unweighted means of
      the other kommuner (`comparison_groups.mean_of_others`). For answers all three are the percent that answered ja.
    - `diff_*` is the kommun's value less the reference in the unit of the scale (percentage points for
      percent), null for answers and where either is null.
    - `rank` is 1 for the best of the kommuner with a result, ties share the lowest; null for answers and
      where the indicator has no direction.
    - `n_reporting` is the number of kommuner with a result of the indicator, year and sex.
    - `colour`: see `lagesbild.methods.colours.colours`; only for the total, not for women or men.

    Parameters
    ----------
    indikatorer
        As `lagesbild.methods.aggregates.indicator_frame` returns it, one or more years.
    indicators
        The catalogue's records.
    members
        As `lagesbild.methods.cells.membership` returns it.

    Returns
    -------
    DataFrame
        `COMPARISON_COLUMNS`, sorted by indicator, year, region and sex.
    """
    own = indikatorer[indikatorer["level"] == Level.KOMMUN].drop(columns=["level", "weighting"])
    own = own.merge(members, on="region", how="inner")
    own = own.rename(columns={name: f"{name}_kod" for name in _REFERENCES})
    own = own.merge(national_figures(indikatorer), on=["indicator", "year", "sex"], how="left")
    own = own.sort_values(["indicator", "year", "region", "sex"], ignore_index=True)

    scores = score(own)
    series = [own["indicator"], own["year"], own["sex"]]
    is_answer = own["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    direction = own["indicator"].map({i.id: str(i.direction) for i in indicators}).astype("str")
    own["n_reporting"] = scores.groupby(series).transform("count").astype("int64")
    own["rank"] = goodness(scores.mask(is_answer), direction).groupby(series).rank(method="min", ascending=False)
    own["colour"] = colours(own, indicators=indicators)
    own["diff_riket"] = (own["value"] - own["riket"]).mask(is_answer).round(10)
    for name in _REFERENCES:
        others = mean_of_others(scores, [*series, own[f"{name}_kod"]])
        own[name] = others["mean"]
        own[f"n_{name}"] = others["n"]
        own[f"diff_{name}"] = (own["value"] - others["mean"]).mask(is_answer).round(10)
    own["riket_weighting"] = own["riket_weighting"].astype("str")
    return own[list(COMPARISON_COLUMNS)]
