"""An area's checklist: what the kommun answered no to, what has changed, and in short what it has in place."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.page_links import indicator_link
from lagesbild.presentation.kommun.quality import marked_cell, marked_riket
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.marks import answer_strip
from lagesbild.presentation.numbers import cell, status_text
from lagesbild.presentation.sections import TYPE_WORDS
from lagesbild.presentation.tables import Cell, Column, Markup, answer_cell, captioned_table
from lagesbild.presentation.traced import Subject
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: A checklist of more questions than this has its unchanged ja in a sentence instead of in rows.
SHORT = 2
#: At most this many rows; what is left is told by number.
LONGEST = 12

#: So many of the latest answers are drawn, and so many of the unchanged ja are named.
LATEST, MOST_NAMED = 6, 8

_ORDER = (Answer.NEJ, Answer.DELVIS, Answer.JA)


def checklist(view: KommunView, area: Area, results: Sequence[Result]) -> list[str]:
    """Return the Markdown blocks of an area's checklist, from its heading on.

    Parameters
    ----------
    view
        The kommun.
    area
        The area.
    results
        Its questions that were put in the year, at least one.
    """
    known = [result for result in results if result.answer]
    head = "### Checklista: struktur och process"
    if not known:
        return [head, f"Inga svar från kommunen finns för {view.year}."]
    steady = [one for one in known if one.answer == Answer.JA and not one.changed] if len(known) > SHORT else []
    apart = {one.indicator.id for one in steady}
    rows = sorted((one for one in known if one.indicator.id not in apart), key=_order)
    parts = [head, _changed_answers(known)]
    if rows:
        parts.append(_table(view, area, rows[:LONGEST]))
    if len(rows) > LONGEST:
        rest = antal(len(rows) - LONGEST, "svar till", "svar till", neuter=True)
        parts.append(f"{capitalised(rest)} finns i arbetsboken och datafilen.")
    if steady:
        titles = [markdown_text(one.indicator.short_title) for one in steady]
        shown = len(titles) if len(titles) <= MOST_NAMED + 1 else MOST_NAMED
        rest = f" och {count_word(len(titles) - shown)} till" if len(titles) > shown else ""
        named = f"{'; '.join(titles[:shown])}{rest}"
        more = "Övriga svar är" if rows else "Alla svar är"
        parts.append(f"{more} {answer_cell('ja').markdown}, {_before(steady)} ({len(steady)}): {named}.")
    return parts


def _order(result: Result) -> tuple[bool, int]:
    """Return the place in the table: what has changed first, then nej, delvis and ja."""
    return not result.changed, _ORDER.index(Answer(str(result.answer)))


def _before(steady: Sequence[Result]) -> str:
    """Return whether the unchanged ja were ja before too, as far as they were asked."""
    return "som tidigare" if all(one.previous_answer for one in steady) else "som tidigare eller för första gången"


def _table(view: KommunView, area: Area, rows: Sequence[Result]) -> str:
    similar = any(result.n_liknande and result.liknande is not None for result in rows)
    columns = [
        Column(head="Fråga till kommunen", width=3.6),
        Column(head="Typ", width=0.95),
        Column(head=f"Svar {view.year}", width=1.0, fact="answer"),
        Column(head="Svar över åren", width=2.6),
        Column(head="Ja, % i riket", align="right", width=0.8, fact="riket"),
        *([Column(head="Ja, % i liknande", align="right", width=1.0, fact="liknande")] if similar else []),
    ]
    return captioned_table(
        columns,
        [_row(view, one, similar) for one in rows],
        caption=f"{area.name}: svar {view.year} och tidigare",
        label=f"tbl-checklista-{area.id}",
        about=[Subject(one.indicator.id, view.year, view.kommun.kod) for one in rows],
    )


def _row(view: KommunView, result: Result, similar: bool) -> list[Cell]:
    riket, alike = (
        "–" if value is None else cell(value, result.indicator.scale) for value in (result.riket, result.liknande)
    )
    return [
        indicator_link(result.indicator, result.indicator.short_title),
        TYPE_WORDS[result.indicator.type],
        marked_cell(answer_cell(result.answer, status_text(result.status)), result),
        _over_years(view, result),
        marked_riket(riket, result),
        *([alike] if similar else []),
    ]


def _over_years(view: KommunView, result: Result) -> Cell:
    """Return the answers as small squares, and in words whether the last one is another than before."""
    answers = view.answers(result.indicator)
    if sum(answer is not None for _, answer in answers) < 2:
        return "första svaret"
    mark = answer_strip(answers[-LATEST:]).markdown()
    if result.changed:
        return Markup(f"{mark} **ändrat**, {result.previous_answer} {result.previous_year}")
    return Markup(f"{mark} sedan {_since(answers)}")


def _since(answers: Sequence[tuple[int, str | None]]) -> int:
    """Return the first year of the unbroken stretch of the last answer."""
    known = [(year, answer) for year, answer in answers if answer is not None]
    since = known[-1][0]
    for year, answer in reversed(known):
        if answer != known[-1][1]:
            break
        since = year
    return since


def _changed_answers(known: Sequence[Result]) -> str:
    """Return how many answers have changed since the question was last put, and which way."""
    if not any(result.previous_answer for result in known):
        return "Svaren kan inte jämföras med någon tidigare mätning."
    changed = [result for result in known if result.changed]
    if not changed:
        return "Inget svar har ändrats sedan förra mätningen."
    noun = capitalised(antal(len(changed), "svar har", "svar har", neuter=True))
    return f"{noun} ändrats sedan förra mätningen: {joined(_ways(changed))}."


def _ways(changed: Sequence[Result]) -> list[str]:
    """Return how many answers have moved towards ja, and how many towards nej."""
    steps = {Answer.NEJ: 0, Answer.DELVIS: 1, Answer.JA: 2}
    up = sum(steps[Answer(str(one.answer))] > steps[Answer(str(one.previous_answer))] for one in changed)
    ways = (("mot ja", up), ("mot nej", len(changed) - up))
    return [f"{count_word(n, neuter=True)} {way}" for way, n in ways if n]
