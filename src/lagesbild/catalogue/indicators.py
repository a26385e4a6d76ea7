"""What an indicator is: the record that the catalogue's files are read into."""

from __future__ import annotations

from dataclasses import dataclass

from lagesbild.catalogue.criteria import REQUIRED_CRITERIA, Closeness, Criterion, ProcessStep, Tag
from lagesbild.catalogue.kinds import (
    Counted,
    Dimension,
    Direction,
    IndicatorType,
    Kind,
    Part,
    Scale,
    Survey,
    Tier,
)
from lagesbild.catalogue.lifecycle import LifecycleEvent, LifecycleState, state_in

__all__ = [
    "Closeness",
    "Counted",
    "Criterion",
    "Dimension",
    "Direction",
    "Indicator",
    "IndicatorType",
    "Kind",
    "LifecycleEvent",
    "LifecycleState",
    "Part",
    "ProcessStep",
    "Scale",
    "Survey",
    "Tag",
    "Tier",
]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator of öppna jämförelser.

    Parameters
    ----------
    id
        The area's prefix and a readable slug: ``ao-hemtjanst-nojdhet``.
    area
        Id of the area.
    title, short_title
        For readers, in Swedish, without the unit. `short_title` has at most 60 characters (tables, figures).
    part, kind, dimension, type, tier, direction, scale, survey, counted
        See the enums of this module. `dimension` is null outside the quality part.
    unit_text
        The unit in print ("procent", "dagar", "kr per invånare"), empty for answers.
    frequency
        Measured every so many years.
    phase
        First year of the rhythm: measured in `phase`, `phase` + `frequency`, ...
    yearly_until
        Last year of an earlier yearly rhythm, null where there was none: in-depth indicators were measured
        every year until the model of 2023 gave them every second or fourth year.
    first_year, last_year
        First and last year measured, null where open.
    numerator, denominator
        In words; null for answers.
    levels
        Levels the figures are published at.
    by_sex
        Whether women and men are told apart.
    threshold
        Smallest count of persons that may be published; null where nothing personal is counted.
    lifecycle
        Events in the order of their years, empty for an indicator that has always been active.
    kolada
        Id of the KPI in Kolada, null where there is none.
    kolada_codes
        How Kolada codes the answers ("1" -> "ja"); empty for numbers.
    source_note
        Where the indicator is described (document and page, table or KPI).
    model
        2023 where the indicator belongs to the model of that year, null elsewhere.
    criteria_unmet
        Criteria that it is known not to meet; those its kind must meet may stand here only once it is no
        longer active.
    process_step
        Step of a case that it measures, null where none.
    closeness
        How close to the user it measures; null outside the quality part.
    agenda_2030
        Numbers of the global goals it belongs to; in the part hallbar_utveckling only.
    tags
        What else it is used for.
    questions
        How many questions of the kommunenkät it rests on.
    note
        Where the sources differ, and what was decided.
    """

    id: str
    area: str
    title: str
    short_title: str
    part: Part
    kind: Kind
    dimension: Dimension | None
    type: IndicatorType
    tier: Tier
    direction: Direction
    scale: Scale
    unit_text: str
    survey: Survey
    counted: Counted
    frequency: int
    phase: int
    first_year: int | None
    last_year: int | None
    numerator: str | None
    denominator: str | None
    levels: tuple[str, ...]
    by_sex: bool
    threshold: int | None
    lifecycle: tuple[LifecycleEvent, ...] = ()
    kolada: str | None
    kolada_codes: dict[str, str]
    source_note: str
    yearly_until: int | None = None
    model: int | None = None
    criteria_unmet: tuple[Criterion, ...] = ()
    process_step: ProcessStep | None = None
    closeness: Closeness | None = None
    agenda_2030: tuple[int, ...] = ()
    tags: tuple[Tag, ...] = ()
    questions: int = 0
    note: str | None = None

    @property
    def is_answer(self) -> bool:
        """Whether the indicator is an answer (ja, delvis, nej) rather than a number."""
        return self.scale in (Scale.JA_NEJ, Scale.JA_DELVIS_NEJ)

    @property
    def criteria(self) -> frozenset[Criterion]:
        """The criteria it meets: those of its kind (table 1), and riktning wherever it has one, less the unmet."""
        directed = set() if self.direction is Direction.INGEN else {Criterion.RIKTNING}
        return (REQUIRED_CRITERIA[self.kind] | directed) - set(self.criteria_unmet)

    @property
    def last_state(self) -> LifecycleState:
        """The state that the latest event leaves it in."""
        return self.lifecycle[-1].state if self.lifecycle else LifecycleState.AKTIV

    def state_in(self, year: int) -> LifecycleState:
        """Return where it stands in its life in `year`."""
        return state_in(self.lifecycle, year)

    def measured(self, year: int) -> bool:
        """Return whether the measuring plan has the indicator in `year`."""
        if self.kind is Kind.UTVECKLINGSINDIKATOR:
            return False
        if self.first_year is not None and year < self.first_year:
            return False
        if self.last_year is not None and year > self.last_year:
            return False
        if self.state_in(year) is not LifecycleState.AKTIV:
            return False
        if self.yearly_until is not None and year <= self.yearly_until:
            return True
        return (year - self.phase) % self.frequency == 0
