"""The sentences of the first spread on where the kommun stands and what is missing.

The claims, exactly. All are about results of quality (`lagesbild.presentation.sections.of_quality`) in the report year,
both sexes together, in the areas of the report. *Measured*: some kommun has a result. *Known*: the kommun has a result
that is released. *Compared*: a known number with a colour, so there is a direction and at least eight kommuner.

1. "Ale har resultat för K av de M kvalitetsindikatorer som har mätts": M is measured indicators, K those known.
2. "Av N kvalitetsresultat som kan jämföras ligger ...": compared numbers, by colour; best and worst are the quarters of
   the kommuner with a result (`lagesbild.methods.colours`).
3. "Med bara slump skulle ungefär Q ligga i varje ände": a quarter of N, rounded half up.
4. "A av de B bland de bästa är säkerställt bättre än riket ...": of the greens those with ``skillnad_riket`` battre, of
   the reds those with samre (95 percent or more, `lagesbild.methods.readings`).
5. "Svaret är ja på ...": known answers on structure and process, by answer.
6. "Tydligast bland de bästa är ...": greens, not on few persons or units, whose rank at most `MOST_SHARING` kommuner
   share; base indicators first, then secured ones, then by rank over the number with a result. At most `MOST_NAMED`.
7. Trends (`lagesbild.presentation.kommun.changes`): known numbers whose series up to the report year has the label. The
   change is told from the first year of the tested series to the report year.
8. "Av de T prövade serierna skulle ungefär E se säkerställda ut av en slump även utan förändring": T is known numbers
   with a trend label other than ``for_fa``; E is one in twenty, rounded half up ("någon enstaka" where it is 0).
9. "Titta först på" (`lagesbild.presentation.kommun.priorities.first_look`): the first of the gross list that are not on
   few persons or units, with those of their grounds that speak against the result.
10. "Svar har ändrats": known answers other than when the question was last put.
11. What is missing: measured indicators without a known result by status; then those the plan rests this year; then
    the rest: ended, or with no figures of any kommun. What has not begun yet is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator, Scale, Tier
from lagesbild.catalogue.plan import PLANNED_GAPS
from lagesbild.catalogue.plan import standing as standing_of
from lagesbild.catalogue.vocabulary import Answer, Colour, Status
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import FEW_UNITS, SMALL_BASE, KommunView, Result
from lagesbild.presentation.numbers import round_half_up, row_decimals, with_unit
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import (
    answers_sentence,
    antal,
    capitalised,
    colours_sentence,
    count_word,
    joined,
    secured_sentence,
)

#: A place that more kommuner than this share tells little of each of them.
MOST_SHARING = 10
#: So many results are named in a sentence.
MOST_NAMED = 3
#: With fewer results than this a quarter of them is no number to compare with.
_FEWEST_FOR_CHANCE = 8


def quality(view: KommunView, area: str | None = None, *, answers: bool | None = None) -> list[Result]:
    """Return the results that the first spread speaks of: those of quality."""
    return [result for result in view.results(area, answers=answers) if of_quality(result.indicator)]


def introduction(view: KommunView) -> str:
    """Return how much there is to go on (claim 1)."""
    results = [result for result in quality(view) if result.measured]
    name = markdown_text(view.kommun.namn)
    if not results:
        return f"Inga kvalitetsindikatorer har mätts {view.year}."
    known = sum(result.known for result in results)
    asked = f"kvalitetsindikatorer som har mätts {view.year}"
    if known == 0:
        return f"{name} har inget resultat för någon av de {asked}."
    if known == len(results):
        return f"{name} har resultat för alla de {asked}."
    return f"{name} har resultat för {count_word(known)} av de {count_word(len(results))} {asked}."


def standing(view: KommunView) -> str:
    """Return how many results are among the best, in the middle and among the worst, and the answers (claims 2-5)."""
    results = quality(view, answers=False)
    colours = Counter(result.colour for result in results if result.colour)
    answers = Counter(result.answer for result in quality(view, answers=True) if result.answer)
    sentences = [colours_sentence(colours[Colour.GRON], colours[Colour.GUL], colours[Colour.ROD])]
    if colours.total() >= _FEWEST_FOR_CHANCE:
        quarter = count_word(int(round_half_up(colours.total() / 4)))
        sentences.append(f"Med bara slump skulle ungefär {quarter} ligga i varje ände.")
    sentences.append(chance_of_colours(results))
    if answers:
        sentences.append(answers_sentence(answers[Answer.JA], answers[Answer.DELVIS], answers[Answer.NEJ]))
    return " ".join(filter(None, sentences))


def chance_of_colours(results: Sequence[Result]) -> str:
    """Return how many of the greens and reds are secured, and what that means for the rest (claim 4)."""
    ends = [[result for result in results if result.colour == colour] for colour in (Colour.GRON, Colour.ROD)]
    best, worst = ((len(found), sum(result.secured for result in found)) for found in ends)
    told = secured_sentence(best, worst)
    if best[1] + worst[1] == best[0] + worst[0]:
        return told
    return f"{told} Övriga kan ligga där av en slump, eller har inte kunnat prövas."


def strongest(view: KommunView) -> str:
    """Return which results are most clearly among the best (claim 6); empty where none is."""
    found = [
        result
        for result in quality(view, answers=False)
        if result.colour == Colour.GRON
        and result.rank is not None
        and not result.small_base
        and result.n_same_rank <= MOST_SHARING
    ]
    if not found:
        return ""

    def clearness(result: Result) -> tuple[bool, bool, float]:
        return result.indicator.tier is not Tier.BAS, not result.secured, (result.rank or 0) / result.n_reporting

    named = [_result_words(result) for result in sorted(found, key=clearness)[:MOST_NAMED]]
    return f"Tydligast bland de bästa är {joined(named)}."


def _result_words(result: Result) -> str:
    """Return "**Nöjda med hemtjänsten** (94 procent, riket 91)"."""
    indicator = result.indicator
    decimals = row_decimals(indicator.scale, (result.value, result.riket))
    kind = "index " if indicator.scale is Scale.INDEX else ""  # an index has no unit that tells what it is
    parts = [] if result.value is None else [f"{kind}{with_unit(result.value, indicator, decimals)}"]
    parts += [] if result.riket is None else [f"riket {with_unit(result.riket, indicator, decimals)}"]
    return f"**{markdown_text(indicator.short_title)}** ({', '.join(parts)})"


def named(indicator: Indicator) -> str:
    """Return an indicator's short title with its area: some questions are put in several areas."""
    return f"**{markdown_text(indicator.short_title)}** ({area_called(indicator.area).name})"


def chance_of_trends(view: KommunView) -> str:
    """Return how many trends have been tested, and how many chance alone may make secured (claim 8)."""
    trends = Counter(result.trend for result in quality(view, answers=False) if result.known)
    tested = trends.total() - trends[None] - trends["for_fa"]
    if tested == 0:
        return "Ingen serie har de tre mätningar som en prövning kräver.\n"
    if tested == 1:
        return "Den enda prövade serien kan se säkerställd ut av en slump även utan förändring.\n"
    expected = int(round_half_up(0.05 * tested))
    some = f"ungefär {count_word(expected)}" if expected else "någon enstaka"
    secured = "säkerställda" if expected > 1 else "säkerställd"
    return (
        f"Av de {count_word(tested)} prövade serierna skulle {some} se {secured} ut av en slump även utan förändring.\n"
    )


def few(results: Sequence[Result]) -> str:
    """Return what small bases are: "färre än 30 personer eller färre än fem enheter", as far as they occur."""
    kinds = [f"färre än {SMALL_BASE} personer"] if any(not result.few_units for result in results) else []
    if any(result.few_units for result in results):
        kinds.append(f"färre än {count_word(FEW_UNITS)} enheter")
    return joined(kinds, "eller")


def what_is_missing(view: KommunView) -> str:
    """Return in words how many indicators of quality the kommun has no result for, and why (claim 11)."""
    absent = [result for result in quality(view) if not result.known]
    sentences = [_withheld([result for result in absent if result.measured])]
    unmeasured = [result for result in absent if not result.measured]
    resting = sum(
        result.status == Status.EJ_MATT and standing_of(result.indicator, view.year) in PLANNED_GAPS
        for result in unmeasured
    )
    rest = len(unmeasured) - resting
    told = [f"{antal(resting, 'indikator', 'indikatorer')} mäts inte {view.year} enligt mätplanen"] if resting else []
    if rest:
        noun = count_word(rest) if resting else antal(rest, "indikator", "indikatorer")
        told.append(f"{noun} har slutat mätas eller saknas i källan för alla kommuner")
    sentences += [f"{capitalised(', och '.join(told))}."] if told else []
    return " ".join(filter(None, sentences)) or "Alla mätta kvalitetsindikatorer har resultat."


def _withheld(absent: Sequence[Result]) -> str:
    """Return how many measured indicators have no result to show, by reason; empty where all have one."""
    reasons = Counter(result.status for result in absent)
    hidden = "är dolt" if reasons[Status.SEKRETESS] == 1 else "är dolda"
    texts = {
        Status.SEKRETESS: f"{hidden} av sekretesskäl",
        Status.BORTFALL: "saknar svar eller har för få svar",
        Status.EJ_TILLAMPLIG: "gäller inte kommunen",
        Status.SAKNAS: "saknas i källan",
    }
    found = {status: reasons[status] for status in texts if reasons[status]}
    if not found:
        return ""
    total = capitalised(antal(sum(found.values()), "resultat", "resultat", neuter=True))
    if len(found) == 1:
        return f"{total} {texts[next(iter(found))]}."
    parts = joined([f"{count_word(count, neuter=True)} {texts[status]}" for status, count in found.items()])
    return f"{total} kan inte visas: {parts}."
