"""Costs and results together: which of four fields a kommun and others like it are in.

A cost has no direction: a low one may be thrift or want, a high one care or waste. So the fields are named by what
they are, not by what they would be worth, and nothing here says that one thing leads to the other. To see a
cost beside its result, and beside kommuner with like expected costs, is what Socialstyrelsen's and SKL's Analyshandbok
för öppna jämförelser (2012) asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri
from scipy.stats import rankdata

from lagesbild.catalogue.indicators import Direction, Indicator
from lagesbild.errors import ParameterError

#: With fewer others than this that have both figures a median says little, and no fields are told.
FEWEST_OTHERS = 3


class Field(StrEnum):
    """Where a kommun lies, seen from the others' medians: lower or higher cost, better or worse result."""

    LAGRE_BATTRE = "lagre_battre"
    HOGRE_BATTRE = "hogre_battre"
    LAGRE_SAMRE = "lagre_samre"
    HOGRE_SAMRE = "hogre_samre"
    PA_GRANSEN = "pa_gransen"  # one of the figures is the median itself


@dataclass(frozen=True, kw_only=True)
class FourFields:
    """A kommun and those it is seen beside.

    Parameters
    ----------
    points
        Columns ``region, cost, quality, field`` and ``own`` (whether it is the kommun itself); sorted by region,
        those with both figures alone. ``field`` is "" where there are too few others.
    cost, quality
        The others' medians, the kommun itself left out; nan with fewer than `FEWEST_OTHERS` others.
    year
        The year of both figures.
    without
        Codes of those asked for that lack a figure, ascending.
    """

    points: pd.DataFrame
    cost: float
    quality: float
    year: int
    without: tuple[str, ...]


def four_fields(
    panel: pd.DataFrame, *, cost: Indicator, quality: Indicator, kommun: str, others: Sequence[str], year: int
) -> FourFields:
    """Return where a kommun and others lie in cost and quality.

    Parameters
    ----------
    panel
        As `lagesbild.methods.panel.panel` returns it; released results alone.
    cost
        The cost, net cost per inhabitant or deviation from the expected cost; direction "ingen".
    quality
        An indicator with a direction.
    kommun
        The kommun.
    others
        Whom it is seen beside: its similar kommuner. Its own code among them is left out.
    year
        The latest year asked for. Accounts come later than surveys: the figures are of the latest year up to it in
        which at least half of those asked for have both, and always of one and the same year.

    Raises
    ------
    ParameterError
        If the cost has a direction or the quality has none.
    """
    if cost.direction is not Direction.INGEN:
        raise ParameterError("cost", cost.id, ["an indicator without direction"])
    if quality.direction is Direction.INGEN:
        raise ParameterError("quality", quality.id, ["an indicator with a direction"])
    asked = sorted({kommun, *others})
    both = _both(panel[panel["year"] <= year], cost, quality)
    years = both[both["region"].isin(asked)].groupby("year").size()
    enough = years[2 * years >= len(asked)]
    chosen = int(enough.index.max()) if len(enough) else year
    rows = both[(both["year"] == chosen) & both["region"].isin(asked)].sort_values("region", ignore_index=True)
    own = (rows["region"] == kommun).to_numpy()
    rest = rows[~own]
    known = len(rest) >= FEWEST_OTHERS
    medians = [float(rest[name].median()) if known else float("nan") for name in ("cost", "quality")]
    points = rows[["region", "cost", "quality"]].assign(
        field=_fields(rows, medians[0], medians[1], quality.direction), own=own
    )
    without = tuple(code for code in asked if code not in set(rows["region"]))
    return FourFields(points=points, cost=medians[0], quality=medians[1], year=chosen, without=without)


def _both(panel: pd.DataFrame, cost: Indicator, quality: Indicator) -> pd.DataFrame:
    parts = [
        panel.loc[panel["indicator"] == one.id, ["region", "year", "value"]].rename(columns={"value": name})
        for one, name in ((cost, "cost"), (quality, "quality"))
    ]
    return parts[0].merge(parts[1], on=["region", "year"]).dropna()


def _fields(rows: pd.DataFrame, cost: float, quality: float, direction: Direction) -> npt.NDArray[np.object_]:
    if np.isnan(cost):
        return np.full(len(rows), "", dtype=object)
    sign = 1.0 if direction is Direction.HOG else -1.0
    dear = np.sign(rows["cost"].to_numpy(dtype=np.float64) - cost)
    good = np.sign(sign * (rows["quality"].to_numpy(dtype=np.float64) - quality))
    conditions = [(dear < 0) & (good > 0), (dear > 0) & (good > 0), (dear < 0) & (good < 0), (dear > 0) & (good < 0)]
    names = [Field.LAGRE_BATTRE, Field.HOGRE_BATTRE, Field.LAGRE_SAMRE, Field.HOGRE_SAMRE]
    return np.select(conditions, [str(name) for name in names], str(Field.PA_GRANSEN)).astype(object)


@dataclass(frozen=True, kw_only=True)
class Together:
    """How cost and quality go together over all kommuner of a year: rank correlation, its interval and the number."""

    correlation: float
    lower: float
    upper: float
    n: int


def together(
    panel: pd.DataFrame, *, cost: Indicator, quality: Indicator, year: int, confidence: float = 0.95
) -> Together:
    """Return Spearman's rank correlation of cost and quality, positive where dearer kommuner have better results.

    The interval is by Fisher's transformation with the variance (1 + r^2 / 2) / (n - 3) (Bonett and Wright 2000,
    Psychometrika 65, 23-28). Nan for fewer than ten kommuner or where one of the figures is the same everywhere.
    A correlation is no effect: what a kommun pays depends on its inhabitants' needs, and so do its results.
    """
    rows = _both(panel[panel["year"] == year], cost, quality)
    n = len(rows)
    if n < 10 or rows["cost"].nunique() < 2 or rows["quality"].nunique() < 2:
        return Together(correlation=float("nan"), lower=float("nan"), upper=float("nan"), n=n)
    sign = -1.0 if quality.direction is Direction.LAG else 1.0
    ranks = np.corrcoef(rankdata(rows["cost"]), rankdata(sign * rows["quality"].to_numpy(dtype=np.float64)))
    r = float(np.clip(ranks[0, 1], -1.0, 1.0))
    centre = np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12))
    half = float(ndtri((1 + confidence) / 2)) * np.sqrt((1 + r * r / 2) / (n - 3))
    return Together(correlation=r, lower=float(np.tanh(centre - half)), upper=float(np.tanh(centre + half)), n=n)
