"""Write the mappings of the synthetic workbooks beside them: which column holds which indicator's figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from lagesbild.sources.demo.workbook_grid import Column
from lagesbild.sources.mapping_file import BESIDE
from lagesbild.sources.result import COUNT_COLUMNS

#: Columns of one workbook, by the name of its sheet.
SheetColumns = Mapping[str, Sequence[Column]]


def write_mappings(folder: Path, books: Mapping[tuple[str, int], Mapping[str, SheetColumns]], *, source: str) -> None:
    """Write ``mappings/<survey>-<year>.yml`` for every survey and year.

    Parameters
    ----------
    books
        By survey and year: by area: columns by sheet.
    source
        What the file says of where its figures come from.
    """
    for (survey, year), areas in sorted(books.items()):
        lines = [f"survey: {survey}", f"year: {year}", f"source: {_quoted(source)}", "sheets:"]
        for area, sheets in sorted(areas.items()):
            for name, columns in sheets.items():
                lines += [f"  - area: {area}", f"    sheet: {_quoted(name)}", "    columns:"]
                lines += [f"      - {_entry(column)}" for column in columns]
        path = folder / BESIDE / f"{survey}-{year}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _entry(column: Column) -> str:
    """Return one column on a line of its own."""
    parts = [f"head: {_quoted(column.head)}", f"indicator: {column.indicator.id}"]
    if column.field in COUNT_COLUMNS:
        parts.append(f"field: {column.field}")
    if column.sex != "T":
        parts.append(f"sex: {column.sex}")
    return f"{{{', '.join(parts)}}}"


def _quoted(text: str) -> str:
    # A JSON string is a YAML string in double quotes.
    return json.dumps(text, ensure_ascii=False)
