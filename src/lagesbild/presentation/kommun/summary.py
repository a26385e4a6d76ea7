"""The first page of a kommun's report: where the kommun stands, what changed and what to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.groups import kommungrupp
from lagesbild.catalogue.indicators import Indicator, Scale, Tier
from lagesbild.catalogue.plan import PLANNED_GAPS, Standing
from lagesbild.catalogue.plan import standing as standing_of
from lagesbild.catalogue.regions import kommuner, lan_by_code
from lagesbild.catalogue.vocabulary import Answer, Colour, Status
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.kommun.view import FEW_UNITS, SMALL_BASE, KommunView, Result
from lagesbild.presentation.measuring_plan import next_times
from lagesbild.presentation.numbers import answer_text, number, row_decimals, with_unit
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import (
    answers_sentence,
    antal,
    capitalised,
    colours_sentence,
    count_word,
    joined,
    secured_sentence,
    trend_phrase,
)

#: A list on the first page has at most this many lines; the sections hold the rest.
LONGEST_LIST = 5

#: A place that more kommuner than this share tells little of each of them; such results are told in one sentence.
MOST_SHARING = 10
MOST_NAMED = 3

#: Why an indicator without data for the year is no gap in the plan.
_ENDED = frozenset({Standing.ERSATT, Standing.BORTTAGEN, Standing.AVSLUTAD})
_TO_COME = frozenset({Standing.EJ_BORJAD, Standing.UTVECKLING})


def quality(view: KommunView, area: str | None = None, *, answers: bool | None = None) -> list[Result]:
    """Return the results that the first page speaks of: those of quality, for which high or low is good."""
    return [result for result in view.results(area, answers=answers) if of_quality(result.indicator)]


def introduction(view: KommunView) -> str:
    """Return who the report is about and how much there is to go on."""
    kommun = view.kommun
    results = [result for result in quality(view) if result.measured]
    known = sum(result.known for result in results)
    group = kommungrupp(kommun.kommungrupp_2023)
    name = markdown_text(kommun.namn)
    alone = sum(other.lan == kommun.lan for other in kommuner()) == 1
    note = f" {name} är ensam kommun i sitt län och jämförs därför bara med riket och kommungruppen." if alone else ""
    return (
        f"{name} ligger i {markdown_text(lan_by_code(kommun.lan).namn)} och hör till kommungruppen "
        f"{markdown_text(group.namn.lower())} ({group.kod}). Rapporten visar {view.year} års öppna jämförelser. "
        f"Av {antal(len(results), 'kvalitetsindikator', 'kvalitetsindikatorer')} som har mätts har {name} resultat för "
        f"{count_word(known)}.{note}"
    )


def standing(view: KommunView) -> str:
    """Return how many results are among the best, in the middle and among the worst, and the answers."""
    colours = Counter(result.colour for result in quality(view, answers=False) if result.colour)
    answers = Counter(result.answer for result in quality(view, answers=True) if result.answer)
    text = colours_sentence(colours[Colour.GRON], colours[Colour.GUL], colours[Colour.ROD])
    text = f"{text} {chance_of_colours(quality(view, answers=False))}".rstrip()
    if answers:
        text += " " + answers_sentence(answers[Answer.JA], answers[Answer.DELVIS], answers[Answer.NEJ])
    apart = sum(result.known and not of_quality(result.indicator) for result in view.results())
    if apart:
        noun = capitalised(antal(apart, "resultat", "resultat", neuter=True))
        text += (
            f" {noun} om välfärd, hållbar utveckling, nyckeltal och kostnader visas i avsnitten per område men räknas "
            "inte i sammanfattningen, eftersom de beskriver kommunens förutsättningar och inte kvaliteten."
        )
    return text


def chance_of_colours(results: Sequence[Result]) -> str:
    """Return how many of the greens and reds are secured, and what that means for the rest."""
    ends = [[result for result in results if result.colour == colour] for colour in (Colour.GRON, Colour.ROD)]
    best, worst = ((len(found), sum(result.secured for result in found)) for found in ends)
    told = secured_sentence(best, worst)
    if best[1] + worst[1] == best[0] + worst[0]:
        return told
    return f"{told} Övriga kan ligga där av en slump, eller har inte kunnat prövas."


def area_counts(view: KommunView) -> list[tuple[Area, Counter[str], Counter[str]]]:
    """Return each area, the counts of colours of its numbers, and the counts of its answers."""
    return [
        (
            area,
            Counter(r.colour for r in quality(view, area.id, answers=False) if r.colour),
            Counter(r.answer for r in quality(view, area.id, answers=True) if r.answer),
        )
        for area in AREAS
    ]


def _bullets(lines: Sequence[str], rest: int, noun: str) -> str:
    text = "".join(f"- {line}\n" for line in lines)
    if rest > 0:
        text += f"- Ytterligare {antal(rest, noun, noun, neuter=True)} finns i avsnitten per område.\n"
    return text


def _ranked(results: Sequence[Result], colour: Colour) -> list[Result]:
    """Return the results of one colour: base indicators first, then the secured, then the best or worst places."""
    chosen = [r for r in results if r.colour == colour and r.rank is not None and not r.small_base]

    def clearness(result: Result) -> tuple[bool, bool, float]:
        share = (result.rank or 0) / result.n_reporting
        return result.indicator.tier is not Tier.BAS, not result.secured, -share if colour is Colour.ROD else share

    return sorted(chosen, key=clearness)


def _named(indicator: Indicator) -> str:
    """Return an indicator's short title with its area: some questions are put in several areas."""
    return f"**{markdown_text(indicator.short_title)}** ({area_called(indicator.area).name})"


def _result_line(result: Result) -> str:
    indicator = result.indicator
    text = f"{_named(indicator)}: "
    decimals = row_decimals(indicator.scale, (result.value, result.riket))
    if result.value is not None:
        # An index or a mean has no unit that a number carries with it; said once, before it.
        kind = {Scale.INDEX: "index ", Scale.MEDELVARDE: "medelvärde "}.get(indicator.scale, "")
        text += kind + with_unit(result.value, indicator, decimals)
    if result.riket is not None:
        text += f" (riket {with_unit(result.riket, indicator, decimals)})"
    shared = "delad plats" if result.n_same_rank > 1 else "plats"
    text += f", {shared} {result.rank} av {result.n_reporting}"
    if result.skillnad_riket:
        text += f"; skillnaden mot riket är {'' if result.secured else 'inte '}säkerställd"
    return text


def best(view: KommunView) -> str:
    """Return the list of results among the best in the country, the clearest first."""
    return _placed(view, Colour.GRON, "Inget resultat ligger bland de bästa i år.\n")


def worst(view: KommunView) -> str:
    """Return the list of results among the worst in the country, the clearest first."""
    return _placed(view, Colour.ROD, "Inget resultat ligger bland de sämsta i år.\n")


def _placed(view: KommunView, colour: Colour, none: str) -> str:
    results = quality(view, answers=False)
    ranked = _ranked(results, colour)
    own = [result for result in ranked if result.n_same_rank <= MOST_SHARING]
    notes = [_shared(view, [result for result in ranked if result.n_same_rank > MOST_SHARING], colour)]
    small = [result for result in results if result.colour == colour and result.small_base]
    if small:
        noun = capitalised(antal(len(small), "resultat", "resultat", neuter=True))
        verb = f"bygger på {few(small)} och räknas inte upp här, eftersom någon enstaka kan avgöra platsen"
        notes.append(f"{noun} {verb}.\n")
    lines = [_result_line(result) for result in own[:LONGEST_LIST]]
    listed = _bullets(lines, len(own) - LONGEST_LIST, "resultat")
    return "\n".join(filter(None, [listed, *notes])) or none


def few(results: Sequence[Result]) -> str:
    """Return what small bases are: "färre än 30 personer eller färre än fem enheter", as far as they occur."""
    kinds = [f"färre än {SMALL_BASE} personer"] if any(not result.few_units for result in results) else []
    if any(result.few_units for result in results):
        kinds.append(f"färre än {count_word(FEW_UNITS)} enheter")
    return joined(kinds, "eller")


def _shared(view: KommunView, results: Sequence[Result], colour: Colour) -> str:
    """Return the sentence on results that so many kommuner have that they would crowd out the others."""
    if not results:
        return ""
    named = [
        f"*{markdown_text(result.indicator.short_title)}* ({number(result.n_same_rank)} kommuner)"
        for result in results[:MOST_NAMED]
    ]
    more = len(results) - MOST_NAMED
    if more > 0:
        named.append(f"{count_word(more)} till")
    noun = antal(len(results), "indikator", "indikatorer")
    place = "bland de bästa" if colour is Colour.GRON else "bland de sämsta"
    name = markdown_text(view.kommun.namn)
    return f"På {noun} delar {name} en plats {place} med många andra: {joined(named)}.\n"


def secured_trends(view: KommunView, label: str) -> str:
    """Return the list of results with a statistically secured trend of one kind.

    Parameters
    ----------
    view
        The kommun.
    label
        ``sakerstalld_forbattring`` or ``sakerstalld_forsamring``.
    """
    proven = [one for one in quality(view, answers=False) if one.trend == label and one.value is not None]
    small = [result for result in proven if result.small_base]
    lines = []
    for result in proven:
        if result.small_base or result.value is None:
            continue
        # What is older than the trend's first year answers another question.
        begins = view.trend_begins(result.indicator)
        series = [(year, v) for year, v in view.series(result.indicator) if v is not None and year >= begins]
        first_year, first = series[0]
        phrase = trend_phrase(first, result.value, first_year, result.indicator, result.slope)
        lines.append(f"{_named(result.indicator)} {phrase}")
    singular, plural = (
        ("förbättring", "förbättringar") if label.endswith("_forbattring") else ("försämring", "försämringar")
    )
    if not proven:
        return f"Ingen {singular} är statistiskt säkerställd.\n"
    told = _bullets(lines[:LONGEST_LIST], len(lines) - LONGEST_LIST, "resultat")
    if small:
        noun = capitalised(antal(len(small), f"säkerställd {singular}", f"säkerställda {plural}"))
        told += f"\n{noun} bygger på {few(small)} och räknas inte upp här.\n"
    return told.lstrip("\n")


def chance_of_trends(view: KommunView) -> str:
    """Return how many trends have been tested, how many are possible, and how many chance alone may make secured."""
    trends = Counter(result.trend for result in quality(view, answers=False))
    tested = trends.total() - trends[None] - trends["for_fa"]
    if tested == 0:
        return "Ingen serie har de tre mätningar som en prövning kräver.\n"
    expected = max(1, round(0.05 * tested))
    series = capitalised(antal(tested, "serie", "serier"))
    chance = f"skulle upp till {count_word(expected)} av dem kunna se säkerställda ut av en slump"
    kinds = (
        ("mojlig_forbattring", "förbättring", "förbättringar"),
        ("mojlig_forsamring", "försämring", "försämringar"),
    )
    maybe = [antal(trends[label], one, many) for label, one, many in kinds if trends[label]]
    verb = (
        "är möjlig men inte säkerställd"
        if sum(trends[k] for k, *_ in kinds) == 1
        else "är möjliga men inte säkerställda"
    )
    possible = f" {capitalised(joined(maybe))} {verb}." if maybe else ""
    return f"{series} har prövats.{possible} Även om ingenting hade förändrats {chance}.\n"


def changed_answers(view: KommunView) -> str:
    """Return which answers on structure and process changed since the question was last put."""
    asked = quality(view, answers=True)
    changed = [result for result in asked if result.changed]
    if not any(result.answer for result in asked):
        return f"Inga svar från kommunen finns för {view.year}.\n"
    if not changed:
        return "Inget svar i checklistorna har ändrats sedan förra mätningen.\n"
    # New ja first: what has come into place is what a reader looks for.
    changed.sort(key=lambda result: result.answer != Answer.JA)
    lines = [
        f"{_named(result.indicator)}: {answer_text(str(result.answer))}, "
        f"tidigare {answer_text(str(result.previous_answer))} ({result.previous_year})"
        for result in changed
    ]
    return _bullets(lines[:LONGEST_LIST], len(lines) - LONGEST_LIST, "svar")


def what_is_missing(view: KommunView) -> str:
    """Return in words how many indicators of quality the kommun has no result for, and why."""
    absent = [result for result in quality(view) if not result.known]
    reasons = Counter(result.status for result in absent if result.measured)
    hidden = "är dolt" if reasons[Status.SEKRETESS] == 1 else "är dolda"
    texts = {
        Status.SEKRETESS: f"{hidden} av sekretesskäl",
        Status.BORTFALL: "är borta för att för få har svarat eller för att uppgiften inte har lämnats",
        Status.EJ_TILLAMPLIG: "gäller inte kommunen",
        Status.SAKNAS: "saknas i källan",
    }
    found = {status: reasons[status] for status in texts if reasons[status]}
    sentences = []
    if len(found) == 1:
        ((status, count),) = found.items()
        sentences.append(f"{capitalised(antal(count, 'resultat', 'resultat', neuter=True))} {texts[status]}.")
    elif found:
        parts = joined([f"{count_word(count, neuter=True)} {texts[status]}" for status, count in found.items()])
        total = capitalised(antal(sum(found.values()), "resultat", "resultat", neuter=True))
        sentences.append(f"{total} kan inte visas: {parts}.")
    unmeasured = [result.indicator for result in absent if result.status == Status.EJ_MATT]
    standings = [standing_of(indicator, view.year) for indicator in unmeasured]
    resting = [one for one, why in zip(unmeasured, standings, strict=True) if why in PLANNED_GAPS]
    if resting:
        noun = capitalised(antal(len(resting), "indikator", "indikatorer"))
        sentences.append(f"{noun} mäts inte {view.year} enligt mätplanen. {next_times(resting, view.year)}".rstrip())
    ended = sum(why in _ENDED for why in standings)
    if ended:
        sentences.append(f"{capitalised(antal(ended, 'indikator', 'indikatorer'))} har ersatts eller slutat mätas.")
    to_come = sum(why in _TO_COME for why in standings)
    if to_come:
        sentences.append(f"{capitalised(antal(to_come, 'indikator', 'indikatorer'))} har inte börjat mätas.")
    for_nobody = sum(not result.measured for result in absent) - len(resting) - ended - to_come
    if for_nobody:
        noun = antal(for_nobody, "indikator", "indikatorer")
        pronoun = "den" if for_nobody == 1 else "de"
        sentences.append(f"För {noun} har källan inga uppgifter om någon kommun {view.year}; {pronoun} visas inte.")
    return " ".join(sentences) or "Alla mätta kvalitetsindikatorer har resultat."
