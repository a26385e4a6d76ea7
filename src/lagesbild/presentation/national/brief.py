"""The year in brief: what has changed for certain, where differences are largest, and what cannot be said."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Level
from lagesbild.methods.aggregates import FEWEST_IN_GROUP
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.changes import BETTER, WORSE, change_line, secured
from lagesbild.presentation.national.group_tests import ends_words
from lagesbild.presentation.national.measures import group_tests
from lagesbild.presentation.national.sex_gaps import national_gaps
from lagesbild.presentation.national.sex_section import gap_phrase
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import with_unit
from lagesbild.presentation.sections import of_quality
from lagesbild.presentation.wording import antal, capitalised, count_word, figures_words

#: Each list has at most this many lines.
LONGEST_LIST = 5


def secured_lists(view: NationalView, numbers: Sequence[Indicator]) -> list[str]:
    """Return what has become better and what worse, with headings."""
    parts = []
    for label, head, none in (
        (BETTER, "Det har blivit bättre", "Ingen förbättring i riket är statistiskt säkerställd."),
        (WORSE, "Det har blivit sämre", "Ingen försämring i riket är statistiskt säkerställd."),
    ):
        found = secured(view, numbers, label)
        lines = [f"- {change_line(view, one, with_area=True)}" for one in found[:LONGEST_LIST]]
        if len(found) > LONGEST_LIST:
            rest = capitalised(antal(len(found) - LONGEST_LIST, "indikator", "indikatorer"))
            lines.append(f"- {rest} till visas i avsnitten.")
        parts.append(f"### {head}\n\n" + ("\n".join(lines) or none))
    return parts


def largest_differences(view: NationalView, areas: Sequence[Area]) -> str:
    """Return for each area the largest secured differences: between kommungrupper, and women's and men's.

    Indicators whose data are uncertain are left out; the areas' sections have them.
    """
    lines = []
    for area in areas:
        numbers = [one for one in view.measured(area.id, answers=False) if of_quality(one)]
        told = [text for text in (_groups(view, numbers), _sexes(view, numbers)) if text]
        lines += [f"- {area.name}: {text}" for text in told]
    none = "Ingen skillnad mellan kommungrupper eller mellan kvinnor och män är statistiskt säkerställd."
    return "\n".join(lines) or none


def _groups(view: NationalView, numbers: Sequence[Indicator]) -> str:
    tests = group_tests(view, numbers, "kommungrupp")
    known = [one for one in numbers if one.id in tests and tests[one.id].secured and not view.uncertain(one)]
    known.sort(key=lambda one: (-tests[one.id].share, one.id))
    for one in known:
        ends = ends_words(view, one, Level.KOMMUNGRUPP)
        if ends is not None:
            (low, least), (high, most) = ends
            return (
                f"kommungrupperna skiljer sig mest i **{markdown_text(one.short_title)}**, från {least} i "
                f"{markdown_text(low.lower())} till {most} i {markdown_text(high.lower())}."
            )
    return ""


def _sexes(view: NationalView, numbers: Sequence[Indicator]) -> str:
    sure = [one for one in numbers if not view.uncertain(one)]
    gaps = [one for one in national_gaps(view, sure) if one.secured and one.indicator.scale is Scale.PROCENT]
    if not gaps:
        return ""
    most = max(gaps, key=lambda one: (abs(one.gap), one.indicator.id))
    return f"kvinnor och män skiljer sig mest i {gap_phrase(most)}."


def answers_changed(view: NationalView, answers: Sequence[Indicator]) -> str:
    """Return the questions whose share of ja has changed most since they were last asked."""
    if not answers:
        return f"Källan har inga svar från kommunerna på frågor om struktur och process för {view.year}."
    changes = []
    for one in answers:
        now, before = view.riket(one, view.year), view.previous(one)
        if now is not None and before is not None:
            changes.append((abs(now - before[1]), one, now, before))
    changes.sort(key=lambda change: (-change[0], change[1].id))
    lines = [
        f"- **{markdown_text(one.short_title)}** ({area_called(one.area).name}): {with_unit(now, one)} av kommunerna "
        f"svarar ja, mot {with_unit(before, one)} {year}."
        for _, one, now, (year, before) in changes[:3]
    ]
    return "\n".join(lines) or "Frågorna har inte ställts tidigare, så någon förändring kan inte visas."


def cannot_be_said(view: NationalView, numbers: Sequence[Indicator], answers: Sequence[Indicator]) -> str:
    """Return what the figures do not carry, as a list."""
    quality = [one for one in numbers if of_quality(one)]
    lines = []
    if short := sum(view.trend(one) in (None, "for_fa") for one in quality):
        lines.append(
            f"Om utvecklingen för {count_word(short)} av {antal(len(quality), 'indikator', 'indikatorer')} om "
            f"kvalitet: de har "
            "mätts färre än tre gånger på samma sätt."
        )
    if bare := sum(view.interval(one, view.year) is None for one in numbers):
        lines.append(
            f"Hur säkert rikets värde är i {count_word(bare)} av {antal(len(numbers), 'indikator', 'indikatorer')}: "
            f"källan anger "
            "inte hur många personer som ligger bakom."
        )
    weak = [one for one in [*numbers, *answers] if view.uncertain(one)]
    if weak:
        lines.append(
            f"Något säkert utifrån {figures_words(weak)} vars "
            f"uppgifter är "
            "osäkra eller bristfälliga; skälen står i avsnitten."
        )
    lines.append(
        "Varför något har förändrats eller skiljer sig. Uppgifterna visar hur det är, inte vad det beror på, och en "
        "skillnad mellan grupper kan bero på vilka som bor där."
    )
    lines.append(
        f"Hur det är i kommungrupper eller län där färre än {count_word(FEWEST_IN_GROUP)} kommuner har resultat som "
        f"kan visas."
    )
    return "\n".join(f"- {line}" for line in lines)
