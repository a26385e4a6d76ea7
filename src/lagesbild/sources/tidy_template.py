"""Write the template for own files: heads, a row per indicator, and what each column holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.errors import ParameterError
from lagesbild.files import write_atomic
from lagesbild.sources.demo.xlsx import TextSheet, save_texts
from lagesbild.sources.tidy_columns import TIDY_COLUMNS

#: A spreadsheet takes a text that begins so for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_DIRECTIONS = {Direction.HOG: "högt är bra", Direction.LAG: "lågt är bra", Direction.INGEN: "ingen riktning"}


def write_template(path: Path, *, indicators: Sequence[Indicator], year: int | None = None) -> None:
    """Write a template.

    Parameters
    ----------
    path
        Ends in ``.xlsx`` (three sheets: rows to fill in, the indicators, what the columns hold) or ``.csv``.
    indicators
        Each gets a row that begins with its id; none is fine.
    year
        Written in the rows; left empty where not given.

    Raises
    ------
    ParameterError
        If the file's name ends otherwise.

    Notes
    -----
    Every cell is text, and no text can be taken for a formula: a workbook's cells are typed as text, and in a CSV file
    an apostrophe is put before a sign that would begin one.
    """
    suffix = path.suffix.lower()
    heads = [column.head for column in TIDY_COLUMNS]
    rows = [[one.id, "" if year is None else str(year)] for one in indicators]
    if suffix == ".csv":
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
        writer.writerow(heads)
        writer.writerows([safe(cell) for cell in [*row, *[""] * (len(heads) - len(row))]] for row in rows)
        # Excel takes a CSV file without byte-order mark for code page 1252.
        write_atomic(path, b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8"))
    elif suffix == ".xlsx":
        help_rows = [[one.head, "ja" if one.required else "nej", one.help] for one in TIDY_COLUMNS]
        listed = [[one.id, one.title, one.unit_text or "svar", _DIRECTIONS[one.direction]] for one in indicators]
        sheets = [
            TextSheet(name="Uppgifter", rows=[heads, *rows]),
            TextSheet(name="Indikatorer", rows=[["indikator", "titel", "enhet", "riktning"], *listed]),
            TextSheet(name="Förklaring", rows=[["kolumn", "måste fyllas i", "innehåll"], *help_rows]),
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        save_texts(path, sheets)
    else:
        raise ParameterError("file type", path.suffix, (".xlsx", ".csv"))


def safe(text: str) -> str:
    """Return a text that a spreadsheet doesn't take for a formula when it opens a CSV file."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
