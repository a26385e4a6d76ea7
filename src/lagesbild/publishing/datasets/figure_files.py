"""The files of figures: one for each area and year, and one for each indicator with all its years.

An indicator's file is put together from the lines of its area's files, so that no number is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.load import load_catalogue
from lagesbild.frame_bytes import csv_head, csv_lines_by
from lagesbild.publishing.datasets.figures import FIGURE_KEY, FIGURES, TO_CATALOGUE
from lagesbild.publishing.datasets.files import CSV, Dataset, Writer, Written
from lagesbild.publishing.datasets.results import figures_of
from lagesbild.publishing.datasets.table import Table, typed

#: The folder of the files by indicator: ``data/indikator/<id>.csv`` is the same address in every release.
BY_INDICATOR = "data/indikator"
#: The folder of the files by area and year.
BY_AREA = "data/indikatorer"


@dataclass
class _Series:
    """An indicator's lines, year after year."""

    lines: list[bytes] = field(default_factory=list)
    rows: int = 0
    years: list[int] = field(default_factory=list)


def figures_table(name: str, title: str, title_en: str, text: str) -> Table:
    """Return the description of a file of figures."""
    return Table(
        name=name,
        title=title,
        title_en=title_en,
        text=text,
        fields=FIGURES,
        key=FIGURE_KEY,
        references=(TO_CATALOGUE,),
    )


def write_figures(writer: Writer) -> Iterator[Dataset]:
    """Write the figures of every area that has been analysed: a data set an area, then one an indicator."""
    for area in AREAS:
        yield from _area(writer, area)


def _area(writer: Writer, area: Area) -> Iterator[Dataset]:
    layout, files, rows, head = writer.layout, [], 0, b""
    every: dict[str, _Series] = {}
    years = [year for year in layout.years if layout.analysis(area.id, year).is_dir()]
    for year in years:
        frame = typed(figures_of(layout, area.id, year), FIGURES)
        head = csv_head(frame)
        lines, parts = csv_lines_by(frame, "indicator")
        sizes = frame["indicator"].value_counts()
        stem = f"{BY_AREA}/{area.id}-{year}"
        files.append(writer.put(f"{stem}.csv", head + lines, CSV))
        files.append(writer.parquet(f"{stem}.parquet", frame, FIGURES, f"{area.name} {year}"))
        rows += len(frame)
        for name, part in parts.items():
            series = every.setdefault(name, _Series())
            series.lines.append(part)
            series.rows += int(sizes[name])
            series.years.append(year)
    if not years:
        return
    table = figures_table(
        f"indikatorer/{area.id}",
        f"{area.name}: alla indikatorer",
        f"{area.name}: all indicators",
        f"Alla indikatorers resultat i området {area.name.lower()} för riket, län, kommungrupper och kommuner, "
        "en fil per år.",
    )
    yield Dataset(
        name=table.name,
        title=table.title,
        title_en=table.title_en,
        text=table.text,
        table=table,
        files=tuple(sorted(files, key=lambda one: (one.kind != CSV, one.path))),
        rows=rows,
        years=(years[0], years[-1]),
        series=area.id,
    )
    yield from _indicators(writer, area, head, every)


def _indicators(writer: Writer, area: Area, head: bytes, every: dict[str, _Series]) -> Iterator[Dataset]:
    for indicator in load_catalogue().in_area(area.id):
        series = every.get(indicator.id)
        if series is None:
            continue
        written: Written = writer.put(f"{BY_INDICATOR}/{indicator.id}.csv", head + b"".join(series.lines), CSV)
        unit = f", {indicator.unit_text}" if indicator.unit_text else ""
        text = f"{indicator.title}{unit}. Resultat för riket, län, kommungrupper och kommuner, alla år och kön."
        table = figures_table(f"indikator/{indicator.id}", indicator.title, "", text)
        yield Dataset(
            name=table.name,
            title=table.title,
            title_en="",
            text=text,
            table=table,
            files=(written,),
            rows=series.rows,
            years=(series.years[0], series.years[-1]),
            series=area.id,
        )
