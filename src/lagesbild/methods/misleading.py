"""How often the colours mislead: greens and reds that lie within chance, and reds that would not be red again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtr

from lagesbild.catalogue.indicators import Indicator
from lagesbild.catalogue.vocabulary import Colour, Sex
from lagesbild.methods.colours import goodness

#: The rows that hold kommuner of every size.
ALL_SIZES = "alla"

#: The colours that a reader acts on; yellow says nothing.
JUDGED = (Colour.ROD, Colour.GRON)

#: Columns of `misleading_colours`, in order.
COLOUR_COLUMNS = (
    "indicator",
    "year",
    "storleksklass",
    "n_kommuner",
    *(
        f"{what}_{colour}"
        for colour in JUDGED
        for what in ("n", "n_provade", "n_slump", "andel_slump", "igen", "n_forra", "igen_sett")
    ),
)

_SERIES = ["indicator", "year"]


def again(rows: pd.DataFrame, *, indicators: Sequence[Indicator]) -> pd.Series:
    """Return how likely each red or green kommun would get the same colour if it were measured again at once.

    The figures are taken as true levels that differ between kommuner, and measuring errors; both normal. Given its
    figure y a kommun's true level has mean m + r (y - m) and variance r se^2, where m is the mean of all and
    r = t^2 / (t^2 + se^2) the figure's reliability; t^2 is the variance between kommuner less the mean squared error. A
    new figure has the variance (1 + r) se^2 about that mean, and is red again on the red side of the same limit. Where
    all is chance (r = 0) a red is red again in a quarter of all cases, as any kommun is.

    Parameters
    ----------
    rows
        Kommun rows of the total with ``indicator, year, value, se, colour``; answers have no ``se``.
    indicators
        The catalogue's records.

    Returns
    -------
    Series
        0 to 1 on the index of `rows`; null for yellow, uncoloured and answers, and where the error isn't known.

    References
    ----------
    Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159, 385-443, on how little league
    tables tell; Kelley (1927), Interpretation of Educational Measurements, on regression to the mean.
    """
    direction = rows["indicator"].map({one.id: str(one.direction) for one in indicators}).astype("str")
    good = goodness(rows["value"].where(rows["se"].notna()), direction)
    squares = (rows["se"] ** 2).where(good.notna())
    keys = [rows[name] for name in _SERIES]
    grouped = good.groupby(keys)
    mean, variance = grouped.transform("mean"), grouped.transform("var")
    between = (variance - squares.groupby(keys).transform("mean")).clip(lower=0.0)
    total = between + squares
    reliability = (between / total.where(total > 0)).fillna(0.0)
    expected = mean + reliability * (good - mean)
    spread = (squares * (1.0 + reliability)) ** 0.5
    found = pd.Series(np.nan, index=rows.index)
    for colour, side in ((Colour.ROD, 1.0), (Colour.GRON, -1.0)):
        # The limit runs midway between the last kommun of the colour and the first without it.
        mine = rows["colour"] == colour
        turned = side * good
        last = turned.where(mine).groupby(keys).transform("max")
        first = turned.where(~mine & rows["colour"].notna()).groupby(keys).transform("min")
        z = ((last + first) / 2.0 - side * expected) / spread.where(spread > 0)
        chance = pd.Series(ndtr(z.to_numpy(dtype=np.float64)), index=rows.index)
        found = found.mask(mine, chance)
    return found.round(10)


def repeats(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with ``forra``: the kommun's colour when the indicator was last measured, "" where there is none.

    Parameters
    ----------
    rows
        Kommun rows of the total with ``indicator, year, region, colour`` of several years; years in which nobody has
        a colour are no measurings.
    """
    coloured = rows[rows["colour"].notna()]
    rounds = coloured[_SERIES].drop_duplicates().sort_values(_SERIES)
    rounds["next"] = rounds.groupby("indicator")["year"].shift(-1)
    before = coloured[["indicator", "year", "region", "colour"]].merge(rounds.dropna(), on=_SERIES)
    before = before.assign(year=before["next"].astype(rows["year"].dtype))[["indicator", "year", "region", "colour"]]
    joined = rows.merge(before.rename(columns={"colour": "forra"}), on=["indicator", "year", "region"], how="left")
    return joined.assign(forra=joined["forra"].astype("str").fillna(""))


def misleading_colours(
    comparisons: pd.DataFrame, *, indicators: Sequence[Indicator], size_class: pd.Series
) -> pd.DataFrame:
    """Return how many reds and greens are chance, by indicator, year and size class, and for all sizes.

    A red or green kommun lies within chance where its difference from riket isn't secured at 95 percent. Where the
    error comes from the year-to-year spread, which holds true change too, that share is an upper bound. Not so for
    figures that are means over several years: those move too little from one year to the next.

    Parameters
    ----------
    comparisons
        ``jamforelser`` rows of one or more years.
    indicators
        The catalogue's records.
    size_class
        Class by region.

    Returns
    -------
    DataFrame
        `COLOUR_COLUMNS`, for numbers with colours, sorted. For red (``_rod``) and green (``_gron``): ``n`` kommuner of
        the colour; ``n_provade`` of them tested; ``n_slump`` of those within chance and their share ``andel_slump``
        (0 to 1); ``igen`` the mean chance of the same colour if measured again (`again`); ``n_forra`` kommuner that had
        the colour the time before and have one now, and ``igen_sett`` the share of them that have it still.
    """
    numbers = {one.id for one in indicators if not one.is_answer}
    rows = comparisons[(comparisons["sex"] == Sex.TOTAL) & comparisons["indicator"].isin(numbers)]
    rows = repeats(rows[rows["colour"].notna()].reset_index(drop=True))
    rows["igen"] = again(rows, indicators=indicators)
    rows["storleksklass"] = rows["region"].map(size_class).astype("str").fillna("")
    rows = pd.concat([rows, rows.assign(storleksklass=ALL_SIZES)], ignore_index=True)
    tested = rows["niva_riket"].notna()
    columns: dict[str, pd.Series] = {"n_kommuner": pd.Series(1, index=rows.index)}
    for colour in JUDGED:
        mine, before = rows["colour"] == colour, rows["forra"] == colour
        columns |= {
            f"n_{colour}": mine,
            f"n_provade_{colour}": mine & tested,
            f"n_slump_{colour}": mine & (rows["niva_riket"] == 0.0),
            f"summa_{colour}": rows["igen"].where(mine, 0.0).fillna(0.0),
            f"n_igen_{colour}": mine & rows["igen"].notna(),
            f"n_forra_{colour}": before,
            f"n_kvar_{colour}": before & mine,
        }
    keys = [*_SERIES, "storleksklass"]
    sums = pd.DataFrame(columns).groupby([rows[name] for name in keys]).sum().reset_index()
    for colour in JUDGED:
        for share, part, whole in (
            ("andel_slump", "n_slump", "n_provade"),
            ("igen", "summa", "n_igen"),
            ("igen_sett", "n_kvar", "n_forra"),
        ):
            among = sums[f"{whole}_{colour}"]
            sums[f"{share}_{colour}"] = (sums[f"{part}_{colour}"] / among.where(among > 0)).astype("float64").round(10)
    return sums.sort_values(keys, ignore_index=True)[list(COLOUR_COLUMNS)]


def summed(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return a table of `misleading_colours` summed by some of its columns, shares weighted by kommuner.

    Rows of all sizes and of single sizes are summed together unless told apart: leave one kind out, or sum by size.
    """
    part = table[list(by)].copy()
    for colour in JUDGED:
        part[f"n_{colour}"] = table[f"n_{colour}"]
        for share, whole in (("andel_slump", "n_provade"), ("igen", "n_provade"), ("igen_sett", "n_forra")):
            part[f"{whole}_{colour}"] = table[f"{whole}_{colour}"]
            part[f"{share}_{colour}"] = (table[f"{share}_{colour}"] * table[f"{whole}_{colour}"]).fillna(0.0)
    sums = part.groupby(list(by), sort=False).sum().reset_index()
    for colour in JUDGED:
        for share, whole in (("andel_slump", "n_provade"), ("igen", "n_provade"), ("igen_sett", "n_forra")):
            among = sums[f"{whole}_{colour}"]
            sums[f"{share}_{colour}"] = sums[f"{share}_{colour}"] / among.where(among > 0)
    return sums
