"""What the kommun has no result for in an area: named by reason in a short list, instead of rows of dashes."""

from __future__ import annotations

from lagesbild.catalogue.plan import PLANNED_GAPS, Planned, measuring_plan
from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import status_text
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: Titles that are named for each next year; the measuring plan on the website has all.
MOST_NAMED = 5

#: Why, in the order of the list.
_REASONS = {
    Status.SEKRETESS: "Får inte visas av sekretesskäl",
    Status.BORTFALL: "Svar saknas, eller för få har svarat",
    Status.EJ_TILLAMPLIG: "Gäller inte kommunen",
    Status.SAKNAS: "Uppgift saknas i källan",
}


def without_result(view: KommunView, results: list[Result]) -> str:
    """Return the indicators that were measured but have no result for the kommun, by reason; empty if all have one."""
    absent = [result for result in results if not result.known]
    if not absent:
        return ""
    name = markdown_text(view.kommun.namn)
    reasons = []
    for status, words in _REASONS.items():
        named = [markdown_text(result.indicator.short_title) for result in absent if result.status == status]
        if named:
            mark = "" if status == Status.SAKNAS else f" ({markdown_text(status_text(status))})"
            # Titles have commas of their own ("Trivs alltid hemma, gruppbostad").
            reasons.append(f"{words}{mark}: {'; '.join(named)}.")
    noun = capitalised(antal(len(absent), "indikator", "indikatorer"))
    sentence = f"{noun} har inget resultat för {name} {view.year}."
    if len(reasons) == 1:
        return f"{sentence} {reasons[0]}"
    return f"{sentence}\n\n" + "".join(f"- {reason}\n" for reason in reasons)


def resting(view: KommunView, results: list[Result]) -> str:
    """Return which indicators rest in the year by plan and when they are measured next, in one line; empty if none.

    "Mäts inte 2024, nästa gång 2025: A, B och tre till. Pausade: C."
    """
    absent = [result.indicator for result in results if result.status == Status.EJ_MATT]
    plan = [one for one in measuring_plan(absent, view.year) if one.standing in PLANNED_GAPS]
    years = sorted({one.next_year for one in plan if one.next_year is not None})
    parts = [f"nästa gång {year}: {_titles([one for one in plan if one.next_year == year])}" for year in years]
    paused = [one for one in plan if one.next_year is None]
    if paused:
        parts.append(f"{'pausad' if len(paused) == 1 else 'pausade'}: {_titles(paused)}")
    return f"Mäts inte {view.year}, {'; '.join(parts)}." if parts else ""


def _titles(plan: list[Planned]) -> str:
    """Return a handful of short titles and how many there are besides."""
    # One title more takes no more room than "och en till".
    shown = len(plan) if len(plan) <= MOST_NAMED + 1 else MOST_NAMED
    named = [f"*{markdown_text(one.indicator.short_title)}*" for one in plan[:shown]]
    rest = len(plan) - shown
    return joined([*named, f"{count_word(rest)} till"] if rest else named)
