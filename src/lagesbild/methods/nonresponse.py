"""Who has not answered: by kommungrupp, län and size, and whether those who answer differ from those who don't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from lagesbild.catalogue.groups import size_class
from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.vocabulary import Sex, Status
from lagesbild.methods.cells import REPORTED, Member, kommun_results, membership, score
from lagesbild.methods.permutation import association_test, permutation_test

#: Columns of ``bortfall.parquet``, in order: one row a survey and question.
DIFFERENCE_COLUMNS = (
    "survey",
    "year",
    "question",
    "n_answered",
    "n_not",
    "answered",
    "not_answered",
    "p_value",
    "verdict",
)

#: With fewer kommuner on either side there is no point in a test.
FEWEST = 5
SIGNIFICANCE = 0.05
_SEED = 2021


class _Known(Member, Protocol):
    """What `backgrounds` needs to know of a kommun."""

    @property
    def folkmangd(self) -> int: ...


def backgrounds(kommuner: Iterable[_Known]) -> pd.DataFrame:
    """Return one row per kommun with what it may be grouped by.

    Returns
    -------
    DataFrame
        Columns ``region, lan, kommungrupp, storleksklass`` (text) and ``folkmangd`` (int), sorted by region.
    """
    people = {one.kod: one for one in kommuner}
    frame = membership(people.values())
    folkmangd = [people[code].folkmangd for code in frame["region"]]
    return frame.assign(storleksklass=[size_class(n) for n in folkmangd], folkmangd=folkmangd).astype(
        {"storleksklass": "str", "folkmangd": "int64"}
    )


def asked_cells(cells: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the kommun cells (total) that were to be reported, with survey and whether they were.

    Indicators that the source has nothing of are left out: they say nothing about who answers.

    Returns
    -------
    DataFrame
        The columns of `cells` and ``survey`` (text), ``reported`` (bool).
    """
    survey = {one.id: str(one.survey) for one in indicators}
    total = cells[(cells["sex"] == Sex.TOTAL) & (cells["status"] != Status.EJ_MATT)]
    total = total.assign(survey=total["indicator"].map(survey).astype("str"), reported=total["status"].isin(REPORTED))
    return total[total.groupby("indicator")["reported"].transform("any").astype(bool)].reset_index(drop=True)


def response_by(asked: pd.DataFrame, background: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the percent of asked cells that were reported, for each group of kommuner.

    Parameters
    ----------
    asked
        As `asked_cells` returns it.
    background
        As `backgrounds` returns it.
    by
        ``kommungrupp``, ``lan`` or ``storleksklass``.

    Returns
    -------
    DataFrame
        Columns ``<by>, n_kommuner, n_silent, n_expected, n_reported, share``; `n_silent` kommuner have reported
        nothing. Sorted by code, size classes from the smallest.
    """
    per_kommun = asked.groupby("region")["reported"].agg(["size", "sum"]).reset_index()
    known = background.merge(per_kommun, on="region", how="left").fillna({"size": 0, "sum": 0})
    known["silent"] = (known["size"] > 0) & (known["sum"] == 0)
    grouped = known.groupby(by).agg(
        n_kommuner=("region", "size"),
        n_silent=("silent", "sum"),
        n_expected=("size", "sum"),
        n_reported=("sum", "sum"),
        _people=("folkmangd", "min"),
    )
    order = ["_people"] if by == "storleksklass" else [by]
    grouped = grouped.reset_index().sort_values(order, ignore_index=True).drop(columns="_people")
    whole = ["n_kommuner", "n_silent", "n_expected", "n_reported"]
    grouped = grouped.astype(dict.fromkeys(whole, "int64"))
    grouped["share"] = 100.0 * grouped["n_reported"] / grouped["n_expected"].where(grouped["n_expected"] > 0)
    return grouped


def last_standing(earlier: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return each kommun's last known standing by survey: 0 the lowest of the kommuner, 100 the highest.

    The last result of each indicator with a direction is ranked among the kommuner's last results, high being good,
    and a kommun's ranks are averaged over the indicators of the survey.

    Parameters
    ----------
    earlier
        Released rows of the years before.
    indicators
        The catalogue's records.

    Returns
    -------
    DataFrame
        Columns ``survey, region, standing``.
    """
    judged = {one.id: one for one in indicators if one.direction in (Direction.HOG, Direction.LAG)}
    rows = kommun_results(earlier)
    rows = (
        rows[rows["indicator"].isin(judged)]
        .sort_values(["indicator", "region", "year"])
        .drop_duplicates(["indicator", "region"], keep="last")
    )
    sign = rows["indicator"].map({key: -1.0 if one.direction is Direction.LAG else 1.0 for key, one in judged.items()})
    worth = score(rows) * sign.astype("float64")
    rank = worth.groupby(rows["indicator"]).rank()
    count = worth.groupby(rows["indicator"]).transform("count")
    placed = rows.assign(
        survey=rows["indicator"].map({key: str(one.survey) for key, one in judged.items()}).astype("str"),
        standing=100.0 * (rank - 1) / (count - 1).where(count > 1),
    )
    return placed.groupby(["survey", "region"])["standing"].mean().dropna().reset_index()


def differences(
    asked: pd.DataFrame, earlier: pd.DataFrame, background: pd.DataFrame, *, indicators: Sequence[Indicator], year: int
) -> pd.DataFrame:
    """Return the frame of ``bortfall.parquet``: for each survey, whether those who answered differ from the others.

    A kommun has answered a survey where it has reported anything of it. Three questions: inhabitants (median of the
    two groups; tested on their logarithm), earlier results (mean standing of `last_standing`) and kommungrupp
    (no single figure). Each p value is of a permutation test with five percent false alarms
    (`lagesbild.methods.permutation`); the three tests of a survey are held together by Holm's method, so that the
    risk of any false "skiljer sig" is at most five percent a survey.

    - `verdict`: "skiljer_sig", "ingen_skillnad" or "for_fa" (fewer than five kommuner on either side; p is null).

    Parameters
    ----------
    asked
        As `asked_cells` returns it.
    earlier
        Released rows of the years before `year` in the window.
    background
        As `backgrounds` returns it.
    indicators
        The catalogue's records.
    year
        The year.

    References
    ----------
    Holm, S. (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6.
    """
    standing = last_standing(earlier, indicators=indicators)
    groups = pd.Series(pd.factorize(background["kommungrupp"], sort=True)[0], index=background["region"], dtype="int64")
    people = background.set_index("region")["folkmangd"].astype("float64")
    rows: list[dict[str, Any]] = []
    for survey, part in asked.groupby("survey", sort=True):
        answered = part.groupby("region")["reported"].any()
        answered = answered[answered.index.isin(people.index)]
        last = standing[standing["survey"] == survey].set_index("region")["standing"]
        last = last[last.index.isin(answered.index)]
        size = people[answered.index]
        of_survey = [
            _row("folkmangd", answered, size.groupby(answered).median()),
            _row("tidigare_resultat", answered[last.index], last.groupby(answered[last.index]).mean()),
            _row("kommungrupp", answered, pd.Series(dtype="float64")),
        ]
        for row in of_survey:
            if min(row["n_answered"], row["n_not"]) >= FEWEST:
                row["p_value"] = _p(str(row["question"]), answered, size, last, groups)
        rows += [{"survey": survey, "year": year, **row} for row in _judged(of_survey)]
    frame = pd.DataFrame(rows, columns=list(DIFFERENCE_COLUMNS))
    types = dict.fromkeys(("survey", "question", "verdict"), "str") | {"year": "int16"}
    numbers = dict.fromkeys(("answered", "not_answered", "p_value"), "float64")
    return frame.astype(types | numbers | dict.fromkeys(("n_answered", "n_not"), "int64"))


def _row(question: str, answered: pd.Series, figure: pd.Series) -> dict[str, Any]:
    return {
        "question": question,
        "n_answered": int(answered.sum()),
        "n_not": int((~answered).sum()),
        "answered": figure.get(True, np.nan),
        "not_answered": figure.get(False, np.nan),
        "p_value": np.nan,
    }


def _p(question: str, answered: pd.Series, size: pd.Series, last: pd.Series, groups: pd.Series) -> float:
    if question == "kommungrupp":
        return association_test(groups[answered.index].to_numpy(), ~answered.to_numpy(), seed=_SEED)
    values = np.log(size) if question == "folkmangd" else last
    return permutation_test(values.to_numpy(dtype=np.float64), ~answered[values.index].to_numpy(dtype=bool), seed=_SEED)


def _judged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with their verdicts: Holm's method over those that were tested."""
    tested = sorted((row for row in rows if not np.isnan(row["p_value"])), key=lambda row: row["p_value"])
    for row in rows:
        row["verdict"] = "for_fa"
    for place, row in enumerate(tested):
        still = all(one["verdict"] == "skiljer_sig" for one in tested[:place])
        small = row["p_value"] <= SIGNIFICANCE / (len(tested) - place)
        row["verdict"] = "skiljer_sig" if still and small else "ingen_skillnad"
    return rows
