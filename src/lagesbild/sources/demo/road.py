"""Which outside format an indicator arrives in: exactly one of the two."""

from __future__ import annotations

from enum import StrEnum

from lagesbild.catalogue.background import background_kpis
from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.sources.demo.model import asks_units, counts_persons


class Road(StrEnum):
    """A Kolada-like dump or Socialstyrelsen-like workbooks."""

    KOLADA = "kolada"
    SOCIALSTYRELSEN = "socialstyrelsen"


def road(indicator: Indicator) -> Road:
    """Return the road of an indicator.

    Kolada carries bare figures. What must bring its counts along (percent of persons, users' and units' answers)
    and what Kolada has no KPI for comes in workbooks. Background variables come by Kolada whatever they count.
    """
    if indicator.kolada in background_kpis():
        return Road.KOLADA
    if indicator.kolada is None or counts_persons(indicator) or asks_units(indicator):
        return Road.SOCIALSTYRELSEN
    if indicator.survey is Survey.BRUKARUNDERSOKNING:
        return Road.SOCIALSTYRELSEN
    return Road.KOLADA
