"""Tables of the method pages on trends and targets: simulated shares, and what the release's own series are called."""

from __future__ import annotations

import pandas as pd

from lagesbild.presentation.kommun.targets import VERDICT_WORDS
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import capitalised, trend_words

#: Labels by what they say, in the order of the table.
_KINDS = {
    "Säkerställd förbättring": ("sakerstalld_forbattring",),
    "Säkerställd försämring": ("sakerstalld_forsamring",),
    "Säkerställd ökning eller minskning": ("sakerstalld_okning", "sakerstalld_minskning"),
    "Möjlig trend": ("mojlig_forbattring", "mojlig_forsamring", "mojlig_okning", "mojlig_minskning"),
    "Stabil": ("stabil",),
    "Inom slumpen": ("slump",),
}


def shares_table(found: pd.DataFrame, caption: str, label: str) -> str:
    """Return a simulation's table: texts as they are, counts whole, shares in percent with one decimal.

    Parameters
    ----------
    found
        As a function of `lagesbild.methods.trend_simulation` returns it.
    caption, label
        Caption, and what the table is called in cross-references.
    """
    columns = [Column(head=str(head), align="left" if head == "Situation" else "right") for head in found.columns]
    columns = [Column(head=c.head, align=c.align, width=2.2 if c.head == "Situation" else 1.0) for c in columns]

    def cell(head: str, value: object) -> str:
        if isinstance(value, str):
            return value
        return number(float(value), {"Mätningar": 0, "Lutning": 2}.get(head, 1))  # type: ignore[arg-type]

    rows: list[list[Cell]] = [
        [cell(str(head), value) for head, value in zip(found.columns, values, strict=True)]
        for values in found.itertuples(index=False, name=None)
    ]
    return captioned_table(columns, rows, caption=caption, label=label)


def labels_table(counts: pd.DataFrame) -> str:
    """Return how many series of kommuner have each kind of label.

    Parameters
    ----------
    counts
        Rows are names of areas, columns labels; series that are too short aren't counted.
    """
    columns = [Column(head="Område", width=2.0), *(Column(head=kind, align="right") for kind in _KINDS)]
    rows: list[list[Cell]] = [
        [str(name), *(number(sum(counts.loc[name].get(label, 0) for label in labels)) for labels in _KINDS.values())]
        for name in counts.index
    ]
    caption = "Kommunernas serier i siffror efter bedömning, de med minst tre mätningar"
    return captioned_table(columns, rows, caption=caption, label="tbl-trender")


def verdicts_table(verdicts: pd.Series) -> str:
    """Return how many targets have each verdict of `lagesbild.methods.targets`."""
    columns = [Column(head="Bedömning", width=2.0), Column(head="Antal mål", align="right")]
    counts = verdicts.value_counts()
    rows: list[list[Cell]] = [
        [capitalised(words), number(int(counts.get(verdict, 0)))] for verdict, words in VERDICT_WORDS.items()
    ]
    return captioned_table(columns, rows, caption="Kommunernas mål efter bedömning", label="tbl-malbedomning")


def series_table(rows: pd.DataFrame) -> str:
    """Return some series with slope, interval and label.

    Parameters
    ----------
    rows
        Columns ``name, points, slope, lower, upper, p, label``.
    """
    columns = [
        Column(head="Serie", width=2.4),
        Column(head="Lutning per år", align="right"),
        Column(head="95 % intervall", align="right", width=1.4),
        Column(head="p-värde", align="right"),
        Column(head="Bedömning", width=1.6),
    ]
    made: list[list[Cell]] = [
        [
            str(row["name"]),
            number(row["slope"], 1),
            f"{number(row['lower'], 1)} till {number(row['upper'], 1)}",
            number(row["p"], 3),
            trend_words(row["label"]),
        ]
        for row in rows.to_dict("records")
    ]
    return captioned_table(columns, made, caption="Handbokens två kommuner", label="tbl-handboken")
