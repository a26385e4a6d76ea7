"""Tables as Pandoc pipe tables, which both render engines and every format understand.

The first column names the row. Cells of data text are escaped; a coloured cell has symbol and word inside a
span of the colour's class; a drawing is a `Mark`. Caption and label belong to the document (`tbl-cap`,
`label`), so a function here returns the table alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lagesbild.presentation import palette
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.marks import Mark
from lagesbild.presentation.numbers import is_missing
from lagesbild.presentation.traced import About, record

Align = Literal["left", "right", "center"]

# Pandoc takes the dashes for relative widths only where a line is longer than its column width (72).
_DASHES = 100


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its head (plain text, with the unit where all cells share it).

    Alignment and relative width. `fact` says to those who trace a number what the cells hold (`traced.Recorded`).
    """

    head: str
    align: Align = "left"
    width: float = 1.0
    fact: str = ""


@dataclass(frozen=True)
class Markup:
    """A cell that is Markdown already, as `colour_cell` makes it."""

    markdown: str


#: What a cell may be: plain text (escaped here), Markdown, or a drawing.
Cell = str | Markup | Mark


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a pipe table.

    Parameters
    ----------
    columns
        In order; the first names the rows.
    rows
        One cell for each column.

    Raises
    ------
    ValueError
        If there is no column or row, a row has the wrong length, or a row's first cell is empty (a screen
        reader would have nothing to name the row with).
    """
    if not columns or not rows:
        raise ValueError("a table needs at least one column and one row")
    lines = [_line([markdown_text(column.head) for column in columns]), _rule(columns)]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(f"row {number} has {len(row)} cells for {len(columns)} columns")
        cells = [_written(value) for value in row]
        if not cells[0]:
            raise ValueError(f"row {number} has no name in its first column")
        lines.append(_line(cells))
    return "\n".join(lines) + "\n"


def captioned_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    caption: str,
    label: str,
    about: Sequence[About] = (),
) -> str:
    """Return a table with its caption and the label that cross-references name.

    Parameters
    ----------
    columns, rows
        See `table`.
    caption
        Markdown; what the table shows, with year and unit where all cells share it.
    label
        Identifier that begins with ``tbl-``.
    about
        What each row is about, for those who trace a number; a table whose columns have facts needs it.

    Raises
    ------
    ValueError
        See `table`; if the label is no table's, or `about` has another length than `rows`.
    """
    if about and len(about) != len(rows):
        raise ValueError(f"{len(rows)} rows are about {len(about)} things")
    made = _with_caption(table(columns, rows), caption, label)
    record(made, label=label, facts=[column.fact for column in columns], about=about)
    return made


def captioned(drawn: str, *, caption: str, label: str) -> str:
    """Return what `table` has returned with a caption and a label.

    Parameters
    ----------
    drawn
        The table.
    caption, label
        See `captioned_table`.

    Raises
    ------
    ValueError
        If the label is no table's.
    """
    made = _with_caption(drawn, caption, label)
    record(made, label=label)
    return made


def _with_caption(drawn: str, caption: str, label: str) -> str:
    if not label.startswith("tbl-"):
        raise ValueError(f"the label {label!r} does not begin with tbl-")
    return f"{drawn}\n: {caption} {{#{label}}}\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: Sequence[Column]) -> str:
    """Return the line under the heads: colons for alignment, dashes in proportion to the widths."""
    total = sum(column.width for column in columns)
    parts = []
    for column in columns:
        dashes = "-" * max(3, round(_DASHES * column.width / total))
        start = ":" if column.align in ("left", "center") else ""
        end = ":" if column.align in ("right", "center") else ""
        parts.append(f"{start}{dashes}{end}")
    return f"|{'|'.join(parts)}|"


def _written(value: Cell) -> str:
    if isinstance(value, Markup):
        return value.markdown
    if isinstance(value, Mark):
        return value.markdown()
    return markdown_text(value)


def _span(symbol: str, words: str, name: str) -> Markup:
    return Markup(f"[{symbol}\u00a0{markdown_text(words)}]{{.{name}}}")


def colour_cell(colour: str | None, text: str | None = None) -> Markup:
    """Return a coloured cell: "[▲ Bland de bästa]{.gron}", or with `text` the symbol and that text.

    Without colour it is the text alone, or a dash that says there is nothing to compare.
    """
    if colour is None or is_missing(colour):
        return Markup(markdown_text("–" if text is None else text))
    tone = palette.tone(colour)
    return _span(tone.symbol, tone.word if text is None else text, tone.name)


def answer_cell(answer: str | None, otherwise: str = "–") -> Markup:
    """Return an answer with symbol, word and colour: "[✓ Ja]{.gron}".

    `otherwise` stands where there is none.
    """
    if answer is None or is_missing(answer):
        return Markup(markdown_text(otherwise))
    tone = palette.answer_tone(answer)
    return _span(tone.answer_symbol, tone.answer_word, tone.name)


def colour_legend(*, answers: bool = False) -> str:
    """Return the explanation of the colours, as Markdown."""
    if answers:
        marks = ", ".join(answer_cell(answer).markdown for answer in ("ja", "delvis", "nej"))
        return f"Kommunens svar: {marks}.\n"
    green, yellow, red = (colour_cell(tone.name).markdown for tone in palette.tones())
    limits = f"{green}: den bästa fjärdedelen av kommunerna. {yellow}: däremellan. {red}: den sämsta fjärdedelen."
    return f"{limits} Lika resultat får samma färg, så grupperna kan bli större eller mindre.\n"
