"""The rows of a sheet as XML text.

openpyxl's write-only mode builds an object and an element for every cell, 12 microseconds before any style; a kommun's
workbook has 29 000 cells, and there are 290. Here a cell is a piece of text, and takes 3. All else of the file is
openpyxl's work.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import SHEET_MAIN_NS

from lagesbild.presentation.workbook.model import Cell, Column, Formula, Link, Mark, Number, Open, Sheet, Toned
from lagesbild.publishing.workbook_styles import LINE, MOST_DECIMALS, WIDTHS, Key

#: What a spreadsheet takes for the beginning of a formula where it is given the sheet as CSV.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Characters that XML can't hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What Excel would read as a code for another character.
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
#: Excel holds no longer text in a cell.
LONGEST_TEXT = 32_767

#: A narrower column holds numbers, and marks stand to the right in it as they do.
NUMBERS = 20

_REFERENCE = re.compile(r"\{(?:([^{}!]+)!)?([^{}]+?)([:^]?)\}")


class Strings:
    """The texts of a workbook, each kept once; cells point to them."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        """Return the number that cells name a text by."""
        return self._places.setdefault(text, len(self._places))

    def xml(self) -> str:
        """Return the part of the file that holds the texts."""
        texts = "".join(f'<si><t xml:space="preserve">{_escaped(harmless(text))}</t></si>' for text in self._places)
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<sst xmlns="{SHEET_MAIN_NS}" uniqueCount="{len(self._places)}">{texts}</sst>'
        )


def harmless(text: str) -> str:
    """Return what a text cell holds: never a formula, here or in the CSV that someone makes of it.

    A text that begins as a formula gets an apostrophe; the mark "-" alone computes nothing and stays.

    Raises
    ------
    ValueError
        If the text is longer than Excel holds.
    """
    if len(text) >= LONGEST_TEXT:
        raise ValueError(f"a text of {len(text)} characters doesn't fit in a cell: {text[:60]!r}...")
    plain = _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if plain.startswith(_RISKY) and plain != "-":
        plain = f"'{plain}"
    return _CODED.sub("_x005F_", plain)


class Places:
    """Where the tables of a workbook's sheets stand, so that formulas find their cells.

    Parameters
    ----------
    sheets
        The sheets.
    above
        How many rows the writer puts under every title by itself.
    """

    ROW = "\0"

    def __init__(self, sheets: Sequence[Sheet], above: int) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._above = above
        self._letters = {
            sheet.name: {column.head: get_column_letter(n) for n, column in enumerate(sheet.columns, start=1)}
            for sheet in sheets
        }

    def head_row(self, sheet: Sheet) -> int:
        """Return the row of the table's heads."""
        return 1 + self._above + len(sheet.lines) + 1

    def last_row(self, sheet: Sheet) -> int:
        """Return the table's last row."""
        return self.head_row(sheet) + len(sheet.rows)

    def reference(self, sheet: Sheet) -> str:
        """Return the table's cells, heads included ("A5:H40")."""
        return f"A{self.head_row(sheet)}:{get_column_letter(len(sheet.columns))}{self.last_row(sheet)}"

    def column(self, sheet_name: str, head: str, *, within: str | None = None) -> str:
        """Return the cells of a column ("$B$6:$B$40"), with the sheet's name unless asked from within it.

        Raises
        ------
        KeyError
            If there is no such sheet or column.
        """
        sheet, letter = self._sheets[sheet_name], self._letters[sheet_name][head]
        cells = f"${letter}${self.head_row(sheet) + 1}:${letter}${self.last_row(sheet)}"
        return cells if within == sheet_name else f"'{sheet_name.replace(chr(39), 2 * chr(39))}'!{cells}"

    def formula(self, sheet: Sheet, text: str) -> str:
        """Return a formula whose columns are resolved; `ROW` stands for the row of the cell that holds it."""

        def found(match: re.Match[str]) -> str:
            other, head, extent = match.groups()
            if extent == "^":
                letter = self._letters[sheet.name][head]
                return f"${letter}${self.head_row(sheet) + 1}:${letter}{self.ROW}"
            if extent or other:
                return self.column(other or sheet.name, head, within=sheet.name)
            return f"${self._letters[sheet.name][head]}{self.ROW}"

        return _REFERENCE.sub(found, text)


def head_text(column: Column) -> str:
    """Return a column's head as it stands: with a pencil where people fill it in."""
    return f"✎ {column.head}" if column.fill_in else column.head


class Rows:
    """The rows of one sheet: title, lines, heads and the table.

    Parameters
    ----------
    sheet
        The sheet.
    styles
        As `lagesbild.publishing.workbook_styles.add_styles` returns them.
    places
        Where the workbook's tables stand.
    strings
        Takes the texts.
    above
        Texts under the title of every sheet.
    """

    def __init__(
        self, sheet: Sheet, styles: Mapping[Key, int], places: Places, strings: Strings, *, above: Sequence[str] = ()
    ) -> None:
        self.sheet, self._styles, self._places, self._above = sheet, styles, places, above
        self._text_place = strings.place
        self._numbers = {(key[1], key[2]): style for key, style in styles.items() if key[0] == "number"}

    def xml(self) -> Iterator[str]:
        """Yield the rows, top to bottom."""
        styles = self._styles
        top = [
            (styles["title",], self.sheet.title),
            *((styles["synthetic",], text) for text in self._above),
            *((styles["line",], line) for line in self.sheet.lines),
        ]
        for row, (style, content) in enumerate(top, start=1):
            at = f"A{row}"
            if isinstance(content, Formula):
                cell = self._formula(at, row, content, style)
            else:
                cell = self._text(at, style, content)
            yield f'<row r="{row}">{cell}</row>'
        yield self._heads(len(top) + 1)
        yield from self._table(len(top) + 2)

    @property
    def last_cell(self) -> str:
        """The last cell of the sheet ("H40")."""
        return self._places.reference(self.sheet).partition(":")[2]

    def links(self) -> Iterator[tuple[str, Link]]:
        """Yield the cells that lead to other sheets."""
        for number, row in enumerate(self.sheet.rows, start=self._places.head_row(self.sheet) + 1):
            for place, cell in enumerate(row, start=1):
                if type(cell) is Link:
                    yield f"{get_column_letter(place)}{number}", cell

    def _heads(self, row: int) -> str:
        cells = (
            self._text(
                f"{get_column_letter(n)}{row}", self._styles[("head", "fill")[: 1 + column.fill_in]], head_text(column)
            )
            for n, column in enumerate(self.sheet.columns, start=1)
        )
        lines = max(_lines(head_text(column), WIDTHS[column.width] - 2) for column in self.sheet.columns)
        return f'<row r="{row}" ht="{lines * LINE}" customHeight="1">{"".join(cells)}</row>'

    def _table(self, first: int) -> Iterator[str]:
        """Yield the table's rows; what a column decides is settled once for all of them."""
        plan = [self._of_column(number, column) for number, column in enumerate(self.sheet.columns)]
        place = self._text_place
        for number, row in enumerate(self.sheet.rows, start=first):
            cells, lines = [], 1
            for cell, (letter, style, fill, formula, width) in zip(row, plan, strict=True):
                at = f"{letter}{number}"
                # The kinds in the order of how often they are met: this loop is most of what a workbook costs.
                if type(cell) is str:
                    if len(cell) > width:
                        lines = max(lines, _lines(cell, width))
                    cells.append(f'<c r="{at}" s="{style}" t="s"><v>{place(cell)}</v></c>')
                elif type(cell) is Number:
                    cells.append(f'<c r="{at}" s="{fill or self._number(cell)}"><v>{_value(cell.value)}</v></c>')
                elif cell is not None:
                    cells.append(self._rarer(cell, at, number, fill, width < NUMBERS))
                elif formula is None:
                    cells.append(f'<c r="{at}" s="{style}"/>')
                else:
                    cells.append(self._formula(at, number, formula))
            # Excel fits a row to its texts when it is changed; as it opens, it believes the file.
            height = f' ht="{lines * LINE}"' if lines > 1 else ""
            yield f'<row r="{number}"{height}>{"".join(cells)}</row>'

    def _of_column(self, place: int, column: Column) -> tuple[str, int, int | None, Formula | None, float]:
        """Return letter, style of texts and of the empty, style of all cells to fill in, formula, and width."""
        fill = self._styles[("fill", "date")[: 1 + column.date]] if column.fill_in else None
        style = fill or self._styles["key" if place == 0 else "text",]
        found = column.formula
        if found is not None:
            found = found._replace(text=self._places.formula(self.sheet, found.text))
        return get_column_letter(place + 1), style, fill, found, WIDTHS[column.width]

    def _rarer(self, cell: Cell, at: str, row: int, fill: int | None, numeric: bool) -> str:
        """Return a cell of a kind that is met less often."""
        match cell:
            case int():
                return f'<c r="{at}" s="{fill or self._styles["year",]}"><v>{cell}</v></c>'
            case Mark():
                return self._text(at, self._styles[("mark", "number")[: 1 + numeric]], cell.text)
            case Toned():
                return self._text(at, self._styles["tone", cell.tone], cell.text)
            case Open():
                return self._text(at, self._styles["fill",], cell.text) if cell.text else self._empty(at)
            case Link():
                return self._text(at, self._styles["link",], cell.text)
            case Formula():
                return self._formula(at, row, cell._replace(text=self._places.formula(self.sheet, cell.text)))
        raise TypeError(f"{cell!r} is no cell of a workbook (sheet {self.sheet.name}, {at})")

    def _formula(self, at: str, row: int, cell: Formula, style: int | None = None) -> str:
        formula = _escaped(self._places.formula(self.sheet, cell.text).replace(Places.ROW, str(row)))
        if isinstance(cell.value, str):
            style = style or self._styles["formula",]
            return f'<c r="{at}" s="{style}" t="str"><f>{formula}</f><v>{_escaped(cell.value)}</v></c>'
        style = style or self._numbers[cell.decimals, False]
        return f'<c r="{at}" s="{style}"><f>{formula}</f><v>{_value(cell.value)}</v></c>'

    def _text(self, at: str, style: int, text: str) -> str:
        return f'<c r="{at}" s="{style}" t="s"><v>{self._text_place(text)}</v></c>'

    def _empty(self, at: str) -> str:
        return f'<c r="{at}" s="{self._styles["fill",]}"/>'

    def _number(self, number: Number) -> int:
        return self._numbers[min(number.decimals, MOST_DECIMALS), number.signed]


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, with room for words that don't break."""
    return math.ceil(1.05 * len(text) / width)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _value(value: float) -> str:
    """Return a number as it stands in the file, without the dust of an earlier division.

    As many digits are kept as `lagesbild.presentation.numbers.round_half_up` trusts, so that Excel shows what a report
    prints.

    Raises
    ------
    ValueError
        If it is null or infinite: what has no value has a mark.
    """
    if not math.isfinite(value):
        raise ValueError(f"no number to write: {value!r}; write the mark of the cell's status instead")
    return f"{value:.12g}"
