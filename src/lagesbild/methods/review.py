"""The critical review: which indicators the rules find reasons to look at, how clear each is, and what follows.

Riksrevisionen's first recommendation (RiR 2021:17) is a critical review, so that only indicators of clear use are
asked for. The rules (`lagesbild.catalogue.review_rules`) give grounds in figures and a proposal; people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator, LifecycleState
from lagesbild.catalogue.plan import PLANNED_GAPS, Standing, standing
from lagesbild.catalogue.review_rules import Measure, Proposal, ReviewRules, Rule

#: A measurement older than this says nothing of how the indicator is today.
OLDEST = 4


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One rule that an indicator has met.

    Parameters
    ----------
    rule
        Which.
    value
        The figure of the latest measurement, in the measure's unit.
    year, since
        The latest measurement, and the first of those in a row that pass the threshold.
    measurements
        How many these are.
    kommuner
        How many kommuner stand behind the latest figure; for a correlation those with both results.
    strength
        1 at the threshold to 2 at the rule's extreme, times the rule's weight.
    """

    rule: Rule
    value: float
    year: int
    since: int
    measurements: int
    kommuner: int
    strength: float


@dataclass(frozen=True, kw_only=True)
class Case:
    """An indicator with its grounds, in the order of the rules, and what is proposed."""

    indicator: Indicator
    grounds: tuple[Ground, ...]

    @property
    def proposal(self) -> Proposal:
        """The consequence of the weightiest ground."""
        return self.grounds[0].rule.forslag

    @property
    def clearness(self) -> float:
        """The sum of the grounds' strengths: what clear cases are ranked by."""
        return sum(ground.strength for ground in self.grounds)

    def done(self, year: int) -> bool:
        """Return whether the proposal holds already: paused, or measured no oftener than proposed."""
        rhythm = self.proposal.frekvens
        if self.indicator.state_in(year) is LifecycleState.PAUSAD:
            return True
        yearly = self.indicator.yearly_until is not None and year <= self.indicator.yearly_until
        return rhythm is not None and not yearly and self.indicator.frequency >= rhythm


@dataclass(frozen=True, kw_only=True)
class ReviewResult:
    """What came of a review: cases by falling clearness, and who was reviewed or not, in the catalogue's order."""

    cases: tuple[Case, ...]
    reviewed: tuple[Indicator, ...]
    unmeasured: tuple[Indicator, ...]


def review(figures: pd.DataFrame, *, indicators: Sequence[Indicator], rules: ReviewRules, year: int) -> ReviewResult:
    """Apply the rules to every indicator that is in use in `year`.

    Parameters
    ----------
    figures
        As `lagesbild.methods.review_figures.review_figures` returns them; later years are left out.
    indicators
        The catalogue's records.
    rules
        The rules.
    year
        The year the review is made for. Indicators that have ended, or have not begun, are left out; those without a
        measurement in the last `OLDEST` years can't be judged (`ReviewResult.unmeasured`).

    Returns
    -------
    ReviewResult
        Ties of clearness stand in the order of the ids; the order of rows never matters.
    """
    figures = figures[figures["year"] <= year].sort_values(["indicator", "year"])
    current = [one for one in indicators if standing(one, year) in {Standing.MATS} | PLANNED_GAPS]
    latest = figures.groupby("indicator")["year"].max()
    judged = {str(name) for name, last in latest.items() if last > year - OLDEST}
    by_indicator = dict(iter(figures.groupby("indicator")))
    cases = []
    for indicator in current:
        if indicator.id not in judged:
            continue
        own = by_indicator[indicator.id]
        grounds = tuple(filter(None, (ground(own, rule, indicator) for rule in rules.rules)))
        if grounds:
            cases.append(Case(indicator=indicator, grounds=grounds))
    cases.sort(key=lambda case: (-round(case.clearness, 9), case.indicator.id))
    return ReviewResult(
        cases=tuple(cases),
        reviewed=tuple(one for one in current if one.id in judged),
        unmeasured=tuple(one for one in current if one.id not in judged),
    )


def ground(own: pd.DataFrame, rule: Rule, indicator: Indicator) -> Ground | None:
    """Return the ground that one rule gives for one indicator, or None.

    Parameters
    ----------
    own
        The indicator's figures, oldest first.
    rule
        The rule. It is met where the latest measurements in a row pass its threshold, as many as it asks for.
    indicator
        The indicator.
    """
    if rule.galler and indicator.survey not in rule.galler:
        return None
    if (rule.riktning and indicator.direction is Direction.INGEN) or (rule.svar and not indicator.is_answer):
        return None
    values = own[str(rule.matt)].to_numpy(dtype=np.float64)
    base = own["n_pairs" if rule.matt is Measure.ATERKOMMER else "n_shown"].to_numpy(dtype=np.int64)
    enough = base >= rule.kommuner
    run = 0
    for value, fine in zip(values[::-1], enough[::-1], strict=True):
        if not fine or not rule.met(value):
            break
        run += 1
    if run < rule.matningar:
        return None
    last = own.iloc[-1]
    return Ground(
        rule=rule,
        value=float(values[-1]),
        year=int(last["year"]),
        since=int(own["year"].iloc[-run]),
        measurements=run,
        kommuner=int(base[-1]),
        strength=_strength(float(values[-1]), rule),
    )


def _strength(value: float, rule: Rule) -> float:
    """Return 1 at the threshold, 2 at the extreme and beyond, in proportion between them; times the weight."""
    way = rule.ytterst - rule.troskel
    return rule.vikt * (1.0 + min(1.0, max(0.0, (value - rule.troskel) / way)) if way else 1.0)


def counts_by_rule(cases: Iterable[Case], rules: ReviewRules) -> dict[str, int]:
    """Return how many cases each rule gives a ground for, in the order of the rules."""
    met = [ground.rule.id for case in cases for ground in case.grounds]
    return {rule.id: met.count(rule.id) for rule in rules.rules}


def saved_questions(cases: Iterable[Case], year: int) -> float:
    """Return how many fewer questions a year, on average, a kommun would get if the proposals were followed.

    A proposed rhythm saves the difference to today's; to remove an indicator saves all of it; other proposals save
    nothing for certain.
    """
    saved = 0.0
    for case in cases:
        one = case.indicator
        yearly = one.yearly_until is not None and year <= one.yearly_until
        now = one.questions / (1 if yearly else one.frequency)
        if case.proposal.frekvens is not None:
            saved += max(0.0, now - one.questions / case.proposal.frekvens)
        elif case.proposal.tar_bort:
            saved += now
    return saved
