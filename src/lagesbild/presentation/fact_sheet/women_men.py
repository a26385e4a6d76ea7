"""Women and men in the nation's results, in a faktablad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.methods.sex_gaps import SexResults, secured_gaps
from lagesbild.presentation.fact_sheet.fitting import row_lines, that_fit
from lagesbild.presentation.fact_sheet.key_results import titled
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference_cell, row_decimals
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.tables import Column, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word

#: The table has at most this many rows, on this many lines.
MOST_ROWS, MOST_LINES = 4, 6


@dataclass(frozen=True, kw_only=True)
class NationalGap:
    """Riket's result for women and for men in the report year.

    Parameters
    ----------
    indicator
        What is measured.
    women, men
        The results.
    level
        Level in percent at which the difference is secured; 0 where it isn't, null where it can't be tested.
    """

    indicator: Indicator
    women: float
    men: float
    level: float | None

    @property
    def gap(self) -> float:
        """Women's result less men's."""
        return self.women - self.men


def national_gaps(view: NationalView, area: Area) -> list[NationalGap]:
    """Return riket's differences between women and men in the report year, of quality, in catalogue order."""
    rows = view.figures
    rows = rows[(rows["year"] == view.year) & (rows["level"] == Level.RIKE) & rows["value"].notna()]
    rows = rows[rows["sex"].isin([Sex.KVINNOR, Sex.MAN])]
    # Women and men alike: the source's own figure where it has both, else kommuner weighed together, else their mean.
    both = rows.groupby(["indicator", "weighting"], sort=False)["sex"].transform("nunique") == 2
    rows = rows[both].assign(place=rows["weighting"].map({name: n for n, name in enumerate(WEIGHTINGS)}))
    rows = rows.sort_values("place", kind="stable").drop_duplicates(["indicator", "sex"])
    women, men = (rows[rows["sex"] == sex].set_index("indicator") for sex in (Sex.KVINNOR, Sex.MAN))
    chosen = [
        one
        for one in view.catalogue.in_area(area.id)
        if one.id in women.index and one.id in men.index and of_quality(one)
    ]
    if not chosen:
        return []
    levels = secured_gaps(_results(chosen, women), _results(chosen, men))
    return [
        NationalGap(
            indicator=one,
            women=float(women["value"][one.id]),
            men=float(men["value"][one.id]),
            level=None if np.isnan(level) else float(level),
        )
        for one, level in zip(chosen, levels, strict=True)
    ]


def _results(indicators: Sequence[Indicator], rows: pd.DataFrame) -> SexResults:
    """Return one sex's results; only percentages with a known denominator can be tested in riket."""
    found = rows.loc[[one.id for one in indicators]]
    percent = np.array([one.scale is Scale.PROCENT for one in indicators])
    denominators = found["denominator"].to_numpy("float64")
    return SexResults(
        values=found["value"].to_numpy("float64"),
        se=np.full(len(found), np.nan),
        denominators=np.where(percent, denominators, np.nan),
    )


def women_and_men(view: NationalView, area: Area) -> str:
    """Return in words and a short table where women's and men's results differ in riket."""
    gaps = national_gaps(view, area)
    if not gaps:
        return (
            f"Inga resultat om kvalitet redovisas för kvinnor och män i riket {view.year}. Frågor om kommunens "
            "organisation och arbetssätt gäller verksamheten och delas inte upp efter kön."
        )
    tested = [one for one in gaps if one.level is not None]
    shown = sorted(gaps, key=lambda one: (not one.level, not _comparable(one), -abs(one.gap), one.indicator.id))
    return f"{_sentence(len(gaps), tested)}\n\n{_table(area, shown[:MOST_ROWS], len(gaps), view.year)}"


def _comparable(one: NationalGap) -> bool:
    return one.indicator.scale is Scale.PROCENT


def _sentence(every: int, tested: list[NationalGap]) -> str:
    told = f"{capitalised(antal(every, 'resultat', 'resultat', neuter=True))} redovisas för kvinnor och män."
    if not tested:
        return (
            f"{told} Källan anger inte hur många personer de bygger på, så det går inte att pröva om en skillnad är "
            "större än slumpen."
        )
    secured = [one for one in tested if one.level]
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
        Column(head="Kvinnor", align="right"),
        Column(head="Män", align="right"),
        Column(head="Skillnad", align="right", width=1.1),
        Column(head="Säkerställd?", width=1.4),
    ]
    rows: list[list[str]] = []
    for one in shown:
        scale = one.indicator.scale
        decimals = row_decimals(scale, [one.women, one.men])
        verdict = "inte prövad" if one.level is None else "ja" if one.level else "nej"
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
    which = f"de {count_word(len(rows))} största skillnaderna i riket" if every > len(rows) else "riket"
    caption = f"{area.name}: kvinnor och män {year}, {which}"
    return captioned_table(columns, rows, caption=caption, label="tbl-kon").rstrip()
