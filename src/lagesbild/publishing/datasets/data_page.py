"""What the pages on the open data show: every table with its files, its columns, and how to cite and read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.release_statement import release_statement
from lagesbild.errors import NotBuiltError
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.publishing.datasets.files import DISCLOSURE
from lagesbild.publishing.datasets.kommun_files import LIST, RESULTS
from lagesbild.publishing.datasets.quality import QUALITY
from lagesbild.publishing.datasets.registers import REGISTERS
from lagesbild.publishing.datasets.results import GROUPS, NATION, SIMILAR, TRENDS, comparison_tables
from lagesbild.publishing.datasets.table import Field, Table
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.release_metadata import layout_of

#: From the page to the release's folder, and to the page on the columns.
UP = "../../"
COLUMNS = "kolumner/index.html"

_KINDS = {"string": "text", "integer": "heltal", "number": "tal", "boolean": "sant eller falskt"}
_GROUPS = (
    ("Resultat", "resultat", (NATION, TRENDS, GROUPS, SIMILAR)),
    ("Uppgifternas kvalitet", "kvalitet", QUALITY),
    ("Register och definitioner", "register", REGISTERS),
)


def release_facts(*, year: int | str, source: str) -> str:
    """Return version, date, source, licence and what is withheld, as a list."""
    layout = layout_of(source, year)
    statement = release_statement(layout.source, layout.year)
    licence = statement.licence
    lines = [
        f"**Utgåva:** {markdown_text(statement.version)}",
        f"**Publicerad:** {statement.issued or 'datum är inte beslutat'}",
        f"**Källa:** {markdown_text(SOURCE_NAMES[layout.source])}",
        f"**Licens:** [{markdown_text(licence.title)}]({licence.path}). {markdown_text(licence.words)}",
        f"**Utgivare:** {markdown_text(statement.publisher)}. **Frågor:** {markdown_text(statement.contact)}, "
        f"{markdown_text(statement.email)}",
        f"**Sekretess:** {DISCLOSURE}",
    ]
    return "".join(f"- {line}\n" for line in lines)


def dataset_tables(*, year: int | str, source: str) -> str:
    """Return the tables of data sets: what each holds, and its files with their sizes.

    Raises
    ------
    NotBuiltError
        If the open data have not been written.
    """
    sizes = _sizes(layout_of(source, year))
    parts = []
    for heading, key, tables in _GROUPS:
        rows: list[list[Cell]] = [
            [Markup(f"[{table.title}]({COLUMNS}#sec-{_anchor(table)})"), table.text, _links(sizes, table.name)]
            for table in tables
        ]
        columns = [Column(head="Tabell", width=2), Column(head="Innehåll", width=4.6), Column(head="Filer", width=1.8)]
        drawn = captioned_table(columns, rows, caption=f"Tabeller: {heading.lower()}", label=f"tbl-data-{key}")
        parts.append(f"### {heading}\n\n{drawn}")
    return "\n\n".join(parts)


def area_files(*, year: int | str, source: str) -> str:
    """Return the table of the areas' files: figures year by year, and the comparisons of the report year."""
    layout = layout_of(source, year)
    sizes = _sizes(layout)
    columns = [
        Column(head="Område", width=2.2),
        Column(head="Resultat, CSV", width=4.2),
        Column(head="Resultat, Parquet", width=4.2),
        Column(head=f"Jämförelser {layout.year}", width=1.8),
    ]
    rows: list[list[Cell]] = []
    for area in AREAS:
        years = [one for one in layout.years if f"indikatorer/{area.id}-{one}" in sizes]
        links = [
            Markup(", ".join(f"[{one}]({UP}data/indikatorer/{area.id}-{one}.{suffix})" for one in years) or "–")
            for suffix in ("csv", "parquet")
        ]
        rows.append([area.name, *links, _links(sizes, f"jamforelser/{area.id}")])
    return captioned_table(columns, rows, caption="Filer per område", label="tbl-data-omraden")


def column_sections() -> str:
    """Return what the columns of every table mean, a section each."""
    figures = replace(NATION, name="indikator", title="Indikatorernas resultat")
    compared = replace(comparison_tables()[0], name="jamforelser", title="Jämförelser")
    own = [replace(one, name=f"kommun-{one.name}") for one in (RESULTS, LIST)]
    tables = [figures, compared, *(table for _, _, group in _GROUPS for table in group), *own]
    return "\n\n".join(
        f"## {table.title} {{#sec-{_anchor(table)}}}\n\n{columns_table(table.fields, table)}" for table in tables
    )


def columns_table(fields: Iterable[Field], table: Table) -> str:
    """Return the description of a table's columns: name, kind and meaning."""
    heads = [Column(head="Kolumn", width=1.6), Column(head="Typ", width=0.9), Column(head="Betydelse", width=5)]
    rows: list[list[Cell]] = [[one.name, _KINDS[one.kind], _meaning(one)] for one in fields]
    return captioned_table(heads, rows, caption=f"Kolumner: {table.title}", label=f"tbl-kolumner-{_anchor(table)}")


def citation(*, year: int | str, source: str) -> str:
    """Return how the data are named as a source."""
    layout = layout_of(source, year)
    statement = release_statement(layout.source, layout.year)
    when = f" Publicerad {statement.issued}." if statement.issued else ""
    note = " Syntetiska data." if layout.synthetic else ""
    return (
        f"> {markdown_text(statement.publisher)}: *Öppna jämförelser {layout.year}*, utgåva "
        f"{markdown_text(statement.version)}.{when} Källa: {markdown_text(SOURCE_NAMES[layout.source])}.{note} "
        f"{markdown_text(statement.base)}\n"
    )


def _anchor(table: Table) -> str:
    return f"kolumner-{table.name}"


def _meaning(field: Field) -> str:
    text = field.text + (f" ({field.unit})" if field.unit else "")
    return f"{text}. Finns på varje rad." if field.required else f"{text}."


def _sizes(layout: Layout) -> Mapping[str, Mapping[str, Any]]:
    """Return the files of the data folder by their names as resources."""
    path = layout.release / "data" / "datapackage.json"
    if not path.is_file():
        command = f"lagesbild data --source {layout.source} --year {layout.year}"
        raise NotBuiltError(f"the open data of {layout.release.name}", command)
    return {one["name"]: one for one in json.loads(path.read_text(encoding="utf-8"))["resources"]}


def _links(sizes: Mapping[str, Mapping[str, Any]], name: str) -> Markup:
    """Return links to a table's files with their sizes."""
    found = [sizes[key] for key in (name, f"{name}.parquet") if key in sizes]
    words = {"csv": "CSV", "parquet": "Parquet"}
    links = [f"[{words[one['format']]}]({UP}data/{one['path']}) ({_size(one['bytes'])})" for one in found]
    return Markup(", ".join(links) or "–")


def _size(size: int) -> str:
    if size < 1_000_000:
        return f"{number(max(1, size / 1000))}\u00a0kB"
    return f"{number(size / 1_000_000, 1)}\u00a0MB"
