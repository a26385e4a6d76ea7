"""Units under kommuner: what enheter answered in an enhetsundersökning, and what their kommuner make of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Counted, Indicator, Scale
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.sources.demo.assumptions import LevelRow, TargetRow
from lagesbild.sources.demo.frames import Block, block, percent, round_half_up
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.participation import unit_rate
from lagesbild.sources.demo.regions import Regions, summed_regions
from lagesbild.sources.demo.streams import stream
from lagesbild.sources.demo.values import decimals

#: One unit of each kind per so many inhabitants.
INHABITANTS_PER_UNIT = 6000
#: Above this non-response Socialstyrelsen prints "Publiceras ej" for the kommun (Enhetsundersökningen 2016).
MOST_NON_RESPONSE = 0.20
#: Units of one kommun differ by this much of the spread between kommuner (logit or relative).
_UNIT_SPREAD = 0.5
#: What a kind of unit is called, by a word in the indicator's id.
_KINDS = {
    "hemtjanst": "Hemtjänst",
    "ordinart": "Hemtjänst",
    "sarskilt": "Särskilt boende",
    "sabo": "Särskilt boende",
    "korttid": "Korttidsboende",
    "gruppbostad": "Gruppbostad",
    "servicebostad": "Servicebostad",
    "bostad": "Bostad",
    "daglig": "Daglig verksamhet",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Units:
    """All units of one kind, in order of kommun; `kommun` is the index of the kommun that each lies in."""

    kommun: NDArray[np.int64]
    names: tuple[str, ...]


def units_of(*, seed: int, indicator: Indicator, land: Land) -> Units:
    """Return the units that an indicator is asked of; indicators on one kind of unit share them."""
    kind = next((name for word, name in _KINDS.items() if word in indicator.id), "Enhet")
    mean = land.population / INHABITANTS_PER_UNIT
    number = 1 + stream(seed, "units", indicator.area, kind).poisson(mean)
    kommun = np.repeat(np.arange(len(land)), number)
    names = tuple(f"{kind} {serial}" for count in number for serial in range(1, int(count) + 1))
    return Units(kommun=kommun, names=names)


def unit_rows(
    *,
    seed: int,
    indicator: Indicator,
    row: LevelRow,
    target: TargetRow,
    land: Land,
    year: int,
    value: NDArray[np.float64],
) -> list[Block]:
    """Return the year's rows of units and of their kommuner, län and riket.

    Parameters
    ----------
    value
        The kommun's true share 0-1 (percent) or figure in the indicator's unit, shape (kommuner,).

    Notes
    -----
    A percent of units stands on each unit's ja or nej (100 or 0 of 1); a percent of persons on each unit's counts;
    any other figure is the unweighted mean of the units' figures. Units that did not answer have no row. A kommun
    with more than `MOST_NON_RESPONSE` of its units silent has status bortfall. Only the total is told, not sexes.
    """
    units = units_of(seed=seed, indicator=indicator, land=land)
    rate = unit_rate(seed=seed, area=indicator.area, year=year)
    silent_stream = stream(seed, "unit answers", indicator.area, units.names[0], year)
    answered = silent_stream.random(len(units.names)) < rate
    figures = _unit_figures(
        generator=stream(seed, indicator.id, "units", year),
        indicator=indicator,
        row=row,
        target=target,
        share=value[units.kommun],
        size=land.population_in(year)[units.kommun] / np.bincount(units.kommun)[units.kommun],
    )
    blocks = []
    if "enhet" in indicator.levels:
        has = answered & ~np.isnan(figures.value)
        blocks.append(
            block(
                indicator=indicator,
                year=year,
                level=Level.ENHET,
                region=[land.codes[place] for place in units.kommun[has]],
                unit=[name for name, kept in zip(units.names, has, strict=True) if kept],
                value=figures.value[has],
                numerator=figures.numerator[has],
                denominator=figures.denominator[has],
            )
        )
    kommuner = Regions(level=Level.KOMMUN, codes=land.codes, index=np.arange(len(land)))
    levels = (kommuner,) if "kommun" in indicator.levels else ()
    for regions in (*levels, *summed_regions(indicator, land)):
        blocks.append(
            _summed(
                indicator=indicator,
                row=row,
                year=year,
                regions=regions,
                index=regions.index[units.kommun],
                answered=answered,
                figures=figures,
            )
        )
    return blocks


@dataclass(frozen=True, kw_only=True, eq=False)
class _Figures:
    """One element per unit; counts are null for figures that have none."""

    value: NDArray[np.float64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]


def _unit_figures(
    *,
    generator: np.random.Generator,
    indicator: Indicator,
    row: LevelRow,
    target: TargetRow,
    share: NDArray[np.float64],
    size: NDArray[np.float64],
) -> _Figures:
    n = len(share)
    own = _UNIT_SPREAD * generator.standard_normal(n)
    if indicator.scale is not Scale.PROCENT:
        value = round_half_up(np.maximum(share + own * row.spread, 0), decimals(indicator.scale, row.level))
        return _Figures(value=value, numerator=np.full(n, np.nan), denominator=np.full(n, np.nan))
    if indicator.counted in (Counted.PERSONER, Counted.HUSHALL):
        denominator = generator.poisson(size * target.per_1000 / 1000)
    else:
        denominator = np.ones(n, dtype=np.int64)
    odds = share / (1 - share) * np.exp(own)
    numerator = generator.binomial(denominator, odds / (1 + odds)).astype(np.float64)
    whole = denominator.astype(np.float64)
    return _Figures(value=percent(numerator, whole), numerator=numerator, denominator=whole)


def _summed(
    *,
    indicator: Indicator,
    row: LevelRow,
    year: int,
    regions: Regions,
    index: NDArray[np.int64],
    answered: NDArray[np.bool_],
    figures: _Figures,
) -> Block:
    """Return rows of regions from the units that answered; `index` says which region each unit lies in."""
    n = len(regions.codes)
    use = answered & ~np.isnan(figures.value)
    asked = np.bincount(index, minlength=n).astype(np.float64)
    answers = np.bincount(index[answered], minlength=n).astype(np.float64)
    counts = np.bincount(index[use], minlength=n)
    if indicator.scale is Scale.PROCENT:
        numerator = np.bincount(index[use], weights=figures.numerator[use], minlength=n).astype(np.float64)
        denominator = np.bincount(index[use], weights=figures.denominator[use], minlength=n).astype(np.float64)
        value = percent(numerator, denominator)
    else:
        numerator = denominator = np.full(n, np.nan)
        total = np.bincount(index[use], weights=figures.value[use], minlength=n)
        value = round_half_up(total / np.maximum(counts, 1), decimals(indicator.scale, row.level))
    status = np.where(
        answers < (1 - MOST_NON_RESPONSE) * asked,
        Status.BORTFALL.value,
        np.where(counts > 0, Status.OK.value, Status.EJ_TILLAMPLIG.value),
    )
    return block(
        indicator=indicator,
        year=year,
        level=regions.level,
        region=regions.codes,
        value=value,
        numerator=numerator,
        denominator=denominator,
        n_answers=answers,
        n_asked=asked,
        status=status,
    )
