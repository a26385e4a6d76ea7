"""How kommuner differ and how they change: the latent series behind every synthetic indicator.

A kommun's latent value is the national level, plus what its kommungrupp, its län and the kommun itself add
for good, plus a slow drift of the nation and one of its own, plus noise that lasts from one year to the next.
Kommuner that are good at one thing tend to be good at its neighbours: part of the kommun's effect is common to
the indicators of an area.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.sources.demo.assumptions import LevelRow
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.streams import stream

#: The year that the levels of levels.csv are for; the noise starts here, whatever years are asked for.
LEVEL_YEAR = 2020
FIRST_YEAR = 2010

# Shares of the variance between kommuner; they add up to one.
_SHARE_KOMMUN = 0.40
_SHARE_AREA = 0.20
_SHARE_GROUP = 0.12
_SHARE_LAN = 0.08
_SHARE_NOISE = 0.20
# How much of a year's noise is left the year after, and the kommun's own drift as a part of the spread.
_PERSISTENCE = 0.6
_OWN_DRIFT = 0.05


class Link(StrEnum):
    """On which scale effects add up."""

    LOGIT = "logit"  # shares stay between 0 and 1
    LOG = "log"  # kronor, days and counts stay above 0
    IDENTITY = "identity"  # indices and means


_WIDEST = {Link.LOGIT: 1.2, Link.LOG: 0.7}


def link_of(scale: Scale) -> Link:
    """Return the link that suits a scale."""
    if scale in (Scale.PROCENT, Scale.JA_NEJ, Scale.JA_DELVIS_NEJ):
        return Link.LOGIT
    if scale in (Scale.KRONOR, Scale.DAGAR, Scale.ANTAL):
        return Link.LOG
    return Link.IDENTITY


def latent(*, seed: int, indicator: Indicator, row: LevelRow, land: Land, years: range) -> NDArray[np.float64]:
    """Return the latent value of each kommun and year, back on the indicator's own scale.

    Returns
    -------
    ndarray, shape (years, kommuner)
        Shares 0-1 for percent and answers, else the indicator's unit.
    """
    link = link_of(indicator.scale)
    # A spread that is wide for so extreme a level would put every kommun at one end or the other.
    spread = min(_slope(link, row.level) * row.spread, _WIDEST.get(link, np.inf))
    drift = _slope(link, row.level) * row.drift
    base = _forward(link, row.level)
    if link is Link.LOGIT:
        # Shares that spread on the logit scale have a mean nearer to one half than their centre; this undoes it
        # (Zeger, Liang and Albert 1988, Biometrics 44: the mean is expit of the centre over this root).
        base *= float(np.sqrt(1 + 0.346 * spread**2))
    persistent = spread * _persistent(seed, indicator, land)
    own_drift = spread * _OWN_DRIFT * stream(seed, indicator.id, "own drift").standard_normal(len(land))
    noise = spread * np.sqrt(_SHARE_NOISE) * _noise(seed, indicator.id, len(land), years)
    distance = np.array([year - LEVEL_YEAR for year in years], dtype=np.float64)[:, None]
    value = _back(link, base + persistent + (drift + own_drift) * distance + noise)
    if indicator.scale is Scale.INDEX:
        # Deviations from an expected figure lie on both sides of 0; all other indices run from 0 to 100.
        return np.clip(value, 0, 100) if row.level > 0 else value
    return np.maximum(value, 0)


def _persistent(seed: int, indicator: Indicator, land: Land) -> NDArray[np.float64]:
    """What a kommun differs by for good, in units of the spread."""
    own = stream(seed, indicator.id, "kommun").standard_normal(len(land))
    area = stream(seed, "area", indicator.area).standard_normal(len(land))
    # A good area effect must be good on every indicator: where low is good, it lowers the figure.
    if indicator.direction.value == "lag":
        area = -area
    group = _per_member(stream(seed, indicator.id, "group"), land.group)
    lan = _per_member(stream(seed, indicator.id, "lan"), land.lan)
    result: NDArray[np.float64] = (
        np.sqrt(_SHARE_KOMMUN) * own
        + np.sqrt(_SHARE_AREA) * area
        + np.sqrt(_SHARE_GROUP) * group
        + np.sqrt(_SHARE_LAN) * lan
    )
    return result


def _per_member(generator: np.random.Generator, membership: tuple[str, ...]) -> NDArray[np.float64]:
    """Draw one effect per group and return it for each member."""
    groups = sorted(set(membership))
    effect = dict(zip(groups, generator.standard_normal(len(groups)), strict=True))
    return np.array([effect[member] for member in membership])


def _noise(seed: int, indicator_id: str, kommuner: int, years: range) -> NDArray[np.float64]:
    """First-order autoregressive noise with unit variance; each year's innovation has a stream of its own."""
    first = min(FIRST_YEAR, years.start)
    innovation_size = np.sqrt(1 - _PERSISTENCE**2)
    current = stream(seed, indicator_id, "noise", "start").standard_normal(kommuner)
    kept = []
    for year in range(first, years[-1] + 1):
        innovation = stream(seed, indicator_id, "noise", year).standard_normal(kommuner)
        current = _PERSISTENCE * current + innovation_size * innovation
        if year in years:
            kept.append(current)
    return np.array(kept)


def _forward(link: Link, level: float) -> float:
    if link is Link.LOGIT:
        share = level / 100
        return float(np.log(share / (1 - share)))
    return float(np.log(level)) if link is Link.LOG else level


def _slope(link: Link, level: float) -> float:
    """Latent units per unit of the indicator, at its level (delta method)."""
    if link is Link.LOGIT:
        share = level / 100
        return 1 / (100 * share * (1 - share))
    return 1 / level if link is Link.LOG else 1.0


def _back(link: Link, value: NDArray[np.float64]) -> NDArray[np.float64]:
    if link is Link.LOGIT:
        return 1 / (1 + np.exp(-value))
    return np.exp(value) if link is Link.LOG else value
