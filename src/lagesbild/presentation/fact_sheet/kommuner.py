"""How far the kommuner are from each other and from riket, in a faktablad."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.vocabulary import Answer, Level, Sex
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.fact_sheet.fitting import row_lines, that_fit
from lagesbild.presentation.fact_sheet.key_results import titled
from lagesbild.presentation.national.group_section import extremes
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, number, row_decimals
from lagesbild.presentation.tables import Column, captioned_table
from lagesbild.presentation.traced import national
from lagesbild.presentation.wording import antal, joined

#: The table has at most this many rows on so many lines, and quartiles of fewer kommuner say little about the spread.
MOST_ROWS, MOST_LINES = 5, 9
FEWEST_FOR_QUARTILES = 10

_BETTER, _WORSE = ("battre", "hogre"), ("samre", "lagre")


def kommun_differences(view: NationalView, area: Area, key: list[Indicator]) -> str:
    """Return the spread of the kommuner's results in numbers, or their answers, and how the kommungrupper differ."""
    rows = view.comparisons
    rows = rows[(rows["year"] == view.year) & (rows["sex"] == Sex.TOTAL)]
    counted = [one for one in key if not one.is_answer and len(view.kommun_values(one)) >= FEWEST_FOR_QUARTILES]
    parts = []
    if counted:
        parts.append(_table(view, area, counted[:MOST_ROWS], rows))
    elif any(one.is_answer for one in key):
        parts.append(_answers(next(one for one in key if one.is_answer), rows))
    else:
        parts.append("För få kommuner har resultat som kan visas för att skillnaderna ska kunna beskrivas.")
    first = view.key_indicator(area.id)
    if first is not None:
        groups = view.unweighted(first, Level.KOMMUNGRUPP)
        if groups:
            told = extremes(first, groups, view.behind(first, Level.KOMMUNGRUPP))
            parts.append(f"*{markdown_text(first.short_title)}* i kommungrupperna, ovägda medelvärden. {told}")
    return "\n\n".join(parts)


def _table(view: NationalView, area: Area, indicators: list[Indicator], rows: pd.DataFrame) -> str:
    columns = [
        Column(head="Indikator", width=5.2),
        Column(head="Hälften av kommunerna", align="right", width=1.8, fact="lower_quartile"),
        Column(head="Lägst och högst", align="right", width=1.6, fact="lowest"),
        Column(head="Säkert bättre än riket", align="right", width=1.3),
        Column(head="Säkert sämre än riket", align="right", width=1.3),
        Column(head="Kommuner", align="right", width=1.4, fact="n_kommuner"),
    ]
    told = [_row(view, one, rows[rows["indicator"] == one.id]) for one in indicators]
    cells = that_fit(told, lambda row: row_lines(row, columns), MOST_LINES)
    caption = f"{area.name}: kommunernas resultat {view.year}"
    about = [national(one.id, view.year) for one in indicators[: len(cells)]]
    shown = rows["indicator"].isin([one.id for one in indicators])
    weighted = bool(rows.loc[shown, "riket_weighting"].isin(WEIGHTINGS[:2]).any())
    directed = all(one.direction is not Direction.INGEN for one in indicators)
    note = (
        "Hälften av kommunerna ligger mellan de två värdena (nedre och övre kvartilen). *Säkert* är antalet kommuner "
        "vars skillnad mot riket är säkerställd på 95-procentsnivån; för en del kommuner kan den inte prövas."
        + (" Riket väger stora kommuner tyngre, så de flesta kan ligga på samma sida om det." if weighted else "")
        + ("" if directed else " Utan riktning räknas högre som bättre.")
    )
    return f"{captioned_table(columns, cells, caption=caption, label='tbl-kommuner', about=about)}\n{note}"


def _row(view: NationalView, indicator: Indicator, rows: pd.DataFrame) -> list[str]:
    values = view.kommun_values(indicator)
    low, high = (float(values.quantile(q)) for q in (0.25, 0.75))
    ends = [float(values.min()), float(values.max())]
    decimals = row_decimals(indicator.scale, [low, high, *ends])
    middle, whole = (
        "–".join(cell(one, indicator.scale, decimals=decimals) for one in pair) for pair in ((low, high), ends)
    )
    tested = rows["skillnad_riket"].notna() & (rows["skillnad_riket"] != "")
    better, worse = (
        number(int(rows["skillnad_riket"].isin(codes).sum())) if tested.any() else "–" for codes in (_BETTER, _WORSE)
    )
    return [titled(indicator), middle, whole, better, worse, number(len(values))]


def _answers(indicator: Indicator, rows: pd.DataFrame) -> str:
    given = rows[rows["indicator"] == indicator.id]["answer"].value_counts()
    said = [
        f"{antal(int(given[answer]), 'kommun', 'kommuner')} svarar {answer}"
        for answer in map(str, Answer)
        if answer in given.index and given[answer]
    ]
    return f"*{markdown_text(indicator.short_title)}*: {joined(said)}."
