"""A kommun's underlag as the report asks for it: results, series and answers of one kommun."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.indicators import Counted, Direction, Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import Kommun
from lagesbild.catalogue.vocabulary import Colour, Status
from lagesbild.methods.quality_findings import Check
from lagesbild.methods.quality_grade import checks_of
from lagesbild.presentation.kommun.additions import Additions
from lagesbild.presentation.numbers import row_decimals

#: Results on fewer persons or households are not listed among the best, the worst and the proven trends.
SMALL_BASE = 30
#: Nor are results on fewer units: one of them would decide the kommun's place.
FEW_UNITS = 5


@dataclass(frozen=True, kw_only=True)
class Result:
    """One indicator's result in one year, beside what it is compared with.

    Parameters
    ----------
    indicator
        What is measured.
    year
        When.
    value, answer, status
        The result; exactly one of value, answer and a status other than ``ok`` says something.
    colour, rank, n_reporting
        Place among the kommuner with a result; null without direction or with too few.
    riket, lan, kommungrupp
        Reference values; for answers the percentage of kommuner that answered ja.
    previous, previous_answer, previous_year
        The latest earlier result, null where there is none.
    base
        How many persons, households or units the result is about, null where that is not known.
    n_same_rank
        How many kommuner share the rank, the kommun itself included.
    trend, slope
        Label and slope per year of the trend test up to the report year, null for earlier years.
    quality, quality_reasons, quality_checks
        Grade of the indicator's data in the year ("A" to "D", empty where there is nothing to grade), why in words,
        and the checks that took it below A.
    finding
        What the checks found about the kommun's own figure, null where nothing.
    n_lan, n_kommungrupp, n_liknande
        How many other kommuner stand behind the reference values.
    liknande
        The mean of the similar kommuner, null where there are none.
    skillnad_riket, niva_riket, skillnad_liknande, niva_liknande
        Whether the difference is more than chance gives ("battre", "samre", "hogre", "lagre", "ingen", empty where
        untested), and the level in percent at which it is secured.
    """

    indicator: Indicator
    year: int
    value: float | None
    answer: str | None
    status: str
    colour: str | None
    rank: int | None
    n_reporting: int
    riket: float | None
    lan: float | None
    kommungrupp: float | None
    previous: float | None
    previous_answer: str | None
    previous_year: int | None
    base: float | None
    n_same_rank: int
    trend: str | None
    slope: float | None
    quality: str = ""
    quality_reasons: str = ""
    quality_checks: tuple[Check, ...] = ()
    finding: str | None = None
    n_lan: int = 0
    n_kommungrupp: int = 0
    n_liknande: int = 0
    liknande: float | None = None
    skillnad_riket: str = ""
    niva_riket: float | None = None
    skillnad_liknande: str = ""
    niva_liknande: float | None = None

    @property
    def known(self) -> bool:
        """Whether there is a result to show."""
        return self.value is not None or self.answer is not None

    @property
    def changed(self) -> bool:
        """Whether the answer is another than when the question was last put; False where one of the two is missing."""
        return bool(self.answer and self.previous_answer) and self.answer != self.previous_answer

    @property
    def small_base(self) -> bool:
        """Whether so few persons or units stand behind the result that one of them may decide the kommun's place."""
        return on_few(self.indicator, self.base)

    @property
    def few_units(self) -> bool:
        """Whether the result is about so few units that their number must stand beside it."""
        return self.indicator.counted is Counted.ENHETER and on_few(self.indicator, self.base)

    @property
    def secured(self) -> bool:
        """Whether a result among the best is secured better than riket, or one among the worst secured worse."""
        return (self.colour, self.skillnad_riket) in ((Colour.GRON, "battre"), (Colour.ROD, "samre"))

    @property
    def judged(self) -> bool:
        """Whether it is settled what a good result is, so that it counts among the best, the worst, ja and nej."""
        return self.known and self.indicator.direction is not Direction.INGEN

    @property
    def decimals(self) -> int:
        """Decimals of the result and of what it is compared with, alike so that they can be compared by eye."""
        shown = (self.value, self.riket, self.lan, self.kommungrupp)
        return row_decimals(self.indicator.scale, shown)

    @property
    def measured(self) -> bool:
        """Whether the source has a result of any kommun for the year."""
        return self.status != Status.EJ_MATT and (self.known or self.n_reporting > 0)


def on_few(indicator: Indicator, base: float | None) -> bool:
    """Return whether so few persons, households or units stand behind a result that one may decide its place."""
    if base is None or math.isnan(base):
        return False
    if indicator.counted is Counted.ENHETER:
        return 0 < base < FEW_UNITS
    return indicator.counted in (Counted.PERSONER, Counted.HUSHALL) and base < SMALL_BASE


#: A row of the underlag as plain values; reading a frame cell by cell would cost most of the report's time.
_Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class KommunView:
    """What one kommun's report is about.

    Parameters
    ----------
    kommun
        The kommun.
    year
        The report year.
    rows
        The kommun's underlag, totals of both sexes: indicator id to its rows, oldest first.
    catalogue
        The indicators.
    synthetic
        Whether the figures are invented.
    source
        Who the figures come from ("Kolada (RKA)"), as it stands after "Källa:".
    sexes
        Women's and men's rows, as `rows`, by sex; empty where they aren't asked for.
    additions
        What the report has besides the kommun's own results.
    """

    kommun: Kommun
    year: int
    rows: Mapping[str, Sequence[_Row]]
    catalogue: Catalogue
    synthetic: bool
    source: str
    sexes: Mapping[str, Mapping[str, Sequence[_Row]]] = field(default_factory=dict)
    additions: Additions = field(default_factory=Additions)

    def answers(self, indicator: Indicator) -> list[tuple[int, str | None]]:
        """Return (year, answer) of the years in which the question was put, oldest first."""
        asked = (row for row in self.rows.get(indicator.id, ()) if row["status"] != Status.EJ_MATT)
        return [(int(row["year"]), _text(row["answer"])) for row in asked if row["year"] <= self.year]

    def series(self, indicator: Indicator, column: str = "value") -> list[tuple[int, float | None]]:
        """Return (year, value) of the years in which the indicator was measured, oldest first.

        Parameters
        ----------
        indicator
            What is measured.
        column
            ``value`` for the kommun's own, ``riket`` for the nation's. The nation's never mixes the source's own
            figure with a mean of kommuner: years of another kind than the latest figure's are null.
        """
        asked = [row for row in self.rows.get(indicator.id, ()) if row["status"] != Status.EJ_MATT]
        points = [(int(row["year"]), _number(row.get(column))) for row in asked]
        if column != "riket":
            return points
        kinds = [row.get("riket_weighting") for row in asked]
        latest = next(
            (kind for kind, (_, value) in zip(kinds[::-1], points[::-1], strict=True) if value is not None), None
        )
        return [(year, value if kind == latest else None) for kind, (year, value) in zip(kinds, points, strict=True)]

    def trend_begins(self, indicator: Indicator) -> int:
        """Return the first year of the series that the report year's trend is of, 0 where it isn't told."""
        told = (row.get("first_year") for row in self.rows.get(indicator.id, ()) if row["year"] == self.year)
        return next((year for year in map(_whole, told) if year is not None), 0)

    def results(self, area: str | None = None, *, answers: bool | None = None) -> list[Result]:
        """Return the report year's results in the catalogue's order.

        Parameters
        ----------
        area
            One area, or all.
        answers
            True for answers alone, False for numbers alone.
        """
        return self._chosen.get((area_called(area).id if area else "", answers), []).copy()

    def result(self, indicator: Indicator) -> Result:
        """Return the report year's result of one indicator; it must have a row."""
        return self._results[indicator.id]

    @cached_property
    def _chosen(self) -> dict[tuple[str, bool | None], list[Result]]:
        """The results by area and by whether they are answers; "" and null stand for all."""
        found: dict[tuple[str, bool | None], list[Result]] = {}
        for result in self._results.values():
            for area in ("", result.indicator.area):
                for answers in (None, result.indicator.is_answer):
                    found.setdefault((area, answers), []).append(result)
        return found

    @cached_property
    def _results(self) -> dict[str, Result]:
        present = (i for i in self.catalogue.indicators if i.id in self.rows)
        return {indicator.id: self._result(indicator) for indicator in present}

    def _result(self, indicator: Indicator) -> Result:
        """Return the report year's result of one indicator; status ``ej_matt`` where it has no row."""
        rows = self.rows[indicator.id]
        row: _Row = next((one for one in rows if one["year"] == self.year), {"status": Status.EJ_MATT})
        before: _Row = next((one for one in reversed(rows) if one["year"] < self.year and _known(one)), {})
        return Result(
            indicator=indicator,
            year=self.year,
            value=_number(row.get("value")),
            answer=_text(row.get("answer")),
            status=str(row["status"]),
            colour=_text(row.get("colour")),
            rank=_whole(row.get("rank")),
            n_reporting=_whole(row.get("n_reporting")) or 0,
            riket=_number(row.get("riket")),
            lan=_number(row.get("lan")),
            kommungrupp=_number(row.get("kommungrupp")),
            previous=_number(before.get("value")),
            previous_answer=_text(before.get("answer")),
            previous_year=_whole(before.get("year")),
            base=_number(row.get("denominator")),
            n_same_rank=_whole(row.get("n_same_rank")) or 1,
            trend=_text(row.get("label")),
            slope=_number(row.get("slope")),
            quality=_text(row.get("quality")) or "",
            quality_reasons=_text(row.get("quality_reasons")) or "",
            quality_checks=checks_of(_text(row.get("quality_checks")) or ""),
            finding=_text(row.get("finding")),
            n_lan=_whole(row.get("n_lan")) or 0,
            n_kommungrupp=_whole(row.get("n_kommungrupp")) or 0,
            n_liknande=_whole(row.get("n_liknande")) or 0,
            liknande=_number(row.get("liknande")),
            skillnad_riket=_text(row.get("skillnad_riket")) or "",
            niva_riket=_number(row.get("niva_riket")),
            skillnad_liknande=_text(row.get("skillnad_liknande")) or "",
            niva_liknande=_number(row.get("niva_liknande")),
        )


def _known(row: _Row) -> bool:
    return _number(row["value"]) is not None or _text(row["answer"]) is not None


def _number(value: Any) -> float | None:
    # A NaN is the one number that differs from itself.
    return None if value is None or value != value else float(value)  # noqa: PLR0124


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
