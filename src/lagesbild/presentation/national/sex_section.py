"""Women and men in an area's national results: the secured differences, largest first."""

from __future__ import annotations

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Scale
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.sex_gaps import NationalGap, national_gaps
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import cell, difference, row_decimals
from lagesbild.presentation.pair_dots import Pair, pair_dots
from lagesbild.presentation.wording import antal, capitalised, count_word, unit_heading

#: Rows in the picture, by whether there is room.
MOST_ROWS = {False: 6, True: 9}
#: Other scales than percentages don't fit the picture's axis; so many are told in words.
MOST_IN_WORDS = 2


def sex_section(view: NationalView, area: Area, *, level: int) -> list[str]:
    """Return the Markdown blocks on women and men; none where no result of quality is told by sex."""
    gaps = national_gaps(view, view.measured(area.id, answers=False))
    if not gaps:
        return []
    parts = [f"{'#' * level} Kvinnor och män", _summary(gaps)]
    others = [one for one in gaps if one.indicator.scale is not Scale.PROCENT and one.secured]
    others.sort(key=lambda one: (-abs(one.gap) / max(abs(one.men), 1e-9), one.indicator.id))
    for one in others[:MOST_IN_WORDS]:
        parts.append(gap_phrase(one) + ".")
    drawn = sorted(
        (one for one in gaps if one.indicator.scale is Scale.PROCENT),
        key=lambda one: (not one.secured, -abs(one.gap), one.indicator.id),
    )[: MOST_ROWS[view.roomy]]
    if len(drawn) >= 2:
        pairs = [
            Pair(indicator=one.indicator, value=one.women, other=one.men, note="säker" if one.secured else "")
            for one in drawn
        ]
        figure = pair_dots(
            pairs,
            names=("kvinnor", "män"),
            title=f"Kvinnors och mäns resultat i riket {view.year}",
            source=view.source,
            synthetic=view.synthetic,
        )
        caption = (
            f"{area.name}: kvinnor och män i riket {view.year}, procent; störst skillnad först. Säker: skillnaden är "
            "statistiskt säkerställd"
        )
        parts.append(f"De största skillnaderna i procenttal finns i @fig-kon-{area.id}.")
        parts.append(figure.block_markdown(caption, f"fig-kon-{area.id}"))
    return parts


def gap_phrase(one: NationalGap) -> str:
    """Return a difference in words: "**Väntetid**: kvinnor 32 och män 29 dagar, +3 dagar"; Markdown."""
    decimals = row_decimals(one.indicator.scale, (one.women, one.men))
    women, men = (cell(value, one.indicator.scale, decimals=decimals) for value in (one.women, one.men))
    unit = unit_heading(one.indicator).partition(", ")[0].removeprefix("antal ")
    unit = "" if unit.startswith("index") else unit
    told = f"kvinnor {women} och män {men}{f' {unit}' if unit else ''}, {difference(one.gap, one.indicator)}"
    return f"**{markdown_text(one.indicator.short_title)}**: {markdown_text(told)}"


def _summary(gaps: list[NationalGap]) -> str:
    tested = [one for one in gaps if one.secured is not None]
    if not tested:
        return "För få kommuner har resultat för både kvinnor och män för att skillnader ska kunna prövas."
    secured = [one for one in tested if one.secured]
    noun = antal(len(tested), "indikator", "indikatorer")
    if not secured:
        return f"Ingen skillnad mellan kvinnor och män är statistiskt säkerställd i {noun} som kan prövas."
    head = f"Skillnaden mellan kvinnor och män är statistiskt säkerställd i {count_word(len(secured))} av {noun}."
    chance = 0.05 * len(tested)
    if chance >= 1:
        head += f" Ungefär {count_word(round(chance))} kan väntas av slump."
    return capitalised(head)
