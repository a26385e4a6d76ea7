"""Answers ja, delvis and nej: kommuner that take up a practice slowly and mostly keep it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.vocabulary import Answer, Level, Status
from lagesbild.sources.demo.effects import FIRST_YEAR
from lagesbild.sources.demo.frames import Block, block
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.participation import not_applicable, reports
from lagesbild.sources.demo.streams import stream

#: Chance that a kommun takes its answer up for reconsideration in a year; else it answers as last year.
RECONSIDERS = 0.14
#: Part of the kommuner without a ja that are on their way and say delvis.
ON_THE_WAY = 0.35


def answer_rows(
    *, seed: int, indicator: Indicator, land: Land, years: range, propensity: NDArray[np.float64]
) -> list[Block]:
    """Return the kommuner's answers in the measured years.

    Parameters
    ----------
    propensity
        Chance of ja, shape (years, kommuner).

    Notes
    -----
    A Markov process: each year a kommun keeps its state, or (with chance `RECONSIDERS`) draws a new one from its
    present propensity. It runs through years that are not measured: the practice goes on between measurements.
    """
    states = _states(seed=seed, indicator=indicator, kommuner=len(land), years=years, propensity=propensity)
    never = not_applicable(seed=seed, indicator=indicator, land=land)
    blocks = []
    for state, year in zip(states, years, strict=True):
        if not indicator.measured(year):
            continue
        report = reports(seed=seed, indicator=indicator, land=land, year=year)
        status = np.where(report.part & never, Status.EJ_TILLAMPLIG.value, report.status(Status.OK.value))
        rows_of = partial(block, indicator=indicator, year=year)
        blocks.append(rows_of(level=Level.KOMMUN, region=land.codes, answer=state, status=status))
    return blocks


def _states(
    *, seed: int, indicator: Indicator, kommuner: int, years: range, propensity: NDArray[np.float64]
) -> Sequence[NDArray[np.str_]]:
    """Return each year's answers."""
    first = min(FIRST_YEAR, years.start)
    told = indicator.kolada_codes.values()
    partly = indicator.scale is Scale.JA_DELVIS_NEJ and (not told or Answer.DELVIS.value in told)
    draw = stream(seed, indicator.id, "answer", "start").random(kommuner)
    states = []
    for year in range(first, years.stop):
        generator = stream(seed, indicator.id, "answer", year)
        reconsiders = generator.random(kommuner) < RECONSIDERS
        # A kept draw keeps the answer but for the propensity's drift: that is the slow adoption.
        draw = np.where(reconsiders, generator.random(kommuner), draw)
        if year in years:
            states.append(_said(draw, propensity[years.index(year)], partly))
    return states


def _said(draw: NDArray[np.float64], chance: NDArray[np.float64], partly: bool) -> NDArray[np.str_]:
    """Return ja where the draw is below the chance, delvis for a part of the rest if the question has it."""
    delvis = (draw < chance + ON_THE_WAY * (1 - chance)) & partly
    return np.where(draw < chance, Answer.JA.value, np.where(delvis, Answer.DELVIS.value, Answer.NEJ.value))
