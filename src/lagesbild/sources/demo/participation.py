"""Who answers: kommuner that answer a survey, and questions that do not concern a kommun."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.vocabulary import Status
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.streams import stream

#: Share of kommuner that answer the kommunenkät, lowest and highest of areas and years (RiR 2021:17, 3.5.1:
#: 86-91 percent in the unit surveys, 91-95 percent in the kommunenkät).
KOMMUNENKAT_RATES = (0.86, 0.95)
#: Share of units that answer the unit surveys (RiR 2021:17: between 86 and 91 percent).
UNIT_RATES = (0.86, 0.91)
#: Share of kommuner that take part in user surveys: äldreomsorg's is national, the others are voluntary.
USER_SURVEY_NATIONAL = 0.97
USER_SURVEY_VOLUNTARY = 0.72
#: Registers and accounts cover nearly everyone.
REGISTER_RATE = 0.99
#: Share of answered cells that are left empty by mistake.
ITEM_NON_RESPONSE = 0.004
#: A kommun is small, and more often lacks a whole kind of service, below this many inhabitants.
SMALL_POPULATION = 10_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Reports:
    """Which kommuner hand in figures for an indicator one year, and which of them left this one question empty."""

    part: NDArray[np.bool_]
    empty: NDArray[np.bool_]

    @property
    def told(self) -> NDArray[np.bool_]:
        """Which kommuner have told a figure."""
        return self.part & ~self.empty

    def status(self, otherwise: ArrayLike) -> NDArray[np.str_]:
        """Return each kommun's status: bortfall, saknas, or what it is for those that have told a figure."""
        return np.where(~self.part, Status.BORTFALL.value, np.where(self.empty, Status.SAKNAS.value, otherwise))


def reports(*, seed: int, indicator: Indicator, land: Land, year: int) -> Reports:
    """Return who hands in figures for the indicator that year."""
    part = _takes_part(seed=seed, indicator=indicator, land=land, year=year)
    empty = stream(seed, indicator.id, "left empty", year).random(len(land)) < ITEM_NON_RESPONSE
    return Reports(part=part, empty=empty)


def _takes_part(*, seed: int, indicator: Indicator, land: Land, year: int) -> NDArray[np.bool_]:
    """Return which kommuner hand in figures for the indicator's survey that year.

    All indicators of an area that share a survey share its answer: a kommun fills in a form or does not.
    Reluctance lasts from year to year, and is a little greater in small kommuner.
    """
    survey = indicator.survey
    names = ("participation", indicator.area, survey.value)
    if survey is Survey.KOMMUNENKAT:
        low, high = KOMMUNENKAT_RATES
        rate = stream(seed, *names, "rate", year).uniform(low, high)
    elif survey is Survey.BRUKARUNDERSOKNING:
        rate = USER_SURVEY_NATIONAL if indicator.area == "aldreomsorg" else USER_SURVEY_VOLUNTARY
    elif survey is Survey.ENHETSUNDERSOKNING:
        return np.ones(len(land), dtype=np.bool_)  # here units answer, not kommuner
    else:
        rate = REGISTER_RATE
    lasting = stream(seed, *names, "lasting").standard_normal(len(land))
    passing = stream(seed, *names, "passing", year).standard_normal(len(land))
    size = np.log(land.population / np.median(land.population))
    willing = lasting + passing + 0.2 * size
    result: NDArray[np.bool_] = willing >= np.quantile(willing, 1 - rate)
    return result


def not_applicable(*, seed: int, indicator: Indicator, land: Land) -> NDArray[np.bool_]:
    """Return which kommuner the question never concerns, since they lack the kind of service."""
    chance = np.where(land.population < SMALL_POPULATION, 0.03, 0.005)
    result: NDArray[np.bool_] = stream(seed, indicator.id, "not applicable").random(len(land)) < chance
    return result


def unit_rate(*, seed: int, area: str, year: int) -> float:
    """Return the share of an area's units that answer the unit survey that year."""
    low, high = UNIT_RATES
    return float(stream(seed, "unit rate", area, year).uniform(low, high))
