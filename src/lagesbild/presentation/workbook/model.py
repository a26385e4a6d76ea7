"""What a workbook is made of: sheets of one table each, with cells that say what they hold.

The model knows the rules that make a workbook accessible (one table a sheet, one row of heads, no blank or merged
cells, unique names); `lagesbild.publishing.workbook_file` knows the file format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

#: Excel takes no longer name of a sheet, and none of these characters in it.
LONGEST_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
#: A table's name is a name in formulas, and must not look like a cell ("AB12", "R1C1").
_TABLE_NAME = re.compile(r"(?![A-Za-z]{1,3}\d+$)(?![Rr]\d*[Cc]\d*$)[A-Za-zÅÄÖåäö_][A-Za-zÅÄÖåäö0-9_.]{2,}")
#: Excel reads no longer list of choices, prompt or message.
LONGEST_LIST, LONGEST_PROMPT, LONGEST_TITLE = 255, 255, 32


class Number(NamedTuple):
    """A number that is printed with so many decimals, and with a sign if it is a difference."""

    value: float
    decimals: int = 0
    signed: bool = False


class Toned(NamedTuple):
    """A text in one of the three colours ("gron", "gul", "rod"); the text says the same as the colour."""

    text: str
    tone: str


class Mark(NamedTuple):
    """What stands where there is no value: "..", "ej mätt"; grey."""

    text: str


class Open(NamedTuple):
    """A cell to fill in, in a column that is filled in for other rows."""

    text: str = ""


class Link(NamedTuple):
    """A text that leads to the beginning of another sheet."""

    text: str
    sheet: str


class Formula(NamedTuple):
    """A live cell.

    `text` is a formula in English with commas, without "=". A head in braces is the cell of that column in the same
    row, with a colon at the end the whole column, with "^" the column down to that row:
    "IF({Klart}="","",SUM({Poäng:}))". "{Blad!Kolumn:}" is a column of another sheet. `value` is what the formula gives
    in the workbook as it is made.
    """

    text: str
    value: str | float = ""
    decimals: int = 0


Cell = str | int | float | Number | Toned | Mark | Open | Link | Formula | None


class Width(StrEnum):
    """How wide a column is, by what it holds."""

    SHORT = "short"
    NUMBER = "number"
    NAMED_NUMBER = "named number"  # a number under a head as long as an indicator's title
    WORDS = "words"
    TITLE = "title"
    TEXT = "text"
    LONG = "long"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """A drop-down of a cell that people fill in.

    Parameters
    ----------
    among
        The choices, or the column of another sheet that holds them ("Blad!Kolumn").
    title, prompt
        What is shown beside the cell when it is chosen.
    """

    among: tuple[str, ...] | str
    title: str
    prompt: str

    def __post_init__(self) -> None:
        """Refuse what Excel would mend or cut off."""
        listed = () if isinstance(self.among, str) else self.among
        if any("," in choice or '"' in choice for choice in listed) or len(",".join(listed)) > LONGEST_LIST:
            raise ValueError(f"a list of choices can't hold commas or more than {LONGEST_LIST} characters: {listed}")
        if len(self.title) > LONGEST_TITLE or len(self.prompt) > LONGEST_PROMPT:
            raise ValueError(f"the prompt {self.title!r} is too long for Excel")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Cells of a column that begin with `begins` are shown in a colour as soon as they do."""

    begins: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a sheet's table.

    Parameters
    ----------
    head
        Its head, unique in the sheet.
    about
        What it holds, for the sheet that explains all columns; not explained where empty.
    width
        How wide it is.
    fill_in
        Whether people fill it in: then its cells are marked and unlocked.
    choices
        What may be chosen.
    date
        Whether a date is asked for.
    formula
        What a cell without a value of its own computes.
    rules
        Colours that follow what people fill in.
    """

    head: str
    about: str = ""
    width: Width = Width.WORDS
    fill_in: bool = False
    choices: Choices | None = None
    date: bool = False
    formula: Formula | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: a title, a few lines, one table.

    Parameters
    ----------
    name
        On the sheet's tab.
    title
        Heading of the sheet.
    lines
        Short lines between the title and the table, each in a cell of its own.
    table
        Name of the table, unique in the workbook.
    columns
        The table's columns; the first tells what a row is about and stays in view.
    rows
        The table's rows, as long as `columns`.
    row_choices
        Drop-downs that only some rows of a column have: head, places of the rows (from 0), choices.
    about
        What the sheet is for, for the list of contents.
    """

    name: str
    title: str
    lines: tuple[str | Formula, ...] = ()
    table: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    row_choices: tuple[tuple[str, tuple[int, ...], Choices], ...] = ()
    about: str = ""

    def __post_init__(self) -> None:
        """Refuse what breaks the rules of accessible workbooks, or what Excel would mend."""
        if not 0 < len(self.name) <= LONGEST_SHEET_NAME or _FORBIDDEN.search(self.name):
            raise ValueError(f"{self.name!r} can't be the name of a sheet")
        if not _TABLE_NAME.fullmatch(self.table):
            raise ValueError(f"{self.table!r} can't be the name of a table")
        heads = [column.head.casefold() for column in self.columns]
        if not all(head.strip() for head in heads) or len(set(heads)) < len(heads):
            raise ValueError(f"the heads of {self.name} must be there and differ: {heads}")
        if not self.rows:
            raise ValueError(f"the table of {self.name} has no row: say so in one, or leave the sheet out")
        if any(len(row) != len(heads) for row in self.rows):
            raise ValueError(f"a row of {self.name} has not {len(heads)} cells")

    @property
    def filled_in(self) -> bool:
        """Whether there is something for people to fill in."""
        return any(column.fill_in for column in self.columns)


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A workbook.

    Parameters
    ----------
    title, subject
        Of the document.
    author
        Who made it.
    year
        The year that is reported: the last day of it stands as the document's date, so that the same data give the
        same bytes.
    source
        Who the figures come from, as it stands after "Källa:".
    synthetic
        Whether the figures are invented; then every sheet says so in a cell and in print.
    sheets
        The sheets, in order.
    """

    title: str
    subject: str
    author: str
    year: int
    source: str
    synthetic: bool
    sheets: tuple[Sheet, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse sheets or tables that share a name."""
        for kind, names in (
            ("sheets", [sheet.name.casefold() for sheet in self.sheets]),
            ("tables", [sheet.table.casefold() for sheet in self.sheets]),
        ):
            if len(set(names)) < len(names):
                raise ValueError(f"two {kind} share a name: {sorted(names)}")
