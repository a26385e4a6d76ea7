"""The tables of a kommun's slides, at most six rows each, as native tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.methods.priorities import Priority
from lagesbild.presentation import palette
from lagesbild.presentation.kommun.quality import signs_of
from lagesbild.presentation.kommun.slide_choices import trend_ends
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import cell, is_missing, number, row_decimals
from lagesbild.presentation.priority_words import ground_words
from lagesbild.presentation.quality_words import MARK
from lagesbild.presentation.slides.page import BODY, RIGHT, TABLE_SIZE
from lagesbild.presentation.slides.shapes import CELL_MARGIN, Table, TableCell, TableColumn
from lagesbild.presentation.slides.text_fit import text_width
from lagesbild.presentation.wording import capitalised, unit_heading

#: Grounds that are told of each place in the list of what to look at first.
_MOST_GROUNDS = 3
_MOST_FIRST = 5


def results_table(results: Sequence[Result], name: str, what: str) -> str:
    """Return the table of an area's numbers beside riket's, with the place among the kommuner in symbol and word."""
    columns = [
        TableColumn(head="Indikator", width=236),
        TableColumn(head=_short(name, 82), width=82, align="r"),
        TableColumn(head="Riket", width=66, align="r"),
        TableColumn(head="Plats", width=168),
    ]
    rows = [
        [
            TableCell(titled(result.indicator)),
            TableCell(_own(result), bold=True),
            TableCell(_riket(result)),
            _place(result),
        ]
        for result in results
    ]
    description = f"{what}: {_count(rows, 'indikator', 'indikatorer')} med resultat för {name} och riket och plats."
    return _fitted("Resultat", description, columns, rows, RIGHT.height).xml(RIGHT.x, RIGHT.y)


def answers_table(results: Sequence[Result], name: str, what: str) -> str:
    """Return the table of an area's answers, with how many of all kommuner answer ja."""
    columns = [
        TableColumn(head="Fråga till kommunen", width=330),
        TableColumn(head="Svar", width=106),
        TableColumn(head="Ja i riket, %", width=116, align="r"),
    ]
    rows = []
    for result in results:
        tone = palette.answer_tone(str(result.answer))
        answer = TableCell(f"{tone.answer_symbol}\u00a0{tone.answer_word}", tone)
        share = "–" if result.riket is None else number(result.riket)
        rows.append([TableCell(result.indicator.short_title), answer, TableCell(share)])
    description = (
        f"{what}: {_count(rows, 'fråga', 'frågor')} med svaret från {name} och andelen kommuner som svarar ja."
    )
    return _fitted("Svar", description, columns, rows, RIGHT.height).xml(RIGHT.x, RIGHT.y)


def changes_table(view: KommunView, results: Sequence[Result]) -> str:
    """Return the table of statistically secured trends, with first and last result."""
    columns = [
        TableColumn(head="Indikator", width=246),
        TableColumn(head="Från och till", width=196),
        TableColumn(head="Utveckling", width=110),
    ]
    rows = []
    for result in results:
        better = str(result.trend).endswith("forbattring")
        tone = palette.tone("gron" if better else "rod")
        words = "Bättre" if better else "Sämre"
        rows.append(
            [
                TableCell(titled(result.indicator)),
                TableCell(_span(view, result)),
                TableCell(f"{tone.symbol}\u00a0{words}", tone),
            ]
        )
    description = (
        f"Statistiskt säkerställda trender: {_count(rows, 'indikator', 'indikatorer')} med första och senaste resultat."
    )
    return _fitted("Trender", description, columns, rows, RIGHT.height).xml(RIGHT.x, RIGHT.y)


def first_table(view: KommunView, found: Sequence[Priority]) -> str:
    """Return the table of what to look at first: indicator, result beside riket's, and why."""
    columns = [
        TableColumn(head="Indikator", width=322),
        TableColumn(head=_short(view.kommun.namn, 96), width=96, align="r"),
        TableColumn(head="Riket", width=84, align="r"),
        TableColumn(head="Varför", width=370),
    ]
    rows = []
    for one in found[:_MOST_FIRST]:
        area = area_called(one.indicator.area).name
        own, riket = _figures(one)
        year = int(one.row["year"])
        when = f", {year}" if year < view.year else ""
        title = f"{one.indicator.short_title} ({area}{when})"
        rows.append([TableCell(title, bold=True), TableCell(own), TableCell(riket), TableCell(why(one))])
    description = f"Att titta på först: {_count(rows, 'indikator', 'indikatorer')} med resultat och skäl."
    return _fitted("Att titta på först", description, columns, rows, BODY.height).xml(BODY.x, BODY.y)


def why(priority: Priority) -> str:
    """Return the heaviest grounds of a place in the list, in words."""
    known = [ground for ground in priority.grounds if ground.known and ground.points > 0]
    heaviest = sorted(known, key=lambda ground: -ground.points)[:_MOST_GROUNDS]
    return capitalised(", ".join(ground_words(ground, priority.indicator) for ground in heaviest))


def _fitted(
    name: str, description: str, columns: Sequence[TableColumn], rows: Sequence[Sequence[TableCell]], height: float
) -> Table:
    return Table(name=name, description=description, columns=columns, rows=rows).fitted(height)


def _count(rows: Sequence[object], one: str, many: str) -> str:
    return f"{len(rows)} {one if len(rows) == 1 else many}"


def _short(name: str, width: float) -> str:
    """Return a kommun's name as the head of a narrow column, where it has room."""
    return name if text_width(name, TABLE_SIZE, bold=True) <= width - 2 * CELL_MARGIN else "Kommun"


def titled(indicator: Indicator) -> str:
    """Return an indicator's title, with the unit where a number alone doesn't say it."""
    unit = unit_heading(indicator)
    if indicator.scale is Scale.PROCENT or not unit or unit in indicator.short_title.lower():
        return indicator.short_title
    return f"{indicator.short_title}, {unit}"


def _own(result: Result) -> str:
    """Return the kommun's figure, with the report's mark where a check has found something about it."""
    shown = cell(result.value or 0.0, result.indicator.scale, unit=True, decimals=result.decimals)
    return f"{shown}\u00a0{signs}" if (signs := signs_of(result)) else shown


def _riket(result: Result) -> str:
    if result.riket is None:
        return "–"
    return cell(result.riket, result.indicator.scale, unit=True, decimals=result.decimals)


def _place(result: Result) -> TableCell:
    tone = palette.tone(str(result.colour))
    return TableCell(f"{tone.symbol}\u00a0{tone.word}", tone)


def _span(view: KommunView, result: Result) -> str:
    """Return "81 till 87 %, 2016–2024"."""
    first_year, first = trend_ends(view, result)
    scale = result.indicator.scale
    return f"{cell(first, scale)} till {cell(result.value or 0.0, scale, unit=True)}, {first_year}–{result.year}"


def _figures(priority: Priority) -> tuple[str, str]:
    """Return the kommun's result and riket's as they print; of an answer the share of kommuner that answer ja."""
    indicator, row = priority.indicator, priority.row
    value, riket = _number(row.get("value")), _number(row.get("riket"))
    if indicator.is_answer:
        return capitalised(str(row.get("answer"))), "–" if riket is None else f"{number(riket)}\u00a0% ja"
    decimals = row_decimals(indicator.scale, (value, riket))
    own, nation = (
        "–" if one is None else cell(one, indicator.scale, unit=True, decimals=decimals) for one in (value, riket)
    )
    return (f"{own}\u00a0{MARK}" if isinstance(row.get("finding"), str) else own), nation


def _number(value: Any) -> float | None:
    return None if is_missing(value) else float(value)
