"""Write Socialstyrelsen-like workbooks: one per survey, area and year."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.regions import RIKET, region_name
from lagesbild.sources.demo.kolada_files import SYNTHETIC
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.workbook_grid import Column, columns_of
from lagesbild.sources.demo.workbook_mapping import SheetColumns, write_mappings
from lagesbild.sources.demo.workbook_texts import Texts, texts_of
from lagesbild.sources.demo.xlsx import TextSheet, save_texts

_SOURCE_LINE = f"Källa: {SYNTHETIC.lower()}, framställda av Lägesbild. Värdena beskriver inte någon verklig kommun."
#: Names of the sheets.
_REGIONS, _UNITS = "Kommun, län, rike", "Enheter"
_SURVEYS = {
    Survey.KOMMUNENKAT: "Kommunenkäten",
    Survey.ENHETSUNDERSOKNING: "Enhetsundersökningen",
    Survey.BRUKARUNDERSOKNING: "Brukarundersökningen",
    Survey.REGISTER: "Registeruppgifter",
    Survey.RAKENSKAPSSAMMANDRAG: "Räkenskapssammandraget",
}
_LEGEND = (
    f"{SYNTHETIC}: alla värden är påhittade och framställda med slump. De får inte användas som statistik.",
    "Publiceras ej: svar saknas eller är för få. Ej aktuellt: frågan gäller inte kommunen.",
    "x: uppgift saknas. ..: för få personer för att redovisas.",
    _SOURCE_LINE,
)


def write_workbooks(
    folder: Path, *, truth: pd.DataFrame, indicators: Sequence[Indicator], land: Land
) -> tuple[Path, ...]:
    """Write the workbooks of `indicators` and their mappings into `folder`; return the workbooks' paths.

    Parameters
    ----------
    truth
        Rows of the indicators (`frames.TRUTH_COLUMNS`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = texts_of(truth, {one.id for one in indicators if one.threshold is not None})
    measured: dict[str, list[int]] = {}
    pairs = truth[["indicator", "year"]].drop_duplicates()
    for indicator, year in zip(pairs["indicator"], pairs["year"].tolist(), strict=True):
        measured.setdefault(indicator, []).append(year)
    paths = []
    books: dict[tuple[str, int], dict[str, SheetColumns]] = {}
    ordered = sorted(indicators, key=lambda one: (one.area, one.survey.value))
    for (area, survey), group in groupby(ordered, key=lambda one: (one.area, one.survey)):
        members = list(group)
        for year in sorted({year for one in members for year in measured.get(one.id, ())}):
            present = [one for one in members if year in measured.get(one.id, ())]
            title = f"{SYNTHETIC}. {_SURVEYS[survey]} {year}: {area_called(area).name}"
            path = folder / f"{survey.value}-{area}-{year}.xlsx"
            save_texts(path, _sheets(title, present, texts, year, land))
            paths.append(path)
            books.setdefault((survey.value, year), {})[area] = _columns(present, texts, year)
    write_mappings(folder, books, source=_SOURCE_LINE)
    return tuple(paths)


def _columns(indicators: Sequence[Indicator], texts: Texts, year: int) -> SheetColumns:
    """Return the columns of each sheet, for the mapping."""
    of_units = _asked_of_units(indicators, texts, year)
    columns = {_REGIONS: columns_of(indicators, units=False)}
    return columns | ({_UNITS: columns_of(of_units, units=True)} if of_units else {})


def _asked_of_units(indicators: Sequence[Indicator], texts: Texts, year: int) -> list[Indicator]:
    return [one for one in indicators if len(texts.of(one.id, year, units=True))]


def _sheets(title: str, indicators: Sequence[Indicator], texts: Texts, year: int, land: Land) -> list[TextSheet]:
    """Return the sheets of a workbook: text for the reader, regions, and units where there are any."""
    information = TextSheet(name="Information", rows=[[line] for line in (title, *_LEGEND)])
    sheets = [information, _region_sheet(title, indicators, texts, year, land)]
    of_units = _asked_of_units(indicators, texts, year)
    if of_units:
        sheets.append(_unit_sheet(title, of_units, texts, year))
    return sheets


def _region_sheet(title: str, indicators: Sequence[Indicator], texts: Texts, year: int, land: Land) -> TextSheet:
    """Return riket, then each län followed by its kommuner; a level without figures in the sheet has no row."""
    present = texts.keys_in([texts.of(one.id, year) for one in indicators])
    codes: list[str] = [RIKET] if RIKET in present else []
    for lan_code in land.lan_codes:
        codes += [lan_code] if lan_code in present else []
        codes += [code for code, lan in zip(land.codes, land.lan, strict=True) if lan == lan_code]
    order: dict[Hashable, int] = {code: place for place, code in enumerate(codes)}
    columns = columns_of(indicators, units=False)
    figures = [texts.column(one.field, texts.of(one.indicator.id, year, sex=one.sex), order) for one in columns]
    fixed = [["" if code == RIKET else code for code in codes], [region_name(code) for code in codes]]
    return _sheet(
        name=_REGIONS,
        title=title,
        fixed_heads=("Läns-/Kommunkod", "Rike, län, kommun"),
        columns=columns,
        fixed=fixed,
        figures=figures,
    )


def _unit_sheet(title: str, indicators: Sequence[Indicator], texts: Texts, year: int) -> TextSheet:
    """Return one row per unit that answered anything, in order of kommun and name."""
    rows = [texts.of(one.id, year, units=True) for one in indicators]
    keys = sorted(texts.keys_in(rows))  # type: ignore[type-var]
    order = {key: place for place, key in enumerate(keys)}
    columns = columns_of(indicators, units=True)
    figures = [texts.column(one.field, texts.of(one.indicator.id, year, units=True), order) for one in columns]
    regions, units = ([str(key[part]) for key in keys] for part in (0, 1))  # type: ignore[index]
    fixed = [regions, [region_name(code) for code in regions], units]
    return _sheet(
        name=_UNITS,
        title=title,
        fixed_heads=("Kommunkod", "Kommunnamn", "Enhetens namn"),
        columns=columns,
        fixed=fixed,
        figures=figures,
    )


def _sheet(
    *,
    name: str,
    title: str,
    fixed_heads: tuple[str, ...],
    columns: tuple[Column, ...],
    fixed: list[list[str]],
    figures: list[list[str]],
) -> TextSheet:
    """Return title, three rows of heads, the data and the source line; runs of equal heads are merged."""
    indent = [""] * len(fixed_heads)
    areas = [column.quality_area for column in columns]
    # A subgroup never reaches over two quality areas.
    subgroups = [f"{column.quality_area}\n{column.subgroup}" for column in columns]
    rows = [
        [title],
        [*indent, *_once(areas)],
        [*indent, *(group.rpartition("\n")[2] for group in _once(subgroups))],
        [*fixed_heads, *(column.head for column in columns)],
        *(list(row) for row in zip(*fixed, *figures, strict=True)),
        [_SOURCE_LINE],
    ]
    merged = [f"A1:{get_column_letter(len(fixed_heads) + len(columns))}1"]
    for number, values in ((2, areas), (3, subgroups)):
        for first, last in _runs(values):
            if last > first:
                start, stop = (get_column_letter(len(fixed_heads) + place + 1) for place in (first, last))
                merged.append(f"{start}{number}:{stop}{number}")
    return TextSheet(name=name, rows=rows, merged=merged)


def _runs(values: Sequence[str]) -> list[tuple[int, int]]:
    """Return first and last place of each run of equal values."""
    runs = []
    for _, group in groupby(enumerate(values), key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        runs.append((places[0], places[-1]))
    return runs


def _once(values: Sequence[str]) -> list[str]:
    """Return the values with every repetition in a run emptied, as merged cells hold them."""
    starts = {first for first, _ in _runs(values)}
    return [value if place in starts else "" for place, value in enumerate(values)]
