"""The commands on outside files: what is understood of one, a template for one's own, published results again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lagesbild.sources.socialstyrelsen_inspect import SheetView

sources = typer.Typer(no_args_is_help=True, help="Outside files: look at one, make a template, compute results again.")
#: Wide enough for a column's head and the indicator's id; a narrower terminal folds the lines.
_WIDTH = 160


@sources.command()
def inspect(file: Annotated[Path, typer.Argument(help="Workbook (.xlsx, .xls) or CSV file.")]) -> None:
    """Show what is understood of a file: sheets, heads, levels, columns, missing marks. Nothing is stored."""
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.sources.socialstyrelsen_inspect import inspect_file

    view = inspect_file(file, catalogue=load_catalogue())
    named = ", ".join(str(one) for one in (view.survey, view.area, view.year) if one is not None)
    typer.echo(f"{view.file}: {named or 'the name does not say survey, area and year'}")
    typer.echo(f"mapping: {view.mapping or 'none'}")
    columns = [(sheet, one) for sheet in view.sheets for one in sheet.columns]
    tied, doubtful = (sum(getattr(one, name) for _, one in columns) for name in ("tied", "doubtful"))
    typer.echo(f"{len(columns)} columns: {tied} tied to indicators, {doubtful} doubtful")
    for sheet, one in columns:
        if one.doubtful:
            typer.echo(f"  doubtful: sheet {sheet.name}, column {one.letter}, {one.head}: {one.mapping}")
    for sheet in view.sheets:
        _show(sheet)


def _show(sheet: SheetView) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    typer.echo(f"\nsheet {sheet.name}: {sheet.kind}")
    for line in sheet.faults:
        typer.echo(f"  fault: {line}")
    if sheet.head_rows is None:
        return
    first, last = sheet.head_rows
    levels = ", ".join(f"{name} {count}" for name, count in (sheet.levels or {}).items())
    typer.echo(f"  heads in row {first}{f'-{last}' if last > first else ''}, codes in column {sheet.code_column}")
    typer.echo(f"  rows: {levels or 'none'}")
    for line in (*(f"left out: {one}" for one in sheet.left_out), *(f"not on it: {one}" for one in sheet.lacking)):
        typer.echo(f"  {line}")
    for letters, note in _equal_notes(sheet):
        typer.echo(f"  not read: {letters}: {note}")
    table = Table(show_lines=False)
    for name in ("column", "head", "kind", "numbers", "answers", "other", "missing marks", "read as", "look"):
        table.add_column(name, justify="right" if name in ("numbers", "answers", "other") else "left")
    for one in sheet.columns:
        marks = ", ".join(f"{name} {count}" for name, count in one.marks.items())
        told = one.mapping if one.tied or one.doubtful else ""  # why not is told above, once for equal columns
        cells = (one.letter, one.head, one.kind, str(one.numbers), str(one.answers), str(one.texts), marks, told)
        table.add_row(*(Text(cell) for cell in (*cells, "doubtful" if one.doubtful else "")))
    Console(width=_WIDTH).print(table)


def _equal_notes(sheet: SheetView) -> list[tuple[str, str]]:
    """Return why columns are not read, each reason once with the letters of its columns."""
    letters: dict[str, list[str]] = {}
    for one in sheet.columns:
        if one.mapping and not (one.tied or one.doubtful):
            letters.setdefault(one.mapping, []).append(one.letter)
    return [(", ".join(found), note) for note, found in letters.items()]


@sources.command()
def template(
    output: Annotated[Path, typer.Argument(help="File to write: .xlsx or .csv.")],
    area: Annotated[str | None, typer.Option(help="Area whose indicators get a row each; none where left out.")] = None,
    year: Annotated[
        int | None, typer.Option(help="Year of the figures: only what is measured then gets a row.")
    ] = None,
) -> None:
    """Write a template for own files (docs/own-files.md)."""
    from lagesbild.catalogue.areas import area as area_called
    from lagesbild.catalogue.load import load_catalogue
    from lagesbild.sources.tidy_template import write_template

    catalogue = load_catalogue()
    chosen = catalogue.in_area(area_called(area).id) if area else ()
    if year is not None:
        chosen = tuple(one for one in chosen if one.measured(year))
    write_template(output, indicators=chosen, year=year)
    typer.echo(f"{output}: template with {len(chosen)} indicators")


@sources.command()
def recompute(
    file: Annotated[Path, typer.Argument(help="Workbook with sheets of units.")],
    published: Annotated[
        Path | None,
        typer.Argument(help="CSV file of the published cells, one a row; the workbook's own sheets where left out."),
    ] = None,
    rules: Annotated[Path | None, typer.Option(help="CSV file of rules; the project's own where left out.")] = None,
) -> None:
    """Compute published results again from units, compare cell by cell, and search where they differ."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from lagesbild.sources.socialstyrelsen_published import column_letter
    from lagesbild.sources.socialstyrelsen_recompute import recompute_file
    from lagesbild.sources.socialstyrelsen_search import SHOWN

    result = recompute_file(file, published, rules=rules)
    table = Table()
    for name in ("sheet", "column", "head", "rule", "cells", "agree"):
        table.add_column(name, justify="right" if name in ("cells", "agree") else "left")
    for one in result.columns.to_dict("records"):
        head = one["header"] if len(one["header"]) <= 70 else f"{one['header'][:69]}…"
        cells = (one["sheet"], column_letter(one["excel_col"]), head, one["rule"], one["cells"], one["agree"])
        table.add_row(*(Text(str(cell)) for cell in cells))
    Console(width=_WIDTH).print(table)
    for rule, part in result.columns.groupby("rule"):
        typer.echo(f"{rule}: {part['agree'].sum()} of {part['cells'].sum()} cells agree")
    for deviation in result.deviations:
        typer.echo(
            f"\n{deviation.sheet}, column {column_letter(deviation.excel_col)}: "
            f"{deviation.agree} of {deviation.cells} agree, "
            f"{deviation.higher} published higher, {deviation.lower} lower; {deviation.no_denominator} that no "
            f"denominator can give, {deviation.no_weights} that no weighting can give ({deviation.example})"
        )
        for line in deviation.candidates.head(SHOWN).to_dict("records"):
            brown = ", with brown rows" if line["brown"] else ""
            typer.echo(
                f"  {line['agree']} of {deviation.cells} cells agree if numerator / denominator are "
                f"{line['numerator']} / {line['denominator']}{brown}"
            )
