"""The sheets of a national workbook with a row for each result: of kommuner, of riket and groups, of women and men."""

from __future__ import annotations

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.regions import kommuner, lan, lan_by_code
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.presentation.numbers import row_decimals
from lagesbild.presentation.wording import unit_heading
from lagesbild.presentation.workbook.area_figures import RIKET, AreaFigures, Figure, Place, of_kommun
from lagesbild.presentation.workbook.area_wide import KOMMUN_COLUMNS, NOT_MEASURED, heads
from lagesbild.presentation.workbook.cells import (
    NOTHING,
    answer_cell,
    between,
    colour_cell,
    count_cell,
    difference_cell,
    number_cell,
    secured_cell,
    value_cell,
)
from lagesbild.presentation.workbook.model import Cell, Column, Sheet, Width

LONG, GROUPS, SERIES, SEXES = "Alla uppgifter", "Riket, län och grupper", "Serier över år", "Kvinnor och män"

_WEIGHTING = {
    "redovisad": "Källans eget värde",
    "vagd": "Kommunerna sammanvägda",
    "ovagd": "Medelvärde av kommuner",
}
#: A series of fewer measurements is the result of one year.
_FEWEST_YEARS = 2
_DIGITS = 6
_NO_PLACE = Place("", None, None, None, None, "", None)
_INDICATOR = Column(
    head="Indikator", about="Vad som mäts, i vissa blad med enhet; se bladet Indikatorer.", width=Width.TITLE
)
_UNIT = Column(head="Enhet", about="Vad resultatet anges i.", width=Width.WORDS)
_ID = Column(head="Id", about="Indikatorns id, samma som i de öppna data.", width=Width.TEXT)


def _numeric(head: str, about: str) -> Column:
    return Column(head=head, about=about, width=Width.NUMBER)


def long_sheet(figures: AreaFigures) -> Sheet | None:
    """Return this year's results of the kommuner, a row for each, with place and riket; None where there are none."""
    rows: list[list[Cell]] = []
    for one in figures.measured():
        of_kommuner = [(kommun, figures.of(one, kommun.kod)) for kommun in kommuner()]
        places = figures.places.get(one.id, {})
        riket = figures.of(one, RIKET)
        decimals = row_decimals(
            one.scale, [*(told.value for _, told in of_kommuner if told), None if riket is None else riket.value]
        )
        (name,) = heads([one], unit=not one.is_answer)
        for kommun, told in of_kommuner:
            if told is not None:
                place = places.get(kommun.kod, _NO_PLACE)
                rows.append(
                    [kommun.namn, kommun.kod, lan_by_code(kommun.lan).namn, *_long(one, name, told, place, decimals)]
                )
    if not rows:
        return None
    return Sheet(
        name=LONG,
        title=f"{figures.area.name}: alla uppgifter om kommunerna {figures.year}",
        lines=("En rad per kommun och indikator, för filter och pivottabeller.",),
        table="Alla_uppgifter",
        columns=(
            *KOMMUN_COLUMNS[:3],
            _INDICATOR,
            _numeric("Resultat", f"Värde eller svar {figures.year}, eller tecknet för varför det saknas."),
            Column(head="Färg", about="Plats bland alla kommuner med resultat, i ord och färg."),
            _numeric("Plats", "Plats bland kommunerna med resultat; 1 är bäst. Hur många de är står i Indikatorer."),
            _numeric("Riket", "Resultatet för riket; för frågor procent av kommunerna som svarar ja."),
            _numeric("Skillnad mot riket", "Kommunens resultat minus rikets; procentenheter mellan procenttal."),
            Column(head="Säker skillnad mot riket", about="Om skillnaden är större än slumpen kan ge, och hur säkert."),
        ),
        rows=rows,
        about=f"Samma uppgifter {figures.year} med en rad per kommun och indikator, med plats och skillnad mot riket.",
    )


def _long(one: Indicator, name: str, told: Figure, place: Place, decimals: int) -> list[Cell]:
    known = told.value is not None or bool(told.answer)
    shares = row_decimals(one.scale, [place.riket]) if one.is_answer else decimals
    return [
        name,
        _told(one, told, decimals),
        NOTHING if one.is_answer else colour_cell(place.colour or None, known=known),
        count_cell(place.rank),
        number_cell(_short(place.riket), shares),
        NOTHING if one.is_answer else difference_cell(_short(between(told.value, place.riket)), one.scale, decimals),
        secured_cell(place.secured, place.level),
    ]


def _told(one: Indicator, told: Figure, decimals: int) -> Cell:
    if one.is_answer and told.answer:
        return answer_cell(told.answer, told.status)
    return value_cell(told.value, told.status, decimals)


def _short(value: float | None) -> float | None:
    """Return a computed value without digits that no reader can see; a file of a whole country has many of them."""
    return None if value is None else round(value, _DIGITS)


def _groups() -> list[tuple[str, str, str]]:
    """Return level, code and name of riket, the län and the kommungrupper."""
    return [
        ("Riket", RIKET, "Riket"),
        *(("Län", one.kod, one.namn) for one in lan()),
        *(("Kommungrupp", one.kod, f"{one.kod} {one.namn}") for one in kommungrupper()),
    ]


def groups_sheet(figures: AreaFigures) -> Sheet | None:
    """Return riket, the län and the groups over the years, with how many kommuner stand behind each figure."""
    rows: list[list[Cell]] = []
    for one in figures.indicators:
        for level, code, name in _groups():
            series = figures.totals.get(one.id, {}).get(code, {})
            known = {year: told for year, told in series.items() if told.value is not None}
            if not known:
                continue
            last = known[max(known)]
            now = known.get(figures.year)
            # Never two kinds of figure in one series: riket by the source, and a mean of kommuner.
            alike = {year: told.value for year, told in known.items() if told.weighting == last.weighting}
            decimals = row_decimals(one.scale, alike.values())
            unit = "procent av kommunerna som svarar ja" if one.is_answer else unit_heading(one)
            rows.append(
                [
                    one.short_title,
                    level,
                    name,
                    unit,
                    *(number_cell(_short(alike.get(year)), decimals) for year in figures.years),
                    count_cell(now.n_kommuner if now else None),
                    _WEIGHTING.get(last.weighting, last.weighting) or NOTHING,
                    one.id,
                ]
            )
    if not rows:
        return None
    return Sheet(
        name=GROUPS,
        title=f"{figures.area.name}: riket, län och kommungrupper",
        lines=(
            "Ett värde för ett län eller en grupp är inte regionens resultat utan bygger på kommunernas. År med en "
            "annan sorts värde än det senaste lämnas tomma (–).",
        ),
        table="Grupper",
        columns=(
            _INDICATOR,
            Column(head="Nivå", about="Riket, län eller kommungrupp."),
            Column(head="Vilka", about="Namnet på länet eller gruppen.", width=Width.TEXT),
            _UNIT,
            *_year_columns(figures),
            _numeric("Antal kommuner", f"Så många kommuner står bakom värdet {figures.year}."),
            Column(head="Sorts värde", about="Om värdet är källans eget, sammanvägt eller ett medelvärde."),
            _ID,
        ),
        rows=rows,
        about=f"Riket, länen och kommungrupperna {figures.years[0]}–{figures.year}.",
    )


def series_sheet(figures: AreaFigures) -> Sheet | None:
    """Return the kommuner's series of what was measured this year and at least once before; None without any."""
    rows: list[list[Cell]] = []
    for one in figures.measured(answers=False):
        of_regions = figures.totals.get(one.id, {})
        told_years = [series for kod, series in of_regions.items() if of_kommun(kod)]
        if len({year for series in told_years for year in series}) < _FEWEST_YEARS:
            continue
        values = [told.value for series in told_years for told in series.values()]
        decimals = row_decimals(one.scale, values)
        (name,) = heads([one])
        for kommun in kommuner():
            series = of_regions.get(kommun.kod, {})
            if all(told.value is None for told in series.values()):
                continue
            told = [series.get(year) for year in figures.years]
            cells = [NOT_MEASURED if one_year is None else _told(one, one_year, decimals) for one_year in told]
            rows.append([kommun.namn, kommun.kod, name, *cells])
    if not rows:
        return None
    return Sheet(
        name=SERIES,
        title=f"{figures.area.name}: kommunernas serier över år",
        lines=(
            "En rad per kommun och indikator, en kolumn per år.",
            "De öppna data har en rad per år, och även svaren på frågor.",
        ),
        table="Serier",
        columns=(*KOMMUN_COLUMNS[:2], _INDICATOR, *_year_columns(figures)),
        rows=rows,
        about=f"Kommunernas resultat {figures.years[0]}–{figures.year} i det som mättes i siffror {figures.year}.",
    )


def _year_columns(figures: AreaFigures) -> list[Column]:
    about = f"Resultatet {figures.years[0]}; kolumnerna till höger är åren därefter."
    return [Column(head=str(y), about="" if n else about, width=Width.SHORT) for n, y in enumerate(figures.years)]


def sexes_sheet(figures: AreaFigures) -> Sheet | None:
    """Return results of women and men side by side, where both are known; None where no indicator has both."""
    rows: list[list[Cell]] = []
    for one in figures.measured(answers=False):
        pairs = {
            kod: (told[Sex.KVINNOR], told[Sex.MAN])
            for kod, told in figures.sexes.get(one.id, {}).items()
            if {Sex.KVINNOR, Sex.MAN} <= set(told)
            and any(figure.status == Status.OK or figure.value is not None for figure in told.values())
        }
        decimals = row_decimals(one.scale, [figure.value for pair in pairs.values() for figure in pair])
        for kommun in kommuner():
            if kommun.kod in pairs:
                women, men = pairs[kommun.kod]
                rows.append(
                    [
                        kommun.namn,
                        kommun.kod,
                        one.short_title,
                        unit_heading(one),
                        value_cell(women.value, women.status, decimals),
                        value_cell(men.value, men.status, decimals),
                        difference_cell(between(women.value, men.value), one.scale, decimals),
                        one.id,
                    ]
                )
    if not rows:
        return None
    return Sheet(
        name=SEXES,
        title=f"{figures.area.name}: kvinnor och män {figures.year}",
        lines=("Skillnaderna är inte prövade mot slumpen.",),
        table="Kvinnor_och_man",
        columns=(
            *KOMMUN_COLUMNS[:2],
            _INDICATOR,
            _UNIT,
            _numeric("Kvinnor", "Resultatet för kvinnor eller flickor."),
            _numeric("Män", "Resultatet för män eller pojkar."),
            _numeric("Kvinnor minus män", "Kvinnors resultat minus mäns; procentenheter mellan procenttal."),
            _ID,
        ),
        rows=rows,
        about=f"Kommunernas resultat för kvinnor och män var för sig {figures.year}.",
    )
