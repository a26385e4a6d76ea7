"""One indicator's released figures as JSON: every place and year, and why a figure is missing.

A cell is a number, rounded as it is printed; an answer (``j``, ``d``, ``n``); or the mark of a status, which is all
that the file says of a withheld figure. The places stand in the order of `compared_places`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Answer, Level, Status
from lagesbild.methods.aggregates import WEIGHTINGS
from lagesbild.presentation.compare.places import compared_places
from lagesbild.presentation.compare.rounding import decimals_for, rounded

#: What stands for an answer.
ANSWER_MARKS = {Answer.JA: "j", Answer.DELVIS: "d", Answer.NEJ: "n"}
#: What stands for each reason that there is no figure: the marks of print, and letters where print has words.
STATUS_MARKS = {
    Status.BORTFALL: "-",
    Status.EJ_TILLAMPLIG: ".",
    Status.SEKRETESS: "..",
    Status.SAKNAS: "s",
    Status.EJ_MATT: "e",
}

#: The columns that are read.
COLUMNS = ("indicator", "year", "level", "region", "value", "answer", "status", "weighting", "lower", "upper")

#: A way of weighing that has this share of the places that the best one has is as good as the best.
_AS_GOOD = 0.9

Objects = npt.NDArray[np.object_]


def area_figures(
    indicators: Mapping[str, Indicator], rows: pd.DataFrame, years: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """Yield the file of each indicator that has rows, in the order of their ids.

    Parameters
    ----------
    indicators
        By id.
    rows
        `COLUMNS` of released figures of women and men together.
    years
        The years of the release.

    Yields
    ------
    dict
        ``id``, ``decimals``, ``years`` (those with something to tell), ``unmeasured`` (years in which it was not to be
        measured), ``weighting`` (how riket, län and kommungrupper are formed, year by year), ``values`` (year by year,
        place by place), and ``lower`` and ``upper`` where any bound is known; places without bounds at the end of a
        year are left out there.
    """
    places = {place.code: number for number, place in enumerate(compared_places())}
    known = rows["region"].isin(list(places)) & rows["year"].isin(years)
    rows = one_way(rows[known].reset_index(drop=True))
    rows = rows.assign(
        place=rows["region"].map(places).astype("int64"),
        at=rows["year"].astype("int64") - years[0],
        mark=_marks(rows),
    )
    for name, part in rows.groupby("indicator"):
        if str(name) in indicators:
            yield figures(indicators[str(name)], part, years)


def figures(indicator: Indicator, rows: pd.DataFrame, years: Sequence[int]) -> dict[str, Any]:
    """Return one indicator's file; see `area_figures`, which prepares the rows."""
    at, place = rows["at"].to_numpy(), rows["place"].to_numpy()
    mark = rows["mark"].to_numpy(dtype=object)
    # Where a mark stands, nothing else of the row may come into the file.
    open_ = mark == ""
    values = rows["value"].to_numpy(dtype=np.float64)
    # What the source gives in whole numbers is printed whole, though means of it are not.
    reported = open_ & (rows["weighting"] == WEIGHTINGS[0]).to_numpy() & ~np.isnan(values)
    decimals = decimals_for(indicator.scale, values[reported] if reported.any() else values[open_])
    cells = np.where(open_, _numbers(np.where(open_, rounded(values, decimals), np.nan), decimals), mark)
    missing, resting = STATUS_MARKS[Status.SAKNAS], STATUS_MARKS[Status.EJ_MATT]
    grid = np.full((len(years), len(compared_places())), missing, dtype=object)
    grid[at, place] = cells
    kinds = [set(row.tolist()) for row in grid]
    told = [number for number, kind in enumerate(kinds) if not kind <= {missing, resting}]
    document: dict[str, Any] = {
        "id": indicator.id,
        "decimals": decimals,
        "years": [years[number] for number in told],
        "unmeasured": [years[number] for number, kind in enumerate(kinds) if number not in told and resting in kind],
        "weighting": _weighting(rows[open_], [years[number] for number in told]),
        "values": [grid[number].tolist() for number in told],
    }
    bounds = rows[["lower", "upper"]].to_numpy(dtype=np.float64)
    known = open_ & ~np.isnan(bounds).any(axis=1)
    if known.any():
        for number, name in enumerate(("lower", "upper")):
            filled = np.full(grid.shape, None, dtype=object)
            filled[at[known], place[known]] = _numbers(rounded(bounds[known, number], decimals), decimals)
            document[name] = [_trimmed(filled[one].tolist()) for one in told]
    return document


def figures_text(document: dict[str, Any]) -> str:
    """Return a file's text: a year a line, no spaces."""
    parts = []
    for name, value in document.items():
        if name in ("values", "lower", "upper"):
            lines = ",\n".join(compact(year) for year in value)
            parts.append(f"{compact(name)}:[\n{lines}\n]")
        else:
            parts.append(f"{compact(name)}:{compact(value)}")
    return "{" + ",\n".join(parts) + "}\n"


def compact(value: Any) -> str:
    """Return a value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def one_way(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with one figure a place: within a kind of place and a year all are formed the same way.

    The source's own is preferred to the sum of the kommuner, and that to their plain mean, if it is there for nearly as
    many places as any other.
    """
    larger = rows["level"] != Level.KOMMUN
    keys = ["indicator", "level", "year"]
    of_larger = rows.loc[larger, [*keys, "weighting"]].assign(there=rows.loc[larger, "status"].eq(Status.OK))
    count = of_larger.groupby([*keys, "weighting"])["there"].sum().rename("count").reset_index()
    good = count[count["count"] >= _AS_GOOD * count.groupby(keys)["count"].transform("max")]
    order = good["weighting"].map({name: place for place, name in enumerate(WEIGHTINGS)})
    chosen = good.assign(order=order).sort_values([*keys, "order"]).drop_duplicates(keys)
    wanted = pd.MultiIndex.from_frame(chosen[[*keys, "weighting"]])
    keep = ~larger.to_numpy()
    keep[larger.to_numpy()] = pd.MultiIndex.from_frame(of_larger[[*keys, "weighting"]]).isin(wanted)
    return rows[keep]


def _marks(rows: pd.DataFrame) -> Objects:
    """Return each row's answer or the mark of its status; empty where its number may stand."""
    missing = STATUS_MARKS[Status.SAKNAS]
    without = rows["value"].isna() & rows["answer"].isna()
    marks = rows["answer"].map(ANSWER_MARKS).where(~without, missing).where(rows["value"].isna(), "")
    # A status other than ok decides alone.
    return rows["status"].map(STATUS_MARKS).fillna(marks).fillna(missing).to_numpy(dtype=object)


def _numbers(values: npt.NDArray[np.float64], decimals: int) -> Objects:
    """Return numbers as JSON has them shortest: whole ones without a decimal sign, null where there is none."""
    cells = np.empty(len(values), dtype=object)
    known = ~np.isnan(values)
    whole = known & (values == np.floor(values))
    cells[known] = values[known].round(decimals).tolist()
    cells[whole] = values[whole].astype(np.int64).tolist()
    return cells


def _trimmed(cells: list[Any]) -> list[Any]:
    """Return a list without the nulls at its end."""
    last = next((number for number in reversed(range(len(cells))) if cells[number] is not None), -1)
    return cells[: last + 1]


def _weighting(rows: pd.DataFrame, years: Sequence[int]) -> dict[str, str | list[str | None]]:
    """Return how each kind of larger place is formed: one word, or one a year where it has changed."""
    found: dict[str, str | list[str | None]] = {}
    larger = rows.loc[rows["level"] != Level.KOMMUN, ["level", "year", "weighting"]].drop_duplicates()
    for level in (Level.RIKE, Level.LAN, Level.KOMMUNGRUPP):
        part = larger[larger["level"] == level]
        ways = dict(zip(part["year"].tolist(), part["weighting"].tolist(), strict=True))
        by_year = [None if (way := ways.get(year)) is None else str(way) for year in years]
        kinds = {way for way in by_year if way is not None}
        if kinds:
            found[str(level)] = kinds.pop() if len(kinds) == 1 else by_year
    return found
