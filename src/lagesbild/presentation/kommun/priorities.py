"""The section "Att analysera vidare": the top of the kommun's gross list, and the whole of it as rows of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.priority_weights import Concern, load_weights
from lagesbild.methods.priorities import OLDEST, Priority, against, priorities
from lagesbild.methods.priority_points import Points
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.summary import named
from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.kommun.view import on_few as stands_on_few
from lagesbild.presentation.numbers import answer_text, is_missing, row_decimals, with_unit
from lagesbild.presentation.priority_words import CONCERN_WORDS, explained, ground_words, points_text
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: The report lists at most this many; the file has all.
LONGEST_LIST = 8
#: The first spread tells of at most this many.
FIRST = 3

#: Said where the list is empty.
NOTHING = "Inget resultat talar enligt bruttolistans skäl för en fördjupad analys.\n"

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


def gross_list(view: KommunView) -> list[Priority]:
    """Return the kommun's whole gross list by the project's weights."""
    return priorities(view.rows, indicators=view.catalogue.indicators, weights=load_weights(), year=view.year)


def first_look(found: Sequence[Priority]) -> str:
    """Return what to look at first and why: the top of a gross list, each with what speaks against its result."""
    firm = [one for one in found if not on_few(one)][:FIRST]
    if not firm:
        return NOTHING
    return "".join(
        f"- {named(one.indicator)}: {markdown_text(_result(one))}. {markdown_text(_because(one))}.\n" for one in firm
    )


def priorities_section(found: Sequence[Priority], year: int, kod: str) -> str:
    """Return the section, without its heading: what the list is, and its top with the grounds of each place.

    Parameters
    ----------
    found
        The kommun's gross list (`gross_list`).
    year, kod
        The report year, and the kommun.
    """
    if not found:
        return NOTHING
    firm = [one for one in found if not on_few(one)]
    parts = [_introduction(found, firm, year)]
    if firm:
        rows: list[list[Cell]] = [
            [Markup(f"{one.rank}: {named(one.indicator)}"), _result(one), _because(one), points_text(one.points)]
            for one in firm[:LONGEST_LIST]
        ]
        about = [Subject(one.indicator.id, int(one.row["year"]), kod) for one in firm[:LONGEST_LIST]]
        columns = [
            Column(head="Indikator", width=2.9),
            Column(head="Resultat", width=1.3, fact="value_or_answer"),
            Column(head="Det som talar för en analys", width=3.5),
            Column(head="Poäng", align="right", width=0.7),
        ]
        caption = "Indikatorer att analysera vidare, de som flest skäl talar för först"
        parts.append(captioned_table(columns, rows, caption=caption, label="tbl-prioritering", about=about))
    return "\n\n".join(parts)


def _introduction(found: Sequence[Priority], firm: Sequence[Priority], year: int) -> str:
    weights = load_weights()
    noun = antal(len(found), "indikator", "indikatorer")
    verb = "har ett resultat som talar" if len(found) == 1 else "har resultat som talar"
    grounds = joined([CONCERN_WORDS[one] for one in weights.weights])
    text = (
        f"{capitalised(noun)} {verb} för en närmare titt. De ordnas efter flera skäl som vägs ihop till högst 100 "
        f"poäng: {grounds}. Vikterna är ett förslag som kommunen kan ändra. Kommunens mål och pågående satsningar "
        "ingår inte och behöver vägas in av dem som känner verksamheten."
    )
    if any(int(one.row["year"]) < year for one in found):
        text += f" Där resultat saknas {year} räknas det senaste från högst {count_word(OLDEST)} år tidigare."
    if len(found) > min(len(firm), LONGEST_LIST):
        text += " Hela listan, med poängen för varje skäl, finns i filen *att-analysera.csv*."
    small = len(found) - len(firm)
    if small:
        told = antal(small, "resultat", "resultat", neuter=True)
        text += f" {capitalised(told)} bygger på få personer eller enheter och finns bara i filen."
    return text


def _result(priority: Priority) -> str:
    """Return the result with its year: "50 procent (2024)", "nej (2024)"."""
    one, row = priority.indicator, priority.row
    if one.is_answer:
        return f"{answer_text(str(row['answer']))} ({int(row['year'])})"
    decimals = row_decimals(one.scale, (row["value"], row.get("riket")))
    return f"{with_unit(float(row['value']), one, decimals)} ({int(row['year'])})"


def _because(priority: Priority) -> str:
    """Return the grounds that speak against the result, in words."""
    found = [ground for ground in priority.grounds if ground.known and against(ground)]
    if priority.indicator.is_answer and len(found) > 1:
        # The answer stands beside.
        found = [ground for ground in found if ground.concern is not Concern.FARG]
    return capitalised(", ".join(_words(ground, priority) for ground in found))


def _words(ground: Points, priority: Priority) -> str:
    words = ground_words(ground, priority.indicator)
    rank, n = priority.row.get("rank"), priority.row.get("n_reporting")
    if ground.concern is Concern.FARG and rank is not None and n is not None and not is_missing(rank):
        same = priority.row.get("n_same_rank")
        last = int(rank) + (1 if same is None or is_missing(same) else int(same)) - 1
        # Kommuner with the same result share the ranks, as in the picture of the first spread.
        places = f"{int(rank)}–{last}" if last > int(rank) else f"{int(rank)}"
        return f"{words} (plats {places} av {int(n)})"
    return words


def on_few(priority: Priority) -> bool:
    """Return whether so few stand behind the result that the first spread leaves it out of its lists too."""
    value = priority.row.get("denominator")
    return stands_on_few(priority.indicator, None if value is None else float(value))


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
