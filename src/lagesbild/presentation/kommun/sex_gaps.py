"""Women and men in an area: where their results differ, in words and a short table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.methods.sex_gaps import SexResults, secured_gaps
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.result_tables import titled
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import cell, difference, difference_cell, is_missing, number, row_decimals
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import antal, capitalised, count_word, unit_heading

#: The table of an area has at most this many rows.
LONGEST = 5

#: So few are told in words instead.
FEW = 2

#: A difference that hasn't been tested is told from this size on, in procentenheter, and only with `FEWEST_YEARS`.
LARGE = 5.0
FEWEST_YEARS = 3


@dataclass(frozen=True, kw_only=True)
class SexGap:
    """Women's and men's result of one indicator in the report year.

    Parameters
    ----------
    indicator
        What is measured.
    women, men
        The results.
    riket
        Riket's difference, women less men; None where riket has none.
    level
        Level in percent at which the difference is secured; 0 where it isn't, None where it hasn't been tested.
    same_way
        In how many measurements in a row, the latest included, the same sex has had the higher result.
    """

    indicator: Indicator
    women: float
    men: float
    riket: float | None
    level: float | None
    same_way: int

    @property
    def gap(self) -> float:
        """Women's result less men's."""
        return self.women - self.men

    @property
    def secured(self) -> bool:
        """Whether the difference is more than chance gives."""
        return bool(self.level)

    @property
    def told(self) -> bool:
        """Whether there is anything to say of it."""
        lasting = self.level is None and self.same_way >= FEWEST_YEARS and self.indicator.scale is Scale.PROCENT
        return self.secured or (lasting and abs(self.gap) >= LARGE)


def sex_gaps(view: KommunView) -> list[SexGap]:
    """Return the differences between women and men in the report year, for results of quality, in catalogue order."""
    women, men = (view.sexes.get(sex, {}) for sex in (Sex.KVINNOR, Sex.MAN))
    pairs: list[tuple[Indicator, Mapping[str, Any], Mapping[str, Any]]] = []
    for indicator in view.catalogue.indicators:
        if indicator.id in women and indicator.id in men and of_quality(indicator):
            both = [_of_year(rows[indicator.id], view.year) for rows in (women, men)]
            if both[0] is not None and both[1] is not None:
                pairs.append((indicator, both[0], both[1]))
    if not pairs:
        return []
    indicators = [indicator for indicator, _, _ in pairs]
    levels = secured_gaps(
        _results(indicators, [own for _, own, _ in pairs]), _results(indicators, [other for _, _, other in pairs])
    )
    return [
        SexGap(
            indicator=indicator,
            women=float(own["value"]),
            men=float(other["value"]),
            riket=_difference(own.get("riket"), other.get("riket")),
            level=None if np.isnan(level) else float(level),
            same_way=_same_way(women[indicator.id], men[indicator.id], view.year),
        )
        for (indicator, own, other), level in zip(pairs, levels, strict=True)
    ]


def sex_section(view: KommunView, area: Area, gaps: Sequence[SexGap]) -> list[str]:
    """Return the Markdown blocks on women and men in an area; none where nothing can be said."""
    own = [one for one in gaps if one.indicator.area == area.id]
    told = sorted((one for one in own if one.told), key=lambda one: (not one.secured, -abs(one.gap), one.indicator.id))
    tested = sum(one.level is not None for one in own)
    if not told:
        if not tested:
            return []
        noun = "det enda resultat" if tested == 1 else f"de {antal(tested, 'resultat', 'resultat', neuter=True)}"
        return [f"**Kvinnor och män.** Ingen säker skillnad mellan kvinnor och män i {noun} som kan prövas."]
    head = f"**Kvinnor och män.** {_sentence(own, tested)}" if tested else "**Kvinnor och män, inte prövat.**"
    if len(told) <= FEW:
        return [f"{head} {' '.join(map(_in_words, told))}"]
    shown = told[:LONGEST]
    return [head, _table(view, area, shown)]


def _sentence(own: Sequence[SexGap], tested: int) -> str:
    secured = sum(one.secured for one in own)
    if tested == 1:
        return "Det enda prövade resultatet skiljer sig säkert mellan kvinnor och män."
    noun = antal(tested, "prövat resultat", "prövade resultat", neuter=True)
    chance = max(1, round(0.05 * tested))
    text = f"{capitalised(count_word(secured, neuter=True))} av {noun} skiljer sig säkert mellan kvinnor och män"
    return (
        f"{text}; ungefär {count_word(chance, neuter=True)} kan göra det av en slump." if tested >= 10 else f"{text}."
    )


def _table(view: KommunView, area: Area, shown: Sequence[SexGap]) -> str:
    columns = [
        Column(head="Indikator", width=3.4),
        Column(head="Kvinnor", align="right", width=0.9, fact="women"),
        Column(head="Män", align="right", width=0.9, fact="men"),
        Column(head="Skillnad", align="right", width=1.0, fact="gap"),
        Column(head="Skillnad i riket", align="right", width=1.1, fact="gap_riket"),
        Column(head="Säker?", width=1.9),
    ]
    return captioned_table(
        columns,
        [_row(one) for one in shown],
        caption=f"{area.name}: kvinnor och män {view.year}. Skillnaden är kvinnors resultat minus mäns",
        label=f"tbl-{area.id}-kon",
        about=[Subject(one.indicator.id, view.year, view.kommun.kod) for one in shown],
    )


def _row(one: SexGap) -> list[Cell]:
    scale = one.indicator.scale
    decimals = row_decimals(scale, (one.women, one.men))
    sure = (
        f"ja, {number(one.level, 0 if one.level == round(one.level) else 1)} procent"
        if one.level
        else f"ej prövad, {one.same_way} år i rad"
    )
    return [
        titled(one.indicator),
        cell(one.women, scale, decimals=decimals),
        cell(one.men, scale, decimals=decimals),
        difference_cell(one.gap, scale, decimals),
        "–" if one.riket is None else difference_cell(one.riket, scale, decimals),
        sure,
    ]


def _in_words(one: SexGap) -> str:
    """Return one difference as a sentence."""
    beside = "" if one.riket is None else f" (i riket {difference(one.riket, one.indicator)})"
    told = markdown_text(f"{difference(one.gap, one.indicator)}{beside}")
    lasting = "" if one.secured else f", åt samma håll {count_word(one.same_way)} mätningar i rad"
    return f"*{markdown_text(one.indicator.short_title)}*: {gap_phrase(one)}, {told}{lasting}."


def gap_phrase(one: SexGap) -> str:
    """Return the difference in words: "kvinnor 82 och män 71 procent"; Markdown."""
    decimals = row_decimals(one.indicator.scale, (one.women, one.men))
    women, men = (cell(value, one.indicator.scale, decimals=decimals) for value in (one.women, one.men))
    unit = unit_heading(one.indicator)
    return markdown_text(f"kvinnor {women} och män {men}{f' {unit}' if unit else ''}")


def _of_year(rows: Sequence[Mapping[str, Any]], year: int) -> Mapping[str, Any] | None:
    for row in rows:
        if row["year"] == year and row["status"] == Status.OK and not is_missing(row["value"]):
            return row
    return None


def _results(indicators: Sequence[Indicator], rows: Sequence[Mapping[str, Any]]) -> SexResults:
    def column(name: str) -> list[float]:
        return [np.nan if is_missing(row.get(name)) else float(row[name]) for row in rows]

    percent = np.array([one.scale is Scale.PROCENT for one in indicators])
    counted = np.where(percent, np.array(column("denominator"), dtype=np.float64), np.nan)
    return SexResults(values=np.array(column("value")), se=np.array(column("se")), denominators=counted)


def _difference(women: Any, men: Any) -> float | None:
    return None if is_missing(women) or is_missing(men) else float(women) - float(men)


def _same_way(women: Sequence[Mapping[str, Any]], men: Sequence[Mapping[str, Any]], year: int) -> int:
    """Return in how many measurements in a row up to `year` the same sex has had the higher result."""
    others = {row["year"]: row["value"] for row in men}
    gaps = [
        float(row["value"]) - float(others[row["year"]])
        for row in women
        if row["year"] <= year and not is_missing(row["value"]) and not is_missing(others.get(row["year"]))
    ]
    last = gaps[-1] if gaps else 0.0
    same = 0
    for gap in reversed(gaps):
        if gap * last <= 0:
            break
        same += 1
    return same
