"""How far an area's national figures can be trusted: the reasons under its tables."""

from __future__ import annotations

from lagesbild.catalogue.indicators import Indicator
from lagesbild.methods.quality_grade import Grade
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.quality_words import grade_legend, grade_text


def quality_notes(view: NationalView, indicators: list[Indicator], *, legend: bool = True) -> list[str]:
    """Return why the data of a table's indicators are uncertain, the worst first, and what the grades mean.

    Indicators with the same reasons (the questions of one survey, often) share a line. Without grades there is nothing
    to say. With `legend` the grades are explained: under an area's first table.
    """
    if not any(view.grade(indicator) for indicator in indicators):
        return []
    by_reasons: dict[tuple[str, str], list[str]] = {}
    for indicator in indicators:
        if view.grade(indicator) in (Grade.OSAKER, Grade.BRISTFALLIG):
            key = (view.grade(indicator), view.grade_reasons(indicator))
            by_reasons.setdefault(key, []).append(f"*{markdown_text(indicator.short_title)}*")
    lines = [
        f"- {grade_text(grade)}, {', '.join(names)}: {markdown_text(reasons)}\n"
        for (grade, reasons), names in sorted(by_reasons.items(), key=lambda item: item[0][0], reverse=True)
    ]
    meaning = [f"Uppgifternas säkerhet: {grade_legend()}"] if legend else []
    return [*meaning, *(["".join(lines)] if lines else [])]
