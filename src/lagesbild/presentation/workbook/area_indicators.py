"""The sheet of a national workbook that says what each indicator is, and how far its figures can be trusted."""

from __future__ import annotations

from lagesbild.catalogue.indicators import Indicator, Tier
from lagesbild.presentation.measuring_plan import in_year
from lagesbild.presentation.quality_words import SURVEY_WORDS, grade_text
from lagesbild.presentation.sections import PART_NAMES, TYPE_WORDS, dimension_word
from lagesbild.presentation.wording import unit_heading
from lagesbild.presentation.workbook.area_figures import AreaFigures, of_kommun
from lagesbild.presentation.workbook.cells import DIRECTION_WORDS, NOTHING
from lagesbild.presentation.workbook.model import Cell, Column, Sheet, Width

INDICATORS = "Indikatorer"

_TIERS = {Tier.BAS: "Bas, varje år", Tier.FORDJUPNING: "Fördjupning"}


def indicators_sheet(figures: AreaFigures) -> Sheet | None:
    """Return all indicators of the area with their definitions; None where the area has none."""
    rows = [_row(figures, one) for one in figures.indicators]
    if not rows:
        return None
    year = figures.year
    return Sheet(
        name=INDICATORS,
        title=f"{figures.area.name}: indikatorer",
        lines=("Definitioner ur indikatorkatalogen. Webbplatsens sidor om områdena berättar mer.",),
        table="Indikatorer",
        columns=(
            Column(head="Indikator", about="Kort namn, som i de andra bladen.", width=Width.TITLE),
            Column(head="Fullständigt namn", about="Hela namnet eller frågan.", width=Width.LONG),
            Column(head="Del", about="Kvalitet, välfärd, hållbar utveckling, centrala nyckeltal eller kostnader."),
            Column(head="Dimension", about="Vilken sida av kvaliteten som mäts."),
            Column(head="Typ", about="Struktur, process eller resultat.", width=Width.NUMBER),
            Column(head="Nivå", about="Bas mäts varje år, fördjupning växelvis."),
            Column(head="Riktning", about="Om höga eller låga värden är bra.", width=Width.NUMBER),
            Column(head="Enhet", about="Vad resultatet anges i."),
            Column(head="Källa", about="Undersökning eller register som uppgifterna kommer från."),
            Column(head="Täljare", about="Det som räknas, där det är beskrivet.", width=Width.TEXT),
            Column(head="Nämnare", about="Det som antalet delas med, där det är beskrivet.", width=Width.TEXT),
            Column(head=f"Mäts {year}", about="Enligt mätplanen."),
            Column(head="Kommuner med resultat", about=f"Antal {year}.", width=Width.NUMBER),
            Column(head="Uppgifternas säkerhet", about="Betyg på indikatorns uppgifter, A till D."),
            Column(head="Skäl till betyget", about="Vad kontrollerna har funnit.", width=Width.LONG),
            Column(head="Id", about="Indikatorns id, samma som i de öppna data.", width=Width.TEXT),
        ),
        rows=rows,
        about="Vad varje indikator är, när den mäts och hur säkra uppgifterna är.",
    )


def _row(figures: AreaFigures, one: Indicator) -> list[Cell]:
    grade, why = figures.grades.get(one.id, ("", ""))
    told = [
        years[figures.year]
        for region, years in figures.totals.get(one.id, {}).items()
        if of_kommun(region) and figures.year in years
    ]
    known = sum(figure.value is not None or bool(figure.answer) for figure in told)
    return [
        one.short_title,
        one.title,
        PART_NAMES[one.part],
        dimension_word(one.dimension) if one.dimension else NOTHING,
        TYPE_WORDS[one.type],
        _TIERS[one.tier],
        DIRECTION_WORDS[one.direction],
        unit_heading(one) or NOTHING,
        SURVEY_WORDS.get(str(one.survey), str(one.survey)),
        one.numerator or NOTHING,
        one.denominator or NOTHING,
        in_year(one, figures.year),
        known if told else NOTHING,
        grade_text(grade) if grade else NOTHING,
        why or NOTHING,
        one.id,
    ]
