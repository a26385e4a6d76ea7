"""Öppna jämförelsers colours: ja, delvis, nej; or the best and the worst quarter of kommuner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.catalogue.vocabulary import Answer, Colour, Sex, Status

#: With fewer kommuner than this a quarter is less than two of them, and no numbers are coloured.
MINIMUM_KOMMUNER = 8

_HIGH_ANSWERS = {Answer.JA: Colour.GRON, Answer.DELVIS: Colour.GUL, Answer.NEJ: Colour.ROD}
_LOW_ANSWERS = {Answer.JA: Colour.ROD, Answer.DELVIS: Colour.GUL, Answer.NEJ: Colour.GRON}


def goodness(values: pd.Series, direction: pd.Series) -> pd.Series:
    """Return the values turned so that more is better; null where the indicator has no direction.

    Rounded to ten decimals: two kommuner differ in their results, never in the last bit of a quotient.
    """
    sign = direction.map({str(Direction.HOG): 1.0, str(Direction.LAG): -1.0}).astype("float64")
    return (values * sign).round(10)


def colours(cells: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.Series:
    """Return the colour of each kommun cell, as öppna jämförelser print them.

    Answers: ja is green, delvis yellow, nej red (turned round if the catalogue says that a ja is bad).
    Numbers with a direction: green among the best 25 percent of the kommuner that have a result, red among
    the worst 25 percent, yellow between. No direction, no result, or women or men alone: no colour.

    Ties. Kommuner with the same value get the same colour. Where such a group stands across a limit, it
    gets the colour that *most* of its members would have had in single file: green only if more than half
    of the group is within the best quarter. So everybody equal is everybody yellow, no group is both green
    and red, and a better value never has a worse colour.

    Few kommuner. With fewer than `MINIMUM_KOMMUNER` results of an indicator and year no number is coloured.
    The number of green kommuner among n without ties is n/4 rounded to the nearest, halves down.

    Parameters
    ----------
    cells
        Kommun rows with ``indicator, year, sex, value, answer, status``.
    indicators
        The catalogue's records of all indicators in `cells`.

    Returns
    -------
    Series
        Text ("gron", "gul", "rod" or null), on the index of `cells`.

    References
    ----------
    Riksrevisionen, RiR 2021:17 (in skr. 2021/22:38), end of chapter 2: "De redovisas som 'ja' i grönt,
    'nej' i rött och 'delvis' i gult. De flesta resultatindikatorer redovisas i färgerna grönt, rött eller
    gult beroende på om kommunen ligger bland de 25 procent bästa kommunerna, de 25 procent sämsta
    kommunerna eller däremellan." It is silent on ties and few kommuner; those rules are ours.
    """
    direction = cells["indicator"].map({i.id: str(i.direction) for i in indicators}).astype("str")
    is_answer = cells["indicator"].map({i.id: i.is_answer for i in indicators}).astype(bool)
    usable = (cells["status"] == Status.OK) & (cells["sex"] == Sex.TOTAL)

    good = goodness(cells["value"].where(usable & ~is_answer), direction)
    ranked = good.groupby([cells["indicator"], cells["year"]])
    n = ranked.transform("count")
    from_best = ranked.rank(method="average", ascending=False)
    # Kommun r of n fills the stretch (r-1)/n to r/n; a tie group's middle is its mean rank less a half.
    # More than half of the group lies within the best quarter exactly if that middle does: 4r - 2 < n.
    best = 4 * from_best - 2 < n
    worst = 4 * (n + 1 - from_best) - 2 < n
    counted = good.notna() & (n >= MINIMUM_KOMMUNER)
    numbers = np.select([~counted, best, worst], ["", str(Colour.GRON), str(Colour.ROD)], str(Colour.GUL))

    high = cells["answer"].map({str(k): str(v) for k, v in _HIGH_ANSWERS.items()})
    low = cells["answer"].map({str(k): str(v) for k, v in _LOW_ANSWERS.items()})
    answers = high.where(direction == Direction.HOG, low.where(direction == Direction.LAG))
    colour = pd.Series(numbers, index=cells.index, dtype="str").where(~is_answer, answers.astype("str"))
    return colour.where(usable & (colour != "")).astype("str")
