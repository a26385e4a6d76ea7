"""Figures without counts: kronor, days, numbers of things, means, indices and the like."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Counted, Indicator, Scale
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.sources.demo.assumptions import LevelRow, TargetRow
from lagesbild.sources.demo.frames import Block, block, round_half_up
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.participation import reports
from lagesbild.sources.demo.persons import target_size
from lagesbild.sources.demo.regions import summed_regions
from lagesbild.sources.demo.streams import stream

#: A figure on persons that stands on fewer of them than this is withheld by the register keeper itself.
SOURCE_THRESHOLD = 5
#: Women's figure over men's, as a part of the indicator's spread (standard deviation over indicators).
_SEX_GAP = 0.3


def decimals(scale: Scale, level: float) -> int:
    """Return the decimals that a source prints: the smaller the figures, the more."""
    if scale in (Scale.PROCENT, Scale.INDEX):
        return 1
    if scale in (Scale.KRONOR, Scale.DAGAR):
        return 0 if abs(level) >= 10 else 1
    return 1 if abs(level) >= 10 else 2 if abs(level) >= 1 else 3


def value_rows(
    *,
    seed: int,
    indicator: Indicator,
    row: LevelRow,
    target: TargetRow,
    land: Land,
    year: int,
    value: NDArray[np.float64],
) -> list[Block]:
    """Return the year's rows of an indicator that comes as a bare figure.

    Parameters
    ----------
    value
        The figure per kommun in the indicator's unit (percent: share 0-1), shape (kommuner,).

    Notes
    -----
    Riket and län are means weighted with inhabitants. Where persons are counted, kommuner with fewer than
    `SOURCE_THRESHOLD` of them have status sekretess, as Kolada marks them.
    """
    status = reports(seed=seed, indicator=indicator, land=land, year=year).status(Status.OK.value)
    if indicator.counted in (Counted.PERSONER, Counted.HUSHALL):
        size = target_size(seed=seed, indicator=indicator, target=target, land=land, year=year)
        status = np.where((status == "ok") & (size < SOURCE_THRESHOLD), Status.SEKRETESS.value, status)
    ok = status == Status.OK.value
    figures = 100 * value if indicator.scale is Scale.PROCENT else value
    places = decimals(indicator.scale, row.level)
    weight = land.population_in(year)
    blocks = []
    rows_of = partial(block, indicator=indicator, year=year)
    for sex, figure in figures_by_sex(seed, indicator, row, target, figures).items():
        rounded = round_half_up(figure, places)
        if "kommun" in indicator.levels:
            blocks.append(rows_of(level=Level.KOMMUN, region=land.codes, sex=sex, value=rounded, status=status))
        for regions in summed_regions(indicator, land):
            behind = regions.total(weight * ok)
            mean = regions.total(np.where(ok, rounded, 0) * weight) / np.where(behind > 0, behind, 1)
            mean = round_half_up(mean, places)
            known = np.where(behind > 0, Status.OK.value, Status.SAKNAS.value)
            blocks.append(rows_of(level=regions.level, region=regions.codes, sex=sex, value=mean, status=known))
    return blocks


def figures_by_sex(
    seed: int, indicator: Indicator, row: LevelRow, target: TargetRow, value: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    """Return T, and where the indicator tells them apart K and M, that T is the weighted mean of."""
    figures = {"T": value}
    if indicator.by_sex:
        share = target.women_percent / 100
        gap = _SEX_GAP * row.spread / max(row.level, 1e-9)
        relative = gap * stream(seed, indicator.id, "sex gap").standard_normal()
        figures["K"] = value * (1 + (1 - share) * relative)
        figures["M"] = value * (1 - share * relative)
        if indicator.scale is Scale.PROCENT:
            figures = {sex: np.clip(figure, 0, 100) for sex, figure in figures.items()}
    return figures
