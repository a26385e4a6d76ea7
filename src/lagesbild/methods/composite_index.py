"""A composite index per area and dimension of quality, with an interval; with care, for it hides what it is made of.

The steps are those of OECD and JRC 2008, Handbook on Constructing Composite Indicators, and each is a stated choice:

1. *Which* (step 2): the quality part's indicators with a direction that at least `FEWEST_KOMMUNER` kommuner have a
   result of in the year; answers too (ja 100, else 0).
2. *Missing* (step 3): a kommun's index is the mean of those that it has. It needs at least half of them, and two.
3. *One scale* (step 5): robust z within indicator and year, better upwards: the distance from the median kommun in
   1.4826 median absolute deviations, and never more than `FARTHEST` either way, so that one leap doesn't carry an
   index. Where that spread is 0 (answers, many ties) it is the distance from the mean in standard deviations. An
   indicator without any spread is left out.
4. *Weights* (step 6): equal within a dimension, and equal dimensions in the whole area.
5. *Uncertainty* (step 7): the standard errors of the indicators are propagated here; what other weights and choices
   would have given is `lagesbild.methods.index_robustness`.

The index has no unit: 0 is a kommun that is the median kommun in everything, 1 is one usual spread better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from lagesbild.catalogue.indicators import Direction, Indicator, Part, Survey

#: An indicator of fewer kommuner has no scale of its own.
FEWEST_KOMMUNER = 20
#: Fewest indicators of an index, and the least share of those that could be in it.
FEWEST_INDICATORS = 2
LEAST_SHARE = 0.5
#: A z beyond this counts as this.
FARTHEST = 3.0
#: How the errors of two indicators from one survey of users or units go together: the same persons answer both.
SHARED_ERROR = 0.5

#: The dimension that stands for all of an area.
WHOLE = "alla"

INDEX_COLUMNS = ("dimension", "region", "index", "se", "lower", "upper", "n_indicators", "n_possible")

Floats = npt.NDArray[np.float64]
_NORMAL = 1.4826
_DECIMALS = 10
_SURVEYS = (Survey.BRUKARUNDERSOKNING, Survey.ENHETSUNDERSOKNING)


@dataclass(frozen=True, kw_only=True)
class Standardised:
    """An area's quality indicators on one scale, better upwards.

    Parameters
    ----------
    indicators
        Those in use; n of them.
    regions
        Kommun codes, ascending; k of them.
    z, se
        Shape (k, n): distance from the median kommun in usual spreads, nan where there is no result; and its standard
        error in the same unit, 0 for answers, nan where unknown.
    """

    indicators: tuple[Indicator, ...]
    regions: tuple[str, ...]
    z: Floats
    se: Floats


def standardised(rows: pd.DataFrame, *, indicators: Sequence[Indicator]) -> Standardised:
    """Return the quality indicators of an area and year on one scale; see the module for the rules.

    Parameters
    ----------
    rows
        Kommuner's released results of one year: ``indicator, region, value`` (answers as 100 and 0) and ``se`` (as
        `lagesbild.methods.standard_errors.standard_errors` gives it; null where unknown).
    indicators
        The area's.
    """
    usable = [i for i in indicators if i.part is Part.KVALITET and i.direction is not Direction.INGEN]
    kept = rows[rows["indicator"].isin([i.id for i in usable])]
    names = [i.id for i in usable]
    regions = sorted(str(code) for code in kept["region"].unique())
    at = (
        pd.Index(regions).get_indexer(pd.Index(kept["region"])),
        pd.Index(names).get_indexer(pd.Index(kept["indicator"])),
    )
    x, se = (np.full((len(regions), len(names)), np.nan) for _ in range(2))
    x[at], se[at] = kept["value"].to_numpy(dtype=np.float64), kept["se"].to_numpy(dtype=np.float64)
    sign = np.array([1.0 if i.direction is Direction.HOG else -1.0 for i in usable])
    enough = (~np.isnan(x)).sum(axis=0) >= FEWEST_KOMMUNER
    x, se, sign = x[:, enough], se[:, enough], sign[enough]
    usable = [one for one, keep in zip(usable, enough, strict=True) if keep]
    if x.size:
        middle = np.nanmedian(x, axis=0)
        spread = _NORMAL * np.nanmedian(np.abs(x - middle), axis=0)
        plain = np.nanstd(x, axis=0, ddof=1)
        tied = spread <= 1e-9 * np.fmax(np.abs(middle), 1.0)
        middle, spread = np.where(tied, np.nanmean(x, axis=0), middle), np.where(tied, plain, spread)
        spreads = spread > 1e-9 * np.fmax(np.abs(middle), 1.0)
        usable = [one for one, keep in zip(usable, spreads, strict=True) if keep]
        x, se, sign = x[:, spreads], se[:, spreads], sign[spreads]
        middle, spread = middle[spreads], spread[spreads]
        x, se = np.clip(sign * (x - middle) / spread, -FARTHEST, FARTHEST), se / spread
    se[:, [i.is_answer for i in usable]] = 0.0
    return Standardised(
        indicators=tuple(usable),
        regions=tuple(regions),
        z=x,
        se=np.where(np.isnan(x), np.nan, se),
    )


def composite(z: Floats, weights: Floats) -> Floats:
    """Return the weighted means of what each row has, nan where it has nothing of any weight.

    Parameters
    ----------
    z
        Shape (k, n), nan for missing.
    weights
        Shape (n,) or (draws, n), not negative.

    Returns
    -------
    array
        Shape (k,) or (draws, k).
    """
    known = ~np.isnan(z)
    total = weights @ np.where(known, z, 0.0).T
    mass = weights @ known.T.astype(np.float64)
    return np.asarray(np.divide(total, mass, out=np.full(mass.shape, np.nan), where=mass > 0))


def composite_error(z: Floats, se: Floats, weights: Floats, surveys: Sequence[str], *, shared: float) -> Floats:
    """Return the standard error of each row's `composite`, nan where that of an indicator with weight is unknown.

    The variance is that of a weighted mean; the errors of two indicators from the same survey (equal and not empty in
    `surveys`) correlate by `shared`, those of others not at all.
    """
    known = ~np.isnan(z)
    parts = np.where(known, se, 0.0) * weights
    own = (parts**2).sum(axis=1)
    codes = np.asarray(surveys, dtype=object)
    together = np.zeros(len(z))
    for survey in sorted({name for name in surveys if name}):
        mine = codes == survey
        together += parts[:, mine].sum(axis=1) ** 2 - (parts[:, mine] ** 2).sum(axis=1)
    mass = known.astype(np.float64) @ weights
    variance = own + shared * together
    return np.asarray(np.divide(np.sqrt(variance), mass, out=np.full(len(z), np.nan), where=mass > 0))


def dimensions_of(indicators: Sequence[Indicator]) -> dict[str, Floats]:
    """Return the weights of each index that can be made: every dimension with two indicators or more, and the whole.

    In the whole each dimension weighs the same, whatever its number of indicators.
    """
    names = np.array([str(i.dimension or "") for i in indicators], dtype=object)
    found = {str(name): (names == name).astype(np.float64) for name in dict.fromkeys(names) if name}
    whole = sum((part / part.sum() for part in found.values()), np.zeros(len(names)))
    many = {name: part / part.sum() for name, part in found.items() if part.sum() >= FEWEST_INDICATORS}
    if (whole > 0).sum() >= FEWEST_INDICATORS:
        many[WHOLE] = whole / whole.sum()
    return many


def index_table(found: Standardised, *, confidence: float = 0.95, shared: float = SHARED_ERROR) -> pd.DataFrame:
    """Return each kommun's index in each dimension and in the whole area, with its interval.

    The interval says how far the index may lie from the one that the kommun would have if its own figures were
    without error. It holds the scale and the weights to be right, and says nothing of the indicators that the kommun
    lacks. It is null where the error of one of its numbers is unknown.

    Returns
    -------
    DataFrame
        `INDEX_COLUMNS`, sorted by dimension (in the indicators' order, the whole last) and region; kommuner with too
        few indicators have null.
    """
    surveys = [str(i.survey) if i.survey in _SURVEYS else "" for i in found.indicators]
    half = float(ndtri((1 + confidence) / 2))
    frames = []
    for name, weights in dimensions_of(found.indicators).items():
        inside = weights > 0
        z, se, own = found.z[:, inside], found.se[:, inside], weights[inside]
        n = (~np.isnan(z)).sum(axis=1)
        enough = (n >= FEWEST_INDICATORS) & (n >= LEAST_SHARE * inside.sum())
        index = np.where(enough, composite(z, own), np.nan)
        error = composite_error(z, se, own, [s for s, k in zip(surveys, inside, strict=True) if k], shared=shared)
        error = np.where(enough, error, np.nan)
        columns: Mapping[str, object] = {
            "dimension": name,
            "region": list(found.regions),
            "index": index.round(_DECIMALS),
            "se": error.round(_DECIMALS),
            "lower": (index - half * error).round(_DECIMALS),
            "upper": (index + half * error).round(_DECIMALS),
            "n_indicators": n,
            "n_possible": int(inside.sum()),
        }
        frames.append(pd.DataFrame(columns))
    if not frames:
        return pd.DataFrame(columns=list(INDEX_COLUMNS))
    return pd.concat(frames, ignore_index=True)[list(INDEX_COLUMNS)]
