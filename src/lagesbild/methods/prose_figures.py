"""The figures that analysts' prose names: released ones alone, each as the reports show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.prose_parts import Place
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.aggregates import FEWEST_IN_GROUP, RIKET, WEIGHTINGS


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure.

    Parameters
    ----------
    value, answer
        The number, or a kommun's answer; both null where there is none.
    status
        Why there is none, as in the observation table; "saknas" where the table has no row.
    lower, upper
        95 percent interval, null where it can't be told.
    n
        Number of kommuner with a published result behind it.
    weighting
        "redovisad", "vagd" or "ovagd".
    """

    value: float | None
    answer: str | None
    status: str
    lower: float | None
    upper: float | None
    n: int
    weighting: str


NOTHING = Figure(value=None, answer=None, status=Status.SAKNAS, lower=None, upper=None, n=0, weighting="")

#: Value, answer, status, number of kommuner, and the interval's ends, of one row.
_Cell: TypeAlias = tuple[float | None, str | None, str, float | None, float | None, float | None]

#: Columns of ``indikatorer.parquet`` that are read.
FIGURE_COLUMNS = (
    *("indicator", "year", "level", "region", "sex", "value", "answer", "status", "denominator", "n_kommuner"),
    *("weighting", "lower", "upper"),
)
#: Columns of ``jamforelser.parquet`` that are read: how kommuner differ from riket.
DIFFERENCE_COLUMNS = ("indicator", "year", "region", "sex", "niva_riket")


@dataclass(frozen=True, kw_only=True)
class ProseFigures:
    """Figures of some indicators.

    Parameters
    ----------
    figures
        Rows of ``indikatorer.parquet`` of the window's years: `FIGURE_COLUMNS`.
    differences
        Rows of ``jamforelser.parquet``: `DIFFERENCE_COLUMNS`.
    year
        The report year.
    years
        The years of the window.
    """

    figures: pd.DataFrame
    differences: pd.DataFrame
    year: int
    years: range

    def rows(self, indicator: Indicator) -> pd.DataFrame:
        """Return all rows of an indicator."""
        return self._by_indicator.get(indicator.id, self.figures.iloc[:0])

    def at(self, indicator: Indicator, place: Place, year: int, sex: Sex = Sex.TOTAL) -> Figure:
        """Return one figure.

        Riket's is the best that there is (the source's own, then weighted, then unweighted), of the same kind in all
        years; for women and men of the kind that both have. Of län and kommungrupper it is the unweighted mean of
        kommuner, as in the reports.
        """
        if place.level is Level.RIKE:
            weighting = self._riket_weighting(indicator, year, sex)
        else:
            weighting = "redovisad" if place.level is Level.KOMMUN else "ovagd"
        found = self._by_cell.get((indicator.id, str(place.level), place.code, str(sex), year, weighting))
        if found is None:
            return NOTHING
        value, answer, status, n, lower, upper = found
        behind = self._shown(indicator, year, sex) if place.level is Level.RIKE else int(n or 0)
        return Figure(
            value=value, answer=answer, status=status, lower=lower, upper=upper, n=behind, weighting=weighting
        )

    def groups(self, indicator: Indicator, level: Level, year: int, sex: Sex) -> dict[str, Figure]:
        """Return the unweighted means of all län or kommungrupper with enough kommuner, by code."""
        places = {
            region: self.at(indicator, Place(level=level, code=region, name=""), year, sex)
            for _, of_level, region, of_sex, when, kind in self._by_cell
            if (of_level, of_sex, when, kind) == (str(level), str(sex), year, "ovagd")
        }
        return {
            code: figure for code, figure in places.items() if figure.value is not None and figure.n >= FEWEST_IN_GROUP
        }

    def secured_from_riket(self, indicator: Indicator, kommun: str, year: int, sex: Sex) -> float | None:
        """Return the level at which a kommun's difference from riket is secured, 0 for none, null where untested."""
        rows = self.differences
        rows = rows[
            (rows["indicator"] == indicator.id)
            & (rows["region"] == kommun)
            & (rows["year"] == year)
            & (rows["sex"] == str(sex))
        ]
        return _number(rows["niva_riket"].iloc[0]) if len(rows) else None

    def _riket_weighting(self, indicator: Indicator, year: int, sex: Sex) -> str:
        """Return the kind of riket's figure in a year; empty where the latest year's figure is of another kind."""
        kinds = self._riket_kinds(indicator.id, "T" if sex is Sex.TOTAL else "KM")
        known = {when: kind for when, kind in kinds.items() if kind is not None}
        if not known:
            return WEIGHTINGS[-1]
        latest = known[max(known)]
        return latest if kinds.get(year) in (latest, None) else ""

    def _riket_kinds(self, indicator: str, sexes: str) -> dict[int, str | None]:
        """Return the best kind of riket's figure that all of the sexes have, by year."""
        best: dict[int, str | None] = {}
        for year in self.years:
            cells = {
                kind: [self._by_cell.get((indicator, str(Level.RIKE), RIKET, sex, year, kind)) for sex in sexes]
                for kind in WEIGHTINGS
            }
            full = (
                kind for kind in WEIGHTINGS if all(cell is not None and cell[0] is not None for cell in cells[kind])
            )
            best[year] = next(full, None)
        return best

    def _shown(self, indicator: Indicator, year: int, sex: Sex) -> int:
        """Return how many kommuner have a published result."""
        rows = self.rows(indicator)
        own = (rows["level"] == Level.KOMMUN) & (rows["year"] == year) & (rows["sex"] == str(sex))
        return int((own & (rows["status"] == Status.OK)).sum())

    @cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self.figures.groupby("indicator")}

    @cached_property
    def _by_cell(self) -> dict[tuple[str, str, str, str, int, str], _Cell]:
        rows = self.figures
        keys = zip(
            *(rows[name].astype("str") for name in ("indicator", "level", "region", "sex")),
            rows["year"].astype(int),
            rows["weighting"].astype("str"),
            strict=True,
        )
        cells = zip(
            map(_number, rows["value"]),
            (answer if isinstance(answer, str) else None for answer in rows["answer"]),
            rows["status"].astype("str"),
            *(map(_number, rows[name]) for name in ("n_kommuner", "lower", "upper")),
            strict=True,
        )
        return dict(zip(keys, cells, strict=True))


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]  # a cell of a float column
