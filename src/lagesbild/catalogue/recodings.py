"""Series across changes of question: which answers of different years are one series, and where a series breaks.

The rules are typed from Riksrevisionen's ten comments to table 1 of the appendix "Statistisk analys"
(RiR 2021:17); the breaks from Kolada's descriptions of its key figures.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from lagesbild.catalogue.recodings_file import read_series_rules
from lagesbild.catalogue.resources import catalogue_folder
from lagesbild.catalogue.series_rules import Combine, Period, Recoding, RuleKind, SeriesBreak, SeriesRules
from lagesbild.catalogue.vocabulary import Answer
from lagesbild.errors import Fault, InputError

__all__ = [
    "Combine",
    "Period",
    "Recoding",
    "RuleKind",
    "SeriesBreak",
    "SeriesRules",
    "apply_rule",
    "breaks",
    "series_rules",
]

#: The columns of a frame of answers, and those of what a rule makes of it.
ANSWER_COLUMNS = ("region", "year", "question", "answer")
SERIES_COLUMNS = ("series", "region", "year", "segment", "code", "answer")


@lru_cache(maxsize=1)
def series_rules() -> SeriesRules:
    """Return the project's own rules, read once from ``data/catalogue/series/recodings.yml``."""
    return read_series_rules(catalogue_folder() / "series" / "recodings.yml")


def breaks(indicator_id: str) -> tuple[int, ...]:
    """Return the years in which the indicator's series breaks: first years of a new question or method.

    Empty where it never changed, or changed with a rule that makes one series of it.
    """
    return series_rules().breaks(indicator_id)


def apply_rule(rule: Recoding, answers: pd.DataFrame) -> pd.DataFrame:
    """Return what a rule makes of a frame of answers.

    Parameters
    ----------
    rule
        One of the ten.
    answers
        `ANSWER_COLUMNS`, one row per region, year and question; answer is ja, delvis, nej or null.

    Returns
    -------
    DataFrame
        `SERIES_COLUMNS`, sorted. `series` is the rule's id (omkodning) or the question's; `segment` counts
        the breaks passed (0 before, 1 from the year on); `code` is null but for omkodning.

    Raises
    ------
    InputError
        If an answer or a question does not belong to its year's rule, or a row stands twice.
    """
    faults = list(_faults(rule, answers))
    if faults:
        raise InputError(f"answers refused by {rule.id}", faults)
    if rule.kind is RuleKind.OMKODNING:
        found = _recoded(rule, answers)
    else:
        kept = answers
        if rule.kind is RuleKind.URVAL:
            kept = answers[answers["question"].isin(rule.indicators) & ~answers["question"].isin(rule.left_out)]
        segment = 0 if rule.year is None else (kept["year"] >= rule.year).astype("int64")
        found = kept.assign(series=kept["question"], segment=segment, code=None)
    found = found[list(SERIES_COLUMNS)].sort_values(["series", "region", "year"], ignore_index=True)
    return found.astype({"code": "Int64", "year": "int64", "segment": "int64"})


def _recoded(rule: Recoding, answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per region and year with the combined code."""
    rows = []
    for _, part in answers.groupby(["region", "year"], sort=True):
        region, year = part["region"].iloc[0], int(part["year"].iloc[0])
        period = _period(rule, year)
        given = dict(zip(part["question"], part["answer"], strict=True))
        codes = [period.codes.get(given.get(question)) for question in period.questions]  # type: ignore[arg-type]
        code = _combined(period, codes)
        answer = None if code is None else rule.result[code]
        rows.append({"series": rule.id, "region": region, "year": year, "segment": 0, "code": code, "answer": answer})
    return pd.DataFrame(rows, columns=list(SERIES_COLUMNS))


def _combined(period: Period, codes: list[int | None]) -> int | None:
    known = [code for code in codes if code is not None]
    if period.combine is Combine.HOGST and known and max(known) == max(period.codes.values()):
        return max(known)
    if len(known) < len(codes):
        return None
    return sum(known) if period.combine is Combine.SUMMA else max(known)


def _period(rule: Recoding, year: int) -> Period:
    return next(period for period in rule.periods if period.holds(year))


def _faults(rule: Recoding, answers: pd.DataFrame) -> list[Fault]:
    """Return every row that the rule can't read."""
    faults = []
    seen: set[tuple[str, int, str]] = set()
    for row, (region, year, question, answer) in enumerate(answers[list(ANSWER_COLUMNS)].itertuples(index=False), 1):
        what, expected, column = None, None, "answer"
        period = next((one for one in rule.periods if one.holds(year)), None)
        allowed = tuple(str(one) for one in Answer) if period is None else tuple(period.codes)
        if (region, year, question) in seen:
            what, expected, column = f"{question} stands twice", "each question once", "question"
        elif period is not None and question not in period.questions:
            what, expected, column = f"no question {question!r} in {year}", ", ".join(period.questions), "question"
        elif not pd.isna(answer) and answer not in allowed:
            what, expected = f"answer {answer!r} in {year}", ", ".join(allowed)
        seen.add((region, year, question))
        if what:
            faults.append(Fault(what=what, row=row, column=column, region=region, year=year, expected=expected))
    return faults
