"""Riksrevisionen's printed marks beside ours: which agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lagesbild.methods.anova import anova
from lagesbild.methods.anova_clustered import pooled_anova

#: Columns of a comparison, in order.
COMPARISON_COLUMNS = (
    *("row", "group", "period", "printed", "n", "n_kommuner", "f", "p", "eta2", "mark", "agrees"),
    *("p_kommun", "mark_kommun"),
)

#: What the printed columns are called, by grouping and period.
ALL_YEARS, LAST_YEAR = "alla_ar", "sista_aret"
_SUFFIX = {ALL_YEARS: "", LAST_YEAR: "_sista"}


def compare_marks(
    panel: pd.DataFrame,
    printed: Mapping[tuple[str, str], str],
    *,
    groupings: Mapping[str, pd.Series],
    last: int | None = None,
) -> pd.DataFrame:
    """Return each printed mark beside the one computed, for the rows that the panel has.

    Parameters
    ----------
    panel
        Columns ``indicator, year, region, value``, the years of the audit alone. ``indicator`` is the printed row's
        id (`lagesbild.methods.audit_panel.audit_panel`).
    printed
        Mark by row and column ("lan", "lan_sista"), as `lagesbild.catalogue.audit_rows.printed_variance` returns it.
    groupings
        Group by region, for each grouping to compare ("lan", "kommungrupp").
    last
        The single year; each row's own last one where left out.

    Returns
    -------
    DataFrame
        `COMPARISON_COLUMNS`, by row in the panel's order of printing, grouping and period. ``agrees`` says that
        ``mark`` (the audit's own test; kommuner unweighted) is the printed one. ``p_kommun`` and ``mark_kommun`` are of
        the test that counts kommuner and not years; for a single year they are the same. A printed row without any
        result isn't there.
    """
    single = last_year(panel, last)
    parts = []
    for grouping, groups in groupings.items():
        pooled = pooled_anova(panel, groups=groups).assign(period=ALL_YEARS)
        alone = anova(single, groups=groups).assign(period=LAST_YEAR)
        alone = alone.assign(p_kommun=alone["p"], mark_kommun=alone["mark"])
        parts.append(pd.concat([pooled, alone], ignore_index=True).assign(group=grouping))
    found = pd.concat(parts, ignore_index=True).rename(columns={"indicator": "row"})
    column = found["group"] + found["period"].map(_SUFFIX)
    printed_mark = [printed.get(key) for key in zip(found["row"], column, strict=True)]
    found = found.assign(printed=pd.Series(printed_mark, dtype="object"))
    found = found[found["printed"].notna()]
    found = found.assign(printed=found["printed"].astype("str"), agrees=found["printed"] == found["mark"])
    order = {row: at for at, (row, _) in enumerate(printed)}
    places = found.assign(
        _row=found["row"].map(order),
        _group=found["group"].map({name: at for at, name in enumerate(groupings)}),
        _period=found["period"].map({ALL_YEARS: 0, LAST_YEAR: 1}),
    )
    return places.sort_values(["_row", "_period", "_group"], ignore_index=True)[list(COMPARISON_COLUMNS)]


def last_year(panel: pd.DataFrame, last: int | None = None) -> pd.DataFrame:
    """Return the rows of one year, or of each row's own last one."""
    if last is not None:
        return panel[panel["year"] == last]
    return panel[panel["year"] == panel.groupby("indicator")["year"].transform("max")]


def agreement(found: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return how many marks agree: columns of `by`, ``marks`` and ``agree``; one row where `by` is empty."""
    if not by:
        return pd.DataFrame({"marks": [len(found)], "agree": [int(found["agrees"].sum())]})
    groups = found.groupby(list(by), sort=False)["agrees"]
    return groups.agg(marks="size", agree="sum").reset_index().astype({"marks": "int64", "agree": "int64"})
