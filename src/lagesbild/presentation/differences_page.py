"""Tables of the method page on differences: simulated rates, colours beside secured differences, colours by chance."""

from __future__ import annotations

import pandas as pd

from lagesbild.methods.misleading import JUDGED
from lagesbild.presentation.numbers import is_missing, number
from lagesbild.presentation.palette import tone
from lagesbild.presentation.tables import Cell, Column, captioned_table, colour_cell

#: Heads of the table of misleading colours, for each colour.
_HEADS = ("prövade", "inom slumpen, %", "igen, beräknat, %", "igen, sett, %")


def rates_table(found: pd.DataFrame, caption: str, label: str) -> str:
    """Return a simulation's table: the situation, and the percent called different at 95 and 99.8 percent."""
    columns = [
        Column(head=str(found.columns[0]), width=2.4),
        *(Column(head=f"Säkerställda på nivån {head}, procent", align="right") for head in found.columns[1:]),
    ]
    rows: list[list[Cell]] = [
        [str(name), number(float(at_95), 1), number(float(at_998), 1)]
        for name, at_95, at_998 in found.itertuples(index=False, name=None)
    ]
    return captioned_table(columns, rows, caption=caption, label=label)


def readings_table(counts: pd.DataFrame, label: str) -> str:
    """Return how many results of each colour are secured better, secured worse or neither.

    Parameters
    ----------
    counts
        Rows are colours, columns "battre", "ingen", "samre".
    label
        What the table is called in cross-references.
    """
    heads = {"battre": "Bättre än riket", "ingen": "Ingen säkerställd skillnad", "samre": "Sämre än riket"}
    columns = [Column(head="Färg", width=1.6), *(Column(head=head, align="right") for head in heads.values())]
    rows: list[list[Cell]] = [
        [colour_cell(str(name)), *(number(int(counts.loc[name].get(code, 0))) for code in heads)]
        for name in counts.index
    ]
    return captioned_table(columns, rows, caption="De två läsningarna av samma resultat, antal resultat", label=label)


def colours_table(sums: pd.DataFrame, first: str, caption: str, label: str) -> str:
    """Return the table of colours that may be chance, red (▼) and then green (▲); shares in whole percent.

    Parameters
    ----------
    sums
        As `lagesbild.methods.misleading.summed` returns it, the first column naming the rows.
    first
        Head of the first column.
    caption, label
        Caption, and what the table is called in cross-references.
    """
    columns = [Column(head=first, width=2.4)]
    columns += [Column(head=f"{tone(c).symbol} {head}", align="right") for c in JUDGED for head in _HEADS]
    rows: list[list[Cell]] = []
    for row in sums.to_dict("records"):
        cells: list[Cell] = [str(row[str(sums.columns[0])])]
        for colour in JUDGED:
            cells.append(number(row[f"n_provade_{colour}"]))
            cells += [percent(row[f"{share}_{colour}"]) for share in ("andel_slump", "igen", "igen_sett")]
        rows.append(cells)
    return captioned_table(columns, rows, caption=caption, label=label)


def percent(share: float) -> str:
    """Return a share (0 to 1) in whole percent, a dash where there is none."""
    return "–" if is_missing(share) else number(100.0 * share)
