"""Which similar kommuner do well where a kommun does badly: whom the analysis handbook would ring up.

The handbook's step 4 (Analyshandbok för öppna jämförelser, 2012, page 45): find a comparable kommun with good
results, which perhaps has a solution to one of your problems, ring it and learn more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lagesbild.catalogue.indicators import Counted, Direction, Indicator, Part
from lagesbild.catalogue.vocabulary import Answer, Colour

#: A result on fewer persons, or units, is neither bad nor an example: one of them may have decided its place.
FEWEST_PERSONS, FEWEST_UNITS = 30, 5


def good_examples(
    results: pd.DataFrame, members: Mapping[str, pd.DataFrame], *, indicators: Sequence[Indicator]
) -> pd.DataFrame:
    """Return every similar kommun that does well in an indicator in which the kommun does badly.

    Parameters
    ----------
    results
        Released results of one year, both sexes together: ``indicator, region, value, answer, colour, denominator``.
    members
        Area to its similar kommuner, ``region, member``.
    indicators
        The catalogue's records. Those of quality with a direction are looked at: a result among the worst (red) beside
        one among the best (green), an answer nej beside an answer ja.

    Returns
    -------
    DataFrame
        ``region, member, indicator, value``: the kommun, its similar kommun, and that one's result (nan for an
        answer), sorted.
    """
    about = pd.DataFrame(
        [(one.id, one.area, one.is_answer, _fewest(one)) for one in indicators if _judged(one)],
        columns=["indicator", "area", "is_answer", "fewest"],
    )
    rows = results[["indicator", "region", "value", "answer", "colour", "denominator"]].merge(about, on="indicator")
    few = rows["denominator"] < rows["fewest"]
    bad = rows[
        ((rows["colour"] == Colour.ROD) & ~rows["is_answer"] & ~few)
        | (rows["is_answer"] & (rows["answer"] == Answer.NEJ))
    ]
    good = rows[
        ((rows["colour"] == Colour.GRON) & ~rows["is_answer"] & ~few)
        | (rows["is_answer"] & (rows["answer"] == Answer.JA))
    ]
    pairs = pd.concat(
        [part[["region", "member"]].assign(area=area) for area, part in members.items()]
        or [pd.DataFrame(columns=["region", "member", "area"])]
    )
    found = bad[["region", "area", "indicator"]].merge(pairs, on=["region", "area"])
    found = found.merge(
        good[["region", "indicator", "value"]].rename(columns={"region": "member"}), on=["member", "indicator"]
    )
    found = found[found["member"] != found["region"]]
    columns = ["region", "member", "indicator", "value"]
    return found[columns].sort_values(columns[:3], ignore_index=True)


def _judged(indicator: Indicator) -> bool:
    return indicator.part is Part.KVALITET and indicator.direction is not Direction.INGEN


def _fewest(indicator: Indicator) -> int:
    return FEWEST_UNITS if indicator.counted is Counted.ENHETER else FEWEST_PERSONS
