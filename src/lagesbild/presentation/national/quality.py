"""How far an area's national figures can be trusted: the reasons under its tables."""

from __future__ import annotations

from collections import Counter

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator
from lagesbild.methods.quality_grade import Grade
from lagesbild.presentation.national.nonresponse import nonresponse_part
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import number
from lagesbild.presentation.quality_words import cause_words, grade_legend, grade_text, uncertain_lines
from lagesbild.presentation.wording import count_word, figures_words, joined


def quality_notes(view: NationalView, indicators: list[Indicator], *, legend: bool = True) -> list[str]:
    """Return why the data of a table's indicators are uncertain, the worst first, and what the grades mean.

    Indicators with the same reasons (the questions of one survey, often) share a line. Without grades there is nothing
    to say. With `legend` the grades are explained: under an area's first table.
    """
    if not any(view.grade(indicator) for indicator in indicators):
        return []
    lines = uncertain_lines([(one.short_title, view.grade(one), view.grade_reasons(one)) for one in indicators])
    meaning = [f"Uppgifternas säkerhet: {grade_legend()}"] if legend else []
    return [*meaning, *(["".join(lines)] if lines else [])]


def quality_section(view: NationalView, area: Area, *, level: int) -> list[str]:
    """Return the Markdown blocks of how far an area's figures can be trusted, and who has not answered."""
    indicators = [*view.measured(area.id, answers=False), *view.measured(area.id, answers=True)]
    graded = Counter(view.grade(one) for one in indicators if view.grade(one))
    parts = [f"{'#' * level} Uppgifternas säkerhet"]
    if graded:
        first, *rest = [(number(graded[str(one)]), grade_text(one)) for one in Grade if graded[str(one)]]
        told = joined([f"{first[0]} säkerheten {first[1]}", *(f"{n} {grade}" for n, grade in rest)])
        parts.append(f"Av {figures_words([one for one in indicators if view.grade(one)])} har {told}.")
        parts += quality_notes(view, indicators, legend=False)
    answered = nonresponse_part(view, area, level=level + 1)
    return [*parts, *answered] if graded or answered else []


def commonest_reason(view: NationalView, indicators: list[Indicator]) -> list[str]:
    """Return a sentence on what grade B most often is due to, in a list; empty where no indicator has B.

    An indicator may have several reasons; each counts. Between reasons equally common the check's name decides.
    """
    middling = [indicator for indicator in indicators if view.grade(indicator) == Grade.GODTAGBAR]
    counts = Counter(check for indicator in middling for check in view.lowered_by(indicator))
    if not counts:
        return []
    check, n = min(counts.items(), key=lambda item: (-item[1], item[0]))
    grade = grade_text(Grade.GODTAGBAR)
    return [
        f"Av {figures_words(indicators)} har {count_word(len(middling))} säkerheten {grade}. B beror oftast på "
        f"{cause_words(check)} ({n} av {len(middling)}); skälen för varje indikator finns bland de öppna data, i "
        "kvalitet.csv."
    ]
