"""What a group's report is about: the released results of its kommuner, and what is formed from them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lagesbild.catalogue.areas import AREAS, Area
from lagesbild.catalogue.indicators import Counted, Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import Kommun
from lagesbild.presentation.kommun.view import FEW_UNITS, SMALL_BASE
from lagesbild.presentation.sections import of_quality


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How the country's kommuner with a result spread, in the indicator's unit."""

    lowest: float
    p25: float
    median: float
    p75: float
    highest: float


@dataclass(frozen=True, kw_only=True)
class MemberResult:
    """One kommun's result of one indicator in the report year.

    Parameters
    ----------
    kommun
        Whose it is.
    value, answer
        The result; both null where there is none to show.
    status
        Why not.
    against_riket
        "battre", "samre", "ingen" or empty, as the kommun's own report has it.
    trend
        Label of the trend up to the report year.
    base
        How many persons, households or units stand behind it, null where that isn't known.
    """

    kommun: Kommun
    value: float | None
    answer: str | None
    status: str
    against_riket: str
    trend: str
    base: float | None


@dataclass(frozen=True, kw_only=True)
class GroupResult:
    """One indicator in the group.

    Parameters
    ----------
    indicator
        What is measured.
    members
        One result for each kommun of the group, in the order of their names.
    unweighted, weighted
        Mean of the shown results, each kommun alike, and by how many stand behind them; null where it can't be formed.
        For answers the percentage of the answering kommuner that said ja.
    riket
        As the kommun reports have it.
    spread
        All kommuner of the country with a shown result; null for answers and where there are none.
    """

    indicator: Indicator
    members: tuple[MemberResult, ...]
    unweighted: float | None
    weighted: float | None
    riket: float | None
    spread: Spread | None

    @cached_property
    def shown(self) -> tuple[MemberResult, ...]:
        """The kommuner with a result to show."""
        return tuple(one for one in self.members if one.value is not None or one.answer is not None)

    @cached_property
    def values(self) -> tuple[tuple[float, Kommun], ...]:
        """Values with their kommuner, lowest first."""
        pairs = [(one.value, one.kommun) for one in self.shown if one.value is not None]
        return tuple(sorted(pairs, key=lambda pair: (pair[0], pair[1].kod)))

    def against(self, verdict: str) -> list[MemberResult]:
        """Return the kommuner whose difference from riket is of a kind ("battre", "samre")."""
        return [one for one in self.shown if one.against_riket == verdict]

    def trending(self, way: str) -> list[MemberResult]:
        """Return the kommuner with a secured trend ("forbattring", "forsamring")."""
        return [one for one in self.shown if one.trend == f"sakerstalld_{way}"]

    def answered(self, answer: str) -> list[MemberResult]:
        """Return the kommuner that gave an answer."""
        return [one for one in self.shown if one.answer == answer]

    @property
    def steady(self) -> list[tuple[float, Kommun]]:
        """Values that no single person decides, lowest first."""
        of_people = self.indicator.counted in (Counted.PERSONER, Counted.HUSHALL)
        fewest = SMALL_BASE if of_people else FEW_UNITS if self.indicator.counted is Counted.ENHETER else 0
        small = {one.kommun.kod for one in self.shown if one.base is not None and one.base < fewest}
        return [(value, kommun) for value, kommun in self.values if kommun.kod not in small]


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """What one group's report is about.

    Parameters
    ----------
    name
        The group's name ("Västra Götalands län").
    is_lan
        Whether it is a län; else a group of one's own.
    kommuner
        Its kommuner by name.
    year
        The report year.
    results
        Its results in the catalogue's order, of indicators for which some kommun of the group has a result.
    catalogue
        The indicators.
    areas
        The areas that the report is about.
    synthetic
        Whether the figures are invented.
    source
        Who the figures come from.
    """

    name: str
    is_lan: bool
    kommuner: tuple[Kommun, ...]
    year: int
    results: Mapping[str, GroupResult]
    catalogue: Catalogue
    areas: tuple[Area, ...] = AREAS
    synthetic: bool
    source: str

    def of(self, area: Area, *, answers: bool) -> list[GroupResult]:
        """Return an area's results in the catalogue's order, numbers or answers."""
        chosen = (self.results.get(one.id) for one in self.catalogue.in_area(area.id) if one.is_answer is answers)
        return [one for one in chosen if one is not None]

    @cached_property
    def quality(self) -> Sequence[GroupResult]:
        """The numbers that say how good the work is, of all areas."""
        return [one for area in self.areas for one in self.of(area, answers=False) if of_quality(one.indicator)]

    @cached_property
    def checklist(self) -> Sequence[GroupResult]:
        """The answers that say how good the work is, of all areas."""
        return [one for area in self.areas for one in self.of(area, answers=True) if of_quality(one.indicator)]
