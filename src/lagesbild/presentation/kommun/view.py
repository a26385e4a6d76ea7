"""A kommun's underlag as the report asks for it: results, series and answers of one kommun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.regions import Kommun
from lagesbild.catalogue.vocabulary import Status


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
    trend, slope
        Label and slope per year of the trend test up to the report year, null for earlier years.
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
    trend: str | None
    slope: float | None

    @property
    def known(self) -> bool:
        """Whether there is a result to show."""
        return self.value is not None or self.answer is not None


@dataclass(frozen=True, kw_only=True)
class KommunView:
    """What one kommun's report is about.

    Parameters
    ----------
    kommun
        The kommun.
    year
        The report year.
    frame
        The kommun's underlag: a row per indicator, year and sex.
    catalogue
        The indicators.
    synthetic
        Whether the figures are invented.
    source
        Who the figures come from ("Kolada (RKA)"), as it stands after "Källa:".
    """

    kommun: Kommun
    year: int
    frame: pd.DataFrame
    catalogue: Catalogue
    synthetic: bool
    source: str

    def series(self, indicator: Indicator, column: str = "value") -> list[tuple[int, float | None]]:
        """Return (year, value) of the years in which the indicator was measured, oldest first.

        Parameters
        ----------
        indicator
            What is measured.
        column
            ``value`` for the kommun's own, ``riket`` for the nation's.
        """
        rows = self._rows(indicator)
        rows = rows[rows["status"] != Status.EJ_MATT]
        return [(int(year), _number(value)) for year, value in zip(rows["year"], rows[column], strict=True)]

    def answers(self, indicator: Indicator) -> list[tuple[int, str | None]]:
        """Return (year, answer) of the years in which the question was put, oldest first."""
        rows = self._rows(indicator)
        rows = rows[rows["status"] != Status.EJ_MATT]
        return [(int(year), _text(answer)) for year, answer in zip(rows["year"], rows["answer"], strict=True)]

    def results(self, area: str | None = None, *, answers: bool | None = None) -> list[Result]:
        """Return the report year's results in the catalogue's order.

        Parameters
        ----------
        area
            One area, or all.
        answers
            True for answers alone, False for numbers alone.
        """
        chosen = self.catalogue.in_area(area) if area else self.catalogue.indicators
        present = set(self.frame["indicator"])
        return [
            self.result(indicator)
            for indicator in chosen
            if indicator.id in present and answers in (None, indicator.is_answer)
        ]

    def result(self, indicator: Indicator) -> Result:
        """Return the report year's result of one indicator; status ``ej_matt`` where it has no row."""
        rows = self._rows(indicator)
        now = rows[rows["year"] == self.year]
        row: dict[str, Any] = now.iloc[0].to_dict() if len(now) else {"status": Status.EJ_MATT}
        earlier = rows[(rows["year"] < self.year) & (rows["value"].notna() | rows["answer"].notna())]
        before: dict[str, Any] = earlier.iloc[-1].to_dict() if len(earlier) else {}
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
            trend=_text(row.get("label")),
            slope=_number(row.get("slope")),
        )

    def _rows(self, indicator: Indicator) -> pd.DataFrame:
        rows = self.frame[(self.frame["indicator"] == indicator.id) & (self.frame["sex"] == "T")]
        return rows.sort_values("year")


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(cast(float, value)) else float(cast(float, value))


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
