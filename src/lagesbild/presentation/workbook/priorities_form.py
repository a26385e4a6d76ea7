"""The handbook's form for choosing what to analyse in depth."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.priority_weights import load_weights
from lagesbild.methods.priorities import Priority, priorities
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.priority_words import explained
from lagesbild.presentation.workbook.cells import (
    AREA_NAMES,
)
from lagesbild.presentation.workbook.form_parts import (
    DEEPER,
    DONE,
    LOW_TO_HIGH,
    MISSING,
    OPEN_ROWS,
    PRIORITIES,
    SOON,
    STATES,
    YES_PARTLY_NO,
    chosen,
    from_handbook,
    said,
    shown,
    written,
)
from lagesbild.presentation.workbook.kommun_results import AREA
from lagesbild.presentation.workbook.model import Cell, Column, Formula, Number, Open, Sheet, Width

#: So many of the gross list are in the form.
LISTED = 30


def gross_list(view: KommunView) -> list[Priority]:
    """Return what speaks for a closer look, most first (`lagesbild.methods.priorities`)."""
    indicators = view.catalogue.indicators
    return priorities(view.rows, indicators=indicators, weights=load_weights(), year=view.year)


def priorities_sheet(view: KommunView, found: Sequence[Priority]) -> Sheet:
    """Return the form for choosing what to analyse in depth: the gross list's top, what is to be weighed, the sum."""
    rows: list[list[Cell]] = [
        [
            one.indicator.short_title,
            AREA_NAMES[one.indicator.area],
            said(one.indicator, one.row),
            shown(one.row),
            explained(one, points=False),
            Number(one.points, 1),
            *[None] * 12,
        ]
        for one in found[:LISTED]
    ]
    rows += [[*[Open()] * 6, *[None] * 12] for _ in range(OPEN_ROWS)]
    weighed = ("Hör till övergripande mål?", "Invånare som påverkas", "Kostnad av bristen", "Kostnad att förändra")
    goal, touched, lack, effort = weighed
    listed = min(LISTED, len(found))
    points = "+".join(
        (
            f'IF({{{goal}}}="Ja",3,IF({{{goal}}}="Delvis",2,1))',
            f'IF({{{touched}}}="Hög",3,IF({{{touched}}}="Medel",2,1))',
            f'IF({{{lack}}}="Hög",3,IF({{{lack}}}="Medel",2,1))',
            f'IF({{{effort}}}="Låg",3,IF({{{effort}}}="Medel",2,1))',
        )
    )
    filled = f"COUNTA({','.join(f'{{{head}}}' for head in weighed)})"
    return Sheet(
        name=PRIORITIES,
        title=f"{view.kommun.namn}: prioritering av indikatorer för fördjupad analys",
        lines=(
            f"De {listed} första i bruttolistan; hela listan finns i att-analysera.csv. {from_handbook(67)}",
            "Egen summa räknas när fyra bedömningar är gjorda: 4 är minst angeläget, 12 mest. Den är ett stöd.",
            Formula(
                '"Bedömda rader: "&COUNT({Egen summa:})&" av "&ROWS({Egen summa:})&". Till fördjupad analys: "'
                f'&COUNTIF({{Beslut:}},"{DEEPER}")&"."',
                f"Bedömda rader: 0 av {len(rows)}. Till fördjupad analys: 0.",
            ),
        ),
        table="Prioritering",
        columns=(
            Column(head="Identifierad indikator", about="Vad som mäts.", width=Width.TITLE),
            AREA,
            Column(head="Resultat", about="Resultatet med enhet och år."),
            Column(head="Färg eller svar", about="Plats bland kommunerna, eller kommunens svar."),
            Column(head="Skäl ur data", about="Vad data säger för och emot.", width=Width.TEXT),
            Column(head="Poäng ur data", about="Skälens sammanvägda poäng, 0 till 100.", width=Width.NUMBER),
            chosen(goal, YES_PARTLY_NO, about="Om indikatorn hör till kommunens eller nämndens övergripande mål."),
            chosen(touched, LOW_TO_HIGH, about="Hur många invånare som påverkas."),
            written("Pågående satsningar", about="Vad som redan görs."),
            chosen(lack, LOW_TO_HIGH, about="Bedömd resursåtgång på grund av kvalitetsbristen, om inget görs."),
            chosen(effort, LOW_TO_HIGH, about="Bedömd kostnad för att förändra."),
            written("Kommentarer", about="Annat att ta hänsyn till."),
            Column(
                head="Egen summa",
                about="Mål, invånare och kostnad av bristen ger 1 till 3 poäng var, låg kostnad att förändra 3.",
                width=Width.NUMBER,
                formula=Formula(f'IF({filled}<4,"",{points})'),
            ),
            Column(
                head="Egen rang",
                about="Plats efter egen summa; lika summa ger samma plats.",
                width=Width.NUMBER,
                formula=Formula('IF({Egen summa}="","",COUNTIF({Egen summa:},">"&{Egen summa})+1)'),
            ),
            chosen("Prio", ("1", "2", "3"), about="1 är mest angeläget."),
            chosen("Beslut", (DEEPER, "Avvakta", "Avstå"), about="Vad ni har beslutat.", width=Width.WORDS),
            Column(
                head="Nr till underlag",
                about=f"Numret i bladet Underlag förbättringar, dit rader med beslutet {DEEPER} hämtas.",
                width=Width.NUMBER,
                formula=Formula(f'IF({{Beslut}}="{DEEPER}",COUNTIF({{Beslut^}},"{DEEPER}"),"")'),
            ),
            Column(
                head="Påminnelse",
                about="Vad som är kvar att göra på raden.",
                formula=Formula(
                    f'IF({filled}+COUNTA({{Prio}},{{Beslut}})=0,"Inte påbörjad",IF({filled}<4,"{SOON} "&4-{filled}&" '
                    f'bedömningar kvar",IF({{Prio}}="","{SOON} Välj prio",IF({{Beslut}}="","{MISSING} Beslut saknas",'
                    f'"{DONE} Klar"))))',
                    "Inte påbörjad",
                ),
                rules=STATES,
            ),
        ),
        rows=rows,
        about="Formulär: bruttolistan, er bedömning av varje indikator, summa, rang och beslut.",
    )
