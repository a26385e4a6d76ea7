"""What Riksrevisionen says of the results over time (RiR 2021:17, section 4.2.5), against the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy import stats

#: The audit's period. The surveys of users and units were left out in 2020.
FIRST, LAST = 2016, 2019

#: A change of riket's figure up to so many percentage points over the period is no clear trend: our reading of "mycket
#: stabila" and "inga tydliga trender", which the audit doesn't define.
STABLE = 2.0

#: "Runt 30 procent" is read as 30 give or take so many percentage points.
AROUND = 5.0

#: Columns of `yearly_figures` and of `check_claims`, in order.
YEAR_COLUMNS = ("row", "year", "riket", "mean", "n_kommuner")
CLAIM_COLUMNS = (
    *("claim", "row", "first", "last", "riket_first", "riket_last", "low", "high"),
    *("change", "lower", "upper", "n_kommuner", "secured", "outcome"),
)


class Outcome(StrEnum):
    """Whether a claim holds."""

    HOLDS = "haller"
    #: It holds as worded, but there is a secured change between the first year and the last.
    HOLDS_WITH_CHANGE = "haller_men_andras"
    FAILS = "haller_inte"
    UNTESTED = "kan_inte_provas"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim of the audit.

    Parameters
    ----------
    id
        Its name.
    text
        What is said, in our words, in Swedish.
    place
        Where.
    rows
        Ids of the printed rows that it is about.
    kind
        "over" (above `level` every year), "omkring" (`level` give or take `AROUND` every year) or "stabil" (riket's
        figure changes by at most `STABLE` percentage points).
    level
        In percent; null for "stabil".
    """

    id: str
    text: str
    place: str
    rows: tuple[str, ...]
    kind: str
    level: float | None = None


_HOME, _SPECIAL = "Brukarbedömningar inom hemtjänsten", "Brukarbedömningar på särskilda boenden"
_USER_ROWS = tuple(
    f"{head}: {name}"
    for head in (_HOME, _SPECIAL)
    for name in ("Allmänt hälsotillstånd", "Personalens bemötande", "Sammantaget")
)
_UNIT_ROWS = tuple(
    f"{head}: {name}"
    for head, names in (
        (
            "Extern samverkan inom hemtjänsten",
            ("Vårdplanering med vårdcentral", "Läkemedelsgenomg. med sjuksköterska", "Samarbete med anhöriga"),
        ),
        (
            "Extern samverkan på särskilda boenden",
            ("Vårdplanering med läkare", "Läkemedelsgenomg. med sjuksköterska", "Samarbete med anhöriga"),
        ),
    )
    for name in names
)

CLAIMS = (
    Claim(
        id="nojda",
        text="Över 80 procent är nöjda med sin hemtjänst eller sitt särskilda boende",
        place="Avsnitt 4.2.5, not 167",
        rows=(f"{_HOME}: Sammantaget", f"{_SPECIAL}: Sammantaget"),
        kind="over",
        level=80.0,
    ),
    Claim(
        id="stabila",
        text="Brukarbedömningarna är mycket stabila över tid",
        place="Avsnitt 4.2.5, not 167",
        rows=_USER_ROWS,
        kind="stabil",
    ),
    Claim(
        id="halsa",
        text="Runt 30 procent bedömer sitt hälsotillstånd som gott",
        place="Avsnitt 4.2.5, not 167",
        rows=(f"{_HOME}: Allmänt hälsotillstånd", f"{_SPECIAL}: Allmänt hälsotillstånd"),
        kind="omkring",
        level=30.0,
    ),
    Claim(
        id="ingen-trend",
        text="Enhets- och brukarundersökningarna i äldreomsorgen visar ingen tydlig trend i rikets snitt",
        place="Avsnitt 4.2.5, figur 3",
        rows=(*_UNIT_ROWS, *_USER_ROWS),
        kind="stabil",
    ),
    Claim(
        id="konsperspektiv",
        text="Fler kommuner följer upp med ett könsperspektiv, men bara 6–7 procent i äldreomsorgen",
        place="Avsnitt 4.2.5, figur 4",
        rows=("ISU kön",),
        kind="omkring",
        level=6.5,
    ),
)


def yearly_figures(
    panel: pd.DataFrame, national: pd.DataFrame, *, first: int = FIRST, last: int = LAST
) -> pd.DataFrame:
    """Return each row's figure for riket and its unweighted mean over kommuner, year by year.

    Parameters
    ----------
    panel
        Columns ``indicator`` (the printed row's id), ``year, region, value``.
    national
        Columns ``indicator, year, value``: riket's published figures. A year without one has null.
    first, last
        The period.

    Returns
    -------
    DataFrame
        `YEAR_COLUMNS`, sorted.
    """
    rows = panel[panel["year"].between(first, last)]
    means = rows.groupby(["indicator", "year"])["value"].agg(["mean", "size"]).reset_index()
    known = national.rename(columns={"value": "riket"})[["indicator", "year", "riket"]]
    found = means.merge(known, on=["indicator", "year"], how="left")
    found = found.rename(columns={"indicator": "row", "size": "n_kommuner"})
    found = found.astype({"row": "str", "year": "int64", "riket": "float64", "mean": "float64", "n_kommuner": "int64"})
    return found.sort_values(["row", "year"], ignore_index=True)[list(YEAR_COLUMNS)]


def check_claims(
    panel: pd.DataFrame,
    national: pd.DataFrame,
    *,
    claims: Sequence[Claim] = CLAIMS,
    first: int = FIRST,
    last: int = LAST,
) -> pd.DataFrame:
    """Return for each claim and row whether it holds, with the figures.

    Parameters
    ----------
    panel, national, first, last
        As for `yearly_figures`.
    claims
        The claims.

    Returns
    -------
    DataFrame
        `CLAIM_COLUMNS`, a row per claim and printed row. ``riket_first`` and ``riket_last`` are riket's figures (the
        mean of kommuner where riket has none for some year), ``low`` and ``high`` the least and the greatest of the
        period. ``change`` is the mean change of the kommuner measured both years, in percentage points, with its 95
        percent interval (paired t), and ``secured`` says whether that leaves out 0. ``outcome`` is an `Outcome`; a row
        without figures for both the first and the last year can't be tested, and a claim about the mean of several
        rows is tested for each.
    """
    figures = yearly_figures(panel, national, first=first, last=last)
    lacking = figures["riket"].isna().groupby(figures["row"]).transform("any")
    level = figures.assign(shown=figures["riket"].where(~lacking, figures["mean"]))
    shown = {row: part.set_index("year")["shown"] for row, part in level.groupby("row")}
    changes = _changes(panel, first=first, last=last)
    rows = []
    for claim in claims:
        for row in claim.rows:
            own = shown.get(row, pd.Series(dtype="float64"))
            ends = [float(own.get(year, np.nan)) for year in (first, last)]
            low, high = (float(own.min()), float(own.max())) if len(own) else (np.nan, np.nan)
            change = changes.get(row, (np.nan, np.nan, np.nan, 0))
            secured = bool(change[1] > 0 or change[2] < 0)
            outcome = _outcome(claim, ends, (low, high), secured=secured)
            rows.append([claim.id, row, first, last, *ends, low, high, *change, secured, str(outcome)])
    return pd.DataFrame(rows, columns=list(CLAIM_COLUMNS))


def _outcome(claim: Claim, ends: list[float], span: tuple[float, float], *, secured: bool) -> Outcome:
    if np.isnan(ends).any():
        return Outcome.UNTESTED
    if claim.kind == "stabil":
        if abs(ends[1] - ends[0]) > STABLE:
            return Outcome.FAILS
        return Outcome.HOLDS_WITH_CHANGE if secured else Outcome.HOLDS
    assert claim.level is not None
    if claim.kind == "over":
        return Outcome.HOLDS if span[0] > claim.level else Outcome.FAILS
    near = abs(span[0] - claim.level) <= AROUND and abs(span[1] - claim.level) <= AROUND
    return Outcome.HOLDS if near else Outcome.FAILS


def _changes(panel: pd.DataFrame, *, first: int, last: int) -> dict[str, tuple[float, float, float, int]]:
    """Return each row's mean change over the kommuner that have both years, its interval and their number."""
    rows = panel[panel["year"].isin([first, last])]
    found = {}
    for row, part in rows.groupby("indicator"):
        table = part.pivot_table(index="region", columns="year", values="value")
        if not {first, last} <= set(table.columns):
            continue
        change = (table[last] - table[first]).dropna().to_numpy(np.float64)
        n = len(change)
        if n == 0:
            continue
        middle = float(change.mean())
        reach = float(stats.t.ppf(0.975, n - 1) * change.std(ddof=1) / np.sqrt(n)) if n > 1 else np.nan
        found[str(row)] = (middle, middle - reach, middle + reach, n)
    return found
