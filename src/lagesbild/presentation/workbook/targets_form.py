"""The kommun's targets with distance and pace, and room for more: live sums, and reminders of follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.kommun.targets import VERDICT_WORDS
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.numbers import row_decimals
from lagesbild.presentation.wording import unit_heading
from lagesbild.presentation.workbook.cells import (
    AREA_NAMES,
    NOTHING,
    difference_cell,
    known_number,
    known_text,
    number_cell,
)
from lagesbild.presentation.workbook.form_parts import (
    DONE,
    MISSING,
    OPEN_ROWS,
    STATES,
    dated,
    written,
)
from lagesbild.presentation.workbook.kommun_results import AREA, INDICATOR, UNIT
from lagesbild.presentation.workbook.model import Cell, Column, Formula, Open, Sheet, Width

TARGETS = "Mål"

_REMINDER = (
    f'IF({{Indikator}}="","",IF({{Ansvarig}}="","{MISSING} Ansvarig saknas",'
    f'IF({{Nästa uppföljning}}="","{MISSING} Datum saknas",'
    f'IF({{Nästa uppföljning}}<TODAY(),"{MISSING} Följ upp","{DONE} Planerat"))))'
)


def targets_sheet(view: KommunView) -> Sheet:
    """Return the kommun's targets with distance and pace, and open rows for more."""
    rows = [
        _target(one, row)
        for one in view.catalogue.indicators
        for row in view.rows.get(one.id, ())
        if row["year"] == view.year and known_text(row.get("target_verdict")) in VERDICT_WORDS
    ]
    n_given = len(rows)
    # The same sums work for rows of one's own: distance and pace follow from the four numbers.
    rows += [[*[Open()] * 7, None, None, NOTHING, "Eget mål", *[None] * 4] for _ in range(OPEN_ROWS)]
    given = f"{n_given} mål ur data och" if n_given else "Inga mål finns i data. Här finns"
    return Sheet(
        name=TARGETS,
        title=f"{view.kommun.namn}: mål",
        lines=(
            f"{given} {OPEN_ROWS} tomma rader för egna. Ett bra mål är specifikt, mätbart, accepterat, realistiskt och "
            "tidsbundet.",
            Formula(
                '"Mål att ta hand om: "&COUNTIF({Påminnelse:},"▼*")',
                f"Mål att ta hand om: {n_given}",
            ),
        ),
        table="Mal",
        columns=(
            INDICATOR,
            AREA,
            UNIT,
            Column(head="Senaste resultat", about="Kommunens senaste resultat.", width=Width.NUMBER),
            Column(head="År", about="Året för det senaste resultatet.", width=Width.SHORT),
            Column(head="Mål", about="Det ni vill nå.", width=Width.NUMBER),
            Column(head="Målår", about="När målet ska vara nått.", width=Width.SHORT),
            Column(
                head="Kvar till målet",
                about="Målet minus senaste resultat; procentenheter mellan procenttal.",
                width=Width.NUMBER,
                formula=Formula('IF(COUNT({Mål},{Senaste resultat})<2,"",ROUND({Mål}-{Senaste resultat},2))'),
            ),
            Column(
                head="Behövs per år",
                about="Det som är kvar delat med åren som är kvar.",
                width=Width.NUMBER,
                formula=Formula(
                    "IF(COUNT({Mål},{Senaste resultat},{Målår},{År})<4,"
                    '"",IF({Målår}<={År},"",ROUND(({Mål}-{Senaste resultat})/({Målår}-{År}),2)))'
                ),
            ),
            Column(head="Takt hittills per år", about="Lutningen i kommunens serie.", width=Width.NUMBER),
            Column(head="Bedömning", about="Om målet nås med nuvarande takt. Ingen prognos."),
            written("Ansvarig", about="Vem som svarar för målet.", width=Width.WORDS),
            written("Accepterat av", about="Vilka som har ställt sig bakom målet.", width=Width.WORDS),
            dated("Nästa uppföljning", about="När målet ska följas upp."),
            Column(
                head="Påminnelse",
                about="Om uppföljning eller ansvarig saknas.",
                formula=Formula(_REMINDER),
                rules=STATES,
            ),
        ),
        rows=rows,
        about="Kommunens mål, hur långt det är kvar och i vilken takt, och plats för egna mål.",
    )


def _target(one: Indicator, row: Mapping[str, Any]) -> list[Cell]:
    """Return a target that stands in the data; an answer's target is a word and has no distance."""
    last, target, verdict = (row[f"target{name}"] for name in ("_last_value", "", "_verdict"))
    # A decimal more than elsewhere: a target that is missed by little must not print as met.
    decimals = max(int(one.scale is Scale.PROCENT), row_decimals(one.scale, [known_number(last), known_number(target)]))
    reminder = Formula(_REMINDER, f"{MISSING} Ansvarig saknas")
    known: list[Cell]
    if one.is_answer:
        words = [
            "Ja" if value == 100.0 else "Nej" if known_number(value) is not None else NOTHING
            for value in (last, target)
        ]
        known = [
            words[0],
            _year(row["target_last_year"]),
            words[1],
            _year(row["target_year"]),
            NOTHING,
            NOTHING,
            NOTHING,
        ]
    else:
        met = verdict == "natt"
        known = [
            number_cell(known_number(last), decimals),
            _year(row["target_last_year"]),
            number_cell(known_number(target), decimals),
            _year(row["target_year"]),
            NOTHING if met else difference_cell(_left(last, target), one.scale, decimals),
            NOTHING if met else difference_cell(known_number(row["target_pace_needed"]), one.scale, max(1, decimals)),
            difference_cell(known_number(row.get("slope")), one.scale, max(1, decimals)),
        ]
    title: list[Cell] = [one.short_title, AREA_NAMES[one.area], unit_heading(one)]
    return [*title, *known, VERDICT_WORDS[verdict], None, None, None, reminder]


def _answer(value: object) -> Cell:
    """Return an answer that is kept as 100 or 0."""
    known = known_number(value)
    return NOTHING if known is None else "Ja" if known == 100.0 else "Nej"


def _left(last: object, target: object) -> float | None:
    ends = known_number(last), known_number(target)
    return None if ends[0] is None or ends[1] is None else ends[1] - ends[0]


def _year(value: object) -> Cell:
    year = known_number(value)
    return NOTHING if year is None else int(year)
