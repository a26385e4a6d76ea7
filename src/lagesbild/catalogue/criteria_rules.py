"""The rules of the 2023 report: criteria each kind must meet, global goals, closeness to the user."""

from __future__ import annotations

from collections.abc import Iterator

from lagesbild.catalogue.criteria import REQUIRED_CRITERIA, Criterion, usual_closeness
from lagesbild.catalogue.indicators import Direction, Indicator, Kind, LifecycleState, Part

#: A broken rule: the field it is about, what is wrong, what was expected.
Broken = tuple[str, str, str]


def criteria_rules(indicator: Indicator) -> Iterator[Broken]:
    """Yield each rule that `indicator` breaks as (field, what, expected).

    Source: Socialstyrelsen, Öppna jämförelser i utveckling (2023), table 1, and Riksrevisionen, RiR 2021:17,
    section 2.4.2.
    """
    yield from _criteria(indicator)
    yield from _goals(indicator)
    yield from _closeness(indicator)


def _criteria(indicator: Indicator) -> Iterator[Broken]:
    kind, unmet = indicator.kind, set(indicator.criteria_unmet)
    required = REQUIRED_CRITERIA[kind]
    directed = indicator.direction is not Direction.INGEN
    if Criterion.RIKTNING in required and not directed:
        article = "an" if kind in (Kind.INDIKATOR, Kind.UTVECKLINGSINDIKATOR) else "a"
        yield "direction", f"{article} {kind} without direction", "hog or lag, or kind: nyckeltal"
    if Criterion.RIKTNING in unmet and directed:
        yield "criteria_unmet", f"riktning is unmet, yet the direction is {indicator.direction}", "one of the two"
    broken = sorted(unmet & required - ({Criterion.RIKTNING} if directed else set()))
    # What the review found wanting is said of indicators that it paused or removed: that is why they stopped.
    if broken and indicator.last_state is LifecycleState.AKTIV:
        words = ", ".join(broken)
        yield "criteria_unmet", f"{words}: an active {kind} must meet it (table 1)", "another kind, or a lifecycle"


def _goals(indicator: Indicator) -> Iterator[Broken]:
    sustainable = indicator.part is Part.HALLBAR_UTVECKLING
    if sustainable and not indicator.agenda_2030:
        yield "agenda_2030", "the part hallbar_utveckling without a global goal", "goals, like [3, 16]"
    if indicator.agenda_2030 and not sustainable:
        yield "agenda_2030", f"global goals in the part {indicator.part}", "none outside hallbar_utveckling"


def _closeness(indicator: Indicator) -> Iterator[Broken]:
    usual = usual_closeness(indicator.type, indicator.survey)
    if indicator.closeness not in (None, usual) and indicator.note is None:
        what = f"closeness {indicator.closeness}, where type and survey make it {usual}"
        yield "closeness", what, "no closeness, or a note that says why"
