"""The handbook's form on what indicators show: structure, process or result."""

from __future__ import annotations

from lagesbild.catalogue.indicators import IndicatorType, Part
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.sections import TYPE_WORDS
from lagesbild.presentation.workbook.cells import (
    AREA_NAMES,
)
from lagesbild.presentation.workbook.form_parts import (
    DONE,
    SOON,
    STATES,
    TYPES,
    chosen,
    from_handbook,
    written,
)
from lagesbild.presentation.workbook.kommun_results import AREA, INDICATOR
from lagesbild.presentation.workbook.model import Cell, Column, Formula, Sheet, Width

TYPE = "Typ av indikator"

_MEANINGS = {
    IndicatorType.STRUKTUR: "Förutsättningarna för verksamheten",
    IndicatorType.PROCESS: "Det som görs: när, var och hur",
    IndicatorType.RESULTAT: "Hur det blev för dem som får stöd",
}


def types_sheet(view: KommunView) -> Sheet | None:
    """Return the form on types of indicators, with the type the method's description gives; None without results."""
    shown = [result for result in view.results() if result.measured and result.indicator.part is Part.KVALITET]
    if not shown:
        return None
    rows: list[list[Cell]] = [
        [
            one.indicator.short_title,
            AREA_NAMES[one.indicator.area],
            TYPE_WORDS[one.indicator.type],
            _MEANINGS[one.indicator.type],
            *[None] * 3,
        ]
        for one in shown
    ]
    own, given = "{Vår bedömning}", "{Typ enligt metodbeskrivning}"
    return Sheet(
        name=TYPE,
        title=f"{view.kommun.namn}: typ av indikator",
        lines=(
            f"Filtrera på område, prata ihop er och skriv vad indikatorn visar hos er. {from_handbook(68)}",
            Formula(
                '"Bedömda rader: "&COUNTA({Vår bedömning:})&" av "&ROWS({Vår bedömning:})',
                f"Bedömda rader: 0 av {len(rows)}",
            ),
        ),
        table="Typ_av_indikator",
        columns=(
            INDICATOR,
            AREA,
            Column(head="Typ enligt metodbeskrivning", about="Struktur, process eller resultat."),
            Column(head="Det betyder", about="Vad typen visar.", width=Width.TEXT),
            chosen("Vår bedömning", TYPES, about="Vad indikatorn visar hos er.", width=Width.WORDS),
            written("Våra kommentarer", about="Varför, och vad ni kan vänta er om resultatet förbättras."),
            Column(
                head="Lika eller olika",
                about="Om er bedömning är densamma som metodbeskrivningens.",
                formula=Formula(f'IF({own}="","",IF({own}={given},"{DONE} Lika","{SOON} Olika"))'),
                rules=STATES,
            ),
        ),
        rows=rows,
        about="Formulär: struktur, process eller resultat för varje kvalitetsindikator, och era kommentarer.",
    )
