"""All checks of one area and year in one call: released rows in, findings and grades out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import OBSERVATION_COLUMNS, Status
from lagesbild.methods.cells import kommun_cells
from lagesbild.methods.quality_copies import copy_findings
from lagesbild.methods.quality_coverage import (
    break_findings,
    coverage_findings,
    item_findings,
    late_findings,
    response_findings,
)
from lagesbild.methods.quality_findings import gathered
from lagesbild.methods.quality_flips import answer_rows, flip_findings
from lagesbild.methods.quality_grade import grade_frame
from lagesbild.methods.quality_jumps import changes, jump_findings
from lagesbild.methods.quality_sums import count_findings, national_findings, sex_findings

#: Columns of the released observations that the checks read.
QUALITY_INPUT = tuple(name for name in OBSERVATION_COLUMNS if name not in ("source", "revision"))


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What the checks of one area and year came to.

    Parameters
    ----------
    findings
        ``avvikelser.parquet``: `lagesbild.methods.quality_findings.FINDING_COLUMNS`.
    grades
        ``kvalitet.parquet``: `lagesbild.methods.quality_grade.GRADE_COLUMNS`.
    """

    findings: pd.DataFrame
    grades: pd.DataFrame


def assess(
    window: pd.DataFrame,
    *,
    indicators: Sequence[Indicator],
    members: pd.DataFrame,
    population: pd.Series,
    breaks: Mapping[str, Sequence[tuple[int, str]]],
    years: range,
) -> Assessment:
    """Run all checks for the last of `years`, on released rows alone.

    Parameters
    ----------
    window
        Released rows of the area in `years` (columns `QUALITY_INPUT`); rows of units are left out.
    indicators
        The area's indicators.
    members
        See `lagesbild.methods.cells.membership`.
    population
        Inhabitants by kommun code.
    breaks
        Indicator id to its breaks: first year of the new order, and what changed.
    years
        The window; the last one is checked, the others are what it is held against.
    """
    year = years[-1]
    rows = window[window["unit"].fillna("") == ""]
    now = rows[rows["year"] == year]
    cells = kommun_cells(now, indicators=indicators, members=members, year=year)
    moved = changes(rows, indicators=indicators, population=population)
    findings = gathered(
        [
            jump_findings(moved, indicators=indicators, year=year),
            flip_findings(answer_rows(rows, indicators=indicators), year=year),
            sex_findings(now, indicators=indicators),
            count_findings(now, indicators=indicators),
            national_findings(now, indicators=indicators, population=population),
            copy_findings(rows, indicators=indicators, year=year),
            coverage_findings(cells, indicators=indicators, year=year),
            response_findings(now, year=year),
            item_findings(cells, indicators=indicators),
            late_findings(rows, indicators=indicators, year=year),
            break_findings(breaks, years=years, present=set(now.loc[now["status"] == Status.OK, "indicator"])),
        ]
    )
    findings = findings[findings["indicator"].isin({one.id for one in indicators})].reset_index(drop=True)
    return Assessment(findings=findings, grades=grade_frame(findings, cells, indicators=indicators, year=year))
