"""Percent of persons or households: counts per kommun and sex, and their sums for län and riket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lagesbild.catalogue.indicators import Indicator, Survey
from lagesbild.catalogue.vocabulary import Level, Status
from lagesbild.sources.demo.assumptions import TargetRow
from lagesbild.sources.demo.frames import Block, block, percent
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.participation import reports
from lagesbild.sources.demo.regions import Regions, summed_regions
from lagesbild.sources.demo.streams import stream

Counts = NDArray[np.float64]
#: How far women's and men's shares may lie apart, as a standard deviation on the logit scale.
_SEX_GAP = 0.10
#: The size of a target group varies between kommuner of one size (lognormal standard deviation).
_SIZE_SPREAD = 0.25
#: A group that is this large a part of the inhabitants hardly varies for its size.
_LARGE_GROUP = 250.0


@dataclass(frozen=True, kw_only=True, eq=False)
class SexCounts:
    """Counts of one sex: asked, in the denominator, in the numerator; one element per kommun."""

    asked: Counts
    denominator: Counts
    numerator: Counts

    def plus(self, other: SexCounts) -> SexCounts:
        """Return both sexes together."""
        return SexCounts(
            asked=self.asked + other.asked,
            denominator=self.denominator + other.denominator,
            numerator=self.numerator + other.numerator,
        )

    def where(self, mask: NDArray[np.bool_]) -> SexCounts:
        """Return the counts of the kommuner in `mask`."""
        return SexCounts(asked=self.asked[mask], denominator=self.denominator[mask], numerator=self.numerator[mask])

    def only(self, mask: NDArray[np.bool_]) -> SexCounts:
        """Return the counts with zeros for the kommuner that are not in `mask`."""
        return SexCounts(asked=self.asked * mask, denominator=self.denominator * mask, numerator=self.numerator * mask)

    def total(self, regions: Regions) -> SexCounts:
        """Return the sums per region."""
        return SexCounts(
            asked=regions.total(self.asked),
            denominator=regions.total(self.denominator),
            numerator=regions.total(self.numerator),
        )


def target_size(*, seed: int, indicator: Indicator, target: TargetRow, land: Land, year: int) -> Counts:
    """Return how many persons the indicator is about in each kommun that year.

    Drawn afresh each year round a size that the kommun keeps, so that a small kommun has three persons one year
    and six the next.
    """
    names = ("size", indicator.area, target.pattern)
    lasting = stream(seed, *names).standard_normal(len(land))
    spread = _SIZE_SPREAD * max(0.0, 1 - target.per_1000 / _LARGE_GROUP)
    mean = land.population_in(year) * target.per_1000 / 1000 * np.exp(spread * lasting)
    return stream(seed, *names, year).poisson(mean).astype(np.float64)


def women_and_men(
    *, seed: int, indicator: Indicator, target: TargetRow, land: Land, year: int
) -> tuple[Counts, Counts]:
    """Return how many women, and how many men, the indicator is about in each kommun; together `target_size`."""
    size = target_size(seed=seed, indicator=indicator, target=target, land=land, year=year)
    generator = stream(seed, "women", indicator.area, target.pattern, year)
    women = generator.binomial(size.astype(np.int64), target.women_percent / 100).astype(np.float64)
    return women, size - women


def person_rows(
    *, seed: int, indicator: Indicator, target: TargetRow, land: Land, year: int, share: NDArray[np.float64]
) -> list[Block]:
    """Return the year's rows of an indicator that is a percent of persons or households.

    Parameters
    ----------
    share
        True share 0-1 per kommun, shape (kommuner,).

    Notes
    -----
    T is the sum of K and M. Län and riket are sums over the kommuner that handed in figures.
    """
    women, men = _both_sexes(seed=seed, indicator=indicator, target=target, land=land, year=year, share=share)
    sexes = {"T": women.plus(men)}
    if indicator.by_sex:
        sexes |= {"K": women, "M": men}
    report = reports(seed=seed, indicator=indicator, land=land, year=year)
    # Who stays outside a voluntary user survey has no row at all; who owes a form and sends none is bortfall.
    listed = report.part if indicator.survey is Survey.BRUKARUNDERSOKNING else np.ones(len(land), dtype=np.bool_)
    blocks = []
    for sex, counts in sexes.items():
        status = report.status(np.where(counts.denominator > 0, Status.OK.value, Status.EJ_TILLAMPLIG.value))
        if "kommun" in indicator.levels:
            codes = [code for code, one in zip(land.codes, listed, strict=True) if one]
            blocks.append(
                _rows(
                    indicator=indicator,
                    year=year,
                    level=Level.KOMMUN,
                    codes=codes,
                    sex=sex,
                    counts=counts.where(listed),
                    status=status[listed],
                )
            )
        for regions in summed_regions(indicator, land):
            total = counts.only(report.told).total(regions)
            state = np.where(total.denominator > 0, Status.OK.value, Status.EJ_TILLAMPLIG.value)
            blocks.append(
                _rows(
                    indicator=indicator,
                    year=year,
                    level=regions.level,
                    codes=regions.codes,
                    sex=sex,
                    counts=total,
                    status=state,
                )
            )
    return blocks


def _both_sexes(
    *, seed: int, indicator: Indicator, target: TargetRow, land: Land, year: int, share: NDArray[np.float64]
) -> tuple[SexCounts, SexCounts]:
    """Draw asked, answering and agreeing women and men."""
    women, men = women_and_men(seed=seed, indicator=indicator, target=target, land=land, year=year)
    women_share = target.women_percent / 100
    gap = _SEX_GAP * stream(seed, indicator.id, "sex gap").standard_normal()
    generator = stream(seed, indicator.id, "counts", year)
    asks = indicator.survey in (Survey.BRUKARUNDERSOKNING, Survey.ENHETSUNDERSOKNING)
    rate = target.response_percent / 100 if asks else 1.0
    drawn = []
    # The gap is shared out so that the total keeps its level: the rarer sex lies further from it.
    for asked, shift in ((women, -gap * (1 - women_share)), (men, gap * women_share)):
        answering = generator.binomial(asked.astype(np.int64), rate)
        odds = share / (1 - share) * np.exp(shift)
        agreeing = generator.binomial(answering, odds / (1 + odds))
        drawn.append(
            SexCounts(
                asked=asked,
                denominator=answering.astype(np.float64),
                numerator=agreeing.astype(np.float64),
            )
        )
    return drawn[0], drawn[1]


def _rows(
    *,
    indicator: Indicator,
    year: int,
    level: Level,
    codes: Sequence[str],
    sex: str,
    counts: SexCounts,
    status: NDArray[np.str_],
) -> Block:
    """Return rows with counts; answers and asked are told only where a survey asked persons."""
    ok = status == Status.OK.value
    asked_persons = indicator.survey is Survey.BRUKARUNDERSOKNING
    return block(
        indicator=indicator,
        year=year,
        level=level,
        region=codes,
        sex=sex,
        value=percent(counts.numerator, counts.denominator),
        numerator=counts.numerator,
        denominator=counts.denominator,
        n_answers=np.where(ok, counts.denominator, np.nan) if asked_persons else np.nan,
        n_asked=np.where(ok, counts.asked, np.nan) if asked_persons else np.nan,
        status=status,
    )
