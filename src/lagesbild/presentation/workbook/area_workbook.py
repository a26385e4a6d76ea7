"""A national workbook: all kommuner's released results of one area and year."""

from __future__ import annotations

from lagesbild.presentation.workbook.area_figures import AreaFigures
from lagesbild.presentation.workbook.area_indicators import indicators_sheet
from lagesbild.presentation.workbook.area_long import groups_sheet, long_sheet, series_sheet, sexes_sheet
from lagesbild.presentation.workbook.area_wide import answers_sheet, places_sheet, results_sheet
from lagesbild.presentation.workbook.guide import with_guide
from lagesbild.presentation.workbook.kommun_workbook import AUTHOR
from lagesbild.presentation.workbook.model import Workbook

#: Sheets in the order that readers ask for them: a kommun's row first, then what is for filters and pivot tables.
_SHEETS = (
    results_sheet,
    places_sheet,
    answers_sheet,
    groups_sheet,
    long_sheet,
    sexes_sheet,
    series_sheet,
    indicators_sheet,
)


def area_workbook(figures: AreaFigures) -> Workbook:
    """Return the national workbook of one area and year."""
    name, year = figures.area.name, figures.year
    made = (make(figures) for make in _SHEETS)
    return with_guide(
        Workbook(
            title=f"{name}: öppna jämförelser {year}",
            subject="Alla kommuners resultat, riket, län och kommungrupper",
            author=AUTHOR,
            year=year,
            source=figures.source,
            synthetic=figures.synthetic,
            sheets=tuple(sheet for sheet in made if sheet is not None),
        ),
        lines=(
            f"Alla kommuners publicerade resultat {year}, med riket, län, kommungrupper och tidigare år.",
            "Bladen går att filtrera och sortera. Uppgifter som inte får visas står som två punkter (..).",
        ),
        words=(
            (
                "Källans eget värde, sammanvägt, medelvärde",
                "Rikets värde är det som källan redovisar där det finns. Annars är kommunerna sammanvägda efter antal, "
                "eller så är värdet ett medelvärde där varje kommun väger lika.",
            ),
        ),
    )
