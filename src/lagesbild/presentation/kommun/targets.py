"""The kommun's own targets: how far away they are, and whether the present trend reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import difference, difference_cell, is_missing, number, row_decimals, with_unit
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal, capitalised

#: The verdicts of `lagesbild.methods.targets` in words.
VERDICT_WORDS = {
    "natt": "målet är nått",
    "ej_natt": "målet nåddes inte",
    "nar": "når målet med nuvarande takt",
    "nar_troligen_inte": "når troligen inte målet",
    "gar_inte_att_saga": "går inte att säga",
}


def targets_section(view: KommunView) -> str:
    """Return the section on the kommun's targets with its heading; empty for a kommun that has none."""
    found = [
        (indicator, row)
        for indicator in view.catalogue.indicators
        for row in view.rows.get(indicator.id, ())
        if row["year"] == view.year and row.get("target_verdict") in VERDICT_WORDS
    ]
    if not found:
        return ""
    columns = [
        Column(head="Indikator", width=2.7),
        Column(head="Senaste resultat", width=1.6),
        Column(head="Mål", width=1.5),
        Column(head="Avstånd", width=2.2),
        Column(head="Behövs per år", align="right", width=1.0),
        Column(head="Takt per år", align="right", width=0.9),
        Column(head="Bedömning", width=1.75),
    ]
    rows = [_row(indicator, row) for indicator, row in found]
    noun = capitalised(antal(len(found), "mål", "mål", neuter=True))
    name = markdown_text(view.kommun.namn)
    return (
        "### Kommunens mål\n\n"
        f"{noun} har angetts för {name}. Bedömningen drar ut resultatens linje till målåret. *Når målet med nuvarande "
        "takt* betyder att sannolikheten är minst 80 procent om utvecklingen fortsätter som hittills, *når troligen "
        "inte* att den är högst 20 procent. Det är ingen prognos.\n\n"
        + captioned_table(columns, rows, caption="Kommunens mål: avstånd, takt och bedömning", label="tbl-mal")
    )


def _row(indicator: Indicator, row: Mapping[str, Any]) -> list[Cell]:
    last, distance = row["target_last_value"], row["target_distance"]
    # A decimal more than elsewhere: a target that is missed by little must not print as met.
    decimals = max(int(indicator.scale is Scale.PROCENT), row_decimals(indicator.scale, [last, row["target"]]))
    percent = indicator.scale is Scale.PROCENT

    def apart(value: float) -> str:
        return difference(value, indicator) if percent else difference_cell(value, indicator.scale, decimals)

    silent = row["target_verdict"] == "natt" or indicator.is_answer or is_missing(distance)
    return [
        Markup(f"{markdown_text(indicator.short_title)} ({markdown_text(area_called(indicator.area).name)})"),
        "–" if is_missing(last) else f"{_said(indicator, last, decimals)} ({int(row['target_last_year'])})",
        f"{_said(indicator, row['target'], decimals, unit=percent)} ({int(row['target_year'])})",
        "–" if silent else apart(float(distance)),
        _pace(row["target_pace_needed"], indicator),
        _pace(row.get("slope"), indicator),
        VERDICT_WORDS[str(row["target_verdict"])],
    ]


def _said(indicator: Indicator, value: float, decimals: int, *, unit: bool = True) -> str:
    """Return a result or target as it reads: an answer as ja or nej, a number with or without its unit."""
    if indicator.is_answer:
        return "ja" if value == 100.0 else "nej"
    return with_unit(float(value), indicator, decimals) if unit else number(float(value), decimals)


def _pace(value: float | None, indicator: Indicator) -> str:
    if is_missing(value):
        return "–"
    pace = float(value or 0.0)
    return difference_cell(pace, indicator.scale, 2 if abs(pace) < 1 else 1 if abs(pace) < 100 else 0)
