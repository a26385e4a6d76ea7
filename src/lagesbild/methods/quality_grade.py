"""The grade of an indicator's data in a year, from the findings, by a rule that anyone can follow.

Each finding pulls the grade down to a step of its own, and the lowest step is the grade; so a further finding can
never make it better. The steps:

==============  =====================================  ==========================================
grade           a finding on the national level         share of the kommuner with a finding
==============  =====================================  ==========================================
A god           none, or for information                below the first limit of the check
B godtagbar     mild                                    from the first limit
C osäker        clear, or three mild                    from the second limit, two kommuner at least
D bristfällig   serious, or three clear                 from the third limit, three kommuner at least
==============  =====================================  ==========================================

The limits (`SHARE_LIMITS`) differ by check, since an answer that flips is more common by chance than a jump of five
robust standard deviations. An indicator without a single result in the year has no grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Level, Sex, Status
from lagesbild.methods.quality_findings import Check, Severity, each, printed
from lagesbild.methods.quality_flips import implied_error

#: Columns of ``kvalitet.parquet``, in order.
GRADE_COLUMNS = (
    "indicator",
    "year",
    "grade",
    "n_kommuner",
    "n_kommuner_expected",
    "n_kommuner_flagged",
    "n_findings",
    "points",
    "reasons",
    "checks",
)


class Grade(StrEnum):
    """How far the figures of an indicator and year can be trusted."""

    GOD = "A"
    GODTAGBAR = "B"
    OSAKER = "C"
    BRISTFALLIG = "D"
    EJ_BEDOMD = ""  # no results to grade


GRADES = (Grade.GOD, Grade.GODTAGBAR, Grade.OSAKER, Grade.BRISTFALLIG)

#: Percent of the kommuner with a result (of those asked, for questions left out) from which a check's findings give
#: B, C and D.
SHARE_LIMITS: dict[Check, tuple[float, float, float]] = {
    Check.VAXLANDE_SVAR: (5.0, 10.0, 20.0),
    Check.PARTIELLT_BORTFALL: (5.0, 15.0, 30.0),
    Check.SVARSANDEL: (10.0, 30.0, 60.0),
    # Those who haven't told their sex are in the total alone.
    Check.KON_MOT_TOTAL: (5.0, 20.0, 40.0),
}
#: Jumps and figures that don't fit together: in a user survey without known faults up to three kommuner in a thousand
#: have one.
OTHER_LIMITS = (0.5, 2.0, 5.0)

#: Kommuner that it takes for B, C and D besides: one of fifty is no two percent to lean on.
FEWEST_KOMMUNER = (1, 2, 3)

#: The order in which reasons are told: what is missing first, then the series, then single figures.
REASON_ORDER = (
    Check.TACKNING,
    Check.SVARSANDEL,
    Check.PARTIELLT_BORTFALL,
    Check.SENA_UPPGIFTER,
    Check.SERIEBROTT,
    Check.GEMENSAMT_HOPP,
    Check.RIKET_MOT_KOMMUNER,
    Check.DUBBELT_NYCKELTAL,
    Check.UPPREPADE_VARDEN,
    Check.VAXLANDE_SVAR,
    Check.HOPP,
    Check.FRAM_OCH_TILLBAKA,
    Check.KON_MOT_TOTAL,
    Check.TALJARE_NAMNARE,
    Check.OMOJLIGT_VARDE,
)

#: What a check's findings are called when many kommuner have them.
_SUMMARIES = {
    Check.HOPP: "ovanligt stor ändring sedan förra mätningen",
    Check.FRAM_OCH_TILLBAKA: "ett värde som avvikit kraftigt och gått tillbaka",
    Check.VAXLANDE_SVAR: "ett svar som växlat fram och tillbaka mellan åren",
    Check.KON_MOT_TOTAL: "värden för kvinnor och män som inte stämmer med totalen",
    Check.TALJARE_NAMNARE: "antal och värde som inte stämmer med varandra",
    Check.OMOJLIGT_VARDE: "ett omöjligt värde",
    Check.PARTIELLT_BORTFALL: "svarat på enkäten men inte på frågan",
    Check.SVARSANDEL: "en låg andel svarande",
}


def _steps_of_shares(findings: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Return by indicator and check the kommuner with findings, their share in percent, step (0-3) and points."""
    own = findings[(findings["level"] == Level.KOMMUN) & (findings["severity"] > 0)]
    worst = own.groupby(["indicator", "check", "region"])["severity"].max().reset_index()
    found = worst.groupby(["indicator", "check"]).agg(n=("region", "size"), severity=("severity", "mean")).reset_index()
    found = found.merge(counts, on="indicator", how="inner")
    # Who left a question out has no result; its share is of those who were asked.
    base = found["n_kommuner_expected"].where(found["check"] == Check.PARTIELLT_BORTFALL, found["n_kommuner"])
    found["share"] = 100.0 * found["n"] / base.where(base > 0)
    limits = [SHARE_LIMITS.get(Check(check), OTHER_LIMITS) for check in found["check"]]
    found["step"] = [
        sum(share >= limit and n >= least for limit, least in zip(three, FEWEST_KOMMUNER, strict=True))
        for n, share, three in zip(found["n"], found["share"], limits, strict=True)
    ]
    found["points"] = [
        severity * share / three[1]
        for severity, share, three in zip(found["severity"], found["share"], limits, strict=True)
    ]
    return found


def _step_of_national(severities: pd.Series) -> int:
    """Return the step (0-3) that findings on the national level pull an indicator down to."""
    mild, clear = int((severities == Severity.LINDRIG).sum()), int((severities == Severity.TYDLIG).sum())
    if (severities == Severity.ALLVARLIG).any() or clear >= 3:
        return 3
    if clear or mild >= 3:
        return 2
    return 1 if mild else 0


def grade_frame(
    findings: pd.DataFrame, cells: pd.DataFrame, *, indicators: Sequence[Indicator], year: int
) -> pd.DataFrame:
    """Return the frame of ``kvalitet.parquet``: each indicator's grade of `year`, and why.

    - `n_kommuner`, `n_kommuner_expected`: kommuner with a result that may be shown, and that should have reported.
    - `n_kommuner_flagged`: kommuner with at least one finding that is more than information.
    - `points`: for ranking, higher is worse: the severities on the national level (that of few kommuner halved), and
      for each check its kommuner's mean severity when their share is at the limit of C, in proportion. It never falls
      when a finding is added.
    - `reasons`: the national findings and the checks that matter, as Swedish sentences in the order of
      `REASON_ORDER`, so that indicators with the same reasons read alike; empty for A without findings.
    - `checks`: the checks that take the grade below A, in the same order with a space between; see `checks_of`.

    Parameters
    ----------
    findings
        `FINDING_COLUMNS`, of `year`.
    cells
        As `lagesbild.methods.cells.kommun_cells` returns them for `year`.
    indicators
        The catalogue's records.
    year
        The year.

    Returns
    -------
    DataFrame
        `GRADE_COLUMNS`, a row for each indicator with cells, sorted by indicator.
    """
    total = cells[cells["sex"] == Sex.TOTAL]
    counts = (
        total.assign(ok=total["status"] == Status.OK, asked=total["status"] != Status.EJ_MATT)
        .groupby("indicator")
        .agg(n_kommuner=("ok", "sum"), n_kommuner_expected=("asked", "sum"))
        .reset_index()
    )
    shares = _steps_of_shares(findings, counts)
    national = findings[findings["level"] == Level.RIKE]
    flagged = findings[(findings["level"] == Level.KOMMUN) & (findings["severity"] > 0)]
    n_flagged = flagged.groupby("indicator")["region"].nunique()
    n_findings = findings.groupby("indicator").size()
    of_riket, of_kommuner = dict(iter(national.groupby("indicator"))), dict(iter(shares.groupby("indicator")))
    rows = []
    for row in each(counts):
        own = of_riket.get(row.indicator, national.iloc[:0])
        spread = of_kommuner.get(row.indicator, shares.iloc[:0])
        step = max([_step_of_national(own["severity"]), *spread["step"]])
        # Few kommuner make riket uncertain but are no fault in the data that there are.
        weighed = [0.5 * one.severity if one.check == Check.TACKNING else float(one.severity) for one in each(own)]
        points = sum(weighed) + float(spread["points"].sum())
        rows.append(
            {
                "indicator": row.indicator,
                "year": year,
                "grade": str(GRADES[step] if row.n_kommuner else Grade.EJ_BEDOMD),
                "n_kommuner": row.n_kommuner,
                "n_kommuner_expected": row.n_kommuner_expected,
                "n_kommuner_flagged": int(n_flagged.get(row.indicator, 0)),
                "n_findings": int(n_findings.get(row.indicator, 0)),
                "points": round(points, 6),
                "reasons": _reasons(own, spread, n_shown=row.n_kommuner, n_asked=row.n_kommuner_expected),
                "checks": _lowering(own, spread),
            }
        )
    frame = pd.DataFrame(rows, columns=list(GRADE_COLUMNS))
    whole = ("n_kommuner", "n_kommuner_expected", "n_kommuner_flagged", "n_findings")
    types = dict.fromkeys(("indicator", "grade", "reasons", "checks"), "str") | dict.fromkeys(whole, "int64")
    frame = frame.astype(types | {"year": "int16", "points": "float64"})
    return frame.sort_values("indicator", ignore_index=True)


def checks_of(lowered: str) -> tuple[Check, ...]:
    """Return the checks that a cell of the column ``checks`` names."""
    return tuple(Check(name) for name in lowered.split())


def _lowering(national: pd.DataFrame, shares: pd.DataFrame) -> str:
    """Return the checks that give a step: national findings that are more than information, and common ones."""
    found = {*national.loc[national["severity"] > 0, "check"], *shares.loc[shares["step"] > 0, "check"]}
    return " ".join(check for check in REASON_ORDER if check in found)


def _reasons(national: pd.DataFrame, shares: pd.DataFrame, *, n_shown: int, n_asked: int) -> str:
    """Return why in the order of `REASON_ORDER`: national findings in their own words, findings of kommuner counted."""
    told = [(REASON_ORDER.index(Check(one.check)), 0, str(one.text)) for one in each(national)]
    for one in each(shares):
        check = Check(one.check)
        if check == Check.PARTIELLT_BORTFALL:
            who = _of_all(one.n, n_asked, "som skulle ha redovisat")
        else:
            who = _of_all(one.n, n_shown, "vars resultat kan visas")
        text = f"{who} har {_SUMMARIES.get(check, 'en avvikelse')}"
        if check == Check.VAXLANDE_SVAR and one.step:
            text += f", som om {_percent(100.0 * implied_error(min(1.0, one.share / 100.0)))} av svaren vore fel"
        told.append((REASON_ORDER.index(check), 1, text))
    return "".join(f"{text}. " for _, _, text in sorted(told)).strip()


def _of_all(n: int, whole: int, which: str) -> str:
    """Return "25 av de 46 kommuner vars resultat kan visas"; without the whole where there is none to count among."""
    if whole > 1 and n <= whole:
        return f"{n} av de {whole} kommuner {which}"
    return f"{n} kommun" if n == 1 else f"{n} kommuner"


def _percent(share: float) -> str:
    return "under 1 procent" if 0 < share < 1 else f"{printed(float(np.floor(share + 0.5)))} procent"
