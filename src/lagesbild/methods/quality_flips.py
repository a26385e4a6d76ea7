"""Answers that flip back and forth between years.

Riksrevisionen (RiR 2021:17, section 3.3.3) tells of kommuner that answered a question differently from year to year
although nothing had changed, and of RKA's low grades for such answers. Two measurements that differ may be a change;
an answer that goes and comes back is a sign that the question is read differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.methods.cells import kommun_results
from lagesbild.methods.quality_findings import Check, Severity, as_findings, each

#: From this many changes in the window a series says little about the kommun.
MANY_CHANGES = 3


def answer_rows(window: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the kommuner's answers, oldest first, each with the two before it and its changes so far.

    Returns
    -------
    DataFrame
        Columns ``indicator, year, level, region, sex, answer, before, year_before, first, year_first, n_changes``.
    """
    asked = {indicator.id for indicator in indicators if indicator.is_answer}
    rows = kommun_results(window)
    rows = rows.loc[
        rows["answer"].notna() & rows["indicator"].isin(asked),
        ["indicator", "year", "level", "region", "sex", "answer"],
    ]
    rows = rows.sort_values(["indicator", "region", "year"], ignore_index=True)
    series = rows.groupby(["indicator", "region"])
    for place, name in ((1, "before"), (2, "first")):
        suffix = name if name == "first" else "before"
        rows[name], rows[f"year_{suffix}"] = series["answer"].shift(place), series["year"].shift(place)
    changed = rows["before"].notna() & (rows["answer"] != rows["before"])
    rows["n_changes"] = changed.groupby([rows["indicator"], rows["region"]]).cumsum().astype("int64")
    return rows


def flip_findings(answers: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Return a finding for each kommun whose answer in `year` is the same as two times ago, but not as last time.

    Parameters
    ----------
    answers
        As `answer_rows` returns it.
    year
        The year that is checked.
    """
    rows = answers[(answers["year"] == year) & answers["first"].notna()]
    rows = rows[(rows["answer"] == rows["first"]) & (rows["answer"] != rows["before"])]
    text = [
        f"Svaret har växlat: {row.first} {row.year_first:.0f}, {row.before} {row.year_before:.0f}, "
        f"{row.answer} {row.year}"
        for row in each(rows)
    ]
    return as_findings(
        rows,
        check=Check.VAXLANDE_SVAR,
        severity=[Severity.TYDLIG if n >= MANY_CHANGES else Severity.LINDRIG for n in rows["n_changes"]],
        text=text,
    )


def implied_error(share: float) -> float:
    """Return the share of wrong answers that would give this share of flips if nothing ever changed.

    With two possible answers of which each is wrong with chance e, independently of the others, three answers in
    a row go and come back with chance e(1 - e). At most a quarter can, so more than that gives 0.5: the answers are
    then no better than tossing a coin.

    Raises
    ------
    ValueError
        If `share` is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share is {share}; expected 0 to 1")
    return 0.5 if share >= 0.25 else (1 - sqrt(1 - 4 * share)) / 2
