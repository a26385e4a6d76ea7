"""What the method page on differences between groups shows: false marks, an area's tests, and variance shares."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import is_missing, number
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table

#: Groupings in words.
GROUPING_WORDS = {"lan": "Län", "kommungrupp": "Kommungrupp", "socioekonomi": "Socioekonomisk grupp"}

_NONE = "–"
#: Indicators in the table of variance shares.
MOST = 12


def false_marks_words(found: pd.DataFrame) -> str:
    """Return `lagesbild.methods.anova_simulation.false_marks` as a table in percent, and what it shows."""
    columns = [
        Column(head="Grupper", width=1.4),
        Column(head="Varaktigt, procent", align="right"),
        Column(head="Ett år", align="right"),
        Column(head="Alla år, som Riksrevisionen", align="right"),
        Column(head="Alla år, kommunernas medelvärden", align="right"),
        Column(head="Alla år, klustrad Wald", align="right"),
    ]
    rows: list[list[Cell]] = [
        [GROUPING_WORDS[group], number(100 * lasting), *(number(100 * share, 1) for share in shares)]
        for group, lasting, *shares in found.itertuples(index=False, name=None)
    ]
    worst = found.sort_values("pooled").iloc[-1]
    said = (
        f"När {number(100 * worst['lasting'])} procent av variationen är kommunernas egen och varaktig sätter provet "
        f"av alla år ett falskt märke i {number(100 * worst['pooled'])} procent av fallen. Provet av kommunernas "
        f"medelvärden gör det i {number(100 * found['kommun'].min(), 1)}–{number(100 * found['kommun'].max(), 1)} "
        f"procent. Det vanliga klustrade Waldprovet sätter också för många märken, upp till "
        f"{number(100 * found['wald'].max())} procent: vissa län har bara några få kommuner, och provet litar på "
        "spridningen inom vart och ett."
    )
    return (
        captioned_table(
            columns,
            rows,
            caption="Falska märken \\*\\*, procent av proven (det ska vara 5), när inget skiljer grupperna åt",
            label="tbl-falska",
        )
        + f"\n{said}\n"
    )


def expected_words(found: pd.DataFrame, *, years: str, label: str) -> str:
    """Return `lagesbild.methods.multiple_testing.expected_marks` by grouping and kind of test as a table.

    Parameters
    ----------
    found
        Columns ``group`` and ``kind`` ("ett", "alla", "kommun") and those of `expected_marks`.
    years, label
        The years in words, and the table's label.
    """
    kinds = {"ett": "Senaste året", "alla": "Alla år", "kommun": "Alla år, kommunernas medelvärden"}
    columns = [
        Column(head="Grupper och prov", width=2.4),
        Column(head="Prov", align="right"),
        Column(head="Märken **", align="right"),
        Column(head="Väntade av slump", align="right"),
        Column(head="Kvar efter korrigering", align="right"),
    ]
    rows: list[list[Cell]] = [
        [
            f"{GROUPING_WORDS[row['group']]}: {kinds[row['kind']].lower()}",
            number(row["tests"]),
            number(row["marked_5"]),
            number(row["expected_5"], 1),
            number(row["kept_5"]),
        ]
        for row in found.to_dict("records")
    ]
    return captioned_table(columns, rows, caption=f"Märken på femprocentsnivån, {years}", label=label)


def shares_words(shares: pd.DataFrame, ranks: pd.DataFrame, indicators: Mapping[str, Indicator], *, label: str) -> str:
    """Return variance shares and rankability as a table, the indicators with most between groups first.

    Parameters
    ----------
    shares
        As `lagesbild.methods.variance_shares.variance_shares` returns it.
    ranks
        As `lagesbild.methods.rankability.rankability` returns it, one year per indicator.
    indicators, label
        The catalogue's records by id, and the table's label.
    """
    known = shares[shares["reason"] == ""].sort_values(["share_groups", "indicator"], ascending=[False, True])
    by_indicator = ranks.set_index("indicator")["rankability"]
    columns = [
        Column(head="Indikator", width=3.0),
        Column(head="Mellan kommungrupper", align="right"),
        Column(head="Mellan kommuner", align="right"),
        Column(head="Över tid", align="right"),
        Column(head="Rangordningsbarhet", align="right"),
    ]
    rows: list[list[Cell]] = []
    for row in known.head(MOST).to_dict("records"):
        rank = by_indicator.get(row["indicator"])
        parts: list[Cell] = [number(100 * row[name]) for name in ("share_groups", "share_kommuner", "share_time")]
        rankable = _NONE if rank is None or is_missing(rank) else number(100 * rank)
        rows.append([Markup(markdown_text(indicators[row["indicator"]].short_title)), *parts, rankable])
    if not rows:
        return "Ingen indikator har mätts flera år i flera kommuner.\n"
    caption = f"Var variationen finns, procent av variansen: de {len(rows)} med mest mellan kommungrupperna"
    return captioned_table(columns, rows, caption=caption, label=label)
