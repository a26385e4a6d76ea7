"""The sheets of a national workbook with a row for each kommun and a column for each indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lagesbild.catalogue.groups import kommungrupp
from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.regions import Kommun, kommuner, lan_by_code
from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation.numbers import number, row_decimals
from lagesbild.presentation.palette import tone
from lagesbild.presentation.wording import unit_heading
from lagesbild.presentation.workbook.area_figures import RIKET, AreaFigures
from lagesbild.presentation.workbook.cells import NOTHING, answer_cell, number_cell, status_cell, value_cell
from lagesbild.presentation.workbook.model import Cell, Column, Sheet, Toned, Width

RESULTS, PLACES, ANSWERS = "Resultat", "Platser", "Svar"

#: What a row is about; the code keeps its zeros as text.
KOMMUN_COLUMNS = (
    Column(head="Kommun", about="Kommunens namn. Första raden är riket där det finns ett värde.", width=Width.TEXT),
    Column(head="Kod", about="Kommunkod, som text.", width=Width.SHORT),
    Column(head="Län", about="Kommunens län."),
    Column(head="Kommungrupp", about="Sveriges Kommuner och Regioners kommungruppsindelning 2023.", width=Width.TEXT),
)

NOT_MEASURED = status_cell(Status.EJ_MATT)


def kommun_cells(one: Kommun) -> list[Cell]:
    """Return what a row is about, in the order of `KOMMUN_COLUMNS`."""
    group = kommungrupp(one.kommungrupp_2023)
    return [one.namn, one.kod, lan_by_code(one.lan).namn, f"{group.kod} {group.namn}"]


def heads(indicators: Sequence[Indicator], *, unit: bool = True) -> list[str]:
    """Return a head for each indicator: its short title with the unit; its id too where two would be alike."""
    named = []
    for one in indicators:
        told = unit_heading(one) if unit else ""
        named.append(f"{one.short_title}, {told}" if told and told not in one.short_title.lower() else one.short_title)
    folded = [name.casefold() for name in named]
    return [
        name if folded.count(name.casefold()) == 1 else f"{name} ({one.id})"
        for name, one in zip(named, indicators, strict=True)
    ]


def results_sheet(figures: AreaFigures) -> Sheet | None:
    """Return every kommun's results in numbers, riket first; None where nothing in numbers was measured."""
    indicators = figures.measured(answers=False)
    if not indicators:
        return None
    decimals = {one.id: _decimals(figures, one) for one in indicators}

    def cell(region: str, one: Indicator) -> Cell:
        found = figures.of(one, region)
        return NOT_MEASURED if found is None else value_cell(found.value, found.status, decimals[one.id])

    riket = [figures.of(one, RIKET) for one in indicators]
    nation: list[Cell] = ["Riket", RIKET, NOTHING, NOTHING]
    nation += [
        number_cell(None if found is None else found.value, decimals[one.id])
        for one, found in zip(indicators, riket, strict=True)
    ]
    rows = [nation, *_rows(indicators, cell)]
    return _sheet(
        figures,
        name=RESULTS,
        heads=heads(indicators),
        rows=rows,
        lines=(
            "En rad per kommun, en kolumn per indikator. Riket står på första raden. Svar på ja- och nejfrågor finns i "
            f"bladet {ANSWERS}.",
        ),
        about=f"Alla kommuners resultat i siffror {figures.year}, en rad per kommun.",
    )


def places_sheet(figures: AreaFigures) -> Sheet | None:
    """Return every kommun's place and colour, with sign, for the indicators with a direction; None without places."""
    indicators = [
        one
        for one in figures.measured(answers=False)
        if one.direction is not Direction.INGEN
        and any(place.colour for place in figures.places.get(one.id, {}).values())
    ]
    if not indicators:
        return None

    def cell(region: str, one: Indicator) -> Cell:
        place = figures.places.get(one.id, {}).get(region)
        if place is not None and place.colour and place.rank is not None:
            shown = tone(place.colour)
            return Toned(f"{shown.symbol} {number(place.rank)}", shown.name)
        found = figures.of(one, region)
        if found is None:
            return NOT_MEASURED
        return NOTHING if found.value is not None else status_cell(found.status)

    return _sheet(
        figures,
        name=PLACES,
        heads=heads(indicators, unit=False),
        rows=_rows(indicators, cell),
        lines=(
            "Tecken och plats bland kommunerna med resultat; 1 är bäst. ▲ bland den bästa fjärdedelen, ■ i mitten, ▼ "
            "bland den sämsta fjärdedelen. Filtrera på tecken eller färg.",
        ),
        about=f"Alla kommuners platser och färger {figures.year}, en rad per kommun.",
    )


def answers_sheet(figures: AreaFigures) -> Sheet | None:
    """Return every kommun's answers; None where no question was put."""
    indicators = figures.measured(answers=True)
    if not indicators:
        return None

    def cell(region: str, one: Indicator) -> Cell:
        found = figures.of(one, region)
        return NOT_MEASURED if found is None else answer_cell(found.answer, found.status)

    return _sheet(
        figures,
        name=ANSWERS,
        heads=heads(indicators, unit=False),
        rows=_rows(indicators, cell),
        lines=("En rad per kommun, en kolumn per fråga. Filtrera på ja, delvis eller nej, eller på färg.",),
        about=f"Alla kommuners svar på ja- och nejfrågor {figures.year}, en rad per kommun.",
    )


def _decimals(figures: AreaFigures, one: Indicator) -> int:
    """Return the decimals of a column, alike all the way down."""
    told = (years.get(figures.year) for years in figures.totals.get(one.id, {}).values())
    return row_decimals(one.scale, [figure.value for figure in told if figure is not None])


def _rows(indicators: Sequence[Indicator], cell: Callable[[str, Indicator], Cell]) -> list[list[Cell]]:
    return [[*kommun_cells(kommun), *(cell(kommun.kod, one) for one in indicators)] for kommun in kommuner()]


def _sheet(
    figures: AreaFigures,
    *,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    lines: tuple[str, ...],
    about: str,
) -> Sheet:
    first = "En kolumn per indikator; bladet Indikatorer säger vad var och en är."
    return Sheet(
        name=name,
        title=f"{figures.area.name}: {name.lower()} {figures.year}",
        lines=lines,
        table=name,
        columns=(
            *KOMMUN_COLUMNS,
            *(Column(head=head, about="" if n else first, width=Width.NAMED_NUMBER) for n, head in enumerate(heads)),
        ),
        rows=rows,
        about=about,
    )
