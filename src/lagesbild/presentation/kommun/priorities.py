"""The section "Att analysera vidare": the top of the kommun's gross list, and the whole of it as rows of a file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Counted, Indicator
from lagesbild.catalogue.priority_weights import Concern, load_weights
from lagesbild.methods.priorities import Priority, priorities
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import FEW_UNITS, SMALL_BASE, KommunView
from lagesbild.presentation.numbers import number
from lagesbild.presentation.priority_words import CONCERN_WORDS, explained, points_text
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: The report lists at most this many; the file has all.
LONGEST_LIST = 10

#: What the handbook's form "Prioritering av indikatorer för fördjupad analys" leaves for the kommun to fill in.
FORM_COLUMNS = (
    "relaterad_till_overgripande_mal",
    "pagaende_satsningar",
    "bedomd_resursatgang",
    "kommentarer",
    "prio_1_2_3",
    "beslut",
)
#: Columns of the file, in order.
COLUMNS = (
    *("plats", "omrade", "indikator", "namn", "ar", "varde", "svar", "enhet", "poang"),
    *(f"poang_{concern}" for concern in Concern),
    *("uppgift_saknas_om", "motivering", "fa_personer_eller_enheter"),
    *FORM_COLUMNS,
)


def priorities_section(view: KommunView) -> str:
    """Return the section, without its heading: what the list is, its top with the grounds of each place."""
    weights = load_weights()
    found = priorities(view.rows, indicators=view.catalogue.indicators, weights=weights, year=view.year)
    name = markdown_text(view.kommun.namn)
    if not found:
        return f"Inget resultat för {name} talar enligt listans skäl för en fördjupad analys.\n"
    firm = [one for one in found if not on_few(one)]
    parts = [_introduction(found, firm, view.year)]
    if firm:
        rows: list[list[Cell]] = [
            [Markup(_named(one)), markdown_cell(one), points_text(one.points)] for one in firm[:LONGEST_LIST]
        ]
        columns = [
            Column(head="Indikator", width=2.0),
            Column(head="Skäl (poäng)", width=3.8),
            Column(head="Poäng av 100", align="right", width=0.8),
        ]
        parts.append(
            captioned_table(
                columns,
                rows,
                caption="Indikatorer att analysera vidare, de som flest skäl talar för först",
                label="tbl-prioritering",
            )
        )
    shares = joined([f"{CONCERN_WORDS[one]} {number(100 * w / weights.total)}" for one, w in weights.weights.items()])
    parts.append(
        f"Varje skäl väger högst så många poäng: {shares}. Saknas en uppgift räknas "
        f"{number(100 * weights.unknown)} procent av skälets poäng, och det sägs. *Mycket säkert* betyder 99,8 "
        "procents säkerhet, *säkert* 95 procents. Vikterna är ett förslag som kommunen kan ändra. Det som listan "
        "inte vet, som kommunens mål, pågående satsningar och vad en förändring kräver, behöver vägas in av dem "
        "som känner verksamheten."
    )
    return "\n\n".join(parts)


def markdown_cell(priority: Priority) -> Markup:
    """Return why an indicator has its place, as a cell."""
    return Markup(markdown_text(explained(priority)))


def _introduction(found: Sequence[Priority], firm: Sequence[Priority], year: int) -> str:
    noun = antal(len(found), "indikator", "indikatorer")
    verb = "har ett resultat som talar" if len(found) == 1 else "har resultat som talar"
    text = (
        f"{capitalised(noun)} {verb} för en närmare titt. Listan ordnar dem efter flera skäl samtidigt, så ordningen "
        "kan vara en annan än i sammanfattningens listor."
    )
    if any(int(one.row["year"]) < year for one in found):
        text += (
            f" Den tar också med senaste resultat från tidigare år för det som saknar resultat {year}; de finns inte "
            "i sammanfattningen eller i tabellerna per område."
        )
    if len(firm) > LONGEST_LIST:
        text += f" De {count_word(LONGEST_LIST)} första visas här; hela bruttolistan finns som fil (att-analysera.csv)."
    small = len(found) - len(firm)
    if small:
        told = antal(small, "resultat", "resultat", neuter=True)
        text += (
            f" {capitalised(told)} som bygger på få personer eller enheter finns bara i filen, eftersom någon enstaka "
            "kan avgöra dem."
        )
    return text


def _named(priority: Priority) -> str:
    one = priority.indicator
    return f"{priority.rank}: **{markdown_text(one.short_title)}** ({markdown_text(area_called(one.area).name)})"


def on_few(priority: Priority) -> bool:
    """Return whether so few stand behind the result that the first page leaves it out of its lists too."""
    value = priority.row.get("denominator")
    base = math.nan if value is None else float(value)
    return _few(priority.indicator, base)


def _few(indicator: Indicator, base: float) -> bool:
    if indicator.counted is Counted.ENHETER:
        return 0 < base < FEW_UNITS
    return indicator.counted in (Counted.PERSONER, Counted.HUSHALL) and base < SMALL_BASE


def priority_rows(found: Sequence[Priority]) -> list[dict[str, Any]]:
    """Return the gross list as rows of a file: the place with all its grounds, and the handbook's form to fill in."""
    return [_row(one) for one in found]


def _row(priority: Priority) -> dict[str, Any]:
    one, row = priority.indicator, priority.row
    points: Mapping[Concern, float | None] = {ground.concern: round(ground.points, 2) for ground in priority.grounds}
    unknown = [CONCERN_WORDS[ground.concern] for ground in priority.grounds if not ground.known]
    return {
        "plats": priority.rank,
        "omrade": area_called(one.area).name,
        "indikator": one.id,
        "namn": one.title,
        "ar": int(row["year"]),
        "varde": row.get("value"),
        "svar": row.get("answer"),
        "enhet": one.unit_text,
        "poang": round(priority.points, 2),
        **{f"poang_{concern}": points[concern] for concern in Concern},
        "uppgift_saknas_om": ", ".join(unknown),
        "motivering": explained(priority, points=False),
        "fa_personer_eller_enheter": "ja" if on_few(priority) else "nej",
        **dict.fromkeys(FORM_COLUMNS, ""),
    }
