"""The index in tables and words: never a rank without how far it moves."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.indicators import Dimension
from lagesbild.methods.composite_index import WHOLE
from lagesbild.presentation.numbers import MINUS, interval, number
from lagesbild.presentation.sections import dimension_word
from lagesbild.presentation.tables import Cell, Column, captioned_table

#: What must stand beside every index.
CARE = (
    "Ett index väger ihop mått som mäter olika saker. Platsen beror på vilka indikatorer som finns och hur de vägs, "
    "och det finns inget rätt sätt att väga. Läs därför de två sista kolumnerna före platsen, och indikatorerna före "
    "indexet."
)


def dimension_name(dimension: str) -> str:
    """Return a dimension's name, or what all of them together are called."""
    return "Alla dimensioner" if dimension == WHOLE else dimension_word(Dimension(dimension))


def kommun_index_table(index: pd.DataFrame, *, kommun: str, label: str, caption: str) -> str:
    """Return one kommun's index in each dimension, with its interval and how far its place moves; "" without any.

    Parameters
    ----------
    index
        As `lagesbild.methods.index_robustness.index_with_ranks` returns it.
    kommun
        Its code.
    label, caption
        Of the table.
    """
    own = index[(index["region"] == kommun) & index["index"].notna()]
    if own.empty:
        return ""
    columns = [
        Column(head="Dimension", width=2.0),
        Column(head="Index", align="right", width=0.9),
        Column(head="Osäkerhet (95 %)", align="right", width=1.7),
        Column(head="Indikatorer", align="right", width=1.3),
        Column(head="Plats", align="right", width=1.2),
        Column(head="Plats med andra vikter", align="right", width=1.5),
        Column(head="Plats om en indikator tas bort", align="right", width=1.6),
    ]
    rows: list[list[Cell]] = []
    for row in own.to_dict("records"):
        rows.append(
            [
                dimension_name(str(row["dimension"])),
                signed(float(row["index"])),
                interval(row["lower"], row["upper"], 2) if row["se"] > 0 else "–",
                f"{number(row['n_indicators'])} av {number(row['n_possible'])}",
                f"{number(row['rank'])} av {number(row['n_ranked'])}",
                f"{number(row['rank_low'])}–{number(row['rank_high'])}",
                f"{number(row['without_low'])}–{number(row['without_high'])}",
            ]
        )
    return captioned_table(columns, rows, caption=caption, label=label)


def robustness_table(moves: pd.DataFrame, *, label: str, caption: str) -> str:
    """Return `lagesbild.methods.index_robustness.summary` as a table; "" without any index."""
    if moves.empty:
        return ""
    columns = [
        Column(head="Dimension", width=2.0),
        Column(head="Kommuner med index", align="right"),
        Column(head="Platser som mittkommunen flyttas", align="right", width=1.4),
        Column(head="Platser som mest", align="right"),
        Column(head="Samma fjärdedel, procent", align="right", width=1.2),
    ]
    rows: list[list[Cell]] = [
        [dimension_name(str(name)), number(n), number(middle), number(most), number(100 * same)]
        for name, n, middle, most, same in moves.itertuples(index=False, name=None)
    ]
    return captioned_table(columns, rows, caption=caption, label=label)


def coverage_table(found: pd.DataFrame) -> str:
    """Return `lagesbild.methods.index_simulation.index_coverage` as a table, in percent."""
    words = {0.0: "oberoende", 0.5: "hänger ihop (0,5)"}
    columns = [
        Column(head="Felen i samma undersökning"),
        Column(head="Intervallet antar"),
        Column(head="Rymmer sanningen, procent", align="right"),
    ]
    rows: list[list[Cell]] = [
        [words[true], words[assumed], number(100 * share, 1)]
        for true, assumed, share in found.itertuples(index=False, name=None)
    ]
    return captioned_table(
        columns,
        rows,
        caption="Hur ofta intervallet rymmer det sanna indexet (det ska vara 95)",
        label="tbl-indextackning",
    )


def signed(value: float) -> str:
    """Return an index with its sign: "+0,42", "−1,10", "0,00"."""
    text = number(value, 2)
    return text if text.startswith(MINUS) or text == number(0.0, 2) else f"+{text}"
