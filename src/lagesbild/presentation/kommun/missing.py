"""What is uncertain or missing in an area, in three lines at most: the marks in the tables have the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lagesbild.catalogue.plan import PLANNED_GAPS, measuring_plan
from lagesbild.catalogue.vocabulary import Status
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.quality import of_riket, warned
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import status_text
from lagesbild.presentation.quality_words import MARK, WARNED, cause_words, grade_text
from lagesbild.presentation.wording import antal, capitalised, count_word, joined

#: Titles that are named for each reason; the workbook has all.
MOST_NAMED = 3

#: Why, in the order of the sentence: "tre visas inte av sekretesskäl (..)".
_REASONS = {
    Status.SEKRETESS: "visas inte av sekretesskäl",
    Status.BORTFALL: "saknar svar, eller så har för få svarat",
    Status.EJ_TILLAMPLIG: "gäller inte kommunen",
    Status.SAKNAS: "saknas i källan",
}


def caveats(view: KommunView, results: Sequence[Result]) -> list[str]:
    """Return what is uncertain and missing in an area: a list of at most three lines, none where all is well.

    Parameters
    ----------
    view
        The kommun.
    results
        All of the area's results, those that weren't measured in the year too.
    """
    told = [_uncertain([one for one in results if one.known]), _absent(results), resting(view, results)]
    lines = [f"- {line}" for line in told if line]
    return ["\n".join(lines)] if lines else []


def _absent(results: Sequence[Result]) -> str:
    """Return how many indicators were measured but have no result for the kommun, why, and a few of their names."""
    absent = [one for one in results if one.measured and not one.known]
    if not absent:
        return ""
    parts = []
    for status, words in _REASONS.items():
        named = [markdown_text(one.indicator.short_title) for one in absent if one.status == status]
        if named:
            mark = "" if status == Status.SAKNAS else f" ({markdown_text(status_text(status))})"
            parts.append(f"{count_word(len(named))} {words}{mark}: {_some(named)}")
    return f"**Utan resultat.** {'. '.join(map(capitalised, parts))}."


def _uncertain(known: Sequence[Result]) -> str:
    """Return how many results belong to uncertain indicators, what it is due to, and how many have been questioned."""
    parts = []
    for grade in WARNED[::-1]:
        graded = [one for one in known if one.quality == grade]
        if graded:
            causes = Counter(check for one in graded for check in one.quality_checks)
            due = joined([cause_words(check) for check, _ in causes.most_common(2)])
            noun = antal(len(graded), "resultat", "resultat", neuter=True)
            parts.append(f"{capitalised(noun)} har betyget {grade_text(grade)}{f', mest för {due}' if due else ''}.")
    if any(warned(one) and of_riket(one) for one in known):
        parts.append("En bokstav i kolumnen Riket gäller bara rikets värde.")
    found = sum(bool(one.finding) for one in known)
    if found:
        noun = antal(found, "uppgift", "uppgifter")
        parts.append(
            f"{capitalised(noun)} bör ses över ({MARK}); skälen står i [Så säkra är uppgifterna](#sec-sakerhet)."
        )
    return f"**Osäkert.** {' '.join(parts)}" if parts else ""


def resting(view: KommunView, results: Sequence[Result]) -> str:
    """Return how many indicators rest in the year by plan and when they are measured next; empty if none do."""
    absent = [result.indicator for result in results if result.status == Status.EJ_MATT]
    plan = [one for one in measuring_plan(absent, view.year) if one.standing in PLANNED_GAPS]
    if not plan:
        return ""
    years = Counter(one.next_year for one in plan if one.next_year is not None)
    parts = [f"{count_word(years[year])} mäts nästa gång {year}" for year in sorted(years)]
    paused = sum(one.next_year is None for one in plan)
    if paused:
        parts.append(f"{count_word(paused)} är {'pausad' if paused == 1 else 'pausade'}")
    noun = capitalised(antal(len(plan), "indikator", "indikatorer"))
    return f"**Mäts inte {view.year}.** {noun} vilar enligt mätplanen: {joined(parts)}."


def _some(named: Sequence[str]) -> str:
    """Return a few titles and how many there are besides. Titles have commas of their own, so semicolons part them."""
    # One title more takes no more room than "och en till".
    shown = len(named) if len(named) <= MOST_NAMED + 1 else MOST_NAMED
    rest = len(named) - shown
    return f"{'; '.join(named[:shown])}{f' och {count_word(rest)} till' if rest else ''}"
