"""What to be careful with in an area's results, in a faktablad: the gravest first, and few."""

from __future__ import annotations

from collections.abc import Iterator

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.plan import PLANNED_GAPS, measuring_plan
from lagesbild.catalogue.recodings import breaks
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.fact_sheet.fitting import bullet_lines, that_fit
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import number
from lagesbild.presentation.quality_words import SURVEY_WORDS, WARNED, grade_text
from lagesbild.presentation.source_cautions import surveys_of
from lagesbild.presentation.wording import antal, count_word, joined

#: At most this many points on so many lines, and at most this many names in each.
MOST_POINTS, MOST_LINES = 5, 10
MOST_NAMED = 2

#: A survey that fewer kommuner than this share have answered is told of.
FULL = 0.9


def cautions(view: NationalView, area: Area, key: list[Indicator]) -> str:
    """Return the points as a list."""
    found = [*_uncertain(view, area), *_unweighted(view, key), *_nonresponse(view, area), *_breaks(view, area)]
    found += [*_resting(view, area), *_colours(view, key), *_costs(view, area)]
    return "".join(f"- {text}\n" for text in that_fit(found[:MOST_POINTS], bullet_lines, MOST_LINES))


def _uncertain(view: NationalView, area: Area) -> Iterator[str]:
    graded = sorted(
        (one for one in view.catalogue.in_area(area.id) if view.grade(one) in WARNED),
        key=lambda one: (view.grade(one), one.id),
        reverse=True,
    )
    if graded:
        if len(graded) == 1:
            yield f"**Osäkra uppgifter:** {_names(graded)} har betyget {grade_text(view.grade(graded[0]))}."
            return
        count = count_word(len(graded))
        yield (
            f"**Osäkra uppgifter:** {count} indikatorer har betyget C osäker eller D bristfällig, bland annat "
            f"{_names(graded)}."
        )


def _names(indicators: list[Indicator]) -> str:
    return joined([f"*{markdown_text(one.short_title)}*" for one in indicators[:MOST_NAMED]])


def _unweighted(view: NationalView, key: list[Indicator]) -> Iterator[str]:
    rows = view.comparisons
    rows = rows[(rows["year"] == view.year) & (rows["riket_weighting"] == "ovagd")]
    unweighted = {str(one) for one in rows["indicator"].unique()}
    means = [one for one in key if not one.is_answer and one.id in unweighted]
    if means:
        yield (
            f"**Riket är ibland ett ovägt medelvärde:** för {count_word(len(means))} av {count_word(len(key))} "
            "nyckelresultat redovisar källan inget riksvärde, och då räknas alla kommuner lika oavsett storlek."
        )


def _nonresponse(view: NationalView, area: Area) -> Iterator[str]:
    tests = view.nonresponse.get(area.id)
    if tests is None:
        return
    tests = tests[tests["year"] == view.year]
    parts = []
    for survey in surveys_of(view.catalogue.in_area(area.id)):
        rows = tests[tests["survey"] == str(survey)]
        if survey in (Survey.REGISTER, Survey.RAKENSKAPSSAMMANDRAG) or rows.empty:
            continue
        answered = int(rows["n_answered"].iloc[0])
        every = answered + int(rows["n_not"].iloc[0])
        if answered < FULL * every:
            name = SURVEY_WORDS[str(survey)]
            parts.append(f"{number(answered)} av {number(every)} på {name[:1].lower()}{name[1:]}")
    if parts:
        yield f"**Bortfall:** alla kommuner har inte svarat, bara {joined(parts)}. De andra kan skilja sig från dem."


def _breaks(view: NationalView, area: Area) -> Iterator[str]:
    broken = [
        one
        for one in view.catalogue.in_area(area.id)
        if any(year in view.years for year in breaks(one.id)) and view.riket(one, view.year) is not None
    ]
    if broken:
        yield (
            f"**Brutna serier:** {antal(len(broken), 'indikator', 'indikatorer')} kan inte jämföras bakåt förbi året "
            f"då frågan eller metoden ändrades, bland annat {_names(broken)}."
        )


def _resting(view: NationalView, area: Area) -> Iterator[str]:
    resting = [
        one for one in measuring_plan(view.catalogue.in_area(area.id), view.year) if one.standing in PLANNED_GAPS
    ]
    if resting:
        which = antal(len(resting), "indikator", "indikatorer")
        yield f"**Allt mäts inte varje år:** {which} vilar {view.year} enligt mätplanen. Det är inte bortfall."


def _colours(view: NationalView, key: list[Indicator]) -> Iterator[str]:
    if any(not one.is_answer for one in key):
        yield (
            "**Färgerna:** en fjärdedel av kommunerna är alltid bland de sämsta, också när skillnaderna är små eller "
            "beror på slumpen."
        )


def _costs(view: NationalView, area: Area) -> Iterator[str]:
    if Survey.RAKENSKAPSSAMMANDRAG in surveys_of(view.catalogue.in_area(area.id)):
        yield (
            "**Kostnader** är inte omräknade för prisutvecklingen, och en hög kostnad är varken bra eller dålig i sig."
        )
