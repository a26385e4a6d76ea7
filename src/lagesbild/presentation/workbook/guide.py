"""The sheets that every workbook has: contents with links, what signs mean, what every column holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lagesbild.presentation.numbers import status_notes
from lagesbild.presentation.palette import tones
from lagesbild.presentation.quality_words import grade_legend
from lagesbild.presentation.wording import capitalised
from lagesbild.presentation.workbook.model import Cell, Column, Link, Mark, Sheet, Toned, Width, Workbook

CONTENTS, SIGNS, COLUMNS = "Innehåll", "Så läser du", "Kolumner"

#: What the signs and words of the sheets mean, besides those of colours, answers and missing values.
_WORDS = (
    (
        "Säker skillnad",
        "Bättre eller sämre står bara när skillnaden är större än vad slumpen kan ge, med 95 eller 99,8 procents "
        "säkerhet. Ingen betyder att kommunen lika gärna kan ligga på samma nivå. Högre och lägre står där det inte är "
        "bestämt vad som är bra.",
    ),
    (
        "Säkerställd förändring",
        "En trend prövas när minst tre mätningar finns. Säkerställd betyder att sannolikheten är under 5 procent för "
        "att en serie utan trend skulle luta minst så mycket, möjlig att den är under 10 procent. Stabil betyder att "
        "förändringen säkert är liten, inom slumpen att det inte går att säga om något har hänt.",
    ),
    (
        "Riket",
        "Det värde som källan redovisar för hela landet. Finns inget sådant är det kommunerna sammanvägda, eller "
        "medelvärdet av kommunernas resultat.",
    ),
    (
        "Övriga i länet, övriga i gruppen, liknande kommuner",
        "Ovägda medelvärden av de andra kommunernas resultat. Den egna kommunen räknas inte med.",
    ),
    ("Skillnad mellan procenttal", "Anges i procentenheter."),
    (
        "Struktur, process, resultat",
        "Struktur är förutsättningarna, till exempel rutiner och utbildad personal. Process är det som görs. Resultat "
        "är hur det blev för dem som får stöd. En bra struktur garanterar inte ett bra resultat.",
    ),
)


#: Where the three colours put a kommun, best first.
_WHERE = (
    "bland den bästa fjärdedelen av kommunerna med resultat",
    "i den mittersta hälften",
    "bland den sämsta fjärdedelen av kommunerna med resultat",
)
#: Signs that are easily overlooked are named too.
_SPOKEN = {"-": "Streck. ", ".": "Punkt. ", "..": "Två punkter. "}
_NO_COLOUR = "Färre än åtta kommuner har resultat, eller så är det inte bestämt om höga eller låga värden är bra."


def with_guide(workbook: Workbook, lines: Sequence[str], words: Sequence[tuple[str, str]] = ()) -> Workbook:
    """Return the workbook with its sheet of contents first, and the sheets that explain it last.

    Parameters
    ----------
    workbook
        The workbook without them.
    lines
        What stands under the title of the first sheet: what the workbook is for.
    words
        Signs or words of this workbook, and what they mean.
    """
    signs, columns = _signs(words), _columns(workbook.sheets)
    sheets = (*workbook.sheets, signs, columns)
    return replace(workbook, sheets=(_contents(workbook, sheets, lines), *sheets))


def _contents(workbook: Workbook, sheets: Sequence[Sheet], lines: Sequence[str]) -> Sheet:
    rows: list[list[Cell]] = [
        [Link(sheet.name, sheet.name), sheet.about or sheet.title, "Ja, i rutor märkta ✎" if sheet.filled_in else "Nej"]
        for sheet in sheets
    ]
    return Sheet(
        name=CONTENTS,
        title=workbook.title,
        lines=(*lines, f"Källa: {workbook.source}."),
        table="Innehall",
        columns=(
            Column(head="Blad", width=Width.TEXT),
            Column(head="Det här finns på bladet", width=Width.LONG),
            Column(head="Fyller ni i något?"),
        ),
        rows=rows,
    )


def _signs(words: Sequence[tuple[str, str]]) -> Sheet:
    rows: list[list[Cell]] = []
    for one, where in zip(tones(), _WHERE, strict=True):
        rows.append([Toned(f"{one.symbol} {one.word}", one.name), f"Kommunens resultat ligger {where}."])
    rows.append(["Ingen färg", _NO_COLOUR])
    for one in tones():
        said = f"Kommunen har svarat {one.answer_word.lower()}."
        rows.append([Toned(f"{one.answer_symbol} {one.answer_word}", one.name), said])
    for mark, meaning in status_notes():
        rows.append([Mark(mark), f"{_SPOKEN.get(mark, '')}{capitalised(meaning)}."])
    rows.append(["A, B, C, D", f"Uppgifternas säkerhet. {grade_legend()}"])
    rows.append(["✎", "Kolumnen fylls i av er. Rutorna är ljusgula med prickad ram; resten av bladet är färdigt."])
    for word, meaning in (*_WORDS, *words):
        rows.append([word, meaning])
    return Sheet(
        name=SIGNS,
        title="Så läser du arbetsboken",
        table="Sa_laser_du",
        columns=(Column(head="Tecken eller ord", width=Width.TEXT), Column(head="Betyder", width=Width.LONG)),
        rows=rows,
        about="Vad färger, tecken och ord betyder, och varför en uppgift kan saknas.",
    )


def _columns(sheets: Sequence[Sheet]) -> Sheet:
    rows: list[list[Cell]] = [
        [sheet.name, column.head, column.about, "Ni" if column.fill_in else "Räknas ut" if column.formula else "Data"]
        for sheet in sheets
        for column in sheet.columns
        if column.about
    ]
    return Sheet(
        name=COLUMNS,
        title="Vad kolumnerna innehåller",
        table="Kolumner",
        columns=(
            Column(head="Blad", width=Width.TEXT),
            Column(head="Kolumn", width=Width.TEXT),
            Column(head="Innehåll", width=Width.LONG),
            Column(head="Fylls i av"),
        ),
        rows=rows,
        about="Vad varje kolumn innehåller, blad för blad.",
    )
