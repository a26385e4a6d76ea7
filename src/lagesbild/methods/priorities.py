"""What a kommun may look closer at: the gross list of the analysis handbook, each place with its grounds.

The handbook's step 2 (Analyshandbok för öppna jämförelser, 2012, pages 21-28) asks of each indicator: what seems a
problem by its colour, does the result come back or get worse, are other kommuner better off, how many inhabitants are
touched. The list orders by stated weights (`lagesbild.catalogue.priority_weights`). Each ground gives a share of its
weight; the points are the weighted mean of the shares, times a hundred. Nothing else decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lagesbild.catalogue.indicators import Direction, Indicator, Part
from lagesbild.catalogue.plan import PLANNED_GAPS, Standing, standing
from lagesbild.catalogue.priority_weights import Concern, Weights
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.methods.priority_points import Points, Row, score

#: Results older than this many years are left out: much may have happened since.
OLDEST = 3

#: Columns of the underlag that are read.
COLUMNS_READ = (
    *("indicator", "year", "sex", "status", "value", "answer", "colour", "riket", "skillnad_riket", "niva_riket"),
    *("liknande", "diff_liknande", "label", "denominator", "quality"),
)

#: A share this close to another is the same.
_PRECISION = 9


@dataclass(frozen=True, kw_only=True)
class Priority:
    """An indicator of the gross list: its place, the row it stands on, and what each ground gives."""

    rank: int
    indicator: Indicator
    row: Row
    grounds: tuple[Points, ...]

    @property
    def points(self) -> float:
        """The points, 0 to 100."""
        return sum(one.points for one in self.grounds)

    @property
    def unknown_points(self) -> float:
        """How many of the points are for grounds of which nothing is known."""
        return sum(one.points for one in self.grounds if not one.known)


def eligible(indicator: Indicator, year: int) -> bool:
    """Return whether an indicator can be prioritised: of quality, with a direction, and in use in `year`."""
    of_quality = indicator.part is Part.KVALITET and indicator.direction is not Direction.INGEN
    return of_quality and standing(indicator, year) in {Standing.MATS} | PLANNED_GAPS


def latest_row(rows: Iterable[Row], year: int) -> Row | None:
    """Return the latest row with a released result of both sexes, at most `OLDEST` years before `year`, or None."""
    found: Row | None = None
    latest = year - OLDEST - 1
    for row in rows:
        if latest < row["year"] <= year and row["status"] == Status.OK and row.get("sex", Sex.TOTAL) == Sex.TOTAL:
            found, latest = row, row["year"]
    return found


def priorities(
    rows: Mapping[str, Sequence[Row]], *, indicators: Sequence[Indicator], weights: Weights, year: int
) -> list[Priority]:
    """Return the gross list of one kommun, most points first.

    Parameters
    ----------
    rows
        Indicator id to the kommun's rows of the underlag, in any order. `COLUMNS_READ` are read; one that is absent or
        null is "uppgift saknas" and counts as the weights say, never as nothing.
    indicators
        The catalogue's records; only those that `eligible` lets through are listed.
    weights
        The weights.
    year
        The report year.

    Returns
    -------
    list of Priority
        Those for which colour or answer, secured difference, trend or similar kommuner say something against the
        result (`speaks`). Equal points share the rank and stand in the order of their ids.
    """
    scored = []
    for indicator in indicators:
        measured = rows.get(indicator.id)
        row = latest_row(measured, year) if measured and eligible(indicator, year) else None
        if row is None:
            continue
        grounds = score(row, indicator, weights, year)
        if speaks(grounds):
            scored.append(
                (-round(sum(one.points for one in grounds), _PRECISION), indicator.id, indicator, row, grounds)
            )
    scored.sort(key=lambda one: one[:2])
    found: list[Priority] = []
    for place, (points, _, indicator, row, grounds) in enumerate(scored, start=1):
        same = place > 1 and scored[place - 2][0] == points
        rank = found[-1].rank if same else place
        found.append(Priority(rank=rank, indicator=indicator, row=row, grounds=grounds))
    return found


def speaks(grounds: Sequence[Points]) -> bool:
    """Return whether anything known of the result itself speaks for a closer look.

    A result in the middle does not by itself: half of all results are there.
    """
    return any(against(one) for one in grounds)


#: Outcomes that speak against a result, of the grounds with steps that are about the result itself.
_AGAINST = {
    Concern.FARG: ("rod", "nej", "delvis"),
    Concern.SKILLNAD: ("samre_998", "samre_95"),
    Concern.TREND: ("sakerstalld_forsamring", "mojlig_forsamring", "upphord"),
}


def against(ground: Points) -> bool:
    """Return whether one ground speaks for a closer look by itself."""
    if ground.concern is Concern.LIKNANDE:
        return ground.known and ground.share >= 0.5
    return ground.outcome in _AGAINST.get(ground.concern, ())
