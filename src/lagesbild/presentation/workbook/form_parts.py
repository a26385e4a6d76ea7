"""What the handbook's forms have in common: choices, columns, and where each form comes from.

The forms are those of *Analyshandbok för öppna jämförelser* (2012), pages 63-69, in our words. What a form leaves to
say is left to people; the choices are the form's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild.catalogue.indicators import Indicator
from lagesbild.presentation.numbers import answer_text, with_unit
from lagesbild.presentation.wording import capitalised
from lagesbild.presentation.workbook.cells import answer_cell, colour_cell, known_number, known_text
from lagesbild.presentation.workbook.model import Cell, Choices, Column, Formula, Rule, Width

YES_NO = ("Ja", "Nej")
YES_PARTLY_NO = ("Ja", "Delvis", "Nej")
LOW_TO_HIGH = ("Låg", "Medel", "Hög")
TYPES = ("Struktur", "Process", "Resultat")

#: The decision that takes an indicator from the form of priorities to the one of causes.
DEEPER = "Fördjupad analys"
PRIORITIES = "Prioritering"
#: So many rows are left open for what people add themselves.
OPEN_ROWS = 10

#: A column that tells how far a row has come begins with one of these.
DONE, SOON, MISSING = "✓", "■", "▼"
STATES = (Rule(begins=DONE, tone="gron"), Rule(begins=SOON, tone="gul"), Rule(begins=MISSING, tone="rod"))


def from_handbook(page: int) -> str:
    """Return where a form comes from."""
    return f"Efter Analyshandbok för öppna jämförelser (2012), sidan {page}."


def chosen(head: str, among: tuple[str, ...], *, about: str, width: Width = Width.NUMBER) -> Column:
    """Return a column in which people choose among a few words."""
    prompt = f"Välj {', '.join(among[:-1])} eller {among[-1]}." if len(among) > 1 else f"Välj {among[0]}."
    choices = Choices(among=among, title=head[:32], prompt=prompt)
    return Column(head=head, about=about, width=width, fill_in=True, choices=choices)


def written(head: str, *, about: str, width: Width = Width.TEXT) -> Column:
    """Return a column in which people write freely."""
    return Column(head=head, about=about, width=width, fill_in=True)


def dated(head: str, *, about: str) -> Column:
    """Return a column in which people write a date."""
    return Column(head=head, about=about, width=Width.NUMBER, fill_in=True, date=True)


def counted(heads: Sequence[str]) -> Column:
    """Return a column that counts down how many of `heads` are still blank in the row."""
    filled = f"COUNTA({','.join(f'{{{head}}}' for head in heads)})"
    whole = len(heads)
    formula = f'IF({filled}={whole},"{DONE} Ifylld",IF({filled}=0,"Inte påbörjad","{SOON} "&{whole}-{filled}&" kvar"))'
    return Column(
        head="Läge",
        about="Räknar ut hur många av radens rutor som är kvar att fylla i.",
        width=Width.WORDS,
        formula=Formula(formula, "Inte påbörjad"),
        rules=STATES,
    )


def tally(rows: int) -> Formula:
    """Return a line that counts the rows that are filled in, of those there are."""
    return Formula(
        f'"Ifyllda rader: "&COUNTIF({{Läge:}},"{DONE}*")&" av "&ROWS({{Läge:}})', f"Ifyllda rader: 0 av {rows}"
    )


def said(indicator: Indicator, row: Mapping[str, Any]) -> str:
    """Return a result as it reads, with its unit and year: "87 procent (2024)"."""
    value, answer = known_number(row["value"]), known_text(row["answer"])
    told = answer_text(answer) if value is None else with_unit(value, indicator)
    return f"{capitalised(told)} ({row['year']})"


def shown(row: Mapping[str, Any]) -> Cell:
    """Return the colour or the answer of a row of the underlag."""
    answer = known_text(row["answer"])
    return answer_cell(answer, "") if answer else colour_cell(known_text(row["colour"]) or None, known=True)
