"""What has become better and worse, in few lines: trends secured by statistics, and answers that have changed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lagesbild.catalogue.indicators import Tier
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.summary import few, named, quality
from lagesbild.presentation.kommun.view import KommunView, Result
from lagesbild.presentation.numbers import is_missing
from lagesbild.presentation.wording import antal, capitalised, count_word, joined, trend_phrase

#: A list of the first spread has at most this many lines; the sections hold the rest.
LONGEST_LIST = 3
#: Answers named for each way of changing.
MOST_NAMED = 2


def trends_told(view: KommunView, label: str) -> list[Result]:
    """Return the known results with a secured trend of one kind that don't stand on few, the surest first.

    Base indicators go before in-depth ones, then the smallest p value; the id settles what is equal.

    Parameters
    ----------
    view
        The kommun.
    label
        ``sakerstalld_forbattring`` or ``sakerstalld_forsamring``.
    """
    found = [one for one in _proven(view, label) if not one.small_base]
    return sorted(found, key=lambda one: (one.indicator.tier is not Tier.BAS, _p_value(view, one), one.indicator.id))


def _proven(view: KommunView, label: str) -> list[Result]:
    return [one for one in quality(view, answers=False) if one.trend == label and one.known]


def _p_value(view: KommunView, result: Result) -> float:
    row = next((one for one in view.rows[result.indicator.id] if one["year"] == view.year), {})
    found = row.get("p_value")
    return math.inf if found is None or is_missing(found) else float(found)


def secured_trends(view: KommunView, label: str) -> str:
    """Return the list of results with a secured trend of one kind; one sentence where there is none."""
    told, small = trends_told(view, label), [one for one in _proven(view, label) if one.small_base]
    one, many = ("förbättring", "förbättringar") if label.endswith("_forbattring") else ("försämring", "försämringar")
    if not told and not small:
        return f"Ingen {one} är statistiskt säkerställd.\n"
    lines = [_changed(view, result) for result in told[:LONGEST_LIST]]
    rest = len(told) - len(lines)
    more = [f"ytterligare {count_word(rest)} finns i avsnitten per område"] if rest else []
    if small and told:
        more.append(f"{count_word(len(small))} till bygger på {few(small)}")
    elif small:
        more.append(f"{antal(len(small), f'säkerställd {one}', f'säkerställda {many}')} bygger på {few(small)}")
    lines += [f"{capitalised('; '.join(more))}."] if more else []
    return "".join(f"- {line}\n" for line in lines)


def _changed(view: KommunView, result: Result) -> str:
    # What is older than the trend's first year answers another question.
    begins = view.trend_begins(result.indicator)
    series = [(year, v) for year, v in view.series(result.indicator) if v is not None and year >= begins]
    first_year, first = series[0]
    last = series[-1][1] if result.value is None else result.value
    phrase = trend_phrase(first, last, first_year, result.indicator, result.slope)
    return f"{named(result.indicator)} {phrase}."


def changed_answers(view: KommunView) -> str:
    """Return how many answers on structure and process have changed since the question was last put, and which."""
    asked = quality(view, answers=True)
    if not any(result.answer for result in asked):
        return f"Inga svar från kommunen finns för {view.year}.\n"
    if not any(result.answer and result.previous_answer for result in asked):
        return "Svaren kan inte jämföras med någon tidigare mätning.\n"
    changed = [result for result in asked if result.changed]
    if not changed:
        return "Inget svar på kvalitetsfrågorna har ändrats sedan frågan senast ställdes.\n"
    kinds = {
        "Nytt ja": [one for one in changed if one.answer == Answer.JA],
        "Inte längre ja": [one for one in changed if one.previous_answer == Answer.JA],
        "Ändrat mellan delvis och nej": [one for one in changed if Answer.JA not in (one.answer, one.previous_answer)],
    }
    noun = capitalised(antal(len(changed), "svar", "svar", neuter=True))
    told = [f"{kind}: {_some(found)}." for kind, found in kinds.items() if found]
    return f"{noun} på kvalitetsfrågorna har ändrats sedan frågan senast ställdes. {' '.join(told)}\n"


def _some(results: Sequence[Result]) -> str:
    """Return the first titles, and how many more there are."""
    shown = [f"*{markdown_text(result.indicator.short_title)}*" for result in results[:MOST_NAMED]]
    rest = len(results) - len(shown)
    return joined([*shown, f"{count_word(rest)} till"] if rest else shown)
