"""The handbook's form for a quick analysis: the results that stick out, and what people make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild.catalogue.indicators import Indicator, Part
from lagesbild.methods.priorities import Priority
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.priority_words import explained
from lagesbild.presentation.quality_words import grade_text
from lagesbild.presentation.workbook.cells import (
    AREA_NAMES,
    NOTHING,
    known_text,
)
from lagesbild.presentation.workbook.form_parts import (
    OPEN_ROWS,
    YES_NO,
    YES_PARTLY_NO,
    chosen,
    counted,
    from_handbook,
    said,
    shown,
    tally,
    written,
)
from lagesbild.presentation.workbook.kommun_results import AREA
from lagesbild.presentation.workbook.model import Cell, Column, Open, Sheet, Width

QUICK = "Snabbanalys"

#: So many results that speak for a closer look are in the form, and so many good ones.
MOST_URGENT, MOST_GOOD = 10, 5


def quick_sheet(view: KommunView, found: Sequence[Priority]) -> Sheet:
    """Return the form for a quick analysis, with the results that stick out; some rows are left open."""
    rows: list[list[Cell]] = []
    for one in found[:MOST_URGENT]:
        reason = explained(one, points=False)
        rows.append(_quick(one.indicator, one.row, "Att titta närmare på", reason, known_text(one.row.get("quality"))))
    for good in _good(view):
        row = next(row for row in view.rows[good.indicator.id] if row["year"] == view.year)
        reason = "Bland de bästa, och säkert bättre än riket"
        rows.append(_quick(good.indicator, row, "Att lyfta fram", reason, good.quality))
    rows += [[Open()] * 7 + [None] * 7 for _ in range(OPEN_ROWS)]
    fields = ("Tillförlitligt?", "Aktuellt?", "Pågår aktiviteter?", "Samlad analys")
    return Sheet(
        name=QUICK,
        title=f"{view.kommun.namn}: formulär för snabbanalys",
        lines=(
            f"Resultat som sticker ut, hämtade ur data, och {OPEN_ROWS} tomma rader för egna. {from_handbook(66)}",
            tally(len(rows)),
        ),
        table="Snabbanalys",
        columns=(
            Column(head="Angeläget resultat", about="Vad som mäts.", width=Width.TITLE),
            AREA,
            Column(head="Resultat", about="Resultatet med enhet och år."),
            Column(head="Färg eller svar", about="Plats bland kommunerna, eller kommunens svar."),
            Column(head="Sort", about="Om resultatet är att titta närmare på eller att lyfta fram."),
            Column(head="Varför raden finns med", about="Vad data säger för och emot.", width=Width.TEXT),
            Column(head="Uppgifternas säkerhet", about="Betyg på indikatorns uppgifter, A till D."),
            chosen("Tillförlitligt?", (*YES_PARTLY_NO, "Vet ej"), about="Litar ni på uppgiften?"),
            chosen("Aktuellt?", (*YES_NO, "Vet ej"), about="Ser det fortfarande ut så här?"),
            chosen("Pågår aktiviteter?", (*YES_NO, "Planeras"), about="Görs det något åt det redan?"),
            written("Vilka aktiviteter?", about="Vilka aktiviteter som pågår."),
            written("Övriga kommentarer", about="Annat av vikt för att tolka resultatet."),
            written("Samlad analys", about="Er slutsats i en mening."),
            counted(fields),
        ),
        rows=rows,
        about="Formulär: de resultat som sticker ut, och er bedömning av dem.",
    )


def _quick(indicator: Indicator, row: Mapping[str, Any], sort: str, reason: str, grade: str) -> list[Cell]:
    data: list[Cell] = [
        indicator.short_title,
        AREA_NAMES[indicator.area],
        said(indicator, row),
        shown(row),
        sort,
        reason,
        grade_text(grade) if grade else NOTHING,
    ]
    return data + [None] * 7


def _good(view: KommunView) -> list[Result]:
    """Return the best results that are secured better than riket, those furthest ahead of the others first."""
    secured = [one for one in view.results(answers=False) if one.judged and one.secured and one.colour == "gron"]
    best = [one for one in secured if not one.small_base and one.indicator.part is Part.KVALITET]
    best.sort(key=lambda one: ((one.rank or 0) / max(one.n_reporting, 1), one.indicator.id))
    return best[:MOST_GOOD]
