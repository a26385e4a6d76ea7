"""The measuring plan: what is measured in a year, why the rest is not and when it is next, and what it costs a kommun.

The plan is the catalogue's alone: rhythm, first and last year, and the events of an indicator's life. Whether a source
really carried figures is another matter (see `lagesbild.methods.cells`). A gap of the plan is no missing data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lagesbild.catalogue.indicators import Indicator, Kind, LifecycleState, Survey
from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import ParameterError

#: Last year that a plan is given for: two rounds of the four-year rhythm from the model of 2023.
LAST_YEAR = 2031
#: How far ahead the next measuring is looked for; the longest rhythm is ten years.
_HORIZON = 20


class Standing(StrEnum):
    """Whether an indicator is measured in a year, and if not why."""

    MATS = "mats"  # measured
    RYTM = "rytm"  # another year of its rhythm
    PAUSAD = "pausad"
    BORTTAGEN = "borttagen"
    ERSATT = "ersatt"
    EJ_BORJAD = "ej_borjad"  # its first year is still to come
    AVSLUTAD = "avslutad"  # its last year has been
    UTVECKLING = "utveckling"  # an utvecklingsindikator: no data to measure it with


#: Standings in which the indicator exists and its gap is planned: `ej_matt` in the data, never missing.
PLANNED_GAPS = frozenset({Standing.RYTM, Standing.PAUSAD})
_STATES = {
    LifecycleState.PAUSAD: Standing.PAUSAD,
    LifecycleState.BORTTAGEN: Standing.BORTTAGEN,
    LifecycleState.ERSATT_AV: Standing.ERSATT,
}


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One indicator in one year of the plan.

    Parameters
    ----------
    indicator, year
        Which, and when.
    standing
        Measured, or why not.
    next_year
        First later year it is measured, null where none is decided.
    reason
        Why the event of its life came, in Swedish; empty where the rhythm alone decides.
    successor
        Id of the indicator that has replaced it, null where none has.
    """

    indicator: Indicator
    year: int
    standing: Standing
    next_year: int | None
    reason: str = ""
    successor: str | None = None

    @property
    def measured(self) -> bool:
        """Whether it is measured in the year."""
        return self.standing is Standing.MATS

    @property
    def questions(self) -> int:
        """How many questions of the kommunenkät it costs the kommun in the year."""
        return self.indicator.questions if self.measured else 0


@dataclass(frozen=True, kw_only=True)
class Burden:
    """What one survey or register asks for in one year.

    Parameters
    ----------
    year, survey
        When, and which.
    indicators
        Indicators measured through it.
    questions
        Questions it puts to the kommun itself; units, users and registers cost the kommun's own answer nothing.
    """

    year: int
    survey: Survey
    indicators: int
    questions: int


def next_measured(indicator: Indicator, after: int) -> int | None:
    """Return the first year later than `after` in which the plan has the indicator, or None."""
    start = after if indicator.first_year is None else max(after, indicator.first_year - 1)
    return next((year for year in range(start + 1, start + 1 + _HORIZON) if indicator.measured(year)), None)


def standing(indicator: Indicator, year: int) -> Standing:
    """Return whether an indicator is measured in `year`, and if not why."""
    if indicator.kind is Kind.UTVECKLINGSINDIKATOR:
        return Standing.UTVECKLING
    if indicator.first_year is not None and year < indicator.first_year:
        return Standing.EJ_BORJAD
    state = indicator.state_in(year)
    if state is not LifecycleState.AKTIV:
        return _STATES[state]
    if indicator.last_year is not None and year > indicator.last_year:
        return Standing.AVSLUTAD
    return Standing.MATS if indicator.measured(year) else Standing.RYTM


def planned(indicator: Indicator, year: int) -> Planned:
    """Return where an indicator stands in the plan of `year`."""
    now = standing(indicator, year)
    event = next((event for event in reversed(indicator.lifecycle) if event.year <= year), None)
    told = event if now in _STATES.values() else None
    return Planned(
        indicator=indicator,
        year=year,
        standing=now,
        next_year=next_measured(indicator, year),
        reason="" if told is None else told.reason,
        successor=None if told is None else told.successor,
    )


def measuring_plan(indicators: Iterable[Indicator], year: int) -> tuple[Planned, ...]:
    """Return the plan of `year`, one entry per indicator in their order; ended ones are told too."""
    return tuple(planned(indicator, year) for indicator in indicators)


def burden(indicators: Sequence[Indicator], years: Iterable[int]) -> tuple[Burden, ...]:
    """Return what each survey and register asks for in each year, in the order of the years and of `Survey`.

    A survey that none of the indicators has ever used is left out; one that rests this year stands with zeros.
    """
    surveys = [survey for survey in Survey if any(one.survey is survey for one in indicators)]
    rows = []
    for year in years:
        now = [one for one in measuring_plan(indicators, year) if one.measured]
        for survey in surveys:
            through = [one for one in now if one.indicator.survey is survey]
            questions = sum(one.questions for one in through)
            rows.append(Burden(year=year, survey=survey, indicators=len(through), questions=questions))
    return tuple(rows)


def plan_years(catalogue: Catalogue) -> range:
    """Return the years a plan can be given for: from the first year of any indicator to `LAST_YEAR`."""
    first = min((one.first_year for one in catalogue.indicators if one.first_year is not None), default=LAST_YEAR)
    return range(first, LAST_YEAR + 1)


def checked_year(catalogue: Catalogue, year: int) -> int:
    """Return `year` if the plan covers it.

    Raises
    ------
    ParameterError
        If it does not; the message suggests the nearest.
    """
    known = plan_years(catalogue)
    if year not in known:
        nearest = min(known, key=lambda one: abs(one - year))
        raise ParameterError("year of the measuring plan", year, [str(nearest)])
    return year
