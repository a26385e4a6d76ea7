"""Riksrevisionen's rows on the user survey, repeated on released figures: marks, other readings, and claims."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lagesbild.catalogue.audit_rows import AuditRow, printed_rows, printed_variance
from lagesbild.catalogue.regions import kommuner
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.methods.audit_claims import FIRST, LAST, check_claims, yearly_figures
from lagesbild.methods.audit_panel import audit_panel
from lagesbild.methods.mark_readings import readings, rounding_range, row_orders
from lagesbild.methods.published_marks import compare_marks

AREA = "aldreomsorg"
_HOME, _SPECIAL = "Brukarbedömningar inom hemtjänsten", "Brukarbedömningar på särskilda boenden"


@dataclass(frozen=True, kw_only=True)
class AuditComparison:
    """The audit's figures on the user survey beside ours.

    Parameters
    ----------
    marks
        `lagesbild.methods.published_marks.compare_marks`: the six rows by län and kommungrupp, 24 marks where all have
        results.
    readings
        `lagesbild.methods.mark_readings.readings`: how many agree when one thing is done otherwise.
    orders
        `lagesbild.methods.mark_readings.row_orders` of the last year.
    rounding
        `lagesbild.methods.mark_readings.rounding_range`.
    figures, claims
        `lagesbild.methods.audit_claims.yearly_figures` and `check_claims`.
    """

    marks: pd.DataFrame
    readings: pd.DataFrame
    orders: pd.DataFrame
    rounding: pd.DataFrame
    figures: pd.DataFrame
    claims: pd.DataFrame


def user_survey_rows() -> tuple[AuditRow, ...]:
    """Return the six rows of table 2 that are about the user survey, in print order."""
    return tuple(row for row in printed_rows(AREA) if row.head in (_HOME, _SPECIAL))


def audit_comparison(released: pd.DataFrame, *, seed: int = 2021) -> AuditComparison:
    """Repeat the audit's rows on the user survey, 2016-2019 and 2019, and check what it says of them.

    Groups are the län and SKR's kommungrupper of 2017, which held in the audit's years; those of 2023 are one of the
    other readings.

    Parameters
    ----------
    released
        Released observations of äldreomsorg; years outside 2016-2019 are left out.
    seed
        Of the draws in `lagesbild.methods.mark_readings.rounding_range`.
    """
    rows = printed_rows(AREA)
    own = released[released["year"].between(FIRST, LAST)]
    everything = audit_panel(own, rows)
    users = user_survey_rows()
    names = [row.id for row in users]
    panel = everything[everything["indicator"].isin(names)]
    printed = {key: mark for key, mark in printed_variance(AREA).items() if key[0] in names}
    columns = ("lan", "kommungrupp_2017", "kommungrupp_2023", "folkmangd")
    register = pd.DataFrame(
        [[getattr(one, name) for name in columns] for one in kommuner()],
        index=pd.Index([one.kod for one in kommuner()]),
        columns=list(columns),
    )
    groupings = {"lan": register["lan"], "kommungrupp": register["kommungrupp_2017"]}
    marks = compare_marks(panel, printed, groupings=groupings)
    riket = national(own, rows)
    return AuditComparison(
        marks=marks,
        readings=readings(
            panel,
            printed,
            groupings=groupings,
            exchanged=exchanged_rows(users),
            other_groups={"kommungrupp_2023": {"kommungrupp": register["kommungrupp_2023"]}},
            population=register["folkmangd"],
        ),
        orders=row_orders(marks),
        rounding=rounding_range(panel, groupings=groupings, seed=seed),
        figures=yearly_figures(everything, riket),
        claims=check_claims(everything, riket),
    )


def exchanged_rows(rows: tuple[AuditRow, ...]) -> dict[str, str]:
    """Return home care's rows to those of special housing with the same name, and back."""
    known = {(row.head, row.name): row.id for row in rows}
    other = {_HOME: _SPECIAL, _SPECIAL: _HOME}
    pairs = ((one, known.get((other.get(head, head), name))) for (head, name), one in known.items())
    return {one: twin for one, twin in pairs if twin is not None}


def national(released: pd.DataFrame, rows: tuple[AuditRow, ...]) -> pd.DataFrame:
    """Return riket's published figures of rows of one indicator: ``indicator`` (the row), ``year, value``."""
    names = {row.indicators[0]: row.id for row in rows if len(row.indicators) == 1}
    part = released[
        (released["level"] == Level.RIKE)
        & (released["sex"] == "T")
        & (released["status"] == Status.OK)
        & (released["unit"].fillna("") == "")
        & released["indicator"].isin(names)
        & released["value"].notna()
    ]
    return pd.DataFrame(
        {
            "indicator": part["indicator"].astype("str").map(names).astype("str"),
            "year": part["year"].astype("int64"),
            "value": part["value"].astype("float64"),
        }
    )
