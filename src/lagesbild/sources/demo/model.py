"""The statistical model of a believable Sweden: what every indicator would truly read, kommun by kommun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from lagesbild.catalogue.indicators import Counted, Indicator, Scale, Survey
from lagesbild.catalogue.vocabulary import Sex
from lagesbild.sources.demo.answers import answer_rows
from lagesbild.sources.demo.assumptions import Assumptions
from lagesbild.sources.demo.effects import latent
from lagesbild.sources.demo.frames import Block, frame_of
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.persons import person_rows
from lagesbild.sources.demo.rates import persons_per, rate_rows
from lagesbild.sources.demo.units import unit_rows
from lagesbild.sources.demo.values import value_rows

#: Women and men are told apart from this year on.
FIRST_YEAR_BY_SEX = 2022


def counts_persons(indicator: Indicator) -> bool:
    """Return whether the indicator is a percent of persons or households, so that its counts must come along."""
    return indicator.scale is Scale.PROCENT and indicator.counted in (Counted.PERSONER, Counted.HUSHALL)


def asks_units(indicator: Indicator) -> bool:
    """Return whether the indicator is put together from units' answers."""
    return indicator.survey is Survey.ENHETSUNDERSOKNING and not indicator.is_answer


def simulate(*, seed: int, indicator: Indicator, assumptions: Assumptions, land: Land, years: range) -> pd.DataFrame:
    """Return every row of one indicator in the years of `years` that the measuring plan has it.

    Parameters
    ----------
    seed
        Same seed, same figures; each indicator draws from streams of its own.
    years
        Consecutive years.

    Returns
    -------
    DataFrame
        The observation table but for source and revision (`frames.TRUTH_COLUMNS`); empty if never measured.
    """
    return _sexes_of_late(frame_of(_blocks(seed, indicator, assumptions, land, years)))


def simulate_all(
    *, seed: int, indicators: Iterable[Indicator], assumptions: Assumptions, land: Land, years: range
) -> pd.DataFrame:
    """Return the rows of all `indicators`, in their order."""
    blocks = (one for indicator in indicators for one in _blocks(seed, indicator, assumptions, land, years))
    return _sexes_of_late(frame_of(blocks))


def _sexes_of_late(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without women and men apart before `FIRST_YEAR_BY_SEX`, as in a source that came to it late."""
    return rows[rows["sex"].eq(Sex.TOTAL.value) | rows["year"].ge(FIRST_YEAR_BY_SEX)].reset_index(drop=True)


def _blocks(seed: int, indicator: Indicator, assumptions: Assumptions, land: Land, years: range) -> Iterator[Block]:
    measured = [year for year in years if indicator.measured(year)]
    if not measured:
        return
    row, target = assumptions.level(indicator), assumptions.target(indicator)
    values = latent(seed=seed, indicator=indicator, row=row, land=land, years=years)
    if indicator.is_answer:
        yield from answer_rows(seed=seed, indicator=indicator, land=land, years=years, propensity=values)
        return
    for year in measured:
        value = values[years.index(year)]
        if counts_persons(indicator) and not asks_units(indicator):
            yield from person_rows(seed=seed, indicator=indicator, target=target, land=land, year=year, share=value)
            continue
        rows_of = unit_rows if asks_units(indicator) else rate_rows if persons_per(indicator) else value_rows
        yield from rows_of(seed=seed, indicator=indicator, row=row, target=target, land=land, year=year, value=value)
