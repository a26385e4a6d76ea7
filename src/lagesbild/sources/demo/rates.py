"""Persons per 1 000, 10 000 or 100 000: drawn as whole persons, told as a rate alone, small counts withheld.

A register keeper publishes such a rate without its count, but in a small kommun the rate *is* the count: 204 of
100 000 children in a kommun with 490 of them is one child. So the keeper withholds it, and so does this source.
"""

from __future__ import annotations

import re
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Counted, Indicator, Scale
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.sources.demo.assumptions import LevelRow, TargetRow
from lagesbild.sources.demo.frames import Block, block, round_half_up
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.participation import reports
from lagesbild.sources.demo.persons import women_and_men
from lagesbild.sources.demo.regions import Regions, summed_regions
from lagesbild.sources.demo.streams import stream
from lagesbild.sources.demo.values import SOURCE_THRESHOLD, decimals, figures_by_sex

_Bools = NDArray[np.bool_]
_Counts = NDArray[np.float64]
_PER = re.compile(r"\bper (1|10|100)\s000\b")


def persons_per(indicator: Indicator) -> int | None:
    """Return 1 000, 10 000 or 100 000 where the indicator is a number of persons per so many, else null."""
    if indicator.scale is not Scale.ANTAL or indicator.counted is not Counted.PERSONER:
        return None
    found = _PER.search(f"{indicator.title} {indicator.unit_text}")
    return None if found is None else 1000 * int(found[1])


def rate_rows(
    *,
    seed: int,
    indicator: Indicator,
    row: LevelRow,
    target: TargetRow,
    land: Land,
    year: int,
    value: NDArray[np.float64],
) -> list[Block]:
    """Return the year's rows of a rate of persons.

    Parameters
    ----------
    target
        The group that the rate is of: children, adults, all inhabitants.
    value
        True rate per kommun, persons per `persons_per`, shape (kommuner,).

    Notes
    -----
    T is the sum of K and M, län and riket those of their kommuner, withheld ones among them. A kommun's rate is
    withheld where it stands on at least one person but fewer than the threshold; women and men go together, and so
    that a län's rate does not tell its only withheld kommun, one more is withheld there.
    """
    per = persons_per(indicator) or 1
    women, men = women_and_men(seed=seed, indicator=indicator, target=target, land=land, year=year)
    rates = figures_by_sex(seed, indicator, row, target, value)
    generator = stream(seed, indicator.id, "counts", year)
    counts: dict[str, tuple[_Counts, _Counts]] = {}
    for sex, group in (("K", women), ("M", men)):
        chance = np.clip(rates.get(sex, value) / per, 0, 1)
        counts[sex] = generator.binomial(group.astype(np.int64), chance).astype(np.float64), group
    counts["T"] = counts["K"][0] + counts["M"][0], women + men

    report = reports(seed=seed, indicator=indicator, land=land, year=year)
    told = report.told
    limit = indicator.threshold or SOURCE_THRESHOLD
    places = decimals(indicator.scale, row.level)
    withheld = {"T": with_another(told & _few(counts["T"][0], limit), told, counts["T"][1], land)}
    few_of_one = _few(counts["K"][0], limit) | _few(counts["M"][0], limit)
    withheld["K"] = with_another(withheld["T"] | told & few_of_one, told, counts["T"][1], land)
    withheld["M"] = withheld["K"]

    blocks = []
    rows_of = partial(block, indicator=indicator, year=year)
    for sex in ("T", "K", "M") if indicator.by_sex else ("T",):
        events, group_size = counts[sex]
        status = np.where(group_size > 0, Status.OK.value, Status.EJ_TILLAMPLIG.value)
        status = report.status(np.where(withheld[sex], Status.SEKRETESS.value, status))
        if "kommun" in indicator.levels:
            rate = round_half_up(per * events / np.maximum(group_size, 1), places)
            blocks.append(rows_of(level=Level.KOMMUN, region=land.codes, sex=sex, value=rate, status=status))
        for regions in summed_regions(indicator, land):
            total, behind = regions.total(events * told), regions.total(group_size * told)
            status = np.where(behind > 0, Status.OK.value, Status.SAKNAS.value)
            if regions.level is Level.LAN:
                status = np.where(_withheld_lan(withheld[sex], regions), Status.SEKRETESS.value, status)
            rate = round_half_up(per * total / np.maximum(behind, 1), places)
            blocks.append(rows_of(level=regions.level, region=regions.codes, sex=sex, value=rate, status=status))
    return blocks


def _few(events: _Counts, limit: int) -> _Bools:
    return (events > 0) & (events < limit)


def with_another(withheld: _Bools, told: _Bools, size: _Counts, land: Land) -> _Bools:
    """Return `withheld` and, in each län where it is one kommun alone, the smallest other kommun."""
    result = withheld.copy()
    lan = np.array(land.lan)
    for code in land.lan_codes:
        others = np.flatnonzero((lan == code) & told & ~withheld)
        if np.sum(withheld[lan == code]) == 1 and len(others):
            result[others[np.argmin(size[others])]] = True
    return result


def _withheld_lan(withheld: _Bools, regions: Regions) -> _Bools:
    """Return which län are withheld: of one kommun that is, and then another, or riket would tell it."""
    hidden = regions.total(withheld.astype(np.float64))
    result: _Bools = hidden == 1
    if result.sum() == 1 and (hidden > 1).any():
        result[np.argmin(np.where(hidden > 1, hidden, np.inf))] = True
    return result
