"""The sheets of a kommun's workbook that look over the years, and at women and men apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import row_decimals
from lagesbild.presentation.wording import unit_heading
from lagesbild.presentation.workbook.cells import (
    AREA_NAMES,
    answer_cell,
    between,
    difference_cell,
    known_number,
    known_text,
    number_cell,
    value_cell,
)
from lagesbild.presentation.workbook.kommun_results import AREA, INDICATOR, UNIT
from lagesbild.presentation.workbook.model import Cell, Column, Sheet, Width

SERIES, ANSWERS, SEXES = "Serier över år", "Svar över år", "Kvinnor och män"

#: A kommun's rows of women and men in the report year: indicator id to sex to row.
SexRows = Mapping[str, Mapping[str, Mapping[str, Any]]]


def _years(view: KommunView) -> list[int]:
    return sorted({int(row["year"]) for rows in view.rows.values() for row in rows})


def series_sheets(view: KommunView) -> list[Sheet]:
    """Return the series in numbers, the kommun and riket on a row each, and the answers over the years."""
    years = _years(view)
    wide: list[list[Cell]] = []
    answers: list[list[Cell]] = []
    for one in view.catalogue.indicators:
        rows = view.rows.get(one.id)
        if not rows:
            continue
        head: list[Cell] = [one.short_title, AREA_NAMES[one.area]]
        if one.is_answer:
            told = {int(row["year"]): answer_cell(known_text(row["answer"]), row["status"]) for row in rows}
            if any(known_text(row["answer"]) for row in rows):
                answers.append([*head, *(told.get(year, _NOT_MEASURED) for year in years)])
            continue
        own = {int(row["year"]): (known_number(row["value"]), str(row["status"])) for row in rows}
        if all(value is None for value, _ in own.values()):
            continue
        riket = dict(view.series(one, "riket"))
        decimals = row_decimals(one.scale, [*(value for value, _ in own.values()), *riket.values()])
        head.append(unit_heading(one))
        absent = (None, Status.EJ_MATT.value)
        wide.append([*head, view.kommun.namn, *(value_cell(*own.get(year, absent), decimals) for year in years)])
        if any(value is not None for value in riket.values()):
            wide.append([*head, "Riket", *(number_cell(riket.get(year), decimals) for year in years)])
    sheets = []
    if wide:
        sheets.append(_wide_sheet(view, wide, years))
    if answers:
        sheets.append(_answers_sheet(view, answers, years))
    return sheets


_NOT_MEASURED = value_cell(None, Status.EJ_MATT, 0)


def _of_years(years: Sequence[int], width: Width, about: str) -> list[Column]:
    """Return a column for each year; what they hold is told once."""
    return [Column(head=str(year), about=about if year == years[0] else "", width=width) for year in years]


def _wide_sheet(view: KommunView, rows: list[list[Cell]], years: Sequence[int]) -> Sheet:
    about = f"Resultatet {years[0]}; kolumnerna till höger är åren därefter."
    return Sheet(
        name=SERIES,
        title=f"{view.kommun.namn}: serier över år",
        lines=(
            "En rad för kommunen och en för riket: markera dem och infoga ett linjediagram.",
            "Filen data.csv har samma uppgifter med en rad per indikator och år, för pivottabeller.",
        ),
        table="Serier",
        columns=(
            INDICATOR,
            AREA,
            UNIT,
            Column(head="Vem", about="Kommunen eller riket.", width=Width.NUMBER),
            *_of_years(years, Width.SHORT, about),
        ),
        rows=rows,
        about=f"Alla resultat i siffror {years[0]}–{years[-1]}, kommunen och riket på var sin rad.",
    )


def _answers_sheet(view: KommunView, rows: list[list[Cell]], years: Sequence[int]) -> Sheet:
    return Sheet(
        name=ANSWERS,
        title=f"{view.kommun.namn}: svar över år",
        table="Svar_over_ar",
        columns=(
            Column(head="Fråga", about="Vad kommunen har svarat på.", width=Width.TITLE),
            AREA,
            *_of_years(years, Width.NUMBER, f"Svaret {years[0]}; kolumnerna till höger är åren därefter."),
        ),
        rows=rows,
        about=f"Svaren på ja- och nejfrågor {years[0]}–{years[-1]}.",
    )


def sexes_sheet(view: KommunView, sexes: SexRows) -> Sheet | None:
    """Return results of women and men side by side; None where no indicator has both.

    Parameters
    ----------
    view
        The kommun.
    sexes
        Rows of women and men in the report year.
    """
    rows: list[list[Cell]] = []
    for one in view.catalogue.indicators:
        told = sexes.get(one.id)
        if not told or one.is_answer or set(told) != {Sex.KVINNOR, Sex.MAN}:
            continue
        women, men = told[Sex.KVINNOR], told[Sex.MAN]
        own = [known_number(row["value"]) for row in (women, men)]
        riket = [known_number(row["riket"]) for row in (women, men)]
        if all(value is None for value in own):
            continue
        decimals = row_decimals(one.scale, [*own, *riket])
        rows.append(
            [
                one.short_title,
                AREA_NAMES[one.area],
                unit_heading(one),
                value_cell(own[0], women["status"], decimals),
                value_cell(own[1], men["status"], decimals),
                difference_cell(between(*own), one.scale, decimals),
                *(number_cell(value, decimals) for value in riket),
                difference_cell(between(*riket), one.scale, decimals),
            ]
        )
    if not rows:
        return None
    numeric = Width.NUMBER
    return Sheet(
        name=SEXES,
        title=f"{view.kommun.namn}: kvinnor och män {view.year}",
        lines=(
            "Skillnaderna är inte prövade mot slumpen. Jämför med riket och med tidigare år innan ni drar slutsatser.",
        ),
        table="Kvinnor_och_man",
        columns=(
            INDICATOR,
            AREA,
            UNIT,
            Column(head="Kvinnor", about="Kommunens resultat för kvinnor eller flickor.", width=numeric),
            Column(head="Män", about="Kommunens resultat för män eller pojkar.", width=numeric),
            Column(
                head="Kvinnor minus män",
                about="Kvinnors resultat minus mäns; procentenheter mellan procenttal.",
                width=numeric,
            ),
            Column(head="Riket, kvinnor", about="Rikets resultat för kvinnor eller flickor.", width=numeric),
            Column(head="Riket, män", about="Rikets resultat för män eller pojkar.", width=numeric),
            Column(head="Riket, kvinnor minus män", about="Samma skillnad i riket.", width=numeric),
        ),
        rows=rows,
        about=f"Resultat för kvinnor och män var för sig {view.year}, där det mäts.",
    )
