"""How the units within the kommun spread, where their results are published: no unit is named."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Counted
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.additions import UnitSpread
from lagesbild.presentation.kommun.result_tables import titled
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import cell, number, row_decimals
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import antal, capitalised, count_word

#: The table of an area has at most this many rows, those with the widest spread.
LONGEST = 3

#: With fewer published units than this the lowest and the highest say nothing of a spread.
FEWEST = 3

#: So few are told in words instead.
FEW = 2


def units_section(view: KommunView, area: Area, quality: Sequence[Result]) -> list[str]:
    """Return the Markdown blocks on the units within the kommun; none where too few are published."""
    found = [
        (one, view.additions.units[one.indicator.id])
        for one in quality
        if one.indicator.counted is not Counted.ENHETER  # a unit's own share is nothing or all
        and one.indicator.id in view.additions.units
        and view.additions.units[one.indicator.id].n >= FEWEST
    ]
    if not found:
        return []
    shown = sorted(
        found, key=lambda pair: (not _beyond(pair[1]), pair[1].lowest - pair[1].highest, pair[0].indicator.id)
    )
    beyond = sum(_beyond(spread) for _, spread in found)
    noun = capitalised(antal(len(found), "resultat är publicerat", "resultat är publicerade", neuter=True))
    which = "" if len(found) == 1 else f"i {count_word(beyond, neuter=True)} av dem "
    told = f"{which}är skillnaderna större än slumpen" if beyond else "skillnaderna kan vara slump"
    text = (
        f"**Enheter i kommunen.** {noun} enhet för enhet; {told}. Små enheters resultat svänger mer: lägst "
        "och högst är inte sämst och bäst verksamhet."
    )
    if len(shown) <= FEW:
        return [f"{text} {' '.join(_sentence(*pair) for pair in shown)}"]
    return [text, _table(view, area, shown[:LONGEST])]


def _sentence(result: Result, spread: UnitSpread) -> str:
    """Return one spread in words."""
    low, high = _ends(result, spread)
    hidden = f", {number(spread.hidden)} visas inte" if spread.hidden else ""
    units = f"{number(spread.n)} enheter{hidden}"
    return f"*{markdown_text(titled(result.indicator))}*: {low} till {high} ({units})."


def _ends(result: Result, spread: UnitSpread) -> tuple[str, str]:
    decimals = row_decimals(result.indicator.scale, (result.value, spread.lowest, spread.highest))
    low, high = (cell(one, result.indicator.scale, decimals=decimals) for one in (spread.lowest, spread.highest))
    return low, high


def _beyond(spread: UnitSpread) -> bool:
    return spread.chance is not None and spread.chance < 0.05


def _table(view: KommunView, area: Area, shown: Sequence[tuple[Result, UnitSpread]]) -> str:
    columns = [
        Column(head="Indikator", width=3.4),
        Column(head="Kommunen", align="right", width=1.1, fact="value"),
        Column(head="Lägsta enhet", align="right", width=0.9, fact="lowest_unit"),
        Column(head="Högsta enhet", align="right", width=0.9, fact="highest_unit"),
        Column(head="Enheter visade / dolda", align="right", width=1.2, fact="n_units"),
        Column(head="Större än slumpen?", width=1.2),
    ]
    return captioned_table(
        columns,
        [_row(result, spread) for result, spread in shown],
        caption=f"{area.name}: spridningen mellan enheter i {view.kommun.namn} {view.year}",
        label=f"tbl-{area.id}-enheter",
        about=[Subject(one.indicator.id, view.year, view.kommun.kod) for one, _ in shown],
    )


def _row(result: Result, spread: UnitSpread) -> list[Cell]:
    scale = result.indicator.scale
    figures = (result.value, spread.lowest, spread.highest)
    decimals = row_decimals(scale, figures)
    own, low, high = ("–" if one is None else cell(one, scale, decimals=decimals) for one in figures)
    return [
        titled(result.indicator),
        own,
        low,
        high,
        f"{number(spread.n)} / {number(spread.hidden)}",
        "ej prövat" if spread.chance is None else ("ja" if _beyond(spread) else "kan vara slump"),
    ]
