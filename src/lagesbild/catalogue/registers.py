"""Reading of the register files: CSV whose faults are all told at once, by file and row."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from lagesbild.errors import CatalogueError, Fault

#: A check of one cell: returns whether the text will do, beside the words that say what would.
CellCheck = tuple[Callable[[str], bool], str]


def matching(pattern: str, expected: str) -> CellCheck:
    """Return a check that the whole cell matches `pattern`."""
    compiled = re.compile(pattern)
    return (lambda text: compiled.fullmatch(text) is not None, expected)


#: A cell that must say something.
TEXT = matching(r"\S(.*\S)?", "text without spaces around it")


def read_register(
    path: Path, columns: Mapping[str, CellCheck], *, key: tuple[str, ...] = ("kod",)
) -> list[dict[str, str]]:
    """Read one register and check every cell of it.

    Parameters
    ----------
    path
        The CSV file (UTF-8, comma, one header row).
    columns
        The columns the file must have, in order, with the check of each.
    key
        The columns that together may stand only once.

    Returns
    -------
    list of dict
        One dict a row, in file order; every value is text.

    Raises
    ------
    CatalogueError
        If the file is absent, has other columns, or a cell or key is wrong. `row` counts the header as
        row 1, as a spreadsheet shows it.
    """
    if not path.is_file():
        fault = Fault(what="the register is absent", file=path.name, action="Restore it from the repository")
        raise CatalogueError("register refused", [fault])
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        head = next(reader, [])
        rows = list(reader)
    if head != list(columns):
        fault = Fault(
            what=f"the columns are {', '.join(head) or 'none'}",
            file=path.name,
            row=1,
            expected=", ".join(columns),
        )
        raise CatalogueError("register refused", [fault])
    faults: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    records: list[dict[str, str]] = []
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(head):
            expected = f"{len(head)} cells"
            faults.append(Fault(what=f"{len(cells)} cells", file=path.name, row=number, expected=expected))
            continue
        record = dict(zip(head, cells, strict=True))
        for column, (good, expected) in columns.items():
            if not good(record[column]):
                what = f"{record[column]!r} will not do"
                faults.append(Fault(what=what, file=path.name, row=number, column=column, expected=expected))
        name = tuple(record[column] for column in key)
        if name in seen:
            what = f"{' '.join(name)} stands already in row {seen[name]}"
            faults.append(Fault(what=what, file=path.name, row=number, expected="each row once"))
        seen.setdefault(name, number)
        records.append(record)
    if faults:
        raise CatalogueError("register refused", faults)
    return records
