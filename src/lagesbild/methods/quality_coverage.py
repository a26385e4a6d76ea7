"""How much of what was asked for came in: kommuner, persons, single questions, years; and where series break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.cells import REPORTED
from lagesbild.methods.quality_findings import Check, Severity, as_findings, each, gathered, national_cells, printed

#: Percent of kommuner that have reported below which a finding is mild, clear, serious. The surveys of kommuner and
#: units reach 86-95 percent (RiR 2021:17, section 4.1).
COVERAGE_LIMITS = (85.0, 70.0, 25.0)
#: Percent of those asked that have answered. The user surveys of äldreomsorg reach 50-60 percent (same place).
RESPONSE_LIMITS = (60.0, 45.0, 30.0)
#: Below this percent a single kommun's figure is marked.
RESPONSE_OF_KOMMUN = 40.0
#: Surveys in which a kommun answers several questions at once and may leave one out. The unit surveys have a form for
#: each kind of unit, so there a gap is no question left out.
_FORMS = (Survey.KOMMUNENKAT,)


def _severities(percent: pd.Series, limits: tuple[float, float, float]) -> pd.Series:
    return pd.Series(sum((percent < limit).astype("int64") for limit in limits), index=percent.index, dtype="int64")


def coverage_findings(cells: pd.DataFrame, *, indicators: Sequence[Indicator], year: int) -> pd.DataFrame:
    """Return a finding for each indicator that too few kommuner have reported.

    Taking part in a user survey is the kommun's choice. Few of them make riket's figure uncertain but say nothing
    against those of the kommuner that did: the finding is then clear at most.

    Parameters
    ----------
    cells
        As `lagesbild.methods.cells.kommun_cells` returns them for `year`.
    indicators
        The catalogue's records.
    year
        The year that is checked.
    """
    total = cells[(cells["sex"] == Sex.TOTAL) & (cells["status"] != Status.EJ_MATT)]
    counts = (
        total.assign(reported=total["status"].isin(REPORTED))
        .groupby("indicator")
        .agg(expected=("reported", "size"), reported=("reported", "sum"))
        .reset_index()
    )
    counts = counts[counts["reported"] > 0]  # nothing at all is another finding, see late_findings
    percent = 100.0 * counts["reported"] / counts["expected"]
    by_choice = {one.id for one in indicators if one.survey is Survey.BRUKARUNDERSOKNING}
    severity = _severities(percent, COVERAGE_LIMITS)
    severity = severity.mask(counts["indicator"].isin(by_choice), severity.clip(upper=int(Severity.TYDLIG)))
    few = counts[severity > 0]
    return as_findings(
        national_cells(few["indicator"].tolist(), year),
        check=Check.TACKNING,
        severity=severity[severity > 0].tolist(),
        text=[f"{row.reported} av {row.expected} kommuner har redovisat" for row in each(few)],
    )


def response_findings(rows: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Return a finding where few of those asked have answered: of all kommuner together, and of one kommun.

    Parameters
    ----------
    rows
        Released rows of `year`, whose counts are null where they may not be shown.
    year
        The year that is checked.
    """
    asked = rows[
        (rows["level"] == Level.KOMMUN)
        & (rows["sex"] == Sex.TOTAL)
        & (rows["unit"].fillna("") == "")
        & rows["n_answers"].notna()
        & (rows["n_asked"] > 0)
    ]
    sums = asked.groupby("indicator")[["n_answers", "n_asked"]].sum().reset_index()
    percent = 100.0 * sums["n_answers"] / sums["n_asked"]
    severity = _severities(percent, RESPONSE_LIMITS)
    low = percent[severity > 0]
    national = as_findings(
        national_cells(sums.loc[low.index, "indicator"].tolist(), year),
        check=Check.SVARSANDEL,
        severity=severity[low.index].tolist(),
        text=[
            f"{printed(share)} procent av de tillfrågade i kommuner vars antal kan visas har svarat" for share in low
        ],
    )
    own = 100.0 * asked["n_answers"] / asked["n_asked"]
    few = asked[(own < RESPONSE_OF_KOMMUN) & (asked["status"] == Status.OK)]
    single = as_findings(
        few,
        check=Check.SVARSANDEL,
        severity=Severity.LINDRIG,
        text=[f"Bara {printed(share)} procent av de tillfrågade har svarat" for share in own[few.index]],
    )
    return gathered([national, single])


def item_findings(cells: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the questions that a kommun left out although it answered at least half of the same survey.

    Since 2016 a kommun may leave out parts of the survey and single questions (RiR 2021:17, section 3.3.1).

    Parameters
    ----------
    cells
        As `lagesbild.methods.cells.kommun_cells` returns them for one year and area.
    indicators
        The catalogue's records.
    """
    form = {one.id: str(one.survey) for one in indicators if one.survey in _FORMS}
    total = cells[(cells["sex"] == Sex.TOTAL) & cells["indicator"].isin(form) & (cells["status"] != Status.EJ_MATT)]
    total = total.assign(form=total["indicator"].map(form), reported=total["status"].isin(REPORTED))
    # A question that the source has from nobody was not left out by anyone.
    total = total[total.groupby("indicator")["reported"].transform("any")]
    share = total.groupby(["form", "region"])["reported"].transform("mean")
    left_out = total[(share >= 0.5) & ~total["reported"]]
    return as_findings(
        left_out.assign(level=str(Level.KOMMUN)),
        check=Check.PARTIELLT_BORTFALL,
        severity=Severity.LINDRIG,
        text="Kommunen har svarat på enkäten men inte på den här frågan",
    )


def late_findings(window: pd.DataFrame, *, indicators: Sequence[Indicator], year: int) -> pd.DataFrame:
    """Return the indicators that the plan has in `year` but of which the source has no results.

    Parameters
    ----------
    window
        Released rows of the years up to `year`.
    indicators
        The catalogue's records.
    year
        The year that is checked.
    """
    known = window[(window["status"] == Status.OK) & (window["unit"].fillna("") == "")]
    latest = known.groupby("indicator")["year"].max()
    names, texts, severities = [], [], []
    for indicator in indicators:
        last = latest.get(indicator.id)
        if not indicator.measured(year) or (last is not None and last >= year):
            continue
        names.append(indicator.id)
        if last is None:
            texts.append("Källan har inga resultat för något av åren")
            severities.append(int(Severity.ALLVARLIG))
        else:
            texts.append(f"Källans senaste resultat är från {int(last)}")
            severities.append(int(Severity.TYDLIG if year - last <= indicator.frequency else Severity.ALLVARLIG))
    return as_findings(
        national_cells(names, year),
        check=Check.SENA_UPPGIFTER,
        severity=severities,
        text=texts,
    )


def break_findings(breaks: Mapping[str, Sequence[tuple[int, str]]], *, years: range, present: set[str]) -> pd.DataFrame:
    """Return the series that break within the window: mild in the year of the break, afterwards for information.

    Parameters
    ----------
    breaks
        Indicator id to its breaks: first year of the new order and what changed, in Swedish.
    years
        The window; its last year is the one that is checked.
    present
        Ids of the indicators that have results in that year.
    """
    year = years[-1]
    names, texts, severities = [], [], []
    for name in sorted(set(breaks) & present):
        inside = [(when, why) for when, why in breaks[name] if years[0] < when <= year]
        if inside:
            when, why = max(inside)
            names.append(name)
            texts.append(f"Jämför inte med åren före {when}: {why.rstrip('.')}")
            severities.append(int(Severity.LINDRIG if when == year else Severity.UPPLYSNING))
    return as_findings(
        national_cells(names, year),
        check=Check.SERIEBROTT,
        severity=severities,
        text=texts,
    )
