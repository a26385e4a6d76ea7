"""How far the figures of a kommun's report can be trusted: marks beside them, and a section that sums up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lagesbild.catalogue.areas import area as area_called
from lagesbild.methods.quality_findings import Check
from lagesbild.methods.quality_grade import Grade
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import number
from lagesbild.presentation.quality_words import MARK, WARNED, cause_words, grade_legend, grade_text
from lagesbild.presentation.tables import Cell, Markup
from lagesbild.presentation.wording import antal, capitalised, joined

#: The section lists at most this many of each kind; the areas' tables have all.
LONGEST_LIST = 5

#: And at most this many causes of uncertain data.
MOST_CAUSES = 5


def warned(result: Result) -> bool:
    """Tell whether the indicator's data are graded C or D, so that its figures need a word of caution."""
    return result.quality in WARNED


def of_riket(result: Result) -> bool:
    """Tell whether the grade is due to riket's figure alone: then its letter stands there, not at the kommun's own.

    Few kommuner make riket's figure uncertain too, but say nothing of the kommun's own.
    """
    return warned(result) and set(result.quality_checks) - {Check.TACKNING} == {Check.RIKET_MOT_KOMMUNER}


def marked_riket(text: str, result: Result) -> Markup:
    """Return riket's figure with the letter of a grade that is due to it."""
    letter = f"\u00a0**{result.quality}**" if of_riket(result) and result.riket is not None else ""
    return Markup(f"{markdown_text(text)}{letter}")


def marked(text: str, result: Result) -> Markup:
    """Return a figure with the mark of a finding after it, and the letter of an uncertain indicator.

    "87 †" has been questioned by a check; "87 C" belongs to an indicator whose data are uncertain.
    """
    return Markup(_with_signs(markdown_text(text), result))


def marked_cell(shown: Cell, result: Result) -> Cell:
    """Return a cell that is Markdown already with the same signs as `marked`."""
    return Markup(_with_signs(shown.markdown, result)) if isinstance(shown, Markup) else shown


def signs_of(result: Result) -> str:
    """Return the mark of a finding and the letter of an uncertain indicator, empty where there is neither."""
    letter = [result.quality] if warned(result) and not of_riket(result) else []
    return "\u00a0".join([*([MARK] if result.finding else []), *letter])


def _with_signs(shown: str, result: Result) -> str:
    signs = signs_of(result)
    return f"{shown}\u00a0**{signs}**" if signs and result.known else shown


def _told(finding: str) -> str:
    return f"{finding.replace('; ', '. ')}."


def _counted(known: int, told: Sequence[str]) -> str:
    """Return how many results have each grade, `told` as "28 betyget B godtagbar"."""
    if len(told) == 1 and known > 1:
        return f"Alla rapportens {number(known)} resultat har {told[0].partition(' ')[2]}."
    return f"Av rapportens {number(known)} resultat har {joined(told)}." if told else ""


def quality_section(view: KommunView) -> str:
    """Return the section "Så säkra är uppgifterna", without its heading."""
    known = [result for result in view.results() if result.known]
    if not known:
        return "Rapporten har inga resultat att bedöma."
    grades = Counter(result.quality for result in known)
    told = [
        f"{number(grades[grade])} betyget {grade_text(grade)}"
        for grade in (Grade.GOD, Grade.GODTAGBAR, *WARNED)
        if grades[grade]
    ]
    parts = [
        "Varje indikator får ett betyg för året. Betyget gäller alla kommuners uppgifter om indikatorn, inte "
        f"kommunens kvalitet. {grade_legend()} Bokstäverna C och D står efter resultatet i tabellerna, eller efter "
        "rikets värde om det är det som är osäkert.",
        _counted(len(known), told),
    ]
    causes = Counter(check for one in known if warned(one) for check in one.quality_checks)
    if causes:
        due = [f"{cause_words(check)} ({number(n)})" for check, n in causes.most_common(MOST_CAUSES)]
        parts.append(f"Betygen C och D beror på {joined(due)}; inom parentes står antalet resultat.")
    found = [result for result in known if result.finding]
    if found:
        noun = capitalised(antal(len(found), "uppgift", "uppgifter"))
        parts.append(
            f"{noun} om {markdown_text(view.kommun.namn)} bör kommunen se över ({MARK}). Det behöver inte vara ett fel:"
        )
        lines = [
            f"- **{markdown_text(one.indicator.short_title)}** ({area_called(one.indicator.area).name}): "
            f"{markdown_text(_told(str(one.finding)))}\n"
            for one in found[:LONGEST_LIST]
        ]
        if len(found) > LONGEST_LIST:
            rest = antal(len(found) - LONGEST_LIST, "uppgift", "uppgifter")
            lines.append(f"- Ytterligare {rest} är märkta i avsnitten per område.\n")
        parts.append("".join(lines))
    else:
        parts.append(
            f"Kontrollerna har inte funnit något anmärkningsvärt i {markdown_text(view.kommun.genitiv)} egna uppgifter."
        )
    return "\n\n".join(filter(None, parts))
