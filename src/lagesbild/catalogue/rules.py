"""What must hold between the fields of one indicator: the catalogue's rules of substance."""

from __future__ import annotations

from collections.abc import Iterator

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.criteria_rules import Broken, criteria_rules
from lagesbild.catalogue.fields import SHORT_TITLE_LENGTH
from lagesbild.catalogue.indicators import (
    Counted,
    Direction,
    Indicator,
    Kind,
    Part,
    Scale,
)
from lagesbild.catalogue.vocabulary import Answer


def broken_rules(indicator: Indicator, area: Area) -> Iterator[Broken]:
    """Yield each rule that `indicator` breaks as (field, what, expected)."""
    yield from _naming(indicator, area)
    yield from _kind(indicator)
    yield from criteria_rules(indicator)
    yield from _scale(indicator)
    yield from _calendar(indicator)


def _naming(indicator: Indicator, area: Area) -> Iterator[Broken]:
    if not indicator.id.startswith(f"{area.prefix}-"):
        yield "id", f"the id {indicator.id!r} has the wrong prefix", f"{area.prefix}-..."
    if len(indicator.short_title) > SHORT_TITLE_LENGTH:
        length = len(indicator.short_title)
        field = "title" if indicator.short_title == indicator.title else "short_title"
        yield (
            field,
            f"the short title has {length} characters",
            f"a short_title of at most {SHORT_TITLE_LENGTH}",
        )


def _kind(indicator: Indicator) -> Iterator[Broken]:
    if indicator.kind is Kind.UTVECKLINGSINDIKATOR and indicator.kolada is not None:
        yield "kolada", "an utvecklingsindikator has no data yet, so it can't be in Kolada", "no KPI"
    is_plain_cost = indicator.kind is Kind.NYCKELTAL and indicator.direction is Direction.INGEN
    if indicator.part is Part.KOSTNADSNYCKELTAL and not is_plain_cost:
        yield (
            "kind",
            "a kostnadsnyckeltal says nothing of good or bad",
            "kind: nyckeltal, direction: ingen",
        )
    if indicator.part is Part.KVALITET and indicator.dimension is None:
        yield "dimension", "a quality indicator without dimension", "one of the six dimensions"
    if indicator.part is not Part.KVALITET and indicator.dimension is not None:
        yield "dimension", f"a dimension in the part {indicator.part}", "none outside the part kvalitet"


def _scale(indicator: Indicator) -> Iterator[Broken]:
    codes = set(indicator.kolada_codes.values())
    if indicator.is_answer:
        if indicator.numerator is not None or indicator.denominator is not None:
            yield "numerator", "an answer is no share", "no numerator or denominator"
        if indicator.unit_text:
            yield "unit_text", "an answer has no unit", "no unit_text"
        if indicator.kolada is not None and not {Answer.JA, Answer.NEJ} <= codes:
            yield "kolada_codes", "Kolada's codes of the answers are not all said", "at least ja and nej"
        if indicator.scale is Scale.JA_NEJ and Answer.DELVIS in codes:
            yield "kolada_codes", "the scale ja_nej has no delvis", "ja and nej, or scale: ja_delvis_nej"
    else:
        if codes:
            yield "kolada_codes", "codes of answers for a number", "none"
        if not indicator.unit_text:
            yield "unit_text", "a number without unit", "a unit"
        if indicator.scale is Scale.PROCENT and not (indicator.numerator and indicator.denominator):
            yield "numerator", "a share without numerator and denominator", "both, in words"
    if indicator.threshold is not None and indicator.counted not in (Counted.PERSONER, Counted.HUSHALL):
        yield (
            "threshold",
            f"a threshold where {indicator.counted} are counted",
            "none: nobody can be recognised",
        )


def _calendar(indicator: Indicator) -> Iterator[Broken]:
    first, last = indicator.first_year, indicator.last_year
    if first is not None and last is not None and last < first:
        yield "last_year", f"the last year {last} is before the first, {first}", f"{first} or later"
    if indicator.yearly_until is not None and indicator.frequency == 1:
        yield "yearly_until", "an end of the yearly rhythm where nothing follows it", "a frequency above 1"
