"""Women and men in the nation's results, in a faktablad."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Scale
from lagesbild.presentation.fact_sheet.fitting import row_lines, that_fit
from lagesbild.presentation.fact_sheet.key_results import titled
from lagesbild.presentation.national.sex_gaps import NationalGap, national_gaps
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference_cell, row_decimals
from lagesbild.presentation.tables import Column, captioned_table
from lagesbild.presentation.traced import national
from lagesbild.presentation.wording import antal, capitalised, count_word

#: The table has at most this many rows, on this many lines.
MOST_ROWS, MOST_LINES = 4, 6


def women_and_men(view: NationalView, area: Area) -> str:
    """Return in words and a short table where women's and men's results differ in riket."""
    gaps = national_gaps(view, view.catalogue.in_area(area.id))
    if not gaps:
        return (
            f"Inga resultat om kvalitet redovisas för kvinnor och män i riket {view.year}. Frågor om kommunens "
            "organisation och arbetssätt gäller verksamheten och delas inte upp efter kön."
        )
    tested = [one for one in gaps if one.secured is not None]
    shown = sorted(gaps, key=lambda one: (not one.secured, not _comparable(one), -abs(one.gap), one.indicator.id))
    return f"{_sentence(len(gaps), tested)}\n\n{_table(area, shown[:MOST_ROWS], len(gaps), view.year)}"


def _comparable(one: NationalGap) -> bool:
    return one.indicator.scale is Scale.PROCENT


def _sentence(every: int, tested: list[NationalGap]) -> str:
    told = f"{capitalised(antal(every, 'resultat', 'resultat', neuter=True))} redovisas för kvinnor och män."
    if not tested:
        return (
            f"{told} För få kommuner har resultat för båda, så det går inte att pröva om en skillnad är större än "
            "slumpen."
        )
    secured = [one for one in tested if one.secured]
    if not secured:
        return f"{told} Ingen skillnad i riket är säkerställd av de {count_word(len(tested))} som kan prövas."
    higher = sum(one.gap > 0 for one in secured)
    return (
        f"{told} {capitalised(count_word(len(secured), neuter=True))} av de {count_word(len(tested))} som kan prövas "
        f"skiljer sig säkert i riket: kvinnor har ett högre värde i {count_word(higher, neuter=True)} av dem och män i "
        f"{count_word(len(secured) - higher, neuter=True)}."
    )


def _table(area: Area, shown: list[NationalGap], every: int, year: int) -> str:
    columns = [
        Column(head="Indikator", width=5.4),
        Column(head="Kvinnor", align="right", fact="riket_women"),
        Column(head="Män", align="right", fact="riket_men"),
        Column(head="Skillnad", align="right", width=1.1, fact="gap_riket"),
        Column(head="Säkerställd?", width=1.4),
    ]
    rows: list[list[str]] = []
    for one in shown:
        scale = one.indicator.scale
        decimals = row_decimals(scale, [one.women, one.men])
        verdict = "inte prövad" if one.secured is None else "ja" if one.secured else "nej"
        rows.append(
            [
                titled(one.indicator),
                cell(one.women, scale, decimals=decimals),
                cell(one.men, scale, decimals=decimals),
                difference_cell(one.gap, scale, decimals),
                verdict,
            ]
        )
    rows = that_fit(rows, lambda row: row_lines(row, columns), MOST_LINES)
    about = [national(one.indicator.id, year) for one in shown[: len(rows)]]
    which = f"de {count_word(len(rows))} största skillnaderna i riket" if every > len(rows) else "riket"
    caption = f"{area.name}: kvinnor och män {year}, {which}"
    return captioned_table(columns, rows, caption=caption, label="tbl-kon", about=about).rstrip()
