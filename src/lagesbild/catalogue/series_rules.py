"""What the rules of series hold: recodings of answers, choices of indicators, and breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lagesbild.errors import ParameterError


class RuleKind(StrEnum):
    """What a rule does with the answers."""

    OMKODNING = "omkodning"  # makes one series of them
    URVAL = "urval"  # says which are followed
    BROTT = "brott"  # says that they can't be compared across a year


class Combine(StrEnum):
    """How the codes of several questions become one."""

    SUMMA = "summa"  # their sum; null if one is missing
    HOGST = "hogst"  # the highest; the highest possible code is enough, else null if one is missing


@dataclass(frozen=True, kw_only=True)
class Period:
    """The questions of some years and the codes of their answers.

    Parameters
    ----------
    first, last
        First and last year, null where open.
    questions
        Names of the questions, all of which count.
    codes
        Code of each answer that can be given.
    combine
        See `Combine`.
    """

    first: int | None = None
    last: int | None = None
    questions: tuple[str, ...]
    codes: Mapping[str, int]
    combine: Combine

    def holds(self, year: int) -> bool:
        """Return whether `year` lies in the period."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, kw_only=True)
class Recoding:
    """One of the ten rules.

    Parameters
    ----------
    id, comment, kind, text
        Name, number of the comment, what the rule does, and the comment in our words (Swedish).
    indicators
        Catalogue ids whose series the rule concerns; for `urval` those that are followed.
    left_out
        Catalogue ids that are not followed (`urval`).
    periods, result
        Questions and codes by period, and the answer that each code stands for (`omkodning`).
    year
        First year of the changed question (`brott`).
    """

    id: str
    comment: int
    kind: RuleKind
    text: str
    indicators: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    result: Mapping[int, str] = field(default_factory=dict)
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class SeriesBreak:
    """A change of method: values before `year` can't be compared with later ones."""

    indicators: tuple[str, ...]
    year: int
    text: str
    source: str


@dataclass(frozen=True)
class SeriesRules:
    """All rules and breaks of the file."""

    recodings: tuple[Recoding, ...]
    changes: tuple[SeriesBreak, ...]

    def recoding(self, rule_id: str) -> Recoding:
        """Return the rule called `rule_id`.

        Raises
        ------
        ParameterError
            If there is none; the message suggests the nearest.
        """
        for rule in self.recodings:
            if rule.id == rule_id:
                return rule
        raise ParameterError("recoding", rule_id, [rule.id for rule in self.recodings])

    def breaks(self, indicator_id: str) -> tuple[int, ...]:
        """Return the years from which the indicator can't be compared with earlier ones, sorted."""
        years = {rule.year for rule in self.recodings if rule.year is not None and indicator_id in rule.indicators}
        years |= {change.year for change in self.changes if indicator_id in change.indicators}
        return tuple(sorted(years))

    def continues(self, indicator_id: str) -> Recoding | None:
        """Return the rule by which the indicator's series runs on across a change of question, or None."""
        of_many = (rule for rule in self.recodings if rule.kind is RuleKind.OMKODNING and len(rule.periods) > 1)
        return next((rule for rule in of_many if indicator_id in rule.indicators), None)
